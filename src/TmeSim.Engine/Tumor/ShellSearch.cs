using System.Numerics;
using System.Runtime.Intrinsics;
using TmeSim.Engine.Lattice;
using TmeSim.Engine.Numerics;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Tumor;

/// <summary>
/// Finds the nearest site that can take up a pushed cell: near ones from a table of offsets in the order of their distance,
/// farther ones by rows of tiles, each of which knows the next one in its row that held such a site. A cell deep in a nodule of 400
/// sites' radius would look at 100,000 sites else.
/// </summary>
internal sealed class ShellSearch
{
    /// <summary>Sites of a row in a tile: one register of codes.</summary>
    private const int TileX = 16;

    /// <summary>Rows of tiles that a thread should have to look at.</summary>
    private const int TileRowsPerBlock = 8;

    /// <summary>Largest reach of the table [sites] by number of open axes: some 200 to 500 offsets.</summary>
    private static readonly int[] TableReach = [1, 32, 8, 5];

    private readonly LatticeShape _shape;
    private readonly (int Squared, int X, int Y, int Z)[] _offsets;
    private readonly int _tileY, _tileZ, _tilesX, _tilesY, _tilesZ, _narrowest;

    // Place in its row of the next tile, itself included, that held a site that takes a cell at the last refresh: to the right
    // (the number of tiles where there is none) and to the left (−1).
    private readonly int[] _right, _left;

    public ShellSearch(LatticeShape shape)
    {
        _shape = shape;
        _offsets = Offsets(shape, TableReach[shape.Dimensions]);
        int edge = shape.Dimensions == 3 ? 8 : 16;
        (_tileY, _tileZ) = (Math.Min(edge, shape.Ny), Math.Min(edge, shape.Nz));
        (_tilesX, _tilesY, _tilesZ) = (Tiles(shape.Nx, TileX), Tiles(shape.Ny, _tileY), Tiles(shape.Nz, _tileZ));
        (_right, _left) = (new int[_tilesX * _tilesY * _tilesZ], new int[_tilesX * _tilesY * _tilesZ]);
        _narrowest = Math.Min(_tilesY > 1 ? _tileY : int.MaxValue, _tilesZ > 1 ? _tileZ : int.MaxValue);
    }

    /// <summary>True for free sites and hepatocytes.</summary>
    public static bool TakesACell(byte code) => code is Parenchyma.Empty or Parenchyma.Hepatocyte;

    /// <summary>
    /// Looks which tiles hold a site that takes a cell. Wanted before searches after cells were cleared or liver grew; sites that are
    /// filled in the meantime do no harm.
    /// </summary>
    public void Refresh(LesionState lesion, RowRunner runner) =>
        runner.Run(new Refreshing(this, lesion), _tilesY * _tilesZ, TileRowsPerBlock);

    /// <summary>
    /// The nearest free or hepatocyte site, ties by lowest hash; −1 when there is none within the Chebyshev distance
    /// <paramref name="chebyshev"/> (1 = Moore neighbours, else any).
    /// </summary>
    public int Nearest(LesionState lesion, int site, int chebyshev, in StepContext context)
    {
        (int x, int y, int z) = _shape.Coordinates(site);
        var nearest = new Candidate(-1, long.MaxValue, ulong.MaxValue);
        foreach ((int squared, int dx, int dy, int dz) in _offsets)
        {
            if (squared > nearest.Squared || (chebyshev == 1 && squared > _shape.Dimensions))
            {
                return nearest.Site;
            }

            if (_shape.Contains(x + dx, y + dy, z + dz))
            {
                Consider(lesion, site, _shape.Site(x + dx, y + dy, z + dz), squared, context, ref nearest);
            }
        }

        return nearest.Site >= 0 ? nearest.Site : NearestByTiles(lesion, site, (x, y, z), context);
    }

    private static int Tiles(int sites, int size) => (sites + size - 1) / size;

    // Rows of tiles at Chebyshev distance r are at least r − 1 tiles and a site away, so the search ends with the first ring of rows that
    // is farther than the best site.
    private int NearestByTiles(LesionState lesion, int site, (int X, int Y, int Z) at, in StepContext context)
    {
        var nearest = new Candidate(-1, long.MaxValue, ulong.MaxValue);
        (int ty, int tz) = (at.Y / _tileY, at.Z / _tileZ);
        int last = Math.Max(_tilesY, _tilesZ);
        for (int r = 0; r < last; r++)
        {
            long away = r == 0 ? 0 : (r - 1L) * _narrowest + 1;
            if (away * away > nearest.Squared)
            {
                break;
            }

            for (int z = Math.Max(tz - r, 0); z <= Math.Min(tz + r, _tilesZ - 1); z++)
            {
                // Inside the ring only its two ends.
                int stride = Math.Abs(z - tz) == r || r == 0 ? 1 : 2 * r;
                for (int y = ty - r; y <= ty + r; y += stride)
                {
                    if ((uint)y < (uint)_tilesY)
                    {
                        SearchRow(lesion, site, at, y, z, context, ref nearest);
                    }
                }
            }
        }

        return nearest.Site;
    }

    // From the tile of the cell to both sides, until tiles are farther away than the best site.
    private void SearchRow(
        LesionState lesion, int site, (int X, int Y, int Z) at, int y, int z, in StepContext context, ref Candidate nearest)
    {
        long dy = Outside(at.Y, y * _tileY, _tileY), dz = Outside(at.Z, z * _tileZ, _tileZ), across = dy * dy + dz * dz;
        int row = _tilesX * (y + _tilesY * z), tx = at.X / TileX;
        for (int x = _right[row + tx]; x < _tilesX; x = x + 1 < _tilesX ? _right[row + x + 1] : _tilesX)
        {
            long dx = Outside(at.X, x * TileX, TileX);
            if (dx * dx + across > nearest.Squared)
            {
                break;
            }

            SearchTile(lesion, site, at, (x * TileX, y * _tileY, z * _tileZ), context, ref nearest);
        }

        for (int x = tx > 0 ? _left[row + tx - 1] : -1; x >= 0; x = x > 0 ? _left[row + x - 1] : -1)
        {
            long dx = Outside(at.X, x * TileX, TileX);
            if (dx * dx + across > nearest.Squared)
            {
                break;
            }

            SearchTile(lesion, site, at, (x * TileX, y * _tileY, z * _tileZ), context, ref nearest);
        }
    }

    private unsafe void SearchTile(
        LesionState lesion, int site, (int X, int Y, int Z) at, (int X, int Y, int Z) corner, in StepContext context, ref Candidate nearest)
    {
        byte* codes = lesion.ParenchymaCodes.Pointer;
        long dx = Outside(at.X, corner.X, TileX);
        for (int z = corner.Z; z < Math.Min(corner.Z + _tileZ, _shape.Nz); z++)
        {
            for (int y = corner.Y; y < Math.Min(corner.Y + _tileY, _shape.Ny); y++)
            {
                long across = (long)(y - at.Y) * (y - at.Y) + (long)(z - at.Z) * (z - at.Z);
                if (across + dx * dx > nearest.Squared)
                {
                    continue;
                }

                int first = _shape.Site(corner.X, y, z);
                for (uint takers = Takers(codes + first); takers != 0; takers &= takers - 1)
                {
                    int x = BitOperations.TrailingZeroCount(takers);
                    long along = corner.X + x - at.X;
                    Consider(lesion, site, first + x, across + along * along, context, ref nearest);
                }
            }
        }
    }

    // Codes that take a cell are the lowest, so the lowest of a tile decides.
    private unsafe bool IsOpen(LesionState lesion, int x, int y, int z)
    {
        byte* codes = lesion.ParenchymaCodes.Pointer;
        Vector128<byte> lowest = Vector128.Create(Parenchyma.Wall);
        uint takers = 0;
        for (int dz = z; dz < Math.Min(z + _tileZ, _shape.Nz); dz++)
        {
            for (int dy = y; dy < Math.Min(y + _tileY, _shape.Ny); dy++)
            {
                byte* row = codes + _shape.Site(x, dy, dz);
                if (Vector128.IsHardwareAccelerated)
                {
                    lowest = Vector128.Min(lowest, Vector128.Load(row));
                }
                else
                {
                    takers |= Takers(row);
                }
            }
        }

        return takers != 0 || Vector128.LessThanOrEqualAny(lowest, Vector128.Create(Parenchyma.Hepatocyte));
    }

    /// <summary>How far a place lies outside a span [sites].</summary>
    private static int Outside(int at, int first, int length) => at < first ? first - at : Math.Max(0, at - (first + length - 1));

    /// <summary>Bit x is set where the code takes a cell. Rows are padded with walls, which do not.</summary>
    private static unsafe uint Takers(byte* codes)
    {
        if (Vector128.IsHardwareAccelerated)
        {
            return Vector128.LessThanOrEqual(Vector128.Load(codes), Vector128.Create(Parenchyma.Hepatocyte)).ExtractMostSignificantBits();
        }

        uint takers = 0;
        for (int x = 0; x < TileX; x++)
        {
            takers |= (TakesACell(codes[x]) ? 1u : 0) << x;
        }

        return takers;
    }

    private static void Consider(LesionState lesion, int from, int site, long squared, in StepContext context, ref Candidate nearest)
    {
        // Septa and tracks hold no tumour cell, also where they are still liver.
        if (squared > nearest.Squared || site == from || !TakesACell(lesion.ParenchymaCodes[site]) || lesion.StromaMap.IsClosed(site))
        {
            return;
        }

        ulong rank = context.Rank(Mix.Hash((ulong)from, (ulong)site), Purpose.PushTarget);
        if (squared < nearest.Squared || rank < nearest.Rank)
        {
            nearest = new Candidate(site, squared, rank);
        }
    }

    // All offsets with distance ≤ reach, sorted.
    private static (int, int, int, int)[] Offsets(LatticeShape shape, int reach)
    {
        var found = new List<(int, int, int, int)>();
        int rx = Math.Min(reach, shape.Nx - 1), ry = Math.Min(reach, shape.Ny - 1), rz = Math.Min(reach, shape.Nz - 1);
        for (int z = -rz; z <= rz; z++)
        {
            for (int y = -ry; y <= ry; y++)
            {
                for (int x = -rx; x <= rx; x++)
                {
                    int squared = x * x + y * y + z * z;
                    if (squared > 0 && squared <= reach * reach)
                    {
                        found.Add((squared, x, y, z));
                    }
                }
            }
        }

        found.Sort();
        return [.. found];
    }

    /// <summary>Rows of tiles.</summary>
    private readonly unsafe struct Refreshing(ShellSearch search, LesionState lesion) : IRowKernel
    {
        public void Run(int first, int end)
        {
            LatticeShape shape = search._shape;
            int tiles = search._tilesX;
            for (int row = first; row < end; row++)
            {
                int y = row % search._tilesY * search._tileY, z = row / search._tilesY * search._tileZ;
                Span<int> right = search._right.AsSpan(row * tiles, tiles), left = search._left.AsSpan(row * tiles, tiles);
                for (int x = 0; x < tiles; x++)
                {
                    right[x] = search.IsOpen(lesion, x * TileX, y, z) ? 1 : 0;
                }

                for (int x = 0, next = -1; x < tiles; x++)
                {
                    left[x] = next = right[x] != 0 ? x : next;
                }

                for (int x = tiles - 1, next = tiles; x >= 0; x--)
                {
                    right[x] = next = right[x] != 0 ? x : next;
                }
            }
        }
    }

    private readonly record struct Candidate(int Site, long Squared, ulong Rank);
}

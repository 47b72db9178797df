using System.Numerics;
using System.Runtime.Intrinsics;
using TmeSim.Engine.Lattice;
using TmeSim.Engine.Numerics;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Tumor;

/// <summary>
/// Finds the nearest site that can take up a pushed cell: near ones from a table of offsets in the order of their distance,
/// farther ones by rings of tiles, of which most are known to hold none. A cell deep in a nodule of 400 sites' radius would
/// look at 100,000 sites else.
/// </summary>
internal sealed class ShellSearch
{
    /// <summary>Sites of a row in a tile: one register of codes.</summary>
    private const int TileX = 16;

    /// <summary>Largest reach of the table [sites] by number of open axes: some 200 to 500 offsets.</summary>
    private static readonly int[] TableReach = [1, 32, 8, 5];

    private readonly LatticeShape _shape;
    private readonly (int Squared, int X, int Y, int Z)[] _offsets;
    private readonly int _tileY, _tileZ, _tilesX, _tilesY, _tilesZ, _narrowest;

    // Tiles that held a site that takes a cell at the last refresh.
    private readonly bool[] _open;

    public ShellSearch(LatticeShape shape)
    {
        _shape = shape;
        _offsets = Offsets(shape, TableReach[shape.Dimensions]);
        int edge = shape.Dimensions == 3 ? 8 : 16;
        (_tileY, _tileZ) = (Math.Min(edge, shape.Ny), Math.Min(edge, shape.Nz));
        (_tilesX, _tilesY, _tilesZ) = (Tiles(shape.Nx, TileX), Tiles(shape.Ny, _tileY), Tiles(shape.Nz, _tileZ));
        _open = new bool[_tilesX * _tilesY * _tilesZ];
        _narrowest = int.MaxValue;
        foreach ((int tiles, int size) in ((int, int)[])[(_tilesX, TileX), (_tilesY, _tileY), (_tilesZ, _tileZ)])
        {
            _narrowest = tiles > 1 ? Math.Min(_narrowest, size) : _narrowest;
        }
    }

    /// <summary>True for free sites and hepatocytes.</summary>
    public static bool TakesACell(byte code) => code is Parenchyma.Empty or Parenchyma.Hepatocyte;

    /// <summary>
    /// Looks which tiles hold a site that takes a cell. Wanted before searches after cells were cleared or liver grew; sites that are
    /// filled in the meantime do no harm.
    /// </summary>
    public unsafe void Refresh(LesionState lesion)
    {
        Array.Clear(_open);
        byte* codes = lesion.ParenchymaCodes.Pointer;
        for (int row = 0; row < _shape.Rows; row++)
        {
            int start = _shape.RowStart(row);
            int tile = _tilesX * (row % _shape.Ny / _tileY + _tilesY * (row / _shape.Ny / _tileZ));
            for (int x = 0; x < _shape.Nx; x += TileX, tile++)
            {
                _open[tile] |= Takers(codes + start + x) != 0;
            }
        }
    }

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

    // Tiles at Chebyshev distance r are at least r − 1 tiles and a site away, so the search ends with the first ring that is
    // farther than the best site.
    private int NearestByTiles(LesionState lesion, int site, (int X, int Y, int Z) at, in StepContext context)
    {
        var nearest = new Candidate(-1, long.MaxValue, ulong.MaxValue);
        (int tx, int ty, int tz) = (at.X / TileX, at.Y / _tileY, at.Z / _tileZ);
        int last = Math.Max(_tilesX, Math.Max(_tilesY, _tilesZ));
        for (int r = 0; r < last; r++)
        {
            long away = r == 0 ? 0 : (r - 1L) * _narrowest + 1;
            if (away * away > nearest.Squared)
            {
                break;
            }

            for (int z = Math.Max(tz - r, 0); z <= Math.Min(tz + r, _tilesZ - 1); z++)
            {
                for (int y = Math.Max(ty - r, 0); y <= Math.Min(ty + r, _tilesY - 1); y++)
                {
                    // Inside the ring's cube only the two ends of a row of tiles lie on its surface.
                    bool face = Math.Abs(z - tz) == r || Math.Abs(y - ty) == r;
                    for (int x = tx - r; x <= tx + r; x += face || r == 0 ? 1 : 2 * r)
                    {
                        if ((uint)x < (uint)_tilesX && _open[x + _tilesX * (y + _tilesY * z)])
                        {
                            SearchTile(lesion, site, at, (x * TileX, y * _tileY, z * _tileZ), context, ref nearest);
                        }
                    }
                }
            }
        }

        return nearest.Site;
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
        if (squared > nearest.Squared || site == from || !TakesACell(lesion.ParenchymaCodes[site]))
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

    private readonly record struct Candidate(int Site, long Squared, ulong Rank);
}

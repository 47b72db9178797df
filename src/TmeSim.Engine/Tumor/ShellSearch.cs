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

    /// <summary>Rows with a site that takes a cell of a tile that a step does not fill.</summary>
    private const int ManyRows = 8;

    /// <summary>Rows of tiles that a thread should have to look at.</summary>
    private const int TileRowsPerBlock = 8;

    /// <summary>Largest reach of the table [sites] by number of open axes: some 200 to 500 offsets.</summary>
    private static readonly int[] TableReach = [1, 32, 8, 5];

    private readonly LatticeShape _shape;
    private readonly (int Squared, int X, int Y, int Z)[] _offsets;
    private readonly int _tileY, _tileZ, _tilesX, _tilesY, _tilesZ, _narrowest;

    // Place in its row of the next tile, itself included, that held a site that takes a cell at the last refresh and was not filled since: to
    // the right (the number of tiles where there is none) and to the left (−1).
    private readonly int[] _right, _left;

    // By tile, which of its rows of sites held one, y first; by row, which of its sites: a bit a site, tile by tile, is what searches read of a
    // tissue that is larger than any cache.
    private readonly ulong[] _rows;
    private readonly ushort[] _sites;
    private readonly int _rowsOfTile;

    // A tile that is near, mostly the nearest, of those with so many sites that a step does not fill them (−1: none). A search that begins there
    // passes over most of the others; gaps in a nodule are soon filled, and cells that lost them find their way to the rim.
    private readonly int[] _near;

    public ShellSearch(LatticeShape shape)
    {
        _shape = shape;
        _offsets = Offsets(shape, TableReach[shape.Dimensions]);
        int edge = shape.Ny > 1 && shape.Nz > 1 ? 8 : 16;
        (_tileY, _tileZ) = (Math.Min(edge, shape.Ny), Math.Min(edge, shape.Nz));
        (_tilesX, _tilesY, _tilesZ) = (Tiles(shape.Nx, TileX), Tiles(shape.Ny, _tileY), Tiles(shape.Nz, _tileZ));
        int tiles = _tilesX * _tilesY * _tilesZ;
        _rowsOfTile = _tileY * _tileZ;
        _sites = new ushort[tiles * _rowsOfTile];
        (_right, _left, _rows, _near) = (new int[tiles], new int[tiles], new ulong[tiles], new int[tiles]);
        _narrowest = Math.Min(_tilesY > 1 ? _tileY : int.MaxValue, _tilesZ > 1 ? _tileZ : int.MaxValue);
    }

    /// <summary>True for free sites and hepatocytes.</summary>
    public static bool TakesACell(byte code) => code is Parenchyma.Empty or Parenchyma.Hepatocyte;

    /// <summary>
    /// Looks which sites take a cell. Wanted before searches after cells were cleared or liver grew; sites that are filled in the meantime do no
    /// harm, but take time unless <see cref="Fill"/> is told.
    /// </summary>
    public void Refresh(LesionState lesion, RowRunner runner)
    {
        runner.Run(new Refreshing(this, lesion), _tilesY * _tilesZ, TileRowsPerBlock);
        runner.Run(new Nearing(this, _tilesX, 1, _tilesX, 1), _tilesY * _tilesZ, TileRowsPerBlock);
        runner.Run(new Nearing(this, _tilesX * _tilesY, _tilesX, _tilesY, _tilesX), _tilesZ, 1);
        runner.Run(new Nearing(this, _tilesX, _tilesX * _tilesY, _tilesZ, _tilesX), _tilesY, 1);
    }

    /// <summary>A site takes no cell any more. A gap in a nodule would be looked at by every later search that passes it.</summary>
    public void Fill(int site)
    {
        (int x, int y, int z) = _shape.Coordinates(site);
        int tile = Tile(x / TileX, y / _tileY, z / _tileZ), row = y % _tileY + _tileY * (z % _tileZ);
        ref ushort sites = ref _sites[tile * _rowsOfTile + row];
        sites &= (ushort)~(1u << (x % TileX));
        if (sites == 0 && _rows[tile] != 0 && (_rows[tile] &= ~(1UL << row)) == 0)
        {
            Close(x / TileX, tile - x / TileX);
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

    // Rows of tiles at Chebyshev distance r are at least r − 1 tiles and a site away, so the search ends with the first ring of rows that
    // is farther than the best site.
    private int NearestByTiles(LesionState lesion, int site, (int X, int Y, int Z) at, in StepContext context)
    {
        var nearest = new Candidate(-1, long.MaxValue, ulong.MaxValue);
        (int ty, int tz) = (at.Y / _tileY, at.Z / _tileZ);
        if (_near[Tile(at.X / TileX, ty, tz)] is >= 0 and int near)
        {
            SearchTile(lesion, site, at, Place(near), context, ref nearest);
        }

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
        int row = Tile(0, y, z), tx = at.X / TileX;
        for (int x = _right[row + tx]; x < _tilesX; x = x + 1 < _tilesX ? _right[row + x + 1] : _tilesX)
        {
            long dx = Outside(at.X, x * TileX, TileX);
            if (dx * dx + across > nearest.Squared)
            {
                break;
            }

            SearchTile(lesion, site, at, (x, y, z), context, ref nearest);
        }

        for (int x = tx > 0 ? _left[row + tx - 1] : -1; x >= 0; x = x > 0 ? _left[row + x - 1] : -1)
        {
            long dx = Outside(at.X, x * TileX, TileX);
            if (dx * dx + across > nearest.Squared)
            {
                break;
            }

            SearchTile(lesion, site, at, (x, y, z), context, ref nearest);
        }
    }

    private void SearchTile(
        LesionState lesion, int site, (int X, int Y, int Z) at, (int X, int Y, int Z) tile, in StepContext context, ref Candidate nearest)
    {
        int left = tile.X * TileX, index = Tile(tile.X, tile.Y, tile.Z);
        ReadOnlySpan<ushort> sites = _sites.AsSpan(index * _rowsOfTile, _rowsOfTile);
        long dx = Outside(at.X, left, TileX);
        for (ulong rows = _rows[index]; rows != 0; rows &= rows - 1)
        {
            int row = BitOperations.TrailingZeroCount(rows);
            (int dz, int dy) = Math.DivRem(row, _tileY);
            (int y, int z) = (tile.Y * _tileY + dy, tile.Z * _tileZ + dz);
            long across = (long)(y - at.Y) * (y - at.Y) + (long)(z - at.Z) * (z - at.Z);
            if (across + dx * dx > nearest.Squared)
            {
                continue;
            }

            // From the side of the cell.
            int first = _shape.Site(left, y, z);
            bool fromRight = at.X > left;
            for (uint takers = sites[row]; takers != 0;)
            {
                int x = fromRight ? BitOperations.Log2(takers) : BitOperations.TrailingZeroCount(takers);
                takers &= ~(1u << x);
                long along = left + x - at.X;
                if (across + along * along <= nearest.Squared)
                {
                    Consider(lesion, site, first + x, across + along * along, context, ref nearest);
                }
                else if (dx > 0)
                {
                    break;
                }
            }
        }
    }

    // A tile of a row holds no site any more: those that pointed to it point to the one behind.
    private void Close(int x, int row)
    {
        int right = x + 1 < _tilesX ? _right[row + x + 1] : _tilesX, left = x > 0 ? _left[row + x - 1] : -1;
        for (int i = x; i >= 0 && _right[row + i] == x; i--)
        {
            _right[row + i] = right;
        }

        for (int i = x; i < _tilesX && _left[row + i] == x; i++)
        {
            _left[row + i] = left;
        }
    }

    private int Tile(int x, int y, int z) => x + _tilesX * (y + _tilesY * z);

    private (int X, int Y, int Z) Place(int tile) => (tile % _tilesX, tile / _tilesX % _tilesY, tile / _tilesX / _tilesY);

    /// <summary>Between the middles of two tiles [sites].</summary>
    private long Squared(int tile, int other)
    {
        ((int x, int y, int z), (int ox, int oy, int oz)) = (Place(tile), Place(other));
        (long dx, long dy, long dz) = (TileX * (x - ox), _tileY * (y - oy), _tileZ * (z - oz));
        return dx * dx + dy * dy + dz * dz;
    }

    // Looks at the sites of a tile; bits of its open rows.
    private unsafe ulong Look(LesionState lesion, (int X, int Y, int Z) tile)
    {
        byte* codes = lesion.ParenchymaCodes.Pointer;
        Span<ushort> sites = _sites.AsSpan(Tile(tile.X, tile.Y, tile.Z) * _rowsOfTile, _rowsOfTile);
        (int x, int y, int z) = (tile.X * TileX, tile.Y * _tileY, tile.Z * _tileZ);
        ulong open = 0;
        for (int dz = 0; dz < Math.Min(_tileZ, _shape.Nz - z); dz++)
        {
            for (int dy = 0; dy < Math.Min(_tileY, _shape.Ny - y); dy++)
            {
                int row = dy + _tileY * dz;
                sites[row] = Takers(codes + _shape.Site(x, y + dy, z + dz));
                open |= (sites[row] != 0 ? 1UL : 0) << row;
            }
        }

        return open;
    }

    /// <summary>How far a place lies outside a span [sites].</summary>
    private static int Outside(int at, int first, int length) => at < first ? first - at : Math.Max(0, at - (first + length - 1));

    /// <summary>Bit x is set where the code takes a cell. Rows are padded with walls, which do not.</summary>
    private static unsafe ushort Takers(byte* codes)
    {
        if (Vector128.IsHardwareAccelerated)
        {
            return (ushort)Vector128.LessThanOrEqual(Vector128.Load(codes), Vector128.Create(Parenchyma.Hepatocyte)).ExtractMostSignificantBits();
        }

        uint takers = 0;
        for (int x = 0; x < TileX; x++)
        {
            takers |= (TakesACell(codes[x]) ? 1u : 0) << x;
        }

        return (ushort)takers;
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
            int tiles = search._tilesX;
            for (int row = first; row < end; row++)
            {
                int y = row % search._tilesY, z = row / search._tilesY;
                Span<int> right = search._right.AsSpan(row * tiles, tiles), left = search._left.AsSpan(row * tiles, tiles);
                Span<ulong> rows = search._rows.AsSpan(row * tiles, tiles);
                for (int x = 0, next = -1; x < tiles; x++)
                {
                    rows[x] = search.Look(lesion, (x, y, z));
                    left[x] = next = rows[x] != 0 ? x : next;
                    search._near[row * tiles + x] = BitOperations.PopCount(rows[x]) >= ManyRows ? row * tiles + x : -1;
                }

                for (int x = tiles - 1, next = tiles; x >= 0; x--)
                {
                    right[x] = next = rows[x] != 0 ? x : next;
                }
            }
        }
    }

    /// <summary>Hands near tiles on along an axis, there and back: of what a tile and the one before it know, it keeps the nearer.</summary>
    /// <param name="search">The tiles.</param>
    /// <param name="unit">From the first tile of what one thread does at once to that of the next.</param>
    /// <param name="stride">From a tile to the next along the axis.</param>
    /// <param name="count">Tiles along the axis.</param>
    /// <param name="width">Tiles beside each other that are handed on at once.</param>
    private readonly struct Nearing(ShellSearch search, int unit, int stride, int count, int width) : IRowKernel
    {
        public void Run(int first, int end)
        {
            for (int u = first; u < end; u++)
            {
                for (int i = 1; i < count; i++)
                {
                    Take(u * unit + i * stride, -stride);
                }

                for (int i = count - 2; i >= 0; i--)
                {
                    Take(u * unit + i * stride, stride);
                }
            }
        }

        // Tiles from those before them.
        private void Take(int tiles, int before)
        {
            int[] near = search._near;
            for (int tile = tiles; tile < tiles + width; tile++)
            {
                int other = near[tile + before];
                if (other >= 0 && near[tile] != tile && other != near[tile]
                    && (near[tile] < 0 || search.Squared(tile, other) < search.Squared(tile, near[tile])))
                {
                    near[tile] = other;
                }
            }
        }
    }

    private readonly record struct Candidate(int Site, long Squared, ulong Rank);
}

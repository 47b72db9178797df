using System.Numerics;
using System.Runtime.Intrinsics;
using TmeSim.Engine.Lattice;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Tumor;

/// <summary>
/// Which sites take up a pushed cell, by tile: sixteen sites along x, and as many rows as one word has bits at most. A tile knows its
/// rows with such a site, and a wide open tile near it.
/// </summary>
/// <remarks>
/// A bit for each site, the bits of a tile side by side, is what searches read of a tissue that is larger than any cache; a bit for each tile,
/// those of a row of tiles in a word or two, is what they pass over.
/// </remarks>
internal sealed class OpenTiles
{
    /// <summary>Sites of a row in a tile: one register of codes.</summary>
    public const int TileX = 16;

    /// <summary>Rows with a site that takes a cell of a tile that a step does not fill.</summary>
    private const int ManyRows = 8;

    /// <summary>Rows of tiles that a thread should have to look at.</summary>
    private const int TileRowsPerBlock = 8;

    private readonly LatticeShape _shape;
    private readonly int _rowsOfTile;

    // By row of tiles, which of them held a site that takes a cell at the last refresh and was not filled since.
    private readonly ulong[] _open;
    private readonly int _words;

    // By tile, which of its rows of sites held one, y first; by row, which of its sites.
    private readonly ulong[] _rows;
    private readonly ushort[] _sites;

    // A tile that is near, mostly the nearest, of those with so many sites that a step does not fill them (−1: none). A search that begins there
    // passes over most of the others; gaps in a nodule are soon filled, and cells that lost them find their way to the rim.
    private readonly int[] _near;

    public OpenTiles(LatticeShape shape)
    {
        _shape = shape;
        int edge = shape.Ny > 1 && shape.Nz > 1 ? 8 : 16;
        (TileY, TileZ) = (Math.Min(edge, shape.Ny), Math.Min(edge, shape.Nz));
        (CountX, CountY, CountZ) = (Tiles(shape.Nx, TileX), Tiles(shape.Ny, TileY), Tiles(shape.Nz, TileZ));
        int tiles = CountX * CountY * CountZ;
        _rowsOfTile = TileY * TileZ;
        _sites = new ushort[tiles * _rowsOfTile];
        _words = Tiles(CountX, 64);
        (_open, _rows, _near) = (new ulong[CountY * CountZ * _words], new ulong[tiles], new int[tiles]);
    }

    /// <summary>Sites of a tile along y.</summary>
    public int TileY { get; }

    /// <summary>Sites of a tile along z.</summary>
    public int TileZ { get; }

    /// <summary>Tiles along x.</summary>
    public int CountX { get; }

    /// <summary>Tiles along y.</summary>
    public int CountY { get; }

    /// <summary>Tiles along z.</summary>
    public int CountZ { get; }

    /// <summary>True for free sites and hepatocytes.</summary>
    public static bool TakesACell(byte code) => code is Parenchyma.Empty or Parenchyma.Hepatocyte;

    /// <summary>Index of a tile.</summary>
    public int Index(int x, int y, int z) => x + CountX * (y + CountY * z);

    /// <summary>Place of the tile of an index.</summary>
    public (int X, int Y, int Z) Place(int tile) => (tile % CountX, tile / CountX % CountY, tile / CountX / CountY);

    /// <summary>Index of a wide open tile near a tile; −1 for none.</summary>
    public int Near(int tile) => _near[tile];

    /// <summary>The next open tile of a row of tiles from place <paramref name="x"/> on, to the right; <see cref="CountX"/> for none.</summary>
    /// <param name="row">The row of tiles: y + <see cref="CountY"/> z.</param>
    /// <param name="x">Place in the row, 0 to <see cref="CountX"/>.</param>
    public int Right(int row, int x)
    {
        if (x >= CountX)
        {
            return CountX;
        }

        int word = x / 64;
        ulong open = _open[row * _words + word] & (ulong.MaxValue << (x % 64));
        while (open == 0)
        {
            if (++word == _words)
            {
                return CountX;
            }

            open = _open[row * _words + word];
        }

        return word * 64 + BitOperations.TrailingZeroCount(open);
    }

    /// <summary>The next open tile of a row of tiles from place <paramref name="x"/> on, to the left; −1 for none.</summary>
    /// <param name="row">The row of tiles: y + <see cref="CountY"/> z.</param>
    /// <param name="x">Place in the row, −1 at least.</param>
    public int Left(int row, int x)
    {
        if (x < 0)
        {
            return -1;
        }

        int word = x / 64;
        ulong open = _open[row * _words + word] & (ulong.MaxValue >> (63 - x % 64));
        while (open == 0)
        {
            if (--word < 0)
            {
                return -1;
            }

            open = _open[row * _words + word];
        }

        return word * 64 + BitOperations.Log2(open);
    }

    /// <summary>Bits of the rows of a tile with a site that takes a cell, y first.</summary>
    public ulong Rows(int tile) => _rows[tile];

    /// <summary>Bits of the sites that take a cell, by row of a tile.</summary>
    public ReadOnlySpan<ushort> Sites(int tile) => _sites.AsSpan(tile * _rowsOfTile, _rowsOfTile);

    /// <summary>
    /// Looks which sites take a cell. Wanted before searches after cells were cleared or liver grew; sites that are filled in the meantime do no
    /// harm, but take time unless <see cref="Fill"/> is told.
    /// </summary>
    public void Refresh(LesionState lesion, RowRunner runner)
    {
        runner.Run(new Refreshing(this, lesion), CountY * CountZ, TileRowsPerBlock);
        runner.Run(new Nearing(this, CountX, 1, CountX, 1), CountY * CountZ, TileRowsPerBlock);
        runner.Run(new Nearing(this, CountX * CountY, CountX, CountY, CountX), CountZ, 1);
        if (CountZ > 1)
        {
            runner.Run(new Nearing(this, CountX, CountX * CountY, CountZ, CountX), CountY, 1);
        }
    }

    /// <summary>A site takes no cell any more. A gap in a nodule would be looked at by every later search that passes it.</summary>
    public void Fill(int site)
    {
        (int x, int y, int z) = _shape.Coordinates(site);
        int tile = Index(x / TileX, y / TileY, z / TileZ), row = y % TileY + TileY * (z % TileZ);
        ref ushort sites = ref _sites[tile * _rowsOfTile + row];
        sites &= (ushort)~(1u << (x % TileX));
        if (sites == 0 && (_rows[tile] &= ~(1UL << row)) == 0)
        {
            (int column, int tileRow) = (x / TileX, tile / CountX);
            _open[tileRow * _words + column / 64] &= ~(1UL << (column % 64));
        }
    }

    private static int Tiles(int sites, int size) => (sites + size - 1) / size;

    /// <summary>Between the middles of two tiles [sites].</summary>
    private long Squared(int tile, int other)
    {
        ((int x, int y, int z), (int ox, int oy, int oz)) = (Place(tile), Place(other));
        (long dx, long dy, long dz) = (TileX * (x - ox), TileY * (y - oy), TileZ * (z - oz));
        return dx * dx + dy * dy + dz * dz;
    }

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

    /// <summary>Rows of tiles; their sites row by row, as these stand in memory.</summary>
    private readonly unsafe struct Refreshing(OpenTiles tiles, LesionState lesion) : IRowKernel
    {
        public void Run(int first, int end)
        {
            for (int row = first; row < end; row++)
            {
                Look(row * tiles.CountX, row % tiles.CountY * tiles.TileY, row / tiles.CountY * tiles.TileZ);
                Sum(row);
            }
        }

        // Bits of sites and rows.
        private void Look(int from, int y, int z)
        {
            byte* codes = lesion.ParenchymaCodes.Pointer;
            Span<ulong> rows = tiles._rows.AsSpan(from, tiles.CountX);
            rows.Clear();
            for (int dz = 0; dz < Math.Min(tiles.TileZ, tiles._shape.Nz - z); dz++)
            {
                for (int dy = 0; dy < Math.Min(tiles.TileY, tiles._shape.Ny - y); dy++)
                {
                    int row = dy + tiles.TileY * dz, start = tiles._shape.Site(0, y + dy, z + dz);
                    Span<ushort> sites = tiles._sites.AsSpan(from * tiles._rowsOfTile);
                    for (int x = 0; x < rows.Length; x++)
                    {
                        ushort takers = Takers(codes + start + x * TileX);
                        sites[x * tiles._rowsOfTile + row] = takers;
                        rows[x] |= (takers != 0 ? 1UL : 0) << row;
                    }
                }
            }
        }

        // Which tiles are open, and wide.
        private void Sum(int row)
        {
            int from = row * tiles.CountX;
            ReadOnlySpan<ulong> rows = tiles._rows.AsSpan(from, tiles.CountX);
            Span<ulong> open = tiles._open.AsSpan(row * tiles._words, tiles._words);
            open.Clear();
            for (int x = 0; x < rows.Length; x++)
            {
                open[x / 64] |= (rows[x] != 0 ? 1UL : 0) << (x % 64);
                tiles._near[from + x] = BitOperations.PopCount(rows[x]) >= ManyRows ? from + x : -1;
            }
        }
    }

    /// <summary>Hands near tiles on along an axis, there and back: of what a tile and the one before it know, it keeps the nearer.</summary>
    /// <param name="tiles">The tiles.</param>
    /// <param name="unit">From the first tile of what one thread does at once to that of the next.</param>
    /// <param name="stride">From a tile to the next along the axis.</param>
    /// <param name="count">Tiles along the axis.</param>
    /// <param name="width">Tiles beside each other that are handed on at once.</param>
    private readonly struct Nearing(OpenTiles tiles, int unit, int stride, int count, int width) : IRowKernel
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
        private void Take(int from, int before)
        {
            int[] near = tiles._near;
            for (int tile = from; tile < from + width; tile++)
            {
                int other = near[tile + before];
                if (other >= 0 && near[tile] != tile && other != near[tile]
                    && (near[tile] < 0 || tiles.Squared(tile, other) < tiles.Squared(tile, near[tile])))
                {
                    near[tile] = other;
                }
            }
        }
    }
}

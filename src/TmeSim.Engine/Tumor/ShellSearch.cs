using System.Numerics;
using TmeSim.Engine.Lattice;
using TmeSim.Engine.Numerics;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Tumor;

/// <summary>
/// Finds the nearest site that can take up a pushed cell: its neighbours first, in the order of their distance, then rows of tiles that are
/// known to hold one (<see cref="OpenTiles"/>). A cell deep in a nodule of 400 sites' radius would look at 100,000 sites else.
/// </summary>
internal sealed class ShellSearch
{
    /// <summary>
    /// Neighbours up to this distance are looked at one by one [sites]. The farther ones of a dense nodule are mostly taken, and tiles
    /// without room cost nothing.
    /// </summary>
    private const int Neighbourhood = 2;

    private readonly LatticeShape _shape;
    private readonly OpenTiles _tiles;
    private readonly (int Squared, int X, int Y, int Z)[] _offsets;
    private readonly int _narrowest;

    // Rows of a tile in one plane.
    private readonly ulong _plane;

    public ShellSearch(LatticeShape shape)
    {
        _shape = shape;
        _tiles = new OpenTiles(shape);
        _plane = (1UL << _tiles.TileY) - 1;
        _offsets = Offsets(shape, Neighbourhood);
        _narrowest = Math.Min(_tiles.CountY > 1 ? _tiles.TileY : int.MaxValue, _tiles.CountZ > 1 ? _tiles.TileZ : int.MaxValue);
    }

    /// <summary>Looks which sites take a cell (<see cref="OpenTiles.Refresh"/>).</summary>
    public void Refresh(LesionState lesion, RowRunner runner) => _tiles.Refresh(lesion, runner);

    /// <summary>A site takes no cell any more.</summary>
    public void Fill(int site) => _tiles.Fill(site);

    /// <summary>
    /// The nearest free or hepatocyte site, ties by lowest hash; −1 when there is none within the Chebyshev distance
    /// <paramref name="chebyshev"/> (1 = Moore neighbours, else any).
    /// </summary>
    public int Nearest(LesionState lesion, int site, int chebyshev, in StepContext context)
    {
        (int x, int y, int z) = _shape.Coordinates(site);
        var nearest = new Candidate(-1, long.MaxValue);
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

    // Rows of tiles at Chebyshev distance r are at least r − 1 tiles and a site away, so the search ends with the first ring of rows that
    // is farther than the best site.
    private int NearestByTiles(LesionState lesion, int site, (int X, int Y, int Z) at, in StepContext context)
    {
        var nearest = new Candidate(-1, long.MaxValue);
        (int ty, int tz) = (at.Y / _tiles.TileY, at.Z / _tiles.TileZ);
        if (_tiles.Near(_tiles.Index(at.X / OpenTiles.TileX, ty, tz)) is >= 0 and int near)
        {
            SearchTile(lesion, site, at, _tiles.Place(near), context, ref nearest);
        }

        int last = Math.Max(_tiles.CountY, _tiles.CountZ);
        for (int r = 0; r < last; r++)
        {
            long away = r == 0 ? 0 : (r - 1L) * _narrowest + 1;
            if (away * away > nearest.Squared)
            {
                break;
            }

            for (int z = Math.Max(tz - r, 0); z <= Math.Min(tz + r, _tiles.CountZ - 1); z++)
            {
                // Inside the ring only its two ends.
                int stride = Math.Abs(z - tz) == r || r == 0 ? 1 : 2 * r;
                for (int y = ty - r; y <= ty + r; y += stride)
                {
                    if ((uint)y < (uint)_tiles.CountY)
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
        long dy = Outside(at.Y, y * _tiles.TileY, _tiles.TileY), dz = Outside(at.Z, z * _tiles.TileZ, _tiles.TileZ);
        long across = dy * dy + dz * dz;
        int row = y + _tiles.CountY * z, tx = at.X / OpenTiles.TileX;
        for (int x = _tiles.Right(row, tx); x < _tiles.CountX && IsWithin(x, nearest); x = _tiles.Right(row, x + 1))
        {
            SearchTile(lesion, site, at, (x, y, z), context, ref nearest);
        }

        for (int x = _tiles.Left(row, tx - 1); x >= 0 && IsWithin(x, nearest); x = _tiles.Left(row, x - 1))
        {
            SearchTile(lesion, site, at, (x, y, z), context, ref nearest);
        }

        bool IsWithin(int x, in Candidate best)
        {
            long dx = Outside(at.X, x * OpenTiles.TileX, OpenTiles.TileX);
            return dx * dx + across <= best.Squared;
        }
    }

    // Planes and rows from the side of the cell where it stands outside the tile: the first ones of a tile of liver bound the others.
    private void SearchTile(
        LesionState lesion, int site, (int X, int Y, int Z) at, (int X, int Y, int Z) tile, in StepContext context, ref Candidate nearest)
    {
        (int left, int bottom, int front) = (tile.X * OpenTiles.TileX, tile.Y * _tiles.TileY, tile.Z * _tiles.TileZ);
        int index = _tiles.Index(tile.X, tile.Y, tile.Z);
        ulong rows = _tiles.Rows(index);
        ReadOnlySpan<ushort> sites = _tiles.Sites(index);
        long dx = Outside(at.X, left, OpenTiles.TileX), beside = dx * dx;
        bool fromTop = at.Y > bottom, fromBehind = at.Z > front;
        for (int i = 0; i < _tiles.TileZ; i++)
        {
            int plane = fromBehind ? _tiles.TileZ - 1 - i : i, z = front + plane;
            long dz = z - at.Z;
            ulong open = beside + dz * dz <= nearest.Squared ? (rows >> (plane * _tiles.TileY)) & _plane : 0;
            while (open != 0)
            {
                int row = fromTop ? BitOperations.Log2(open) : BitOperations.TrailingZeroCount(open);
                open &= ~(1UL << row);
                long dy = bottom + row - at.Y, across = dy * dy + dz * dz;
                if (across + beside <= nearest.Squared)
                {
                    SearchSites(lesion, site, at.X, (left, bottom + row, z), sites[plane * _tiles.TileY + row], across, context, ref nearest);
                }
            }
        }
    }

    // Sites of a row of a tile to both sides of the cell.
    private void SearchSites(LesionState lesion, int site, int atX, (int X, int Y, int Z) from, uint takers, long across,
        in StepContext context, ref Candidate nearest)
    {
        int cell = atX - from.X;
        uint right = cell <= 0 ? takers : cell < OpenTiles.TileX ? takers & (uint.MaxValue << cell) : 0;
        SearchSide(lesion, site, cell, from, right, false, across, context, ref nearest);
        SearchSide(lesion, site, cell, from, takers & ~right, true, across, context, ref nearest);
    }

    // From the cell on, until sites are too far away.
    private void SearchSide(LesionState lesion, int site, int cell, (int X, int Y, int Z) from, uint takers, bool leftward, long across,
        in StepContext context, ref Candidate nearest)
    {
        while (takers != 0)
        {
            int x = leftward ? BitOperations.Log2(takers) : BitOperations.TrailingZeroCount(takers);
            takers &= ~(1u << x);
            long squared = across + (long)(x - cell) * (x - cell);
            if (squared > nearest.Squared)
            {
                return;
            }

            Consider(lesion, site, _shape.Site(from.X + x, from.Y, from.Z), squared, context, ref nearest);
        }
    }

    /// <summary>How far a place lies outside a span [sites].</summary>
    private static int Outside(int at, int first, int length) => at < first ? first - at : Math.Max(0, at - (first + length - 1));

    private static void Consider(LesionState lesion, int from, int site, long squared, in StepContext context, ref Candidate nearest)
    {
        // Septa and tracks hold no tumour cell, also where they are still liver.
        if (squared > nearest.Squared || site == from || !OpenTiles.TakesACell(lesion.ParenchymaCodes[site])
            || lesion.StromaMap.IsClosed(site))
        {
            return;
        }

        // Hashes cost more than all the rest and are wanted for ties alone.
        if (squared < nearest.Squared || Rank(from, site, context) < Rank(from, nearest.Site, context))
        {
            nearest = new Candidate(site, squared);
        }
    }

    private static ulong Rank(int from, int site, in StepContext context) =>
        context.Rank(Mix.Hash((ulong)from, (ulong)site), Purpose.PushTarget);

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

    private readonly record struct Candidate(int Site, long Squared);
}

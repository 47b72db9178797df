using TmeSim.Engine.Plan;

namespace TmeSim.Engine.Start;

/// <summary>
/// The cells of a table on a lattice: each takes the free site whose centre is nearest to its place, first come first served, at most
/// <see cref="ReachSites"/> away; else it is lost. Parenchymal cells, immune cells, vessels and fibroblasts do not stand in each other's way.
/// </summary>
public sealed class CellPlacement
{
    /// <summary>Farthest that a cell is moved [sites].</summary>
    public const int ReachSites = 5;

    private const int Slots = 4;
    private readonly TissuePlan _tissue;
    private readonly (int X, int Y, int Z)[] _near;
    private readonly bool[][] _taken;

    private CellPlacement(CellTable table, TissuePlan tissue)
    {
        _tissue = tissue;
        _near = [.. Near(tissue)];
        int sites = checked(tissue.Nx * tissue.Ny * tissue.Nz);
        _taken = [.. Enumerable.Range(0, Slots).Select(_ => new bool[sites])];
        Site = new int[table.Count];
        for (int i = 0; i < table.Count; i++)
        {
            Site[i] = Place(table, i);
        }
    }

    /// <summary>Place of each cell, x + nx · (y + ny · z); −1 for one that is lost.</summary>
    public int[] Site { get; }

    /// <summary>Cells whose own site was taken, those lost among them.</summary>
    public int Conflicts { get; private set; }

    /// <summary>Cells beyond the edges of the lattice.</summary>
    public int Outside { get; private set; }

    /// <summary>Lost cells: outside, or without a free site near enough.</summary>
    public int Lost => Site.Count(s => s < 0);

    /// <summary>Mean way of cells that were placed from their place to the centre of their site [µm].</summary>
    public double MeanShiftUm { get; private set; }

    /// <summary>Places the cells of a table.</summary>
    public static CellPlacement Of(CellTable table, TissuePlan tissue)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(tissue);
        return new CellPlacement(table, tissue);
    }

    private static int Slot(TableCell cell) => cell switch
    {
        TableCell.Cd8 or TableCell.Macrophage => 1,
        TableCell.Vessel => 2,
        TableCell.Fibroblast => 3,
        _ => 0,
    };

    private static IEnumerable<(int X, int Y, int Z)> Near(TissuePlan tissue)
    {
        IEnumerable<int> Axis(int sites) => sites == 1 ? [0] : Enumerable.Range(-ReachSites, (2 * ReachSites) + 1);
        return (from z in Axis(tissue.Nz) from y in Axis(tissue.Ny) from x in Axis(tissue.Nx)
                where (x * x) + (y * y) + (z * z) <= ReachSites * ReachSites
                select (x, y, z)).OrderBy(o => (o.x * o.x) + (o.y * o.y) + (o.z * o.z));
    }

    private int Place(CellTable table, int cell)
    {
        double h = _tissue.SpacingUm, px = table.X[cell] / h, py = table.Y[cell] / h, pz = table.Z[cell] / h;
        if (!(px >= 0 && px <= _tissue.Nx && py >= 0 && py <= _tissue.Ny && (_tissue.Nz == 1 || (pz >= 0 && pz <= _tissue.Nz))))
        {
            Outside++;
            return -1;
        }

        int x = Math.Min((int)px, _tissue.Nx - 1), y = Math.Min((int)py, _tissue.Ny - 1), z = _tissue.Nz == 1 ? 0 : Math.Min((int)pz, _tissue.Nz - 1);
        bool[] taken = _taken[Slot(table.Cells[cell])];
        int best = -1, bestOffset = int.MaxValue;
        double nearest = double.PositiveInfinity;
        foreach ((int dx, int dy, int dz) in _near)
        {
            // A place is at most √3/2 sites from the centre of its own: rings behind that one cannot win any more.
            int squared = (dx * dx) + (dy * dy) + (dz * dz);
            if (best >= 0 && Math.Sqrt(squared) > Math.Sqrt(bestOffset) + 1.8)
            {
                break;
            }

            int sx = x + dx, sy = y + dy, sz = z + dz;
            if ((uint)sx >= (uint)_tissue.Nx || (uint)sy >= (uint)_tissue.Ny || (uint)sz >= (uint)_tissue.Nz)
            {
                continue;
            }

            int site = sx + (_tissue.Nx * (sy + (_tissue.Ny * sz)));
            double away = Square(sx + 0.5 - px) + Square(sy + 0.5 - py) + (_tissue.Nz == 1 ? 0 : Square(sz + 0.5 - pz));
            if (!taken[site] && away < nearest)
            {
                (best, nearest, bestOffset) = (site, away, Math.Min(bestOffset, squared));
            }
        }

        Conflicts += best != x + (_tissue.Nx * (y + (_tissue.Ny * z))) ? 1 : 0;
        if (best >= 0)
        {
            taken[best] = true;
            _placed++;
            MeanShiftUm += ((Math.Sqrt(nearest) * h) - MeanShiftUm) / _placed;
        }

        return best;
    }

    private int _placed;

    private static double Square(double value) => value * value;
}

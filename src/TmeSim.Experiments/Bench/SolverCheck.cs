using TmeSim.Engine.Lattice;
using TmeSim.Engine.Multigrid;

namespace TmeSim.Experiments.Bench;

/// <summary>An error of the solver of fields on a lattice.</summary>
/// <param name="Sites">Sites along each side.</param>
/// <param name="SpacingUm">Spacing [µm].</param>
/// <param name="Error">Largest error over the largest value of the exact solution.</param>
/// <param name="Cycles">Cycles until the tolerance was met.</param>
/// <param name="Order">Order of convergence against the lattice before; NaN for the first.</param>
public sealed record SolverError(int Sites, double SpacingUm, double Error, int Cycles, double Order);

/// <summary>
/// The solver against a manufactured solution: c = 2 + cos(πx/L)·cos(2πy/L) of −ℓ²·∇²c + c = f on a square of 1.28 mm without flux through
/// its
/// walls, ℓ = 100 µm, on lattices of 160 to 10 µm. Second order is expected, down to what numbers of 32 bits resolve.
/// </summary>
public static class SolverCheck
{
    private const double SideUm = 1280, LengthUm = 100;
    private static readonly int[] Lattices = [8, 16, 32, 64, 128];

    /// <summary>Solves it on all lattices; takes some milliseconds.</summary>
    public static IReadOnlyList<SolverError> Run()
    {
        List<SolverError> errors = [];
        foreach (int sites in Lattices)
        {
            (double error, int cycles) = Solve(sites);
            errors.Add(new SolverError(sites, SideUm / sites, error, cycles, errors.Count == 0 ? double.NaN
                : Math.Log2(errors[^1].Error / error)));
        }

        return errors;
    }

    private static (double Error, int Cycles) Solve(int sites)
    {
        double spacing = SideUm / sites, x1 = Math.PI / SideUm, y1 = 2 * Math.PI / SideUm, square = LengthUm * LengthUm;
        double Wave(int x, int y) => Math.Cos(x1 * (x + 0.5) * spacing) * Math.Cos(y1 * (y + 0.5) * spacing);
        var shape = new LatticeShape(sites, sites, 1, spacing);
        using var solver = new MultigridSolver(shape);
        using var field = new SiteBuffer<float>(shape.Length);
        using var source = new SiteBuffer<float>(shape.Length);
        for (int y = 0; y < sites; y++)
        {
            for (int x = 0; x < sites; x++)
            {
                source.Values[shape.Site(x, y)] = (float)(2 + (Wave(x, y) * (1 + (square * ((x1 * x1) + (y1 * y1))))));
            }
        }

        SolveReport report = solver.Solve((float)(square / (spacing * spacing)), FieldWalls.All(FieldWall.ZeroFlux), field, 1f, source,
            1e-7f, 50, 8);
        double most = 0;
        for (int y = 0; y < sites; y++)
        {
            for (int x = 0; x < sites; x++)
            {
                most = Math.Max(most, Math.Abs(field.Values[shape.Site(x, y)] - 2 - Wave(x, y)));
            }
        }

        return (most / 3, report.Cycles);
    }
}

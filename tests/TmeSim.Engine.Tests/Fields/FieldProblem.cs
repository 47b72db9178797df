using TmeSim.Engine.Lattice;
using TmeSim.Engine.Multigrid;

namespace TmeSim.Engine.Tests.Fields;

/// <summary>One linear system on a lattice, solved by the production solver and, in float64, to a proven error.</summary>
internal sealed class FieldProblem : IDisposable
{
    public FieldProblem(LatticeShape shape, double coupling, FieldWalls walls)
    {
        Shape = shape;
        Coupling = (float)coupling;
        Walls = walls;
        Field = new SiteArray<float>(shape.Length);
        Diagonal = new SiteArray<float>(shape.Length);
        Rhs = new SiteArray<float>(shape.Length);
    }

    public LatticeShape Shape { get; }

    public float Coupling { get; }

    public FieldWalls Walls { get; }

    public SiteArray<float> Field { get; }

    public SiteArray<float> Diagonal { get; }

    public SiteArray<float> Rhs { get; }

    /// <summary>Sites in row order, x fastest.</summary>
    public IEnumerable<int> Sites()
    {
        for (int row = 0; row < Shape.Rows; row++)
        {
            for (int x = 0; x < Shape.Nx; x++)
            {
                yield return Shape.RowStart(row) + x;
            }
        }
    }

    public FieldProblem Fill(Func<int, int, int, double> diagonal, Func<int, int, int, double> rhs)
    {
        foreach (int site in Sites())
        {
            (int x, int y, int z) = Shape.Coordinates(site);
            Diagonal[site] = (float)diagonal(x, y, z);
            Rhs[site] = (float)rhs(x, y, z);
        }

        return this;
    }

    public SolveReport Solve(float tolerance = 1e-9f, int maxCycles = 60, RowRunner? runner = null, LaneWidth? width = null)
    {
        using var solver = new MultigridSolver(Shape, runner, width ?? LaneWidths.Widest);
        return solver.Solve(Coupling, Walls, Field, Diagonal, Rhs, tolerance, maxCycles);
    }

    public double[] Values() => [.. Sites().Select(site => (double)Field[site])];

    public void Dispose()
    {
        Field.Dispose();
        Diagonal.Dispose();
        Rhs.Dispose();
    }

    /// <summary>rhs − A c in float64, written from the equation and not from the solver.</summary>
    public double[] Residual(double[] c)
    {
        var residual = new double[c.Length];
        int nx = Shape.Nx, ny = Shape.Ny, nz = Shape.Nz, i = 0;
        double[] weights = [.. Faces().Select(wall => Weight(wall))];
        double[] beyond = [.. Faces().Select(wall => wall.Kind == WallKind.Fixed ? wall.Value : 0d)];
        for (int z = 0; z < nz; z++)
        {
            for (int y = 0; y < ny; y++)
            {
                for (int x = 0; x < nx; x++, i++)
                {
                    int site = Shape.Site(x, y, z);
                    double here = c[i], flux = 0;
                    flux += nx == 1 ? 0 : x > 0 ? c[i - 1] - here : weights[0] * (beyond[0] - here);
                    flux += nx == 1 ? 0 : x < nx - 1 ? c[i + 1] - here : weights[1] * (beyond[1] - here);
                    flux += ny == 1 ? 0 : y > 0 ? c[i - nx] - here : weights[2] * (beyond[2] - here);
                    flux += ny == 1 ? 0 : y < ny - 1 ? c[i + nx] - here : weights[3] * (beyond[3] - here);
                    flux += nz == 1 ? 0 : z > 0 ? c[i - nx * ny] - here : weights[4] * (beyond[4] - here);
                    flux += nz == 1 ? 0 : z < nz - 1 ? c[i + nx * ny] - here : weights[5] * (beyond[5] - here);
                    residual[i] = Rhs[site] - (double)Diagonal[site] * here + (double)Coupling * flux;
                }
            }
        }

        return residual;
    }

    /// <summary>
    /// The solution in float64. Found by refining with the production solver, proven by the residual: the matrix is
    /// diagonally dominant with excess d, so the error is at most max |residual| / min d.
    /// </summary>
    public double[] Reference(double relativeError = 1e-8)
    {
        using var correction = new FieldProblem(Shape, Coupling, new FieldWalls(
            Still(Walls.XLow), Still(Walls.XHigh), Still(Walls.YLow), Still(Walls.YHigh), Still(Walls.ZLow), Still(Walls.ZHigh)));
        correction.Diagonal.CopyFrom(Diagonal);
        double excess = Sites().Min(site => (double)Diagonal[site]);
        double[] c = Values();
        for (int round = 0; round < 40; round++)
        {
            double[] residual = Residual(c);
            double size = residual.Max(Math.Abs);
            if (size / excess <= relativeError * c.Max(Math.Abs))
            {
                return c;
            }

            int i = 0;
            foreach (int site in Sites())
            {
                correction.Rhs[site] = (float)(residual[i++] / size);
                correction.Field[site] = 0;
            }

            correction.Solve();
            double[] e = correction.Values();
            for (i = 0; i < c.Length; i++)
            {
                c[i] += e[i] * size;
            }
        }

        throw new InvalidOperationException("the reference did not reach its error bound");
    }

    /// <summary>Largest difference relative to the largest reference value.</summary>
    public static double RelativeError(double[] actual, double[] expected)
    {
        Assert.Equal(expected.Length, actual.Length);
        double scale = expected.Max(Math.Abs), worst = 0;
        for (int i = 0; i < actual.Length; i++)
        {
            Assert.True(double.IsFinite(actual[i]));
            worst = Math.Max(worst, Math.Abs(actual[i] - expected[i]));
        }

        return worst / scale;
    }

    private static FieldWall Still(FieldWall wall) => wall with { Value = 0 };

    private FieldWall[] Faces() => [Walls.XLow, Walls.XHigh, Walls.YLow, Walls.YHigh, Walls.ZLow, Walls.ZHigh];

    private double Weight(FieldWall wall) => wall.Kind switch
    {
        WallKind.Robin => 1 - Math.Exp(-Shape.SpacingUm / wall.LengthUm),
        WallKind.Fixed => 2,
        _ => 0,
    };
}

using TmeSim.Engine.Lattice;
using TmeSim.Engine.Multigrid;

namespace TmeSim.Engine.Tests.Fields;

/// <summary>
/// Second order in the spacing: d(x) c − D ∇²c = s with a smooth solution, d from 0.4 to 1.6 times its mean, each kind of wall. The error
/// against the exact solution falls by four when the spacing is halved, twice in a row.
/// </summary>
public sealed class SecondOrderTests
{
    private const double Diffusivity = 2000;
    private const double Loss = 1.5;

    /// <summary>Edges of the box [µm], unlike each other.</summary>
    private static readonly double[] Edges = [320, 400, 240];

    /// <summary>Sites along each edge at the coarsest spacing.</summary>
    private static readonly int[] Coarsest = [16, 20, 12];

    [Theory]
    [InlineData(2, WallKind.ZeroFlux, WallKind.ZeroFlux, WallKind.ZeroFlux)]
    [InlineData(2, WallKind.Fixed, WallKind.Fixed, WallKind.ZeroFlux)]
    [InlineData(2, WallKind.Robin, WallKind.Robin, WallKind.ZeroFlux)]
    [InlineData(2, WallKind.Robin, WallKind.ZeroFlux, WallKind.ZeroFlux)]
    [InlineData(3, WallKind.ZeroFlux, WallKind.ZeroFlux, WallKind.ZeroFlux)]
    [InlineData(3, WallKind.Fixed, WallKind.Fixed, WallKind.Fixed)]
    [InlineData(3, WallKind.Robin, WallKind.Robin, WallKind.Robin)]
    [InlineData(3, WallKind.Robin, WallKind.ZeroFlux, WallKind.Fixed)]
    public void HalfTheSpacing_DividesTheErrorByFour(int dimensions, WallKind x, WallKind y, WallKind z)
    {
        // A constant goes with closed and fixed walls only.
        double constant = x == WallKind.Robin || y == WallKind.Robin ? 0 : 3;
        Factor[] factors = [new(x, Edges[0], constant), new(y, Edges[1], constant), new(z, dimensions == 3 ? Edges[2] : 0, constant)];
        double coarse = Error(factors, 1), middle = Error(factors, 2), fine = Error(factors, 4);
        TestContext.Current.TestOutputHelper?.WriteLine($"{coarse:E3} {middle:E3} {fine:E3}: {coarse / middle:F3}, {middle / fine:F3}");

        Assert.InRange(coarse / middle, 3.6, 4.4);
        Assert.InRange(middle / fine, 3.8, 4.2);
    }

    /// <summary>Root mean square of the error, relative to that of the solution.</summary>
    private static double Error(Factor[] f, int refinement)
    {
        int nz = f[2].IsOne ? 1 : Coarsest[2] * refinement;
        double h = Edges[0] / (Coarsest[0] * refinement);
        var shape = new LatticeShape(Coarsest[0] * refinement, Coarsest[1] * refinement, nz, h);
        var walls = new FieldWalls(f[0].Wall, f[0].Wall, f[1].Wall, f[1].Wall, f[2].Wall, f[2].Wall);
        using var problem = new FieldProblem(shape, Diffusivity / (h * h), walls);
        double[] at(int i, int j, int k) => [(i + 0.5) * h, (j + 0.5) * h, (k + 0.5) * h];
        problem.Fill((i, j, k) => Rate(at(i, j, k)), (i, j, k) => Rate(at(i, j, k)) * Solution(f, at(i, j, k)) - Diffusivity * Laplacian(f, at(i, j, k)));
        problem.Solve();
        double[] exact = [.. problem.Sites().Select(site => shape.Coordinates(site)).Select(p => Solution(f, at(p.X, p.Y, p.Z)))];
        return Math.Sqrt(problem.Values().Zip(exact, (c, e) => (c - e) * (c - e)).Sum() / exact.Sum(e => e * e));
    }

    private static double Rate(double[] r) => Loss * (1 + 0.6 * Math.Sin(r[0] / 70 + 0.4) * Math.Cos(r[1] / 90) * Math.Cos(r[2] / 60));

    private static double Solution(Factor[] f, double[] r) => f[0].Constant + f[0].Value(r[0]) * f[1].Value(r[1]) * f[2].Value(r[2]);

    private static double Laplacian(Factor[] f, double[] r) =>
        f[0].Second(r[0]) * f[1].Value(r[1]) * f[2].Value(r[2])
        + f[0].Value(r[0]) * f[1].Second(r[1]) * f[2].Value(r[2])
        + f[0].Value(r[0]) * f[1].Value(r[1]) * f[2].Second(r[2]);

    /// <summary>The solution is a constant + the product of one function per axis that meets its walls; 1 along an axis of no length.</summary>
    private readonly record struct Factor(WallKind Kind, double Edge, double Constant)
    {
        /// <summary>Turns of the cosine in a Robin factor, in radians over the edge: fixes the decay length by dc/dn = −c/L.</summary>
        private const double Turn = 1.8;

        private const double Tilt = 0.4;

        public bool IsOne => Edge == 0;

        public FieldWall Wall => Kind switch
        {
            WallKind.Fixed => FieldWall.Fixed(Constant),
            WallKind.Robin => FieldWall.Robin(Edge / (Turn * Math.Tan(Turn / 2))),
            _ => FieldWall.ZeroFlux,
        };

        public double Value(double x) => IsOne ? 1 : Kind switch
        {
            WallKind.Fixed => Math.Sin(Math.PI * x / Edge) * (1 + Tilt * x / Edge),
            WallKind.Robin => Math.Cos(Turn * (x / Edge - 0.5)),
            _ => 1 + Tilt * Math.Cos(Math.PI * x / Edge),
        };

        public double Second(double x)
        {
            double q = Math.PI / Edge;
            return IsOne ? 0 : Kind switch
            {
                WallKind.Fixed => 2 * q * Tilt / Edge * Math.Cos(q * x) - q * q * Value(x),
                WallKind.Robin => -Turn * Turn / (Edge * Edge) * Value(x),
                _ => -q * q * Tilt * Math.Cos(q * x),
            };
        }
    }
}

using TmeSim.Engine.Lattice;
using TmeSim.Engine.Multigrid;

namespace TmeSim.Engine.Tests.Fields;

/// <summary>Verification cases with exact answers of the continuous or the discrete equation.</summary>
public sealed class DiffusionLawTests
{
    private const double H = 20;

    /// <summary>Cases 1 and 2: the discrete solution of a plane source falls by r = Q − √(Q²−1) per site, Q = 1 + λ/(2k).</summary>
    [Theory]
    [InlineData(0.950293, 0.0026, 700)]
    [InlineData(0.818190, 0.0404, 301)]
    public void PlaneSource_FallsByTheDiscreteRatio(double ratio, double lossPerCoupling, int sites)
    {
        double exactLoss = (ratio + 1 / ratio) - 2;
        Assert.Equal(lossPerCoupling, exactLoss, 0.0002);
        double k = 5, decay = k * exactLoss, source = 3;
        using var problem = new FieldProblem(new LatticeShape(sites, 1, 1, H), k, FieldWalls.All(FieldWall.ZeroFlux));
        int middle = sites / 2;
        problem.Fill((_, _, _) => decay, (x, _, _) => x == middle ? source : 0);
        problem.Solve();
        double[] c = problem.Values(), reference = problem.Reference(1e-12);
        double peak = source / (decay + 2 * k * (1 - ratio));

        // The stencil alone, in double: the exact answer for the coefficients as float32 holds them.
        double q = 1 + (double)(float)decay / (2 * k), exactRatio = q - Math.Sqrt(q * q - 1);
        double exactPeak = source / ((double)(float)decay + 2 * k * (1 - exactRatio));
        for (int i = 0; i < 60; i++)
        {
            Assert.Equal(peak * Math.Pow(ratio, i), c[middle + i], peak * 1e-5);
            Assert.Equal(exactPeak * Math.Pow(exactRatio, i), reference[middle + i], exactPeak * 1e-10);
        }
    }

    /// <summary>Case 3 in the plane: c = q K0(r/L) / (2πD), five and more sites from the source.</summary>
    [Fact]
    public void PointSourceInThePlane_FollowsTheBesselFunction()
    {
        const double K = 100, Loss = 1;
        using var problem = new FieldProblem(new LatticeShape(255, 255, 1, H), K, FieldWalls.All(FieldWall.ZeroFlux));
        problem.Fill((_, _, _) => Loss, (x, y, _) => x == 127 && y == 127 ? 1 : 0);
        problem.Solve();
        for (int r = 5; r <= 40; r++)
        {
            double exact = MathNet.Numerics.SpecialFunctions.BesselK(0, r * Math.Sqrt(Loss / K)) / (2 * Math.PI * K);
            Assert.Equal(exact, problem.Field[problem.Shape.Site(127 + r, 127)], exact * 0.006);
        }

        Assert.True(FieldProblem.RelativeError(problem.Values(), problem.Reference()) < 1e-5);
    }

    /// <summary>Case 3 in space: c = q exp(−r/L) / (4πDr), with the error of second order in h/r that the grid has near a point.</summary>
    [Fact]
    public void PointSourceInSpace_FollowsTheYukawaLaw()
    {
        const double K = 36, Loss = 1;
        using var problem = new FieldProblem(new LatticeShape(79, 79, 79, H), K, FieldWalls.All(FieldWall.ZeroFlux));
        problem.Fill((_, _, _) => Loss, (x, y, z) => x == 39 && y == 39 && z == 39 ? 1 : 0);
        problem.Solve();
        for (int r = 5; r <= 15; r++)
        {
            double exact = Math.Exp(-r / Math.Sqrt(K)) / (4 * Math.PI * K * r);
            Assert.Equal(exact, problem.Field[problem.Shape.Site(39 + r, 39, 39)], exact * (0.005 + 0.7 / (r * r)));
        }

        Assert.True(FieldProblem.RelativeError(problem.Values(), problem.Reference()) < 1e-5);
    }

    /// <summary>Case 4: backward Euler adds exactly 2D·dt to the variance per axis and divides the mass by 1 + λ·dt.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(0.25)]
    public void Spike_SpreadsAndDecaysExactly(double decay)
    {
        const double K = 2;
        const int Steps = 8, N = 161, Middle = N / 2;
        using var problem = new FieldProblem(new LatticeShape(N, N, 1, H), K, FieldWalls.All(FieldWall.ZeroFlux));
        problem.Fill((_, _, _) => 1 + decay, (_, _, _) => 0);
        problem.Field[problem.Shape.Site(Middle, Middle)] = 1;
        for (int step = 0; step < Steps; step++)
        {
            problem.Rhs.CopyFrom(problem.Field);
            problem.Solve();
        }

        double mass = 0, variance = 0;
        foreach (int site in problem.Sites())
        {
            mass += problem.Field[site];
            double away = problem.Shape.Coordinates(site).X - Middle;
            variance += problem.Field[site] * away * away;
        }

        Assert.Equal(Math.Pow(1 + decay, -Steps), mass, mass * 1e-5);
        Assert.Equal(2 * K * Steps / (1 + decay), variance / mass, 2 * K * Steps * 2e-5);
    }

    /// <summary>Case 5: cos(qx) shrinks by 1/(1 + dt λ + 4k sin²(qh/2)) per axis and step.</summary>
    [Fact]
    public void CosineMode_DecaysByTheDiscreteFactor()
    {
        const int N = 96;
        const double K = 300, Decay = 0.2;
        double qx = Math.PI * 3 / N, qy = Math.PI * 5 / N;
        double factor = 1 / (1 + Decay + 4 * K * (Math.Pow(Math.Sin(qx / 2), 2) + Math.Pow(Math.Sin(qy / 2), 2)));
        double Mode(int x, int y) => Math.Cos(qx * (x + 0.5)) * Math.Cos(qy * (y + 0.5));
        using var problem = new FieldProblem(new LatticeShape(N, N, 1, H), K, FieldWalls.All(FieldWall.ZeroFlux));
        problem.Fill((_, _, _) => 1 + Decay, (x, y, _) => Mode(x, y));
        problem.Solve();
        double[] expected = [.. problem.Sites().Select(s => problem.Shape.Coordinates(s)).Select(p => factor * Mode(p.X, p.Y))];

        Assert.True(FieldProblem.RelativeError(problem.Values(), expected) < 1e-5);
    }

    /// <summary>Case 8: a closed box with a constant source settles at S/λ.</summary>
    [Fact]
    public void ClosedBox_SettlesAtSourceOverDecay()
    {
        using var problem = new FieldProblem(new LatticeShape(37, 20, 9, H), 80, FieldWalls.All(FieldWall.ZeroFlux));
        problem.Fill((_, _, _) => 0.03, (_, _, _) => 0.6);
        problem.Solve();

        Assert.All(problem.Values(), value => Assert.Equal(20, value, 2e-4));
    }

    /// <summary>A Robin wall is transparent: the half domain carries the exponential of the discrete equation.</summary>
    [Fact]
    public void RobinWall_ContinuesTheExponential()
    {
        const double Length = 100, K = 7;
        double ratio = Math.Exp(-H / Length), loss = K * (ratio + 1 / ratio - 2);
        FieldProblem Domain(int sites, FieldWall end)
        {
            var walls = FieldWalls.All(FieldWall.ZeroFlux) with { XHigh = end };
            return new FieldProblem(new LatticeShape(sites, 1, 1, H), K, walls).Fill((_, _, _) => loss, (x, _, _) => x == 4 ? 1 : 0);
        }

        using FieldProblem half = Domain(12, FieldWall.Robin(Length)), large = Domain(300, FieldWall.ZeroFlux);
        half.Solve();
        large.Solve();

        for (int x = 0; x < 12; x++)
        {
            Assert.Equal(large.Field[large.Shape.Site(x, 0)], half.Field[half.Shape.Site(x, 0)], 1e-6);
        }
    }

    [Fact]
    public void FixedWalls_GiveTheLinearProfile()
    {
        const int N = 53;
        FieldWalls walls = FieldWalls.All(FieldWall.ZeroFlux) with { YLow = FieldWall.Fixed(10), YHigh = FieldWall.Fixed(40) };
        using var problem = new FieldProblem(new LatticeShape(30, N, 1, H), 5, walls);
        problem.Fill((_, _, _) => 0, (_, _, _) => 0);
        problem.Solve();

        foreach (int site in problem.Sites())
        {
            Assert.Equal(10 + 30 * (problem.Shape.Coordinates(site).Y + 0.5) / N, problem.Field[site], 4e-4);
        }
    }

    /// <summary>Halving h divides the error against cosh(x/L) by four.</summary>
    [Fact]
    public void FinerSpacing_ConvergesWithSecondOrder()
    {
        double Error(int n)
        {
            double h = 320.0 / n, k = 2000 / (h * h), loss = 2000 / (80.0 * 80);
            FieldWalls walls = FieldWalls.All(FieldWall.ZeroFlux) with { XHigh = FieldWall.Fixed(1) };
            using var problem = new FieldProblem(new LatticeShape(n, 1, 1, h), k, walls);
            problem.Fill((_, _, _) => loss, (_, _, _) => 0);
            problem.Solve();
            return problem.Values().Select((c, x) => Math.Abs(c - Math.Cosh((x + 0.5) * h / 80) / Math.Cosh(4))).Max();
        }

        Assert.InRange(Error(16) / Error(32), 3.5, 4.5);
    }
}

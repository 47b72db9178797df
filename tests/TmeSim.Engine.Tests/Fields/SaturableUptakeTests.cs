using TmeSim.Engine.Lattice;
using TmeSim.Engine.Multigrid;

namespace TmeSim.Engine.Tests.Fields;

/// <summary>Oxygen with saturable uptake M·c/(K + c), re-linearised between solves as the engine does, against the zero-order slab and the Krogh cylinder.</summary>
public sealed class SaturableUptakeTests
{
    private const double Diffusion = 2000;

    /// <summary>
    /// Case 7: uptake M from c0 at the face reaches √(2·D·c0/M) = 103.3 µm. With no flux at that depth c = c0 (1 − x/depth)².
    /// </summary>
    [Fact]
    public void ZeroOrderSlab_IsPenetratedToTheSquareRootDepth()
    {
        const double C0 = 40, Uptake = 15, HalfMaximal = 0.002, H = 1;
        double depth = Math.Sqrt(2 * Diffusion * C0 / Uptake);
        Assert.Equal(103.3, depth, 0.05);
        FieldWalls walls = FieldWalls.All(FieldWall.ZeroFlux) with { XLow = FieldWall.Fixed(C0) };
        using var problem = new FieldProblem(new LatticeShape(160, 1, 1, H), Diffusion / (H * H), walls);

        Relax(problem, (_, _) => Uptake, HalfMaximal, C0, 200);

        double[] c = problem.Values();
        double reached = 0;
        for (int x = 0; x < c.Length; x++)
        {
            double at = (x + 0.5) * H;
            double exact = at < depth ? C0 * Math.Pow(1 - at / depth, 2) : 0;
            Assert.Equal(exact, c[x], C0 * 0.001);
            reached = c[x] > 0.01 ? at : reached;
        }

        Assert.InRange(reached, depth - 3, depth + 1.5);
    }

    /// <summary>
    /// Case 9, Krogh: around a vessel of radius a, uptake M in an annulus closed at b gives
    /// c = c_a + M/(4D) (r² − a²) − M b²/(2D) ln(r/a).
    /// </summary>
    [Fact]
    public void VesselInTissueCylinder_FollowsKrogh()
    {
        const double Vessel = 40, Outer = 90, C0 = 60, Uptake = 15, Exchange = 1e5, H = 1;
        const int N = 200;
        double Radius(int x, int y) => Math.Sqrt(Math.Pow(x - (N - 1) / 2.0, 2) + Math.Pow(y - (N - 1) / 2.0, 2)) * H;
        double Exact(double r) => C0 + Uptake / (4 * Diffusion) * (r * r - Vessel * Vessel) - Uptake * Outer * Outer / (2 * Diffusion) * Math.Log(r / Vessel);
        using var problem = new FieldProblem(new LatticeShape(N, N, 1, H), Diffusion / (H * H), FieldWalls.All(FieldWall.ZeroFlux));

        // Inside the vessel a strong exchange holds c0; beyond the annulus nothing is consumed, so no oxygen flows there.
        problem.Fill((_, _, _) => 0, (x, y, _) => Radius(x, y) < Vessel ? Exchange * C0 : 0);
        Relax(problem, (x, y) => Radius(x, y) is > Vessel and < Outer ? Uptake : 0, 0.05, C0, 10, (x, y) => Radius(x, y) < Vessel ? Exchange : 0);

        for (int x = N / 2; x < N; x++)
        {
            double r = Radius(x, N / 2);
            if (r > Vessel + 5 && r < Outer - 3)
            {
                Assert.Equal(Exact(r), problem.Field[problem.Shape.Site(x, N / 2)], Exact(r) * 0.01);
            }
        }
    }

    private static void Relax(FieldProblem problem, Func<int, int, double> uptake, double halfMaximal, double start, int rounds, Func<int, int, double>? exchange = null)
    {
        foreach (int site in problem.Sites())
        {
            problem.Field[site] = (float)start;
        }

        using var solver = new MultigridSolver(problem.Shape);
        for (int round = 0; round < rounds; round++)
        {
            foreach (int site in problem.Sites())
            {
                (int x, int y, _) = problem.Shape.Coordinates(site);
                double loss = uptake(x, y) / (halfMaximal + Math.Max(0, problem.Field[site]));
                problem.Diagonal[site] = (float)(loss + (exchange?.Invoke(x, y) ?? 0));
            }

            solver.Solve(problem.Coupling, problem.Walls, problem.Field, problem.Diagonal, problem.Rhs, 1e-7f);
        }
    }
}

using TmeSim.Engine.Lattice;
using TmeSim.Engine.Multigrid;

namespace TmeSim.Engine.Tests.Fields;

/// <summary>
/// The same problem written along other axes: lines, planes and boxes with varying loss and source and a wall of its own on every
/// face. Fields agree to 1e-6 of the largest value; where the order of sites in memory is the same, bit for bit.
/// </summary>
public sealed class AxisOrderTests
{
    private const double Tolerance = 1e-6;

    private static readonly FieldWall[] Walls =
        [FieldWall.Fixed(3), FieldWall.Robin(120), FieldWall.ZeroFlux, FieldWall.Fixed(1), FieldWall.Robin(50), FieldWall.ZeroFlux];

    private static readonly int[][] Orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];

    [Theory]
    [InlineData(97, 1, 1, 5)]
    [InlineData(97, 1, 1, 18_000)]
    [InlineData(37, 53, 1, 5)]
    [InlineData(48, 32, 1, 40)]
    [InlineData(64, 3, 1, 18_000)]
    [InlineData(2, 2, 1, 1)]
    [InlineData(9, 7, 5, 5)]
    [InlineData(24, 17, 30, 300)]
    public void AxesInAnyOrder_GiveTheSameField(int a, int b, int c, double coupling)
    {
        int[] sizes = [a, b, c];
        double[] expected = Solve(sizes, Orders[0], coupling);
        foreach (int[] order in Orders.Skip(1))
        {
            double error = FieldProblem.RelativeError(Solve(sizes, order, coupling), expected);

            Assert.True(error <= Tolerance, $"axes {string.Join(", ", order)}: {error:E2}");
        }
    }

    /// <summary>A plane of rows along x is the same memory whether its rows lie along y or along z; a line along y or z too.</summary>
    [Theory]
    [InlineData(37, 53)]
    [InlineData(64, 3)]
    [InlineData(300, 70)]
    [InlineData(1, 97)]
    public void RowsAlongYOrZ_GiveTheSameBits(int a, int b) =>
        Assert.Equal(Solve([a, b, 1], [0, 1, 2], 5), Solve([a, b, 1], [0, 2, 1], 5));

    /// <summary>Solves the problem with its axis <c>order[i]</c> along lattice axis i; values in the order of the problem's own axes.</summary>
    private static double[] Solve(int[] sizes, int[] order, double coupling)
    {
        FieldWall Low(int axis) => Walls[2 * order[axis]];
        FieldWall High(int axis) => Walls[2 * order[axis] + 1];
        int[] Own(int x, int y, int z)
        {
            var own = new int[3];
            (own[order[0]], own[order[1]], own[order[2]]) = (x, y, z);
            return own;
        }

        var shape = new LatticeShape(sizes[order[0]], sizes[order[1]], sizes[order[2]], 20);
        using var problem = new FieldProblem(shape, coupling, new FieldWalls(Low(0), High(0), Low(1), High(1), Low(2), High(2)));
        problem.Fill(
            (x, y, z) => Own(x, y, z) is var r && Speck(r, 1) ? 1.5 : 0.2 + 0.1 * Math.Sin(0.3 * r[0] + 0.2 * r[1] + 0.1 * r[2]),
            (x, y, z) => Speck(Own(x, y, z), 2) ? 60 : 0.3);
        problem.Solve();
        var values = new double[sizes[0] * sizes[1] * sizes[2]];
        foreach (int site in problem.Sites())
        {
            (int x, int y, int z) = shape.Coordinates(site);
            int[] r = Own(x, y, z);
            values[(r[2] * sizes[1] + r[1]) * sizes[0] + r[0]] = problem.Field[site];
        }

        return values;
    }

    /// <summary>One site in thirty or so, without an order along any axis.</summary>
    private static bool Speck(int[] r, uint salt)
    {
        uint mixed = (uint)r[0] * 2654435761u ^ (uint)r[1] * 2246822519u ^ (uint)r[2] * 3266489917u ^ salt * 668265263u;
        return (mixed ^ mixed >> 15) * 2654435769u >> 27 == 0;
    }
}

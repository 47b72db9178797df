using TmeSim.Analysis.Shapes;
using TmeSim.Analysis.Spatial;

namespace TmeSim.Analysis.Tests.Spatial;

/// <summary>Pairs counted by lattice steps give what the sums over all pairs give.</summary>
public sealed class PairCurvesTests
{
    [Theory]
    [InlineData(40, 30, 1, 20, 20, EdgeCorrection.Translate, false)]
    [InlineData(40, 30, 1, 20, 30, EdgeCorrection.None, false)]
    [InlineData(40, 30, 1, 20, 20, EdgeCorrection.Translate, true)]
    [InlineData(40, 30, 1, 20, 20, EdgeCorrection.Border, true)]
    [InlineData(40, 30, 1, 20, 20, EdgeCorrection.Isotropic, false)]
    [InlineData(14, 12, 9, 20, 20, EdgeCorrection.Translate, false)]
    [InlineData(14, 12, 9, 20, 20, EdgeCorrection.Translate, true)]
    [InlineData(33, 27, 1, 12.5, 12.5, EdgeCorrection.Translate, false)]
    public void Of_PointsOnSites_IsThatOfThePoints(int nx, int ny, int nz, double spacing, double step, EdgeCorrection edge, bool masked)
    {
        var grid = new MaskGrid(nx, ny, nz, spacing);
        StudyWindow window = masked ? new MaskWindow(Disc(grid)) : nz == 1
            ? BoxWindow.Rectangle(0, 0, nx * spacing, ny * spacing) : BoxWindow.Box(default, new TissuePoint(nx * spacing, ny * spacing, nz * spacing));
        TissuePoint Centre(int site) => new((site % nx + 0.5) * spacing, (site / nx % ny + 0.5) * spacing, (site / nx / ny + 0.5) * spacing);
        int[] Sites(uint salt, uint share) => [.. Enumerable.Range(0, grid.Length).Where(i => ((uint)i * 2654435761u + salt) % 1000 < share && window.Contains(Centre(i)))];
        int[] few = Sites(17, 30), many = Sites(400, 300);
        double[] radii = [.. Enumerable.Range(1, 5).Select(i => i * step)], inner = [0, .. radii[..^1]];
        double half = 1.3 * spacing;
        var unknown = new double[grid.Length];
        Array.Fill(unknown, double.NaN);
        var curves = new PairCurves(window, grid, edge, radii, step, half, Centre, unknown);
        PairFunctions wanted = PairFunctions.K | PairFunctions.Annuli | PairFunctions.Nearest | (edge == EdgeCorrection.Border ? 0 : PairFunctions.Kernel);
        foreach ((int[] from, int[] to, bool same) in ((int[], int[], bool)[])[(few, few, true), (few, many, false), (many, few, false)])
        {
            TissuePoint[] a = [.. from.Select(Centre)];
            TissuePoint[]? b = same ? null : [.. to.Select(Centre)];
            double[] expected =
            [
                .. b is null ? RipleyK.Univariate(a, window, radii, edge) : RipleyK.Cross(a, b, window, radii, edge),
                .. PairCorrelation.Annuli(a, b, window, inner, step, edge),
                .. edge == EdgeCorrection.Border ? [] : PairCorrelation.Kernel(a, b, window, radii, edge, halfWidth: half),
                .. GFunction.Of(a, b, window, radii, EdgeCorrection.Border),
            ];
            double[] got = curves.Of(from, to, same, wanted, curves.NewPairs());
            Assert.Equal(expected.Length, got.Length);
            Assert.All(expected.Zip(got), p => Assert.Equal(p.First, p.Second, double.IsNaN(p.First) ? 0 : 1e-11 * Math.Max(1, Math.Abs(p.First))));
            Assert.Contains(expected, v => v > 0);
        }
    }

    [Fact]
    public void Of_TwoPointsAtOneSite_CountBoth()
    {
        // After labels are shuffled two cells of one type may share a site.
        var grid = new MaskGrid(10, 10, 1, 20);
        var offsets = new LatticeOffsets(grid, 40);
        var pairs = new LatticePairs(offsets);
        int[] counts = pairs.Count([5], [5, 5, 15, 99], same: false);
        Assert.Equal((2, 1, 3), (counts[0], counts[1..5].Sum(), counts.Sum()));
        Assert.Equal([0.0, 20], pairs.Nearest([5, 25], [5, 35], same: false).Select(i => offsets.Distances[i]));
        Assert.Equal([0.0, 20], pairs.Nearest([5, 25], [35], same: false).Select(i => i < offsets.Distances.Length ? offsets.Distances[i] : 0));
        Assert.Equal(2, pairs.Count([5, 5], [5, 5], same: true)[0]);
        Assert.Equal([0, 0], pairs.Nearest([5, 5], [5, 5], same: true));
        Assert.Equal(0, pairs.Count([5], [5], same: true).Sum());
    }

    private static MaskBits Disc(MaskGrid grid)
    {
        var mask = new MaskBits(grid);
        for (int site = 0; site < grid.Length; site++)
        {
            (int x, int y, int z) = (site % grid.Nx, site / grid.Nx % grid.Ny, site / grid.Nx / grid.Ny);
            double dx = x - (grid.Nx / 2.0), dy = y - (grid.Ny / 2.0), dz = grid.Nz == 1 ? 0 : z - (grid.Nz / 2.0);
            mask[x, y, z] = (dx * dx) + (dy * dy) + (dz * dz) < grid.Ny * grid.Ny / 5.0;
        }

        return mask;
    }
}

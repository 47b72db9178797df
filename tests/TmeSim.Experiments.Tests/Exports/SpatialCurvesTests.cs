using TmeSim.Analysis.Spatial;
using TmeSim.Engine.State;
using TmeSim.Experiments.Exports;
using TmeSim.Experiments.Folders;

namespace TmeSim.Experiments.Tests.Exports;

public sealed class SpatialCurvesTests
{
    private static readonly ExportRequest Request = new() { RunDirectory = "", RadiusUm = 100, Simulations = 39 };

    [Theory]
    [InlineData(40, 30, 1)]
    [InlineData(40, 1, 30)]
    [InlineData(1, 40, 30)]
    public void Plane_IsTheSameWhicheverAxesItHas(int nx, int ny, int nz)
    {
        var tissue = new SnapshotTissue(Snapshot(nx, ny, nz));
        Assert.Equal((2, 40, 30), (tissue.Dimensions, tissue.Grid.Nx, tissue.Grid.Ny));
        Assert.Equal(SpatialCurves.Of(new SnapshotTissue(Snapshot(40, 30, 1)), Request), SpatialCurves.Of(tissue, Request));
        Assert.Equal(SpatialScalars.Of(new SnapshotTissue(Snapshot(40, 30, 1))), SpatialScalars.Of(tissue));
    }

    [Fact]
    public void Curves_AreThoseOfThePoints_WithTheirEdges()
    {
        var tissue = new SnapshotTissue(Snapshot(40, 30, 1));
        CurvePoint[] curves = [.. SpatialCurves.Of(tissue, Request with { Edge = EdgeCorrection.Isotropic })];
        double[] radii = [20, 40, 60, 80, 100];
        CurvePoint[] k = [.. curves.Where(p => p is { Function: "K", From: "cd8", To: "tumor" })];
        Assert.Equal(radii, k.Select(p => p.RadiusUm));
        Assert.Equal(RipleyK.Cross(tissue.Points("cd8"), tissue.Points("tumor"), tissue.Tile, radii, EdgeCorrection.Isotropic), k.Select(p => p.Value));
        Assert.All(k, p => Assert.Equal(("isotropic", "random_labelling"), (p.Edge, p.Null)));
        CurvePoint[] g = [.. curves.Where(p => p is { Function: "G", From: "cd8", To: "cd8" })];
        Assert.Equal(GFunction.Of(tissue.Points("cd8"), null, tissue.Tile, radii, EdgeCorrection.Border), g.Select(p => p.Value));
        Assert.All(g, p => Assert.Equal(("border", "csr_sites"), (p.Edge, p.Null)));
        Assert.Equal([0.0, 20, 40, 60, 80], curves.Where(p => p is { Function: "g", From: "cd8", To: "tumor" }).Select(p => p.RadiusUm));
        Assert.Contains(curves, p => p is { Function: "G", From: "tumor", To: "cd8" });
        Assert.DoesNotContain(curves, p => p is { Function: "K", From: "tumor", To: "cd8" });
    }

    [Fact]
    public void ExcludedRing_HasCrossGBelowItsLabellingEnvelope()
    {
        // CD8 in a ring around the tumour, apart from it: fewer tumour neighbours than labels by chance, and an infinite margin-to-core ratio.
        var tissue = new SnapshotTissue(Snapshot(60, 60, 1, excluded: true));
        CurvePoint[] g = [.. SpatialCurves.Of(tissue, Request with { Simulations = 199 }).Where(p => p is { Function: "g", From: "cd8", To: "tumor" })];
        Assert.All(g[1..3], p => Assert.True(p.Value < 1 && p.Value < p.Low, $"{p}"));
        Dictionary<string, double> values = SpatialScalars.Of(tissue).ToDictionary(v => v.Measure, v => v.Value);
        Assert.Equal(double.PositiveInfinity, values["cd8_margin_core_ratio"]);
        Assert.Equal((double)ImmunePhenotype.Excluded, values["cd8_phenotype"]);
    }

    [Fact]
    public void Volume_HasSpheres()
    {
        CurvePoint[] curves = [.. SpatialCurves.Of(new SnapshotTissue(Snapshot(12, 10, 9)), Request with { RadiusUm = 60 })];
        Assert.Equal(4.0 / 3 * Math.PI * 8000, curves.First(p => p.Function == "K").Theory, 1e-9);
        Assert.Throws<ArgumentException>(() => SpatialCurves.Of(new SnapshotTissue(Snapshot(12, 10, 9)), Request with { Edge = EdgeCorrection.Isotropic }).ToArray());
    }

    [Fact]
    public void TissueWithoutTumor_HasNoCurvesInItsWindow()
    {
        TissueSnapshot snapshot = Snapshot(40, 30, 1);
        Array.Fill(snapshot.Parenchyma, (byte)1);
        Assert.Empty(SpatialCurves.Of(new SnapshotTissue(snapshot), Request with { Window = ExportWindow.Tumor }));
        Assert.DoesNotContain(SpatialCurves.Of(new SnapshotTissue(snapshot), Request), p => p.To == "tumor");
        Assert.NotEmpty(SpatialScalars.Of(new SnapshotTissue(snapshot)));
    }

    [Theory]
    [InlineData(199, 5)]
    [InlineData(39, 1)]
    [InlineData(19, 1)]
    [InlineData(999, 25)]
    public void Rank_LeavesFivePerCentOutside(int simulations, int rank) => Assert.Equal(rank, SpatialCurves.Rank(simulations));

    // A tumour disc on the first two long axes, immune cells and vessels by a fixed rule of the site.
    private static TissueSnapshot Snapshot(int nx, int ny, int nz, bool excluded = false)
    {
        int[] sizes = [.. ((int[])[nx, ny, nz]).OrderBy(n => n == 1 ? 1 : 0)];
        int length = nx * ny * nz;
        var parenchyma = new byte[length];
        var immune = new byte[length];
        var perfusion = new float[length];
        for (int i = 0; i < length; i++)
        {
            double x = i % sizes[0] - (sizes[0] / 2), y = i / sizes[0] % sizes[1] - (sizes[1] / 2), r = Math.Sqrt((x * x) + (y * y));
            double radius = excluded ? 12 : 9;
            parenchyma[i] = (byte)(r < radius ? 2 : 1);
            uint hash = (uint)i * 2654435761u >> 24;
            immune[i] = (byte)(excluded ? (r is > 14 and < 17 && hash < 128 ? 1 : 0) : hash < 16 ? 1 : hash < 24 ? 4 : hash < 30 ? 3 : 0);
            perfusion[i] = hash is > 200 and < 208 ? 0.7f : float.NaN;
        }

        return new TissueSnapshot
        {
            Arm = "Control",
            Replicate = 0,
            Lesion = "primary",
            TimeDays = 1,
            Nx = nx,
            Ny = ny,
            Nz = nz,
            SpacingUm = 20,
            LatticeLayers = nz,
            Parenchyma = parenchyma,
            Immune = immune,
            CloneIndex = new ushort[length],
            VesselPerfusion = perfusion,
            Fields = [.. FieldTable.All.Select(_ => new float[length])],
        };
    }
}

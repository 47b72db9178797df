using TmeSim.Engine.Plan;
using TmeSim.Engine.Start;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Measures;

namespace TmeSim.Experiments.Tests.Folders;

public sealed class SetPointCheckTests
{
    /// <summary>Seven replicates above and one far below: the mean is what was asked for, and the one is named all the same.</summary>
    [Fact]
    public void ReplicateOutside_IsNamed_WhereTheMeanIsInside()
    {
        BaselineEntry[] baseline = [.. Enumerable.Range(0, 8).Select(r => Entry(r, cd8: r == 5 ? 85 : 125))];
        string miss = Assert.Single(SetPointCheck.Misses(baseline));
        Assert.StartsWith("lesion primary: cd8_bed_per_mm2 at t = 0 is outside the tolerance", miss, StringComparison.Ordinal);
        Assert.Contains("in 1 of 8 replicates: 5 (85); 120 was asked, the mean over all is 120.", miss, StringComparison.Ordinal);
        Assert.DoesNotContain("longer burn-in", miss, StringComparison.Ordinal);
    }

    [Fact]
    public void MostOutside_AreNamed_WithWhatMayHelp()
    {
        BaselineEntry[] baseline = [.. Enumerable.Range(0, 14).Select(r => Entry(r, cd8: r == 0 ? 120 : 60.5))];
        string miss = Assert.Single(SetPointCheck.Misses(baseline));
        Assert.Contains("in 13 of 14 replicates: 1 (60.5), 2 (60.5)", miss, StringComparison.Ordinal);
        Assert.Contains("12 (60.5) and 1 more; 120 was asked, the mean over all is 64.75. A longer burn-in", miss, StringComparison.Ordinal);
    }

    [Fact]
    public void AllWithin_GiveNoLine() => Assert.Empty(SetPointCheck.Misses([Entry(0, 118), Entry(1, 125)]));

    [Fact]
    public void UndefinedValue_IsOutside_AndSaysSo()
    {
        string miss = Assert.Single(SetPointCheck.Misses([Entry(0, 120, cd163: double.NaN)]));
        Assert.Contains("replicates: 0 (undefined); 0.4 was asked, the mean over all is undefined", miss, StringComparison.Ordinal);
    }

    /// <summary>A disc is asked of a plane, whichever axis is the thin one, and a sphere of a solid.</summary>
    [Theory]
    [InlineData(64, 64, 1)]
    [InlineData(64, 1, 64)]
    [InlineData(1, 64, 64)]
    [InlineData(64, 64, 64)]
    public void CellsAsked_FollowTheAxesLongerThanOneSite(int nx, int ny, int nz)
    {
        double asked = Entry(0, 120, tissue: new TissuePlan(nx, ny, nz, 20)).SetPoints.Single(p => p.Measure == "tumor_cells").Asked;
        Assert.Equal(nx * ny * nz == 64 * 64 * 64 ? 65_450 : 1963, asked);
    }

    private static BaselineEntry Entry(int replicate, double cd8, double cd163 = 0.4, TissuePlan? tissue = null)
    {
        var asked = new LesionPlan
        {
            Name = "primary",
            DiameterMm = 30,
            RadiusUm = 500,
            DoublingTimeHours = 1440,
            Antigenicity = 0.6,
            Nek9 = 1,
            Clones = [],
            Pattern = ImmunePattern.Inflamed,
            Cd8PerMm2 = 120,
            MacrophagesPerMm2 = double.IsNaN(cd163) ? 0 : 200,
            Cd163Fraction = 0.4,
            VesselsPerMm2 = 60,
            VesselMaturity = 0.4,
            StromaDensity = 0.2,
        };
        var found = new LesionBaseline("primary", Found((int)(50 * cd8), cd163), new Dictionary<string, double>());
        return SetPointCheck.Entry(replicate, asked, tissue ?? new TissuePlan(64, 64, 1, 20), found);
    }

    // 50 mm² of bed.
    private static Baseline Found(int cd8, double cd163) =>
        double.IsNaN(cd163)
            ? new(1963, 125_000, 4e-4, cd8, 0, 0, 3000, 1200)
            : new(1963, 125_000, 4e-4, cd8, 10_000, (int)(cd163 * 10_000), 3000, 1200);
}

using System.Xml.Linq;
using TmeSim.Experiments.Drawing;
using TmeSim.Experiments.Work;

namespace TmeSim.Experiments.Tests.Reporting;

public sealed class SweepReportTests
{
    private const string Grid =
        """
        vary:
          patient.nlr: [1, 2, 3, 4]
          "arms[Atezo + Bev].therapy[atezolizumab].dose": [100 mg, 200 mg, 300 mg, 400 mg]
        outputs: [tumor_volume_change@end, cd8_bed_per_mm2@end]
        """;

    private const string SixArms =
        """
        arms:
          - name: Control
          - {name: A, therapy: [{drug: atezolizumab, dose: 1200 mg, every: 3 weeks}]}
          - {name: B, therapy: [{drug: atezolizumab, dose: 600 mg, every: 3 weeks}]}
          - {name: C, therapy: [{drug: bevacizumab, dose: 15 mg/kg, every: 3 weeks}]}
          - {name: D, therapy: [{drug: bevacizumab, dose: 7.5 mg/kg, every: 3 weeks}]}
          - {name: "E, <late>", therapy: [{drug: bevacizumab, dose: 5 mg/kg, every: 3 weeks}]}

        """;

    [Fact]
    public void BestArm_OfAKnownBoundary_IsFoundCellByCell()
    {
        // The treated arm leads where dose > 100 nlr - 50, by what replicates share.
        using var sweep = new SyntheticSweep(Grid, at => at.Replicate + (at.Arm == 0 ? 0 : (at.X[0] * 100) - 50 - at.X[1]) + (0.001 * at.Arm * at.Replicate));
        var cells = SweepCellSet.OfLevels(sweep.Data.Varied[0], sweep.Data.Varied[1], Enumerable.Range(0, sweep.Data.Points));

        for (int y = 0; y < 4; y++)
        {
            for (int x = 0; x < 4; x++)
            {
                Assert.Equal(new BestArm(y >= x ? 1 : 0, false), BestArm.Of(sweep.Data, 0, 0, cells.Points[(y * 4) + x]));
            }
        }
    }

    [Fact]
    public void BestArm_WithinChanceOrOfOneReplicate_IsUnresolved()
    {
        // Paired differences of −1 and 0.5, of 0 and 0, and of one replicate.
        using var within = new SyntheticSweep(Grid, at => at.Arm == 0 ? 0 : at.Replicate == 0 ? -1 : 0.5);
        using var same = new SyntheticSweep(Grid, at => at.Replicate);
        using var single = new SyntheticSweep(Grid, at => -at.Arm, replicates: 1);

        Assert.Equal(new BestArm(1, true), BestArm.Of(within.Data, 0, 0, [3]));
        Assert.Equal(new BestArm(0, true), BestArm.Of(same.Data, 0, 0, [3]));
        Assert.Equal(new BestArm(1, true), BestArm.Of(single.Data, 0, 0, [3]));
    }

    [Fact]
    public void BestArm_WhereReplicatesOfAnArmAreMissing_ComparesThoseOfAll()
    {
        // Replicate 0, which the treated arm lacks at the first point, would make the control the best.
        using var sweep = new SyntheticSweep(Grid, at => at.Arm == 0 ? (at.Replicate == 0 ? -100 : 1) : 0.001 * at.Replicate, replicates: 3, left: at => at.Arm == 1 && at.Replicate == 0 && at.Point == 0);
        using var none = new SyntheticSweep(Grid, at => at.Arm, left: at => at.Arm == 1 && at.Point == 0);

        Assert.Equal(new BestArm(1, false), BestArm.Of(sweep.Data, 0, 0, [0]));
        Assert.Equal(new BestArm(null, true), BestArm.Of(none.Data, 0, 0, [0]));
    }

    [Fact]
    public void Report_OfAGrid_HoldsFiguresTablesAndExplorer()
    {
        using var sweep = new SyntheticSweep(Grid, at => at.X[0] - (at.Arm * at.X[1] / 200) + at.Replicate + (0.1 * at.Output));
        SweepOutcome outcome = sweep.Merge();

        Assert.Equal(Path.Combine(sweep.Path, "report.html"), outcome.ReportPath);
        Assert.Equal(
            ["bestarm", "heatmap", "effect", "heatmap", "effect", "response", "response", "prcc", "prcc", "tornado", "tornado", "tornado", "tornado"], sweep.Figures().Select(f => f.Split('-')[1]));
        var page = XDocument.Parse(sweep.Text("report.html"));
        Assert.Contains(page.Descendants(), e => (string?)e.Attribute("id") == "explorer-body");
        Assert.Contains("16 points × 2 replicates.", page.ToString(), StringComparison.Ordinal);
        Assert.StartsWith("output,arm,lesion,factor,statistic,value,low,high,p,n,interval\n", sweep.Text("sensitivity.csv"), StringComparison.Ordinal);
        Assert.Contains("\nΔ tumor_volume_change@end vs Control,Atezo + Bev,primary,dose,prcc,-1,-1,-1,0,16,Fisher z\n", sweep.Text("sensitivity.csv"), StringComparison.Ordinal);

        // The figures of an earlier drawing go, a picture of the user stays.
        string figures = Path.Combine(sweep.Path, "figures");
        File.WriteAllText(Path.Combine(figures, "99-heatmap-old.svg"), "");
        File.WriteAllText(Path.Combine(figures, "99-mine.svg"), "");
        sweep.Merge();
        Assert.Contains("99-mine.svg", sweep.Figures());
        Assert.DoesNotContain("99-heatmap-old.svg", sweep.Figures());
    }

    [Fact]
    public void Report_OfAnIncompleteSweep_CountsWhatIsNotThere()
    {
        using var sweep = new SyntheticSweep(
            Grid, at => at.Point == 5 && at.Output == 0 ? double.NaN : at.X[0] + at.Arm, left: at => at.Arm == 1 && at.Point > 12, fails: at => at.Arm == 1 && at.Point is 4 or 7);
        SweepOutcome outcome = sweep.Merge();

        // Points share the control at each ratio, 4 of them by 2 replicates.
        Assert.Equal((40, 6, 4), (outcome.Simulations, outcome.Missing, outcome.Failures.Count));
        string page = sweep.Text("report.html");
        Assert.Contains("6 of 40 simulations are missing", page, StringComparison.Ordinal);
        Assert.Contains("4 of 40 simulations failed", page, StringComparison.Ordinal);
        Assert.Contains("oxygen &lt; 0", page, StringComparison.Ordinal);
        Assert.Contains("6 of 64 runs missing; 4 of 64 runs failed; 2 runs without a value (not defined there)", page, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", sweep.Text("sensitivity.csv"), StringComparison.Ordinal);
    }

    [Fact]
    public void Report_WithoutAFinishedRun_IsNotWritten()
    {
        using var sweep = new SyntheticSweep(Grid, _ => 1, fails: _ => true);

        Assert.Null(sweep.Merge().ReportPath);
        Assert.False(File.Exists(Path.Combine(sweep.Path, "report.html")));
    }

    [Fact]
    public void ArmThatNothingChanges_IsNotDrawnAsAMapButSaid()
    {
        using var sweep = new SyntheticSweep(
            """
            vary:
              "arms[Atezo + Bev].therapy[atezolizumab].dose": [100 mg, 200 mg, 300 mg, 400 mg]
              "arms[Atezo + Bev].therapy[bevacizumab].dose": [1 mg/kg, 5 mg/kg, 10 mg/kg, 15 mg/kg]
            outputs: [tumor_volume_change@end]
            """,
            at => at.Arm == 0 ? 0.25 : at.X[0] / 1000);
        sweep.Merge();

        Assert.True(sweep.Data.IsFixed(0));
        Assert.False(sweep.Data.IsFixed(1));
        Assert.Contains("Not shown, since nothing that is varied changes it: Control: 25\u00A0%", sweep.Text("report.html"), StringComparison.Ordinal);
        Assert.DoesNotContain(sweep.Sensitivity.Rows, r => r.Arm == 0);
    }

    [Theory]
    [InlineData("vary: {patient.nlr: [3]}\noutputs: [tumor_volume_change@end]", "response")]
    [InlineData("vary: {patient.nlr: [1.5, 3, 6]}\noutputs: [tumor_volume_change@end]", "response")]
    [InlineData("vary: {\"lesions[primary].immune.pattern\": [inflamed, excluded, desert]}\noutputs: [cd8_cells@end]", "response")]
    [InlineData("vary: {\"lesions[primary].immune.pattern\": [inflamed, excluded, desert], patient.nlr: [1, 2]}\noutputs: [cd8_cells@end]", "heatmap effect response tornado tornado")]
    [InlineData("method: list\nvary: {patient.nlr: [1, 2, 4], \"lesions[primary].immune.cd8\": [50 /mm2, 100 /mm2, 50 /mm2]}\noutputs: [cd8_cells@end]", "response parallel tornado tornado")]
    [InlineData("vary: {patient.nlr: [1, 2, 4], \"lesions[primary].immune.cd8\": [50 /mm2, 100 /mm2], \"lesions[primary].immune.pattern\": [inflamed, desert]}\noutputs: [tumor_cells@end]",
        "bestarm heatmap heatmap effect prcc prcc tornado tornado")]
    [InlineData("vary: {patient.nlr: [1, 2, 4], \"lesions[primary].immune.cd8\": [50 /mm2, 100 /mm2], \"lesions[primary].immune.pattern\": [inflamed, desert], \"lesions[primary].vessels.density\": [20 /mm2, 60 /mm2]}\noutputs: [tumor_cells@end]",
        "bestarm heatmap effect prcc prcc tornado tornado")]
    [InlineData("method: sobol\nruns: 16\nvary: {patient.nlr: {from: 1, to: 8}, \"lesions[primary].immune.cd8\": {from: 50 /mm2, to: 200 /mm2}}\noutputs: [tumor_cells@end]",
        "bestarm response response parallel prcc prcc tornado tornado")]
    [InlineData("method: latin_hypercube\nruns: 2\nvary: {patient.nlr: {from: 1, to: 8}, \"lesions[primary].immune.cd8\": {from: 50 /mm2, to: 200 /mm2}}\noutputs: [tumor_cells@end]", "parallel")]
    [InlineData("method: morris\ntrajectories: 2\nvary: {patient.nlr: {from: 1, to: 8}, \"lesions[primary].immune.cd8\": {from: 50 /mm2, to: 200 /mm2}}\noutputs: [tumor_cells@end]", "morris morris parallel")]
    [InlineData("method: saltelli\nbase_samples: 4\nvary: {patient.nlr: {from: 1, to: 8}, \"lesions[primary].immune.cd8\": {from: 50 /mm2, to: 200 /mm2}}\noutputs: [tumor_cells@end]",
        "sobol sobol convergence convergence convergence bestarm response response parallel")]
    public void EveryDesign_GetsTheFiguresThatFitIt(string block, string kinds)
    {
        using var sweep = new SyntheticSweep(block, at => at.X.Sum() * (1 + at.Arm) * (at.Arm + (at.Point % 3)) + at.Replicate);
        sweep.Merge();

        Assert.Equal(kinds.Split(' '), sweep.Figures().Select(f => f.Split('-')[1]));
        XDocument.Parse(sweep.Text("report.html"));
    }

    [Fact]
    public void SixArmsAndTwoLesions_AreToldApart()
    {
        using var sweep = new SyntheticSweep(
            """
            vary:
              patient.nlr: [1, 2, 3, 4]
              lesions[primary].immune.cd8: [50 /mm2, 100 /mm2, 150 /mm2, 200 /mm2]
            outputs: [tumor_volume_change@end]
            """,
            at => ((at.Arm + (at.Point / 4)) % 6) + (0.01 * at.Replicate * at.Arm) + (10 * at.Lesion), arms: SixArms, lesions: 2);
        sweep.Merge();

        Assert.Equal(5, sweep.Data.MovedArms(sweep.Data.Effects[0]).Count());
        Assert.Contains(sweep.Figures(), f => f.Contains("heatmap-primary", StringComparison.Ordinal));
        Assert.Contains(sweep.Figures(), f => f.Contains("heatmap-second-1", StringComparison.Ordinal));

        // In row nlr = 2 the last arm is the lowest, in both lesions.
        Assert.Equal(5, BestArm.Of(sweep.Data, 0, 0, [4]).Arm);
        Assert.Equal(5, BestArm.Of(sweep.Data, 0, 1, [4]).Arm);
        Assert.Contains(",\"E, <late>\",second 1,nlr,prcc,", sweep.Text("sensitivity.csv"), StringComparison.Ordinal);
        XDocument.Parse(sweep.Text("report.html"));
    }
}

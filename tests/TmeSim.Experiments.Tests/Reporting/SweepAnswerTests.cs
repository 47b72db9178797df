using System.Xml.Linq;

namespace TmeSim.Experiments.Tests.Reporting;

public sealed class SweepAnswerTests
{
    private const string Grid =
        """
        vary:
          patient.nlr: [1, 2, 3, 4]
          "arms[Atezo + Bev].therapy[atezolizumab].dose": [100 mg, 200 mg, 300 mg, 400 mg]
        outputs: [tumor_volume_change@end, cd8_bed_per_mm2@end]
        """;

    [Fact]
    public void Answer_OfAKnownSurface_NamesItsLowestPointAndWhoLeadsWhere()
    {
        // The treated arm leads where the dose is above 100 nlr - 50: at ten of sixteen points, by what both replicates share.
        using var sweep = new SyntheticSweep(Grid, at => (0.0001 * at.Replicate) + (at.Arm == 0 ? 0 : ((100 * at.X[0]) - 50 - at.X[1]) / 100));

        Assert.StartsWith("Over 16 points × 2 arms × 2 replicates the lowest tumour volume change at the end is −350", sweep.Answer, StringComparison.Ordinal);
        Assert.Contains(", n = 2): Atezo + Bev, nlr 1, dose 400 mg; all 19 others are above it, each by itself.", sweep.Answer, StringComparison.Ordinal);
        Assert.Contains("Atezo + Bev leads at 10 of 16 points (clearly at 10), Control at 6 (clearly at 6).", sweep.Answer, StringComparison.Ordinal);
        Assert.Contains("The strongest input under Atezo + Bev is", sweep.Answer, StringComparison.Ordinal);
        Assert.DoesNotContain("Left out", sweep.Answer, StringComparison.Ordinal);
    }

    [Fact]
    public void Answer_WithinChance_ClaimsNothing()
    {
        // Replicates differ by 1 in one arm and by 2 in the other, their means by a half.
        using var sweep = new SyntheticSweep(Grid, at => (at.Replicate * (1 + at.Arm)) - (0.001 * at.X[0] * at.Arm));
        using var single = new SyntheticSweep(Grid, at => at.X[0] - at.Arm, replicates: 1);

        Assert.Contains("; 19 of the 19 others are not told apart from it.", sweep.Answer, StringComparison.Ordinal);
        Assert.Contains("Control leads at 16 of 16 points (clearly at 0).", sweep.Answer, StringComparison.Ordinal);
        Assert.Contains(", of one replicate: Atezo + Bev, nlr 1, dose 100 mg; with one replicate it cannot be told from the others.", single.Answer, StringComparison.Ordinal);
        Assert.Contains("Atezo + Bev leads at 16 of 16 points; with one replicate no lead can be told from chance.", single.Answer, StringComparison.Ordinal);
    }

    [Fact]
    public void Answer_WithFailuresAndGaps_CountsThem()
    {
        using var sweep = new SyntheticSweep(Grid, at => at.X[0] + at.Replicate, left: at => at.Arm == 1 && at.Point == 5, fails: at => at.Arm == 1 && at.Point == 6 && at.Replicate == 1);
        using var nothing = new SyntheticSweep(Grid, _ => double.NaN);

        Assert.EndsWith("Left out: 2 of 64 runs missing; 1 of 64 runs failed.", sweep.Answer, StringComparison.Ordinal);
        Assert.Contains("; at 1 an arm has no value.", sweep.Answer, StringComparison.Ordinal);
        Assert.StartsWith("Over 16 points × 2 arms × 2 replicates no simulation has a value of tumour volume change at the end.", nothing.Answer, StringComparison.Ordinal);
    }

    [Fact]
    public void Answer_OfAScreening_NamesTheStrongestInput()
    {
        const string morris = """
            method: morris
            trajectories: 8
            vary:
              patient.nlr: {from: 1, to: 3}
              patient.weight: {from: 60 kg, to: 80 kg}
            outputs: [tumor_volume_change@end]
            """;
        using var clear = new SyntheticSweep(morris, at => (0.1 * at.X[0]) + (0.0001 * at.X[1]));
        using var alike = new SyntheticSweep(morris, at => (10 * at.X[0]) + (at.X[1] * at.X[0] / 2));

        Assert.Contains("The strongest input under Control is nlr, mean effect of its range 20\u00A0%", clear.Answer, StringComparison.Ordinal);
        Assert.Contains(", before weight, mean effect of its range 0.2\u00A0%", clear.Answer, StringComparison.Ordinal);
        Assert.Contains("The strongest input under Control is nlr, mean effect of its range", alike.Answer, StringComparison.Ordinal);
    }

    [Fact]
    public void Answer_OfAnOutputWithoutABetterEnd_GivesItsSpan()
    {
        using var sweep = new SyntheticSweep("vary: {patient.nlr: [1, 2, 3]}\noutputs: [cd8_bed_per_mm2@end]", at => 10 * at.X[0]);

        Assert.Matches("^Over 3 points × 2 arms × 2 replicates CD8.* goes from 10.*\\(Atezo \\+ Bev, nlr 1\\) to 30.*\\(Control, nlr 3\\)\\.$", sweep.Answer);
    }

    [Fact]
    public void Page_OfASweep_OpensWithTheAnswerAndTheBestPoints()
    {
        using var sweep = new SyntheticSweep(Grid, at => (0.0001 * at.Replicate) + (at.Arm == 0 ? 0 : ((100 * at.X[0]) - 50 - at.X[1]) / 100));
        sweep.Merge();
        var page = XDocument.Parse(sweep.Text("report.html"));

        Assert.Equal(sweep.Answer, page.Descendants().First(e => (string?)e.Attribute("class") == "summary").Value);
        XElement first = page.Descendants().First(e => e.Name.LocalName == "main").Elements().First(e => e.Name.LocalName == "section");
        Assert.StartsWith("Best points: lowest tumour volume change at the end", first.Elements().First().Value, StringComparison.Ordinal);
        XElement[] rows = [.. first.Descendants().Where(e => e.Name.LocalName == "tr")];
        Assert.Equal(11, rows.Length);
        Assert.Equal(["3", "Atezo + Bev", "1", "400 mg"], Cells(rows[1]).Take(4));
    }

    private static IEnumerable<string> Cells(XElement row) => row.Elements().Select(e => e.Value.Replace('\u00A0', ' '));
}

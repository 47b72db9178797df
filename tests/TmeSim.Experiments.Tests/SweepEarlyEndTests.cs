using System.Globalization;
using TmeSim.Experiments.Designs;
using TmeSim.Experiments.Drawing;
using TmeSim.Experiments.Journal;
using TmeSim.Experiments.Measures;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Tests;

/// <summary>Simulations of a sweep that a tumour near the wall stopped: missing after their end, never carried on, and said to be so.</summary>
public sealed class SweepEarlyEndTests
{
    private const string Doses = "vary: {\"arms[Atezo + Bev].therapy[atezolizumab].dose\": [100 mg, 200 mg]}\n";

    /// <summary>What an output is of a run that stopped on day 2.5 of 6 and of one that went on; NaN for a missing one.</summary>
    [Theory]
    [InlineData("tumor_cells@2 d", 12, 12)]
    [InlineData("tumor_cells@3 d", double.NaN, 13)]
    [InlineData("tumor_cells@6 d", double.NaN, 16)]
    [InlineData("tumor_cells@end", double.NaN, 16)]
    [InlineData("tumor_cells@min", double.NaN, 10)]
    [InlineData("tumor_cells@max", double.NaN, 16)]
    [InlineData("tumor_cells@mean", double.NaN, 13)]
    public void Output_OfARunThatEndedEarly_IsThatOfItsTimeOrMissing(string output, double early, double whole)
    {
        ScenarioDefinition scenario = SmallScenario.Read($"sweep={{vary: {{patient.nlr: [1, 2]}}, outputs: ['{output}']}}");
        var columns = new SweepColumns(scenario, scenario.Sweep!.Outputs, []);
        var measures = new MeasureColumns(scenario);

        Assert.Equal([early], columns.Values(Run([0, 1, 2, 2.5], true), measures));
        Assert.Equal([whole], columns.Values(Run([0, 1, 2, 3, 4, 5, 6], false), measures));

        ArmResult Run(double[] days, bool ended) =>
            new(0, 0, [.. days.Select(d => new MeasureRow(d, 0, [10 + d, .. new double[measures.Measures.Count - 1]]))], [], [], [], ended, 1) { Response = default, Visits = [] };
    }

    [Fact]
    public void Table_SaysWhyAnOutputIsEmpty()
    {
        using SyntheticSweep sweep = Sweep(replicates: 2, endsEarly: at => at is { Arm: 0, Replicate: 1 });
        sweep.Merge();

        string[][] rows = [.. sweep.Text("sweep.csv").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split(','))];
        int status = Array.IndexOf(rows[0], "status"), output = Array.IndexOf(rows[0], "tumor_volume_change@end"), end = Array.IndexOf(rows[0], "end_d");
        Assert.All(rows.Skip(1), r => Assert.Equal(r[1] == "Control" && r[2] == "1" ? ("ended_early", "", "4") : ("done", r[1] == "Control" ? "1" : "-0.5", "6"), (r[status], r[output], r[end])));
        Assert.Contains("\"ended_early\": 1", sweep.Text("sweep.json"), StringComparison.Ordinal);
        string page = sweep.Text("report.html");
        Assert.Contains("1 of 6 simulations stopped before their duration because a tumour came near the wall", page, StringComparison.Ordinal);
        Assert.Contains("2 runs without a value (a tumour came near the wall before its time)", page, StringComparison.Ordinal);
    }

    /// <summary>With three of four controls at the wall, the mean of the last one would be that of the smallest tumour.</summary>
    [Fact]
    public void Point_WithFewerThanHalfOfItsReplicates_IsMissing()
    {
        using SyntheticSweep few = Sweep(replicates: 4, endsEarly: at => at.Arm == 0 && at.Replicate > 0), half = Sweep(replicates: 4, endsEarly: at => at.Arm == 0 && at.Replicate > 1);
        SweepQuantity output = few.Data.Outputs[0], effect = few.Data.Effects[0];

        Assert.All(few.Data.Means(output, 0, 0), m => Assert.Equal(double.NaN, m));
        Assert.All(few.Data.Means(effect, 1, 0), m => Assert.Equal(double.NaN, m));
        Assert.Equal([-50.0, -50], few.Data.Means(output, 1, 0));
        Assert.Equal(new BestArm(null, true), BestArm.Of(few.Data, 0, 0, [0]));
        Assert.Equal([100.0, 100], half.Data.Means(output, 0, 0));
        Assert.Equal(1, BestArm.Of(half.Data, 0, 0, [0]).Arm);
        Assert.Equal((6, 0), (few.Data.Ended(output, 0), few.Data.Undefined(output, 0)));
    }

    /// <summary>Effects, ranks and blocks that touch a point without a value are left out and counted; none becomes 0.</summary>
    [Theory]
    [InlineData("method: morris\ntrajectories: 4", "mu", 2)] // two trajectories pass through the point
    [InlineData("method: saltelli\nbase_samples: 4", "total", 3)]
    [InlineData("method: sobol\nruns: 16", "prcc", 15)]
    public void Statistics_LeaveOutAPointThatNoRunReached(string method, string statistic, int counted)
    {
        using var sweep = new SyntheticSweep(
            $"{method}\nvary: {{patient.nlr: {{from: 1, to: 8}}, \"lesions[primary].immune.cd8\": {{from: 50 /mm2, to: 200 /mm2}}}}\noutputs: [tumor_cells@end]",
            at => at.Point == 0 ? double.NaN : at.X[0] + (0.001 * at.X[1] * at.X[0]), replicates: 1, arms: "arms:\n  - name: Control\n", ended: at => at.Point == 0 ? 3 : null);
        SensitivityRow[] rows = [.. sweep.Sensitivity.Rows.Where(r => r.Statistic == statistic)];

        Assert.Equal(counted, rows.Min(r => r.Count));
        sweep.Merge();
        Assert.Contains(" without a value (a tumour came near the wall before its time)", sweep.Text("report.html"), StringComparison.Ordinal);
        Assert.Contains($",{statistic},", sweep.Text("sensitivity.csv"), StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", sweep.Text("sensitivity.csv"), StringComparison.Ordinal);
    }

    [Fact]
    public void Journal_KeepsThatARunEndedEarly()
    {
        var row = new JournalRow(RunId.Of(5, 1), null, [double.NaN, 2], 4.25, "ab", 1, 10) { EndedEarly = true };
        JournalRow read = JournalRow.Parse(JournalLine.Open(row.ToLine().AsMemory()[..^1])!.Value)!;

        Assert.True(read.EndedEarly);
        Assert.Equal("NaN 2 4.25", string.Create(CultureInfo.InvariantCulture, $"{read.Values[0]} {read.Values[1]} {read.EndDays}"));
        Assert.False(JournalRow.Parse(JournalLine.Open((row with { EndedEarly = false }).ToLine().AsMemory()[..^1])!.Value)!.EndedEarly);
    }

    // Controls grow to 1, treated tumours shrink to −0.5; who ends early has no value.
    private static SyntheticSweep Sweep(int replicates, Func<SyntheticSweep.Place, bool> endsEarly) => new(
        Doses + "outputs: [tumor_volume_change@end]", at => endsEarly(at) ? double.NaN : at.Arm == 0 ? 1 : -0.5, replicates, ended: at => endsEarly(at) ? 4 : null);
}

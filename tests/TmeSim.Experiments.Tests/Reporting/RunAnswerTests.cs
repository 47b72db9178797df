using TmeSim.Analysis.Contrasts;
using TmeSim.Experiments.Reporting;
using TmeSim.Experiments.Results;

namespace TmeSim.Experiments.Tests.Reporting;

/// <summary>The sentence on top of a page says what the tables say, and how sure it is.</summary>
public class RunAnswerTests
{
    [Fact]
    public void Of_TwoArms_GivesBothMediansAndTheDifferenceWithItsInterval()
    {
        string text = RunAnswer.Of(Endpoints(8, ("Control", 0.63), ("Treated", -0.41)), Contrast([-0.5, -0.4, -0.45, -0.42], [0.6, 0.62, 0.58, 0.7]));
        Assert.StartsWith("On day 84 the tumour volume changed by −41 % under Treated and by +63 % under Control (medians of 8 replicates).", text, StringComparison.Ordinal);
        Assert.Contains("Treated against Control: −107 percentage points, 95 % interval", text, StringComparison.Ordinal);
        Assert.DoesNotContain("not resolved", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_DifferenceWithinTheError_SaysSo() =>
        Assert.EndsWith(": not resolved.", RunAnswer.Of(Endpoints(4, ("Control", 0.1), ("Treated", 0.1)), Contrast([0.1, 0.5, -0.4, 0.2], [0.2, -0.1, 0.3, 0.1])), StringComparison.Ordinal);

    [Fact]
    public void Of_OneReplicate_GivesNoInterval() =>
        Assert.EndsWith("(one replicate). Treated against Control: −50 percentage points; too few replicates for an interval.",
            RunAnswer.Of(Endpoints(1, ("Control", 0.2), ("Treated", -0.3)), Contrast([-0.3], [0.2])), StringComparison.Ordinal);

    [Fact]
    public void Of_OneArm_ManyArms_NoValues()
    {
        var none = new ContrastTable([], double.NaN, double.NaN);
        Assert.Equal("On day 84 the tumour volume changed by +20 % under Control (medians of 3 replicates).", RunAnswer.Of(Endpoints(3, ("Control", 0.2)), none));
        Assert.Contains("of 3 arms changed by between −90 % (B) and +20 % (Control)", RunAnswer.Of(Endpoints(3, ("Control", 0.2), ("A", -0.5), ("B", -0.9)), none), StringComparison.Ordinal);
        Assert.Equal("No arm has a tumour volume to compare.", RunAnswer.Of(Endpoints(3, ("Control", double.NaN)), none));
        Assert.Equal("", RunAnswer.Of(new EndpointTable([], ""), none));
    }

    private static EndpointTable Endpoints(int replicates, params (string Arm, double Median)[] arms) =>
        new([.. arms.Select(a => new EndpointRow(a.Arm, "primary", replicates, 84, 84, a.Median, a.Median, a.Median, null))], "Control");

    private static ContrastTable Contrast(double[] treated, double[] control) =>
        new([new ArmContrastRow("tumor_volume_change", "primary", "Treated", "Control", ArmContrast.Paired(treated, control)) { Days = (84, 84) }], 84, 84);
}

using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace TmeSim.Experiments.Tests;

public sealed class TiedSweepTests
{
    internal const string Arms =
        """
        arms:
          - name: Control
          - {name: A, therapy: [{drug: atezolizumab, dose: 1200 mg, every: 3 weeks}]}
          - {name: A + B, therapy: [{drug: atezolizumab, dose: 900 mg, every: 3 weeks}, {drug: bevacizumab, dose: 15 mg/kg, every: 3 weeks}]}

        """;

    private const string Tied =
        """
        vary:
          "arms[*].therapy[atezolizumab].dose": [100 mg, 200 mg, 300 mg]
          interval:
            keys: ["arms[*].therapy[atezolizumab].every", "arms[A + B].therapy[bevacizumab].every"]
            values: [7 d, 14 d]
        outputs: [tumor_volume_change@end]
        """;

    [Fact]
    public void Table_OfTiedKeys_HasAColumnForEachFactor()
    {
        using var sweep = new SyntheticSweep(Tied, at => at.X[0] - at.X[1], replicates: 1, arms: Arms);
        sweep.Merge();

        Assert.Equal(["point,dose [mg],interval [d]", "0,100,7", "1,100,14", "2,200,7", "3,200,14", "4,300,7", "5,300,14"], sweep.Text("design.csv").Trim().Split('\n'));
        Assert.StartsWith("point,arm,replicate,lesion,dose [mg],interval [d],tumor_volume_change@end,status", sweep.Text("sweep.csv"), StringComparison.Ordinal);

        // The control once, the treated arms at every point.
        Assert.Equal(1 + 6 + 6, sweep.Text("sweep.csv").Trim().Split('\n').Skip(1).Select(l => l.Split(',')[^2]).Distinct().Count());
        string page = XDocument.Parse(sweep.Text("report.html")).ToString();
        Assert.Contains("arms[*].therapy[atezolizumab].dose: arms[A].therapy[atezolizumab].dose, arms[A + B].therapy[atezolizumab].dose; not in arms[Control]", page, StringComparison.Ordinal);
        Assert.Contains("\"arms[A].therapy[atezolizumab].every = arms[A + B].therapy[atezolizumab].every = arms[A + B].therapy[bevacizumab].every\"", sweep.Text("sweep.json"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("patient.nlr: [1, 2]", "In comparing arms, mind: atezolizumab dose is 1200 mg in A, 900 mg in A + B.")]
    [InlineData("\"arms[*].therapy[atezolizumab].dose\": [1 mg, 2 mg]", "In comparing arms, mind: dose varies in A and A + B alone.")]
    [InlineData("\"arms[A + B].therapy[atezolizumab].dose\": [1 mg, 2 mg]", "In comparing arms, mind: dose varies in A + B alone (it stays 1200 mg in A).")]
    [InlineData("\"arms[A + B].therapy[bevacizumab].dose\": [1 mg/kg, 2 mg/kg]", "In comparing arms, mind: dose varies in A + B alone; atezolizumab dose is 1200 mg in A, 900 mg in A + B.")]
    [InlineData("\"arms[*].parameters.cd8.kill_rate\": [1 /d, 2 /d], \"arms[*].therapy[atezolizumab].dose\": [1 mg, 2 mg]", "In comparing arms, mind: dose varies in A and A + B alone.")]
    [InlineData("\"arms[A].parameters.cd8.kill_rate\": [1 /d, 2 /d], \"arms[*].therapy[atezolizumab].dose\": [1 mg, 2 mg]", "In comparing arms, mind: kill_rate varies in A alone (it stays 0.4 /d in Control and A + B); dose varies in A and A + B alone.")]
    public void Fairness_OfArms_IsSaid(string vary, string sentence)
    {
        using var sweep = new SyntheticSweep($"vary: {{{vary}}}", _ => 0, replicates: 1, arms: Arms);

        Assert.Equal(sentence, sweep.Data.Fairness);
    }

    [Fact]
    public void Fairness_OfAnAblationAndOfEqualArms_IsSaidOrNot()
    {
        const string ablated = "arms:\n  - name: Control\n  - {name: Ablated, mechanisms: {macrophage.suppression: off}}\n";
        using var one = new SyntheticSweep("vary: {patient.nlr: [1, 2]}", _ => 0, replicates: 1, arms: ablated);
        using var same = new SyntheticSweep("vary: {patient.nlr: [1, 2]}", _ => 0, replicates: 1);

        Assert.Equal("In comparing arms, mind: macrophage.suppression is on in Control, off in Ablated.", one.Data.Fairness);
        Assert.Equal("", same.Data.Fairness);
    }

    [Fact]
    public void Figures_ThatCompareArms_SayWhatVariesInSomeOfThem()
    {
        const string unfair = """
            vary:
              patient.nlr: [1, 2, 3]
              "arms[A + B].therapy[atezolizumab].dose": [100 mg, 200 mg, 300 mg]
            outputs: [tumor_volume_change@end]
            """;
        using var sweep = new SyntheticSweep(unfair, at => at.X[0] - (at.Arm * at.X[1] / 100) + (0.1 * at.Replicate), arms: Arms);
        sweep.Merge();

        // Lines of a note are elements of their own.
        string Words(string file) => Regex.Replace(sweep.Text(Path.Combine("figures", file)), "(<[^>]*>|\\s)+", " ");
        Assert.Equal(["bestarm", "effect", "heatmap", "response", "tornado"], sweep.Figures().Select(f => f.Split('-')[1]).Distinct().Order());
        Assert.All(sweep.Figures(), f => Assert.Contains("In comparing arms, mind: dose varies in A + B alone (it stays 1200 mg in A).", Words(f), StringComparison.Ordinal));
    }
}

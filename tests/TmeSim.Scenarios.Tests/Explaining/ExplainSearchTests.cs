using TmeSim.Scenarios.Explaining;
using TmeSim.Scenarios.Parameters;

namespace TmeSim.Scenarios.Tests.Explaining;

public class ExplainSearchTests
{
    [Theory]
    [InlineData("cd8", "cd8.kill_rate", "lesions[].immune.cd8", "cd8_cells", "parameters cd8.* (", "mechanisms cd8.* (")]
    [InlineData("pd-l1", "parameters pdl1.* (", "pdl1_mean", "atezolizumab")]
    [InlineData("PD-L1", "parameters pdl1.* (", "pdl1_mean")]
    [InlineData("stroma", "lesions[].stroma.density", "parameters stroma.* (", "stroma_mean", "mechanisms stroma.* (")]
    [InlineData("recist", "endpoints.")]
    [InlineData("emactu", "emactuzumab  (drug)", "effects[csf1r].kd")]
    [InlineData("TGF-β", "effects[].target")]
    [InlineData("kill rate", "cd8.kill_rate  (parameter)")]
    [InlineData("waterfall", "waterfall  (figure)")]
    [InlineData("kaplan waterfall spider")]
    [InlineData("CD8.KILL_RATE", "cd8.kill_rate  (parameter)")]
    [InlineData("synergy", "synergy  (figure)")]
    public void PartOfAName_OrText_IsFound(string asked, params string[] expected)
    {
        string? text = Explain.Answer(asked);

        Assert.Equal(expected.Length == 0, text is null);
        Assert.All(expected, e => Assert.Contains(e, text));
    }

    [Fact]
    public void Group_Listed_SaysHowManyKeysItHas()
    {
        int keys = ParameterLibrary.All.Count(p => p.Key.StartsWith("cd8.", StringComparison.Ordinal));

        Assert.Contains($"parameters cd8.* ({keys})\n", Explain.Answer("cd8"));
        Assert.Contains($"cd8.* ({keys})", Explain.List());
    }

    [Theory]
    [InlineData("seed", "seed  (scenario key)", "sweep.seed")]
    [InlineData("patient.nlr", "patient.nlr  (scenario key)", null)]
    [InlineData("radius", "lesions[].tumor.radius  (scenario key)", null)]
    [InlineData("half_bonds", "pd1.half_bonds  (parameter)", null)]
    public void WholePath_OrLastWord_ComesBeforeOthers(string asked, string card, string? also)
    {
        string text = Explain.Answer(asked)!;

        Assert.StartsWith(card, text);
        Assert.True(also is null || text.Contains(", " + also, StringComparison.Ordinal) || text.Contains("also: " + also, StringComparison.Ordinal), text);
    }

    [Fact]
    public void Prefix_OfAParameterOrMechanism_MeansThatKind()
    {
        string[] both = [.. ExplainRow.All().Where(r => r.Kind is "parameter" or "mechanism").GroupBy(r => r.Key).Where(g => g.Count() > 1).Select(g => g.Key)];

        Assert.All(both, key =>
        {
            Assert.DoesNotContain("(mechanism)", Explain.Answer("parameters." + key));
            Assert.DoesNotContain("(parameter)", Explain.Answer("arms[A].mechanisms." + key));
        });
        Assert.Contains("(mechanism)", Explain.Answer("mechanisms.nek9.growth"));
    }

    [Fact]
    public void Column_OfATable_IsFoundWithItsUnit()
    {
        string text = Explain.Answer("onset_d", [new TableColumn("events.csv", "onset_d", "d", "Day of the onset.")])!;

        Assert.StartsWith("events.csv onset_d  (column)\n  Day of the onset.\n  unit     d\n", text);
    }

    [Fact]
    public void Nothing_Found_IsNullWithNearNames()
    {
        Assert.Null(Explain.Answer("cd8.kil_rate"));
        Assert.Null(Explain.Answer("kil_rate"));
        Assert.Contains("'cd8.kill_rate'", Explain.Suggest("kil_rate"));
        Assert.Null(Explain.Answer("..."));
        Assert.Null(Explain.Answer(new string('x', 100_000)));
    }
}

using TmeSim.Scenarios.Explaining;
using TmeSim.Scenarios.Parameters;

namespace TmeSim.Scenarios.Tests.Explaining;

public class ExplainTests
{
    [Fact]
    public void Parameter_Shown_HasValueRangeGradeAndSource()
    {
        string text = Explain.Show("pd1.half_bonds")!;

        Assert.Contains("200 /um2", text);
        Assert.Contains("0.1 to 10000 /um2", text);
        Assert.Contains("fit", text);
        Assert.Contains("calibration notes", text);
        Assert.Equal(text, Explain.Show("parameters.pd1.half_bonds"));
        Assert.Equal(text, Explain.Show("arms[Atezo].parameters.pd1.half_bonds"));
    }

    [Theory]
    [InlineData("lesions[primary].tumor.radius", "lesions[].tumor.radius")]
    [InlineData("macrophage.suppression", "TGF-β/IL-10")]
    [InlineData("bevacizumab", "effects[vegf].kd")]
    [InlineData("drugs[atezolizumab].pk.clearance", "measured")]
    [InlineData("tumor_volume_change", "measure")]
    [InlineData("clone_cold_cells", "clone_*_cells")]
    public void KnownKey_Shown_SaysWhatItIs(string key, string expected) => Assert.Contains(expected, Explain.Show(key));

    [Fact]
    public void UnknownKey_Shown_IsNullWithASuggestion()
    {
        Assert.Null(Explain.Show("cd8.kil_rate"));
        Assert.Contains("'cd8.kill_rate'", Explain.Suggest("cd8.kil_rate"));
        Assert.Empty(Explain.Suggest("qqqqqqqqqqqqqq"));
    }

    [Fact]
    public void List_OfEverything_NamesEveryKind()
    {
        string text = Explain.List();

        Assert.All((string[])["Scenario keys", "Parameters", "Mechanisms", "Drugs", "Measures", "time.burn_in", "cd8.kill_rate", "nek9.growth", "nivolumab", "cd163_fraction"], k => Assert.Contains(k, text));
    }

    [Fact]
    public void Table_InEachFormat_HasARowPerParameter()
    {
        Assert.Equal(ParameterLibrary.All.Count + 1, Explain.Table(TableFormat.Csv).Count(c => c == '\n'));
        Assert.Equal(ParameterLibrary.All.Count + 2, Explain.Table(TableFormat.Markdown).Count(c => c == '\n'));
        string latex = Explain.Table(TableFormat.Latex);
        Assert.Contains(@"cd8.kill\_rate & 0.4 /d", latex);
        Assert.Contains(@"\end{longtable}", latex);
    }

    [Fact]
    public void Table_OfAScenario_MarksWhatDiffersFromTheLibrary()
    {
        string csv = Explain.Table(TableFormat.Csv, Examples.Valid(Examples.Inflamed));

        Assert.Contains("cd8.kill_rate,2,/d,0 to 20 /d,,\"Scenario or preset (library: 0.4 /d, fit,", csv);
    }
}

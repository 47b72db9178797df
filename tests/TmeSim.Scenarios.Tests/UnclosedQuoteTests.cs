using TmeSim.Scenarios.Diagnostics;

namespace TmeSim.Scenarios.Tests;

public class UnclosedQuoteTests
{
    [Theory]
    [InlineData("name: \"open\nseed: 1\n", 1, 7, '"')]
    [InlineData("name: 'open\nseed: 1\n", 1, 7, '\'')]
    [InlineData("name: a\ntime: {step: \"1 h, burn_in: 3 d}\nseed: 1\n", 2, 14, '"')]
    [InlineData("name: a\ntime: {step: '1 h, burn_in: 3 d}\nseed: 1\n", 2, 14, '\'')]
    [InlineData("name: it's one\nlesions:\n  - name: 'open\n", 3, 11, '\'')]
    [InlineData("name: \"a \\\" b\nseed: 1\n", 1, 7, '"')]
    [InlineData("name: 'it''s\nseed: 1\n", 1, 7, '\'')]
    [InlineData("name: a # \"no\nseed: \"1\n", 2, 7, '"')]
    [InlineData("text: |\n  a \" in it\n  'b\nname: \"open\n", 4, 7, '"')]
    [InlineData("\"name: a\nseed: 1\n", 1, 1, '"')]
    public void Quote_WithoutItsEnd_IsReportedWhereItOpens(string text, int line, int column, char quote)
    {
        Diagnostic d = Assert.Single(ScenarioReader.ReadText(text).Diagnostics);

        Assert.Equal($"YAML syntax error: the quote {quote} opened here is not closed", d.Message);
        Assert.Equal((line, column), (d.Line, d.Column));
    }

    [Theory]
    [InlineData("name: \"open\nlesions:\n  - name: \"primary\"\n", 1, 7, 3)]
    [InlineData("name: 'open\nlesions:\n  - name: 'primary'\n", 1, 7, 3)]
    [InlineData("a: b\nlesions: [{name: \"open},\n  {name: \"second\"}]\n", 2, 18, 3)]
    public void Quote_ClosedByTheNextOne_IsReportedWhereItOpens(string text, int line, int column, int end)
    {
        Diagnostic d = Assert.Single(ScenarioReader.ReadText(text).Diagnostics);

        Assert.Contains($"opened here goes on to line {end}; is its end missing?", d.Message);
        Assert.Equal((line, column), (d.Line, d.Column));
    }

    [Fact]
    public void OtherMistake_BesideClosedQuotes_IsReportedAtItsPlace()
    {
        Diagnostic d = Assert.Single(ScenarioReader.ReadText("name: \"two\n  lines\"\nseed: 1\nb: @x\n").Diagnostics);

        Assert.Equal(4, d.Line);
        Assert.DoesNotContain("quote", d.Message);
    }

    [Fact]
    public void Set_WithAnOpenQuote_IsReportedWhereItOpens()
    {
        Diagnostic d = Assert.Single(Examples.Errors(Examples.Minimal, "name=\"open"));

        Assert.Equal(("--set", 1, 6), (d.File, d.Line, d.Column));
        Assert.Contains("the quote \" opened here is not closed", d.Message);
    }
}

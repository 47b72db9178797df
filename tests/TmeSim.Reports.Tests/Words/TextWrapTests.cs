using TmeSim.Reports.Words;

namespace TmeSim.Reports.Tests.Words;

public class TextWrapTests
{
    [Fact]
    public void Width_HelveticaMetrics_MatchTheAdobeTable()
    {
        // Adobe's Helvetica.afm: T 611, m 833, e 556, S 667, i 222, blank 278, 0 556; the metric twin has units of 1/2048.
        Assert.Equal((611 + 833 + 556 + 667 + 222 + 833 + 278 + 556) / 100.0, TextMetrics.Width("TmeSim 0", 10), 0.01);
    }

    [Fact]
    public void Lines_NeverWiderThanAsked_AndKeepEveryWord()
    {
        IReadOnlyList<string> lines = TextWrap.Lines(Samples.LongName(1), 150, 11, maxLines: 20);
        Assert.All(lines, line => Assert.True(TextMetrics.Width(line, 11) <= 150));
        Assert.Equal(Samples.LongName(1), string.Join(' ', lines));
    }

    [Fact]
    public void Lines_UnitInBrackets_IsNotBroken() =>
        Assert.Equal(["CD8 T cells in the tumour core", "[/mm²]"], TextWrap.Lines("CD8 T cells in the tumour core [/mm²]", 190, 12));

    [Fact]
    public void Lines_ShortWordBeforeOneThatFits_StandsAloneRatherThanBreakingIt() => Assert.Equal(
        ["Atezolizumab", "+", "bevacizumab"],
        TextWrap.Lines("Atezolizumab + bevacizumab", TextMetrics.Width("Atezolizumab", 11), 11));

    [Fact]
    public void Lines_WordsKeptTogether_PartBeforeAWordIsCut() =>
        Assert.Equal(["12\u00A0pairs", "resolve\u00A0it"], TextWrap.Lines("12\u00A0pairs\u00A0resolve\u00A0it", 70, 12));

    [Fact]
    public void Lines_OneLongWord_IsCutWithoutSplittingPairs()
    {
        IReadOnlyList<string> lines = TextWrap.Lines(string.Concat(Enumerable.Repeat("𝛼", 40)), 60, 11, maxLines: 3);
        Assert.Equal(3, lines.Count);
        Assert.EndsWith("…", lines[^1], StringComparison.Ordinal);
        Assert.All(lines, line => Assert.DoesNotContain('\uFFFD', PlainText.Clean(line)));
    }

    [Fact]
    public void Clean_ControlsAndDirectionMarks_AreHarmless() => Assert.Equal("a\uFFFD b", PlainText.Clean("a\u0001\u202E \n\t b\u200F "));
}

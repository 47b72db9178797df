using TmeSim.Engine.Plan;
using TmeSim.Scenarios.Parameters;

namespace TmeSim.Scenarios.Tests;

/// <summary>Records of parameters: what is refused, and where.</summary>
public sealed class ParameterRecordTests
{
    [Fact]
    public void RecordsThatAreWhole_AreRead()
    {
        ParameterEntry first = ParameterLibrary.Read([("x.yaml", Records())])[0];
        Assert.Equal((ParameterTable.All[0].Key, 1.0, "somebody 2020", Grade.Model, (0.5, 2.0)),
            (first.Key, first.Value, first.Source, first.Grade, first.Spread));
    }

    [Theory]
    [InlineData("source: \"somebody 2020\"", "source: \" \"", "has no source")]
    [InlineData("  source: \"somebody 2020\"\n", "", "'source' is missing")]
    [InlineData("grade: model", "grade: guess", "has the grade 'guess'; it is one of measured, model, fit, assumption")]
    [InlineData("grade: model", "grade: 1", "has the grade '1'")]
    [InlineData("  grade: model\n", "", "'grade' is missing")]
    [InlineData("spread: [0.5, 2]", "spread: [2, 0.5]", "'spread'")]
    [InlineData("spread: [0.5, 2]", "spread: [0.5, 2000]", "'spread'")]
    public void RecordWithoutSourceOrGrade_IsRefusedWhereItStands(string written, string wrong, string message)
    {
        string text = Records();
        int at = text.IndexOf(written, StringComparison.Ordinal);
        string refused = Assert.Throws<InvalidOperationException>(() =>
            ParameterLibrary.Read([("x.yaml", text[..at] + wrong + text[(at + written.Length)..])])).Message;
        Assert.Contains(message, refused, StringComparison.Ordinal);
        Assert.StartsWith("x.yaml:", refused, StringComparison.Ordinal);
    }

    private static string Records() => string.Concat(ParameterTable.All.Select(p => $"""
        - key: {p.Key}
          value: {(p.Unit == "1" ? "1" : "1 " + p.Unit)}
          range: [0, 100]
          spread: [0.5, 2]
          source: "somebody 2020"
          grade: model
          text: "a text"

        """));
}

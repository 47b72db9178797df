using TmeSim.Analysis.Measures;
using TmeSim.Scenarios.Diagnostics;
using TmeSim.Scenarios.Reading;

namespace TmeSim.Scenarios.Resolve;

/// <summary>What parts of a scenario can name: its arms and lesions, and measures.</summary>
/// <param name="arms">Names of the arms.</param>
/// <param name="lesions">Names of the lesions.</param>
/// <param name="sink">Takes mistakes.</param>
internal sealed class ScenarioNames(IReadOnlyList<string> arms, IReadOnlyList<string> lesions, DiagnosticSink sink)
{
    /// <summary>Names of the arms.</summary>
    public IReadOnlyList<string> Arms { get; } = arms;

    /// <summary>Names of the lesions.</summary>
    public IReadOnlyList<string> Lesions { get; } = lesions;

    /// <summary>False, after an error, for a name that no measure has.</summary>
    public bool Measure(ScalarValue name) =>
        Known(name, MeasureTable.Find(name.Text) is not null, MeasureTable.All.Select(m => m.Name), "measure");

    /// <summary>False, after an error, for a name that no arm has.</summary>
    public bool Arm(ScalarValue name) => Known(name, Arms.Contains(name.Text), Arms, "arm");

    /// <summary>False, after an error, for a name that no lesion has.</summary>
    public bool Lesion(ScalarValue name) => Known(name, Lesions.Contains(name.Text), Lesions, "lesion");

    private bool Known(ScalarValue name, bool known, IEnumerable<string> names, string what)
    {
        if (!name.IsGood || known)
        {
            return name.IsGood;
        }

        sink.Error(name.Mark, name.Path, $"unknown {what} '{Excerpt.Of(name.Text)}'{Suggestion.Clause(name.Text, [.. names], what + "s")}");
        return false;
    }
}

using TmeSim.Engine.Plan;
using TmeSim.Scenarios.Keys;
using TmeSim.Scenarios.Units;

namespace TmeSim.Scenarios;

/// <summary>One thing that <c>tmesim explain</c> knows.</summary>
/// <param name="Kind">scenario key, parameter, mechanism, drug, measure.</param>
/// <param name="Key">Name to ask by.</param>
/// <param name="Value">Default as it would be written; empty when there is none.</param>
/// <param name="Range">Range or choices; empty when there are none.</param>
/// <param name="Source">Where the default comes from.</param>
/// <param name="Grade">Grade of a number; empty for others.</param>
/// <param name="Text">Meaning.</param>
internal sealed record ExplainRow(string Kind, string Key, string Value, string Range, string Source, string Grade, string Text)
{
    /// <summary>Everything, in the order of the list.</summary>
    public static IEnumerable<ExplainRow> All() =>
        Keys().Concat(Parameters()).Concat(Mechanisms()).Concat(Drugs()).Concat(Measures());

    public static IEnumerable<ExplainRow> Parameters() => ParameterLibrary.All.Select(p => new ExplainRow(
        "parameter", p.Key, Quantity.Format(p.Value, Unit.Of(p.Unit)), $"{Quantity.Format(p.Min)} to {Quantity.Format(p.Max, Unit.Of(p.Unit))}",
        p.Source, p.Grade.ToString().ToLowerInvariant(), p.Text));

    private static IEnumerable<ExplainRow> Keys() => ScenarioKeys.All
        .Where(k => !k.Path.Contains("parameters.", StringComparison.Ordinal) && !k.Path.Contains("mechanisms.", StringComparison.Ordinal))
        .Select(k => new ExplainRow("scenario key", k.Path, k.Default ?? string.Empty, RangeOf(k), k.Source, string.Empty, k.Text));

    private static IEnumerable<ExplainRow> Mechanisms() => MechanismTable.All.Select(m => new ExplainRow(
        "mechanism", m.Key, "on", "on, off", "MODEL.md", string.Empty, m.Text));

    private static IEnumerable<ExplainRow> Drugs() => DrugLibrary.All.SelectMany(d => (IEnumerable<ExplainRow>)
    [
        new ExplainRow("drug", d.Plan.Name, string.Empty, string.Empty, $"seeds/drugs/{d.Plan.Name}.yaml", string.Empty, d.Text),
        .. d.Numbers.Select(n => new ExplainRow("drug number", $"drugs[{d.Plan.Name}].{n.Path}", n.Value, string.Empty, n.Source, n.Grade.ToString().ToLowerInvariant(), string.Empty)),
    ]);

    private static IEnumerable<ExplainRow> Measures() => MeasureTable.All.Select(m => new ExplainRow(
        "measure", m.Name, string.Empty, m.Unit, "timeseries.csv", string.Empty, m.Text));

    private static string RangeOf(ScenarioKey key) =>
        key.Choices.Count > 0 ? string.Join(", ", key.Choices) + (key.RangeText() is string also ? $", or {also}" : string.Empty) : key.RangeText() ?? string.Empty;
}

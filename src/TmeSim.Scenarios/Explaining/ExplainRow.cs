using TmeSim.Analysis.Measures;
using TmeSim.Engine.Plan;
using TmeSim.Scenarios.Drugs;
using TmeSim.Scenarios.Keys;
using TmeSim.Scenarios.Parameters;
using TmeSim.Scenarios.Units;

namespace TmeSim.Scenarios.Explaining;

/// <summary>One thing that <c>tmesim explain</c> knows.</summary>
/// <param name="Kind">scenario key, parameter, mechanism, drug, drug number, regimen, measure, figure, column.</param>
/// <param name="Key">Name to ask by.</param>
/// <param name="Value">Default as it would be written; empty when there is none.</param>
/// <param name="Range">Range or choices, or the courses of a regimen; empty when there are none.</param>
/// <param name="Source">Where the default comes from.</param>
/// <param name="Grade">Grade of a number; empty for others.</param>
/// <param name="Text">Meaning.</param>
internal sealed record ExplainRow(string Kind, string Key, string Value, string Range, string Source, string Grade, string Text)
{
    /// <summary>Kind of the numbers of a drug, which are shown with it.</summary>
    public const string DrugNumber = "drug number";

    /// <summary>First word of the key, by which parameters and mechanisms are grouped.</summary>
    public string Head => Key.Split('.')[0];

    /// <summary>The keys of a kind share first words that say where they belong.</summary>
    public static bool HasGroups(string kind) => kind is "parameter" or "mechanism";

    /// <summary>It is a number of this drug.</summary>
    public bool IsNumberOf(string drug) => Kind == DrugNumber && Key.StartsWith($"drugs[{drug}].", StringComparison.Ordinal);

    /// <summary>Everything, in the order of the list.</summary>
    /// <param name="columns">Columns of tables that this library does not write.</param>
    public static IEnumerable<ExplainRow> All(IReadOnlyList<TableColumn>? columns = null) =>
        [.. Keys(), .. Parameters(), .. Mechanisms(), .. Drugs(), .. Regimens(), .. Measures(), .. Figures(), .. Columns(columns ?? [])];

    public static IEnumerable<ExplainRow> Parameters() => ParameterLibrary.All.Select(p => new ExplainRow(
        "parameter", p.Key, Quantity.Format(p.Value, Unit.Of(p.Unit)),
        $"{Quantity.Format(p.Min)} to {Quantity.Format(p.Max, Unit.Of(p.Unit))}",
        p.Source, p.Grade.ToString().ToLowerInvariant(), p.Text));

    private static IEnumerable<ExplainRow> Keys() => ScenarioKeys.All
        .Where(k => !k.Path.Contains("parameters.", StringComparison.Ordinal) && !k.Path.Contains("mechanisms.", StringComparison.Ordinal))
        .Select(k => new ExplainRow("scenario key", k.Path, k.Default ?? string.Empty, RangeOf(k), k.Source, string.Empty, k.Text));

    private static IEnumerable<ExplainRow> Mechanisms() => MechanismTable.All.Select(m => new ExplainRow(
        "mechanism", m.Key, m.ByDefault ? "on" : "off", "on, off", "MODEL.md", string.Empty, m.Text));

    private static IEnumerable<ExplainRow> Drugs() => DrugLibrary.All.SelectMany(d => (IEnumerable<ExplainRow>)
    [
        new ExplainRow("drug", d.Plan.Name, string.Empty, string.Empty, $"seeds/drugs/{d.Plan.Name}.yaml", string.Empty, d.Text),
        .. d.Numbers.Select(n => new ExplainRow(DrugNumber, $"drugs[{d.Plan.Name}].{n.Path}", n.Value, string.Empty, n.Source,
        n.Grade.ToString().ToLowerInvariant(), string.Empty)),
    ]);

    private static IEnumerable<ExplainRow> Regimens() => RegimenLibrary.All.Select(r => new ExplainRow(
        "regimen", r.Name, string.Empty, string.Join("; ", r.Courses.Select(RegimenLibrary.InWords)), r.Source,
        r.Grade.ToString().ToLowerInvariant(), r.Text));

    private static IEnumerable<ExplainRow> Measures() => MeasureTable.All.Select(m => new ExplainRow(
        "measure", m.Name, string.Empty, m.Unit, "timeseries.csv", string.Empty, m.Text));

    private static IEnumerable<ExplainRow> Figures() => FigureTable.All.Select(f => new ExplainRow(
        "figure", f.Name, string.Empty, string.Join(", ", FigureTable.CommonKeys.Concat(f.Keys)), "figures[].plot", string.Empty, f.Text));

    // A column of several tables is named with each of them.
    private static IEnumerable<ExplainRow> Columns(IReadOnlyList<TableColumn> columns) => columns.Select(c => new ExplainRow(
        "column", $"{c.Table} {c.Name}", string.Empty, c.Unit, c.Table, string.Empty, c.Text));

    private static string RangeOf(ScenarioKey key) =>
        key.Choices.Count > 0 ? string.Join(", ", key.Choices) + (key.RangeText() is string also ? $", or {also}" : string.Empty)
            : key.RangeText() ?? string.Empty;
}

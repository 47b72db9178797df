using TmeSim.Scenarios.Units;
using TmeSim.Scenarios.Yaml;

namespace TmeSim.Scenarios.Parameters;

/// <summary>A published exposure to a drug of the library.</summary>
/// <param name="Drug">Name of the drug.</param>
/// <param name="DoseMg">One dose [mg].</param>
/// <param name="EveryHours">Interval of doses [h].</param>
/// <param name="Doses">Number of doses; the exposure is that of the last interval.</param>
/// <param name="Measure">cmax or trough [mg/L], auc [mg d/L], tmax [h], accumulation.</param>
/// <param name="Value">Published value.</param>
/// <param name="Interval">Published interval around it; null where none was read.</param>
/// <param name="Source">Where it was read.</param>
/// <param name="Text">What the value and the interval are.</param>
public sealed record PublishedExposure(
    string Drug, double DoseMg, double EveryHours, int Doses, string Measure, double Value, (double Low, double High)? Interval, string Source,
    string Text);

/// <summary>Published exposures that the pharmacokinetics of the library are held to (seeds/exposures).</summary>
public static class ExposureLibrary
{
    private static readonly Lazy<IReadOnlyList<PublishedExposure>> Entries = new(() =>
        [.. SeedFiles.Read("exposures").Cast<YamlSequence>().SelectMany(f => f.Items).Select(Entry)]);

    /// <summary>All of them, in the order of their files.</summary>
    public static IReadOnlyList<PublishedExposure> All => Entries.Value;

    private static PublishedExposure Entry(YamlNode item)
    {
        double Number(string key, string unit) => Read(item, SeedFiles.Text(item, key), unit);
        (double, double)? interval = ((YamlMapping)item)["interval"] is YamlSequence { Items: [YamlScalar low, YamlScalar high] }
            ? (Read(item, low.Text, "1"), Read(item, high.Text, "1")) : null;
        return new PublishedExposure(
            SeedFiles.Text(item, "drug"), Number("dose", "mg"), Number("every", "h"), (int)Number("doses", "1"),
            SeedFiles.Text(item, "measure"), Number("value", "1"), interval, SeedFiles.Text(item, "source"), SeedFiles.Text(item, "text"));
    }

    private static double Read(YamlNode item, string text, string unit) =>
        Quantity.TryRead(text, Unit.Of(unit), out double value, out string error) ? value : throw SeedFiles.Fault(item, error);
}

using TmeSim.Reports.Figures;
using TmeSim.Reports.Plots;
using TmeSim.Reports.Words;

namespace TmeSim.Reports.Domain;

/// <summary>Changes of size that count as progression and response; RECIST 1.1 has +20 % and −30 % of the sum of diameters.</summary>
/// <param name="Progressions">Changes as fractions, above 0, one for each rule among the arms; empty for no line.</param>
/// <param name="Response">Change as a fraction, below 0; null for no line.</param>
public sealed record ResponseRules(IReadOnlyList<double> Progressions, double? Response)
{
    /// <summary>The rules in words, for the note of a figure; empty for none.</summary>
    public string Note { get; init; } = "";

    // Growth beyond this many times the line of progression is cut off: it would press all responses flat.
    private const double MostShown = 15;
    private static readonly Rgb Ink = Rgb.Parse("#6a6a6a");

    /// <summary>Largest change drawn [%]; infinite without a line of progression.</summary>
    internal double CapPercent => Progressions.Where(double.IsFinite).DefaultIfEmpty(0).Max() is > 0 and var largest ? MostShown * largest * 100 : double.PositiveInfinity;

    /// <summary>Lines at zero and at the rules, for an axis in percent.</summary>
    internal IEnumerable<PlotElement> Lines()
    {
        yield return new RuleElement(0, true, CategoryPanels.Zero);
        foreach ((double value, Stroke stroke, string _) in Given())
        {
            yield return new RuleElement(value * 100, true, stroke);
        }
    }

    internal IEnumerable<LegendEntry> Legend() => Given().Select(rule => new LegendEntry($"{rule.Name} ({Percent(rule.Value)})") { Line = rule.Stroke });

    /// <summary>A change with its sign: "+20 %".</summary>
    internal static string Percent(double fraction) => (fraction > 0 ? "+" : "") + Numbers.Plain(fraction * 100, 1, trim: true) + " %";

    /// <summary>An axis in percent for values of several panels, the same for all.</summary>
    internal Axis Axis(string label, IEnumerable<double> fractions)
    {
        double cap = CapPercent;
        double[] shown = [.. fractions.Where(double.IsFinite).Select(value => Math.Min(value * 100, cap)), 0, .. Given().Select(rule => rule.Value * 100)];
        return SharedAxis.Of(new Axis { Label = label, Unit = "%" }, shown);
    }

    private IEnumerable<(double Value, Stroke Stroke, string Name)> Given()
    {
        foreach (double progression in Progressions.Where(double.IsFinite))
        {
            yield return (progression, new Stroke(Ink, 1.2, [6, 3]), "progression");
        }

        if (Response is { } response && double.IsFinite(response))
        {
            yield return (response, new Stroke(Ink, 1.2, [1.5, 2.5]), "response");
        }
    }
}

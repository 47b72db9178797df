using TmeSim.Analysis.Measures;
using TmeSim.Reports.Domain.Sweeps;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Drawing;

/// <summary>What is looked at over a sweep.</summary>
/// <param name="Output">Index of the output.</param>
/// <param name="Name">Name in tables.</param>
/// <param name="Axis">Label and unit.</param>
/// <param name="IsEffect">Not the output itself but an arm's difference to the control in the same replicate.</param>
internal sealed record SweepQuantity(int Output, string Name, SweepAxis Axis, bool IsEffect)
{
    /// <summary>What it is shown as, by the value in tables of runs: 100 where a fraction is shown in percent.</summary>
    public double Scale { get; private init; } = 1;

    /// <summary>Name in names of files.</summary>
    public string File { get; private init; } = Name;

    /// <summary>An output of an arm.</summary>
    public static SweepQuantity Of(SweepOutput output, int index)
    {
        (string label, string unit, double scale) = MeasureTable.ShownAs(output.Measure);
        return new SweepQuantity(index, output.Name, new SweepAxis($"{label} {Time(output)}", unit), false) { Scale = scale };
    }

    /// <summary>Its difference to the control.</summary>
    public SweepQuantity Against(string control) => this with
    {
        Name = $"Δ {Name} vs {control}",
        Axis = Axis with { Label = $"Δ {Inside}", Unit = Axis.Unit == "%" ? "percentage points" : Axis.Unit },
        IsEffect = true,
        File = $"effect {Name}",
    };

    /// <summary>The label inside a sentence: a small letter unless it is an abbreviation.</summary>
    public string Inside => Axis.Label.Length > 1 && char.IsAsciiLetterLower(Axis.Label[1]) ? char.ToLowerInvariant(Axis.Label[0]) + Axis.Label[1..] : Axis.Label;

    private static string Time(SweepOutput output) => output.Time switch
    {
        OutputTime.End => "at the end",
        OutputTime.Min => "(minimum)",
        OutputTime.Max => "(maximum)",
        OutputTime.Mean => "(mean)",
        _ => "at " + output.Name[(output.Name.LastIndexOf('@') + 1)..],
    };
}

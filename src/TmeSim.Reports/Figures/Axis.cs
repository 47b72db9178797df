namespace TmeSim.Reports.Figures;

/// <summary>How values map to lengths along an axis.</summary>
public enum AxisScale
{
    Linear,

    /// <summary>Decimal logarithm; values that are not positive are left out.</summary>
    Log10,
}

/// <summary>One axis of a panel.</summary>
public sealed record Axis
{
    /// <summary>What is measured; empty for none.</summary>
    public string Label { get; init; } = "";

    /// <summary>Unit, written in brackets behind the label; empty or "1" for a plain number.</summary>
    public string Unit { get; init; } = "";

    public AxisScale Scale { get; init; }

    /// <summary>Lower end; null to take it from the data.</summary>
    public double? Min { get; init; }

    /// <summary>Upper end; null to take it from the data.</summary>
    public double? Max { get; init; }

    /// <summary>An end taken from the data is moved out a little, so that nothing lies on the frame.</summary>
    public bool RoundEnds { get; init; } = true;

    /// <summary>A range taken from positive data starts at 0 when that costs less than half of the height.</summary>
    public bool PreferZero { get; init; }

    /// <summary>Tick distances to choose from, rising and positive (weeks, say); null for 1, 2, 5 × 10^k.</summary>
    public IReadOnlyList<double>? Steps { get; init; }

    /// <summary>Places of the ticks (values that were simulated, say), left out where they crowd; null for round numbers.</summary>
    public IReadOnlyList<double>? TickValues { get; init; }

    /// <summary>Names at the positions 0, 1, 2 …, in place of numbers; null for a numeric axis.</summary>
    public IReadOnlyList<string>? Categories { get; init; }

    /// <summary>What each category belongs to, as <see cref="PlotElement.Group"/>; null for nothing.</summary>
    public IReadOnlyList<string?>? CategoryGroups { get; init; }

    /// <summary>Line, ticks and labels are drawn.</summary>
    public bool Visible { get; init; } = true;

    /// <summary>Names of ticks and axis are written; without them a visible axis is a line with ticks, as inside a grid that shares its outer axes.</summary>
    public bool Labelled { get; init; } = true;

    /// <summary>An axis without line, ticks and labels, as images have.</summary>
    public static Axis Hidden(double min, double max) => new() { Min = min, Max = max, Visible = false };

    /// <summary>Label and unit as written beside the axis.</summary>
    public string Caption => Unit is "" or "1" ? Label : Label.Length == 0 ? $"[{Unit}]" : $"{Label} [{Unit}]";
}

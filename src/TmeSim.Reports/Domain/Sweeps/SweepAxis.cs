using TmeSim.Reports.Figures;
using TmeSim.Reports.Plots;
using TmeSim.Reports.Words;

namespace TmeSim.Reports.Domain.Sweeps;

/// <summary>A parameter or an output of a sweep: its name and the scale it is shown on.</summary>
/// <param name="Label">Name.</param>
/// <param name="Unit">Unit; empty or "1" for a plain number.</param>
/// <param name="IsLog">Shown on a logarithmic scale, where values are above 0. Without effect beside <paramref name="Words"/>.</param>
/// <param name="Words">Names of the values 0, 1, 2 … (inflamed, excluded, desert, say); null for numbers.</param>
public sealed record SweepAxis(string Label, string Unit = "", bool IsLog = false, IReadOnlyList<string>? Words = null)
{
    /// <summary>Distances are those of logarithms.</summary>
    internal bool IsLogScale => IsLog && Words is null;

    /// <summary>The axis in a panel, its range left to the data.</summary>
    internal Axis Axis => new() { Label = Label, Unit = Unit, Scale = IsLogScale ? AxisScale.Log10 : AxisScale.Linear, Categories = Words };

    /// <summary>Label and unit in one text.</summary>
    internal string Caption => Axis.Caption;

    /// <summary>The value can be shown.</summary>
    internal bool Holds(double value) => double.IsFinite(value) && !(IsLogScale && value <= 0) && !(Words is { } words && (value < 0 || value >= words.Count || value != Math.Floor(value)));

    /// <summary>Value as a coordinate in which equal distances look equal; NaN for one that cannot be shown.</summary>
    internal double Place(double value) => !Holds(value) ? double.NaN : IsLogScale ? Math.Log10(value) : value;

    /// <summary>Value at a coordinate.</summary>
    internal double At(double place) => IsLogScale ? Math.Pow(10, place) : place;

    /// <summary>Word, or number with three digits and unit.</summary>
    public string Text(double value) =>
        Words is { } words && Holds(value) ? words[(int)value] : !double.IsFinite(value) ? "–" : Numbers.Short(value) + (Unit is "" or "1" ? "" : "\u00A0" + Unit);

    /// <summary>Checks values that are to be the levels of a parameter.</summary>
    /// <exception cref="ArgumentException">A value cannot be shown on this axis or is given twice.</exception>
    internal void CheckLevels(IReadOnlyList<double> values, string what)
    {
        for (int i = 0; i < values.Count; i++)
        {
            if (!Holds(values[i]))
            {
                throw new ArgumentException($"{what}: {Label} cannot be {values[i]}; write {(Words is { } words ? $"0 to {words.Count - 1} for {string.Join(", ", words)}" : IsLogScale ? "numbers above 0, its scale is logarithmic" : "finite numbers")}");
            }

            if (values.Take(i).Contains(values[i]))
            {
                throw new ArgumentException($"{what}: {Label} has the value {values[i]} twice; give each level once");
            }
        }
    }
}

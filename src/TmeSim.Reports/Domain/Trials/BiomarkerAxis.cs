using TmeSim.Reports.Figures;

namespace TmeSim.Reports.Domain.Trials;

/// <summary>A biomarker as an axis.</summary>
/// <param name="Label">Name.</param>
/// <param name="Unit">Unit; empty or "1" for a plain number.</param>
/// <param name="IsLog">Its axis is logarithmic; values that are not positive are left out.</param>
public sealed record BiomarkerAxis(string Label, string Unit = "", bool IsLog = false)
{
    internal Axis Axis => new() { Label = Label, Unit = Unit, Scale = IsLog ? AxisScale.Log10 : AxisScale.Linear };

    internal bool Holds(double value) => double.IsFinite(value) && !(IsLog && value <= 0);
}

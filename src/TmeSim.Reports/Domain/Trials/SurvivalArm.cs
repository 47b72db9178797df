namespace TmeSim.Reports.Domain.Trials;

/// <summary>A step of an estimated curve: the value from this time on.</summary>
/// <param name="Time">Time, in the unit of the figure.</param>
/// <param name="Value">Estimate, 0–1.</param>
/// <param name="Low">Lower end of its interval; NaN for none.</param>
/// <param name="High">Upper end; NaN for none.</param>
public readonly record struct SurvivalPoint(double Time, double Value, double Low = double.NaN, double High = double.NaN);

/// <summary>Counts of one arm at one tick.</summary>
/// <param name="Time">Time, in the unit of the figure.</param>
/// <param name="AtRisk">At risk just before it, 0 or more.</param>
/// <param name="Censored">Censored up to it, cumulative.</param>
/// <param name="Events">Events up to it, cumulative.</param>
public readonly record struct RiskRow(double Time, int AtRisk, int Censored, int Events);

/// <summary>A median time with its interval.</summary>
/// <param name="Value">Median, in the unit of the figure; not finite where it is not reached.</param>
/// <param name="Low">Lower end; NaN for none.</param>
/// <param name="High">Upper end; not finite where it is not reached.</param>
public readonly record struct MedianTime(double Value, double Low = double.NaN, double High = double.NaN);

/// <summary>The survival of one arm.</summary>
/// <param name="Arm">Arm.</param>
/// <param name="Points">Steps of the curve by rising time; a start at 1 is added where it is missing.</param>
/// <param name="CensorTimes">Times of censoring.</param>
/// <param name="Rows">Counts at the ticks of the axis, by rising time; empty for no table.</param>
public sealed record SurvivalArm(string Arm, IReadOnlyList<SurvivalPoint> Points, IReadOnlyList<double> CensorTimes,
    IReadOnlyList<RiskRow> Rows)
{
    /// <summary>Median; null where it is not told.</summary>
    public MedianTime? Median { get; init; }
}

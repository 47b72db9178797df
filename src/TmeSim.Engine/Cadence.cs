namespace TmeSim.Engine;

/// <summary>When something that recurs falls due; counted in hours, so that the length of a step does not matter.</summary>
public static class Cadence
{
    /// <summary>A day [h].</summary>
    public const double Day = 24;

    // Rounding of times that are sums of steps.
    private const double Slack = 1e-6;

    /// <summary>True when a multiple of the interval lies in (hours − stepHours, hours]: once per interval, in any step.</summary>
    public static bool Falls(double hours, double stepHours, double intervalHours) =>
        Math.Floor((hours + Slack) / intervalHours) > Math.Floor((hours - stepHours + Slack) / intervalHours);
}

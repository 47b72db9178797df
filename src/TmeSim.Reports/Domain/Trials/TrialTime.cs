using TmeSim.Reports.Figures;

namespace TmeSim.Reports.Domain.Trials;

/// <summary>The unit of all times of a figure of a trial, and what they are counted from.</summary>
/// <param name="Name">Name of the unit ("months").</param>
/// <param name="Days">Days per unit, positive.</param>
/// <param name="Origin">What time is counted from ("randomisation").</param>
/// <param name="Steps">Distances of ticks to choose from, rising.</param>
public sealed record TrialTime(string Name, double Days, string Origin, IReadOnlyList<double> Steps)
{
    private const int MostTicks = 10;

    /// <summary>Months of 365.25 / 12 days.</summary>
    public static TrialTime Months { get; } = new("months", 365.25 / 12, "randomisation", [1, 3, 6, 12, 24, 60, 120]);

    /// <summary>Weeks.</summary>
    public static TrialTime Weeks { get; } = new("weeks", 7, "randomisation", [1, 2, 4, 6, 12, 26, 52, 104]);

    /// <summary>Ticks from 0 to at least the last time, at most eleven: the times at which a table below the axis is filled.</summary>
    /// <param name="last">Last time, in this unit.</param>
    public IReadOnlyList<double> Ticks(double last)
    {
        double end = double.IsFinite(last) && last > 0 ? last : Steps[0];
        double step = Steps.FirstOrDefault(s => end / s <= MostTicks, Steps[^1]);
        while (end / step > MostTicks)
        {
            step *= 2;
        }

        return [.. Enumerable.Range(0, (int)Math.Ceiling((end / step) - 1e-9) + 1).Select(i => i * step)];
    }

    internal Axis Axis(double last, IReadOnlyList<double> ticks) => new()
    {
        Label = "time since " + Origin,
        Unit = Name,
        Min = 0,
        Max = Math.Max(last, ticks.Count > 0 ? ticks[^1] : 0) is > 0 and var end ? end : 1,
        TickValues = ticks.Count > 1 ? ticks : Ticks(last),
    };
}

using System.Globalization;
using TmeSim.Reports.Figures;

namespace TmeSim.Reports.Domain;

/// <summary>Days for short spans, weeks for long ones.</summary>
internal sealed record TimeUnit(string Symbol, double Days, IReadOnlyList<double> Steps)
{
    private const double LongestInDays = 42;
    private const int MaxSteps = 14;

    private static TimeUnit InDays { get; } = new("d", 1, [0.25, 0.5, 1, 2, 7, 14]);

    private static TimeUnit InWeeks { get; } = new("weeks", 7, [1, 2, 4, 8, 13, 26, 52, 104]);

    /// <summary>The unit for a span [d].</summary>
    public static TimeUnit For(double spanDays) => spanDays > LongestInDays ? InWeeks : InDays;

    /// <summary>An axis from the first to the last time.</summary>
    public Axis Axis(double firstDays, double lastDays) => new()
    {
        Label = "time since start of therapy",
        Unit = Symbol,
        Min = firstDays / Days,
        Max = lastDays / Days,
        Steps = [.. Steps.SkipWhile(step => step * MaxSteps * Days < lastDays - firstDays).DefaultIfEmpty(Steps[^1])],
    };

    /// <summary>"2 weeks", "1 d": whole weeks from one week on, else days.</summary>
    public static string Span(double days)
    {
        double weeks = days / 7;
        bool whole = weeks >= 1 && Math.Abs(weeks - Math.Round(weeks)) < 1e-6;
        return whole ? $"{Math.Round(weeks).ToString("0", CultureInfo.InvariantCulture)} {(Math.Round(weeks) == 1 ? "week" : "weeks")}" : days.ToString("0.##", CultureInfo.InvariantCulture) + " d";
    }

    /// <summary>"t = 6 weeks", "t = 10 d": whole weeks beyond a fortnight, else days.</summary>
    public static string Moment(double timeDays)
    {
        double weeks = timeDays / 7;
        bool whole = timeDays >= 14 && Math.Abs(weeks - Math.Round(weeks)) < 1e-6;
        string number = (whole ? Math.Round(weeks) : timeDays).ToString("0.##", CultureInfo.InvariantCulture);
        return $"t = {number} {(whole ? "weeks" : "d")}";
    }
}

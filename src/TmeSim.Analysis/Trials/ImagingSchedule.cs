namespace TmeSim.Analysis.Trials;

/// <summary>Days of tumour assessments: every so often, from a day on less often, as protocols have it.</summary>
/// <param name="EveryDays">First interval [d], above 0.</param>
/// <param name="UntilDays">Last day of that interval [d].</param>
/// <param name="ThenDays">Interval after it [d], above 0.</param>
public readonly record struct ImagingSchedule(double EveryDays, double UntilDays, double ThenDays)
{
    /// <summary>Days of visits after the baseline, up to and including the last day.</summary>
    /// <param name="lastDay">Last day [d].</param>
    public IReadOnlyList<double> Days(double lastDay)
    {
        if (!(EveryDays > 0) || !(ThenDays > 0))
        {
            throw new ArgumentException($"intervals of imaging must be above 0 d, not {EveryDays} and {ThenDays}");
        }

        List<double> days = [];
        for (double day = Next(0); day <= lastDay + 1e-9; day = Next(day))
        {
            days.Add(day);
        }

        return days;
    }

    private double Next(double day) => day + (day + EveryDays <= UntilDays + 1e-9 ? EveryDays : ThenDays);
}

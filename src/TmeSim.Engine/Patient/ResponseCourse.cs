namespace TmeSim.Engine.Patient;

/// <summary>
/// What follows from the visits of one patient so far. A value: each visit gives the next one. Times are in the unit of the visits.
/// </summary>
/// <param name="BaselineMm">Sum of diameters at t = 0 [mm].</param>
public readonly record struct ResponseCourse(double BaselineMm)
{
    /// <summary>Smallest sum so far, baseline included [mm].</summary>
    public double NadirMm { get; init; } = BaselineMm;

    /// <summary>Response at the last visit.</summary>
    public RecistResponse Last { get; init; } = RecistResponse.NotEvaluable;

    /// <summary>
    /// Best response up to and including progression. No confirming visit and no shortest duration of stable disease is asked for.
    /// </summary>
    public RecistResponse Best { get; init; } = RecistResponse.NotEvaluable;

    /// <summary>Smallest sum at a visit up to and including progression [mm]; NaN before the first visit.</summary>
    public double SmallestMm { get; init; } = double.NaN;

    /// <summary>Time of the first visit with a complete or partial response before progression; NaN without one.</summary>
    public double ResponseTime { get; init; } = double.NaN;

    /// <summary>Time of the first visit with progression; NaN without one.</summary>
    public double ProgressionTime { get; init; } = double.NaN;

    /// <summary>A visit has shown progression.</summary>
    public bool HasProgressed => !double.IsNaN(ProgressionTime);

    /// <summary>
    /// Smallest sum at a visit up to and including progression, relative to the baseline, minus 1 (−0.3 = 30 % less); NaN without a visit.
    /// </summary>
    public double BestChange => BaselineMm > 0 ? SmallestMm / BaselineMm - 1 : double.NaN;

    /// <summary>The course with one more visit.</summary>
    /// <param name="time">Time of the visit, after all earlier ones.</param>
    /// <param name="sumMm">Sum of diameters [mm], 0 or more.</param>
    /// <param name="rules">Rules of response and progression.</param>
    public ResponseCourse After(double time, double sumMm, RecistRules rules)
    {
        RecistResponse visit = rules.Classify(sumMm, BaselineMm, NadirMm);
        ResponseCourse next = this with { Last = visit, NadirMm = sumMm < NadirMm ? sumMm : NadirMm };
        if (HasProgressed)
        {
            return next;
        }

        bool responds = visit is RecistResponse.Complete or RecistResponse.Partial;
        return next with
        {
            Best = visit < Best ? visit : Best,
            SmallestMm = sumMm >= SmallestMm ? SmallestMm : sumMm,
            ResponseTime = double.IsNaN(ResponseTime) && responds ? time : ResponseTime,
            ProgressionTime = visit == RecistResponse.Progression ? time : double.NaN,
        };
    }
}

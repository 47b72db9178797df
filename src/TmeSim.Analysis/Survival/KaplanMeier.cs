using TmeSim.Analysis.Contrasts;
using TmeSim.Engine.Numerics;

namespace TmeSim.Analysis.Survival;

/// <summary>Share of patients without an event against time (Kaplan and Meier 1958, doi:10.1080/01621459.1958.10501452).</summary>
/// <remarks>
/// Standard errors: Greenwood 1926. Intervals of 95 %: ln(−ln S) ± 1.96 se (Kalbfleisch and Prentice, 2nd ed. 2002, section 1.4), as
/// survfit(conf.type = "log-log") of R. Times that differ by rounding alone are different times.
/// </remarks>
public sealed class KaplanMeier
{
    // Shares that differ by less are the same (R: the square root of the spacing of numbers).
    private const double Same = 1.4901161193847656e-8;

    private KaplanMeier(int count, int events, SurvivalStep[] steps) => (Count, Events, Steps) = (count, events, steps);

    /// <summary>Number of patients.</summary>
    public int Count { get; }

    /// <summary>Number of events.</summary>
    public int Events { get; }

    /// <summary>Times at which somebody leaves, ascending; none without patients.</summary>
    public IReadOnlyList<SurvivalStep> Steps { get; }

    /// <summary>Time by which half have had the event; see <see cref="Quantile"/>.</summary>
    public Estimate Median => Quantile(0.5);

    /// <summary>Longest follow-up; NaN without patients.</summary>
    public double LastTime => Steps.Count == 0 ? double.NaN : Steps[^1].Time;

    /// <summary>Estimates the curve.</summary>
    /// <param name="patients">Patients in any order; none gives a curve without steps.</param>
    /// <exception cref="ArgumentException">A time is negative or not finite.</exception>
    public static KaplanMeier Of(IReadOnlyList<FollowUp> patients)
    {
        FollowUp.Check(patients, nameof(patients));
        FollowUp[] sorted = [.. patients.OrderBy(p => p.Time)];
        var steps = new List<SurvivalStep>();
        double share = 1, sum = 0;
        int events = 0;
        for (int from = 0, to; from < sorted.Length; from = to)
        {
            int gone = 0, atRisk = sorted.Length - from;
            for (to = from; to < sorted.Length && sorted[to].Time == sorted[from].Time; to++)
            {
                gone += sorted[to].Event ? 1 : 0;
            }

            events += gone;
            share *= (double)(atRisk - gone) / atRisk;
            sum += gone == 0 ? 0 : gone / ((double)atRisk * (atRisk - gone));
            (double low, double high) = Interval(share, Math.Sqrt(sum));
            double error = share == 0 ? double.NaN : share * Math.Sqrt(sum);
            steps.Add(new SurvivalStep(sorted[from].Time, atRisk, gone, to - from - gone, share, error, low, high));
        }

        return new KaplanMeier(sorted.Length, events, [.. steps]);
    }

    /// <summary>
    /// Median time that patients could have been followed: the curve of losses, with events in the place of losses (Schemper and Smith
    /// 1996, doi:10.1016/0197-2456(96)00075-X).
    /// </summary>
    /// <inheritdoc cref="Of"/>
    public static Estimate MedianFollowUp(IReadOnlyList<FollowUp> patients)
    {
        FollowUp.Check(patients, nameof(patients));
        return Of([.. patients.Select(p => p with { Event = !p.Event })]).Median;
    }

    /// <summary>
    /// Share without the event at a time, with its interval; (1, NaN, NaN) before the first event. Beyond the last time it is that of the
    /// last time where all had the event, else not defined.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative or NaN.</exception>
    public Estimate At(double time)
    {
        int step = Last(time);
        return Count == 0 || (time > LastTime && Steps[^1].Survival > 0) ? Estimate.None
            : step < 0 ? Estimate.Without(1) : new Estimate(Steps[step].Survival, Steps[step].Low, Steps[step].High);
    }

    /// <summary>
    /// Patients whose follow-up is this long or longer. With <see cref="EventsBy"/> and <see cref="CensoredBy"/> it adds up to all patients
    /// at times at which nobody leaves (tables of KMunicate, Morris et al. 2019, doi:10.1136/bmjopen-2019-030215).
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative or NaN.</exception>
    public int AtRisk(double time)
    {
        int step = Last(time);
        return step >= 0 && Steps[step].Time == time ? Steps[step].AtRisk : step + 1 < Steps.Count ? Steps[step + 1].AtRisk : 0;
    }

    /// <summary>Events up to and at a time.</summary>
    /// <inheritdoc cref="AtRisk"/>
    public int EventsBy(double time) => Steps.Take(Last(time) + 1).Sum(s => s.Events);

    /// <summary>Patients lost to sight up to and at a time.</summary>
    /// <inheritdoc cref="AtRisk"/>
    public int CensoredBy(double time) => Steps.Take(Last(time) + 1).Sum(s => s.Censored);

    /// <summary>Time by which a share of patients has had the event.</summary>
    /// <remarks>
    /// Where the curve is level at 1 − p it is the middle of that level. The interval has the times at which the ends of the interval of
    /// the curve cross 1 − p (Brookmeyer and Crowley 1982, doi:10.2307/2530286), as quantile.survfit of R.
    /// </remarks>
    /// <param name="p">The share, in (0, 1).</param>
    /// <returns>+∞ for a value or an end that the follow-up does not reach (NA in R); NaN without patients.</returns>
    /// <exception cref="ArgumentOutOfRangeException">p lies outside (0, 1).</exception>
    public Estimate Quantile(double p)
    {
        if (!(p > 0 && p < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(p), p, "the share must lie between 0 and 1, ends excluded");
        }

        return Count == 0 ? Estimate.None : new Estimate(Crossing(s => s.Survival, p), Crossing(s => s.Low, p), Crossing(s => s.High, p));
    }

    // First time at which 1 − curve is p or more, and first at which it is more; what is not defined is passed over.
    private double Crossing(Func<SurvivalStep, double> curve, double p)
    {
        double reached = double.PositiveInfinity;
        foreach (SurvivalStep step in Steps)
        {
            double gone = 1 - curve(step);
            if (gone > p + Same)
            {
                return double.IsInfinity(reached) ? step.Time : 0.5 * (reached + step.Time);
            }

            if (gone >= p - Same && double.IsInfinity(reached))
            {
                reached = step.Time;
            }
        }

        return double.IsInfinity(reached) ? reached : 0.5 * (reached + LastTime);
    }

    /// <summary>Interval of a share on the scale of ln(−ln), for shares of survival and of cumulative incidence.</summary>
    /// <param name="share">The share.</param>
    /// <param name="relative">Standard error over the share.</param>
    internal static (double Low, double High) Interval(double share, double relative)
    {
        if (!(share > 0 && share < 1))
        {
            return (double.NaN, double.NaN);
        }

        double log = DetMath.Log(share), factor = DetMath.Exp(-Tail.Z95 * relative / log);
        return (DetMath.Exp(log * factor), DetMath.Exp(log / factor));
    }

    // Last step at or before a time; −1 for none.
    private int Last(double time)
    {
        if (!(time >= 0))
        {
            throw new ArgumentOutOfRangeException(nameof(time), time, "a time must be zero or more");
        }

        int low = -1, high = Steps.Count;
        while (high - low > 1)
        {
            int middle = (low + high) / 2;
            (low, high) = Steps[middle].Time <= time ? (middle, high) : (low, middle);
        }

        return low;
    }
}

using TmeSim.Analysis.Contrasts;

namespace TmeSim.Analysis.Survival;

/// <summary>
/// Cumulative incidence of each of several events of which the first counts (Aalen and Johansen 1978, Scand. J. Stat. 5, 141). To take the
/// other events for losses instead would say more than happens.
/// </summary>
/// <remarks>
/// Variance: Greenwood's for multinomial jumps (Andersen, Borgan, Gill and Keiding 1993, section IV.4.1), as etm of R. Intervals of 95 %:
/// on ln(−ln). With one cause, incidence and variance are those of Kaplan and Meier.
/// </remarks>
public sealed class AalenJohansen
{
    private readonly IncidenceStep[][] _steps;
    private readonly double _lastTime;
    private readonly bool _allGone;

    private AalenJohansen(int count, IncidenceStep[][] steps, double lastTime, bool allGone) =>
        (Count, _steps, _lastTime, _allGone) = (count, steps, lastTime, allGone);

    /// <summary>Number of patients.</summary>
    public int Count { get; }

    /// <summary>Number of causes.</summary>
    public int Causes => _steps.Length;

    /// <summary>Estimates the incidence of all causes.</summary>
    /// <param name="patients">Patients in any order.</param>
    /// <param name="causes">Number of causes; 0 for the largest that occurs.</param>
    /// <exception cref="ArgumentException">A time is negative or not finite, or a cause negative or above their number.</exception>
    public static AalenJohansen Of(IReadOnlyList<CompetingFollowUp> patients, int causes = 0)
    {
        ArgumentNullException.ThrowIfNull(patients);
        ArgumentOutOfRangeException.ThrowIfNegative(causes);
        int most = causes > 0 ? causes : patients.Select(p => p.Cause).DefaultIfEmpty(0).Max();
        for (int i = 0; i < patients.Count; i++)
        {
            FollowUp.CheckTime(patients[i].Time, i, nameof(patients));
            if (patients[i].Cause < 0 || patients[i].Cause > most)
            {
                throw new ArgumentException($"cause {patients[i].Cause} of patient {i} (counted from 0) does not lie between 0 and {most}",
                    nameof(patients));
            }
        }

        CompetingFollowUp[] sorted = [.. patients.OrderBy(p => p.Time)];
        List<Jump> jumps = Jumps(sorted, most);
        double last = sorted.Length == 0 ? double.NaN : sorted[^1].Time;
        bool allGone = jumps.Count > 0 && jumps[^1].AtRisk == jumps[^1].All;
        return new AalenJohansen(sorted.Length, [.. Enumerable.Range(0, most).Select(c => Incidence(jumps, c))], last, allGone);
    }

    /// <summary>Incidence of a cause over time; none without events.</summary>
    /// <param name="cause">The cause, from 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such cause.</exception>
    public IReadOnlyList<IncidenceStep> Steps(int cause)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(cause, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(cause, Causes);
        return _steps[cause - 1];
    }

    /// <summary>
    /// Share with an event of a cause by a time; (0, NaN, NaN) before the first. Beyond the last time it is that of the last time where
    /// all had an event, else not defined.
    /// </summary>
    /// <param name="cause">The cause, from 1.</param>
    /// <param name="time">The time, zero or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such cause, or the time is negative or NaN.</exception>
    public Estimate At(int cause, double time)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(time);
        IncidenceStep[] before = [.. Steps(cause).TakeWhile(s => s.Time <= time)];
        return double.IsNaN(time) ? throw new ArgumentOutOfRangeException(nameof(time), time, "a time must be zero or more")
            : Count == 0 || (time > _lastTime && !_allGone) ? Estimate.None
            : before.Length == 0 ? Estimate.Without(0) : new Estimate(before[^1].Incidence, before[^1].Low, before[^1].High);
    }

    private static List<Jump> Jumps(CompetingFollowUp[] sorted, int causes)
    {
        var jumps = new List<Jump>();
        double survival = 1;
        for (int from = 0, to; from < sorted.Length; from = to)
        {
            var events = new int[causes];
            for (to = from; to < sorted.Length && sorted[to].Time == sorted[from].Time; to++)
            {
                if (sorted[to].Cause > 0)
                {
                    events[sorted[to].Cause - 1]++;
                }
            }

            int all = events.Sum(), atRisk = sorted.Length - from;
            if (all > 0)
            {
                jumps.Add(new Jump(sorted[from].Time, atRisk, events, all, survival));
                survival *= (double)(atRisk - all) / atRisk;
            }
        }

        return jumps;
    }

    // Var F(t) = Σ (F(t) − F(u))² d./(n (n − d.)) + S(u−)² d (n − d)/n³ − 2 (F(t) − F(u)) S(u−) d/n² over the times u up to t, with d.
    // the events of
    // all causes. Kept as the sums in front of F(t)², F(t) and 1, it takes one pass for all t.
    private static IncidenceStep[] Incidence(List<Jump> jumps, int cause)
    {
        var steps = new IncidenceStep[jumps.Count];
        double incidence = 0, square = 0, linear = 0, constant = 0;
        for (int j = 0; j < jumps.Count; j++)
        {
            Jump jump = jumps[j];
            double n = jump.AtRisk, d = jump.Events[cause], all = jump.All, left = n - all, survival = jump.Before;
            incidence += survival * d / n;

            // Where nobody is left nothing follows, and F(t) − F(u) stays 0.
            double greenwood = left > 0 ? all / (n * left) : 0, cross = survival * d / (n * n);
            square += greenwood;
            linear += (2 * greenwood * incidence) + (2 * cross);
            constant += (greenwood * incidence * incidence) + (2 * cross * incidence) + (survival * survival * d * (n - d) / (n * n * n));
            double variance = Math.Max(0, (square * incidence * incidence) - (linear * incidence) + constant);
            (double low, double high) = KaplanMeier.Interval(incidence, Math.Sqrt(variance) / incidence);
            steps[j] = new IncidenceStep(jump.Time, jump.AtRisk, (int)d, incidence, variance, low, high);
        }

        return steps;
    }

    private sealed record Jump(double Time, int AtRisk, int[] Events, int All, double Before);
}

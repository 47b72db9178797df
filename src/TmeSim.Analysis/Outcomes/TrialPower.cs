using TmeSim.Analysis.Contrasts;
using TmeSim.Analysis.Survival;
using TmeSim.Engine.Numerics;

namespace TmeSim.Analysis.Outcomes;

/// <summary>How often a trial would find a difference: small trials are drawn from many simulated patients, with replacement.</summary>
/// <remarks>The arms are drawn apart from each other, as in a trial. Patients that are few themselves carry their own chance into all
/// trials: the interval holds the error of drawing alone.</remarks>
/// <param name="PerArm">Patients in each arm of a trial.</param>
/// <param name="Trials">Trials drawn.</param>
/// <param name="Significant">Trials with p below the level.</param>
/// <param name="ForFirst">Those of them in which the first arm did better: fewer events than expected, or more responses.</param>
/// <param name="Power">Share of significant trials with Wilson's 95 % interval.</param>
public readonly record struct TrialPower(int PerArm, int Trials, int Significant, int ForFirst, Estimate Power)
{
    private const ulong Salt = 0x747269616C73;

    /// <summary>Trials judged by the log-rank test (two-sided).</summary>
    /// <param name="first">Patients of the first arm, at least one.</param>
    /// <param name="second">Patients of the second arm.</param>
    /// <param name="perArm">Patients drawn into each arm, at least 1.</param>
    /// <param name="trials">Trials, at least 1.</param>
    /// <param name="alpha">Level of the test, in (0, 1).</param>
    /// <param name="key">Key of the draws: the same key gives the same trials.</param>
    /// <exception cref="ArgumentException">An arm is empty, a time is negative or not finite, or a number lies outside its
    /// range.</exception>
    public static TrialPower ByLogRank(IReadOnlyList<FollowUp> first, IReadOnlyList<FollowUp> second, int perArm, int trials, double alpha,
        ulong key)
    {
        FollowUp.Check(first, nameof(first));
        FollowUp.Check(second, nameof(second));
        return Draw(first, second, perArm, trials, alpha, key, (a, b) =>
        {
            LogRank test = LogRank.Between(a, b);
            return (test.P, test.Groups[0].Observed < test.Groups[0].Expected);
        });
    }

    /// <summary>Trials judged by Fisher's exact test of responses (two-sided).</summary>
    /// <param name="first">Whether each patient of the first arm responds, at least one patient.</param>
    /// <param name="second">The same of the second arm.</param>
    /// <inheritdoc cref="ByLogRank" path="/param[@name='perArm' or @name='trials' or @name='alpha' or @name='key']|/exception"/>
    public static TrialPower ByFisher(IReadOnlyList<bool> first, IReadOnlyList<bool> second, int perArm, int trials, double alpha,
        ulong key)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        return Draw(first, second, perArm, trials, alpha, key, (a, b) =>
        {
            int hits = a.Count(r => r), others = b.Count(r => r);
            return (FisherExact.P(hits, perArm - hits, others, perArm - others), hits > others);
        });
    }

    private static TrialPower Draw<T>(IReadOnlyList<T> first, IReadOnlyList<T> second, int perArm, int trials, double alpha, ulong key,
        Func<T[], T[], (double P, bool ForFirst)> test)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(perArm, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(trials, 1);
        if (!(alpha > 0 && alpha < 1) || first.Count == 0 || second.Count == 0)
        {
            throw new ArgumentException(first.Count == 0 || second.Count == 0
                ? $"trials are drawn from the patients of two arms, not from {first.Count} and {second.Count}"
                : $"the level must lie between 0 and 1, ends excluded, not {alpha}", nameof(alpha));
        }

        T[] a = new T[perArm], b = new T[perArm];
        int significant = 0, forFirst = 0;
        for (int trial = 0; trial < trials; trial++)
        {
            // Streams of their own: an arm stays as drawn when the other one changes.
            Fill(a, first, new PhiloxStream(RandomKey.Create(key ^ Salt, 0, 0), (uint)trial, 0, 0));
            Fill(b, second, new PhiloxStream(RandomKey.Create(key ^ Salt, 0, 0), (uint)trial, 1, 0));
            (double p, bool better) = test(a, b);
            significant += p < alpha ? 1 : 0;
            forFirst += p < alpha && better ? 1 : 0;
        }

        return new TrialPower(perArm, trials, significant, forFirst, Proportion.Wilson(significant, trials));

        static void Fill(T[] arm, IReadOnlyList<T> from, PhiloxStream stream)
        {
            for (int i = 0; i < arm.Length; i++)
            {
                arm[i] = from[stream.NextInt(from.Count)];
            }
        }
    }
}

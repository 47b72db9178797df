using TmeSim.Engine.Patient;

namespace TmeSim.Analysis.Growth;

/// <summary>Response of one patient.</summary>
/// <param name="Best">Best response up to and including progression.</param>
/// <param name="BestChange">Smallest diameter up to progression relative to the baseline, minus 1 (−0.3 = 30 % less); NaN without
/// assessments.</param>
/// <param name="ProgressionTime">Time of the first assessment that shows progression; null if none does.</param>
/// <param name="Visits">Response at each assessment after the baseline, progression and later ones included.</param>
public sealed record RecistResult(RecistResponse Best, double BestChange, double? ProgressionTime, IReadOnlyList<RecistResponse> Visits);

/// <summary>
/// Response of a series of sums of diameters by the engine's own rules (<see cref="RecistRules"/>). Target lesions only; no confirmation
/// scan and no shortest duration of stable disease.
/// </summary>
public static class Recist
{
    /// <summary>Assesses a series of sums of diameters.</summary>
    /// <param name="times">Strictly ascending times in any unit; the first is the baseline.</param>
    /// <param name="diametersMm">Sum of diameters [mm] at those times, zero or more; above 0 at the baseline.</param>
    /// <param name="rules">Rules of progression and response; null for <see cref="RecistRules.Standard"/>.</param>
    /// <exception cref="ArgumentException">Lengths differ, no baseline, times do not ascend, or a diameter is out of range.</exception>
    public static RecistResult Assess(ReadOnlySpan<double> times, ReadOnlySpan<double> diametersMm, RecistRules? rules = null)
    {
        Require(times, diametersMm);
        var course = new ResponseCourse(diametersMm[0]);
        var visits = new RecistResponse[times.Length - 1];
        for (int i = 1; i < times.Length; i++)
        {
            course = course.After(times[i], diametersMm[i], rules ?? RecistRules.Standard);
            visits[i - 1] = course.Last;
        }

        return new RecistResult(course.Best, course.BestChange, course.HasProgressed ? course.ProgressionTime : null, visits);
    }

    private static void Require(ReadOnlySpan<double> times, ReadOnlySpan<double> diametersMm)
    {
        if (times.Length != diametersMm.Length || times.IsEmpty)
        {
            throw new ArgumentException(
                $"{times.Length} times but {diametersMm.Length} diameters: both need the baseline and one entry per visit", nameof(times));
        }

        for (int i = 0; i < times.Length; i++)
        {
            if (i > 0 && !(times[i] > times[i - 1]))
            {
                throw new ArgumentException($"times must ascend, but visit {i} is at {times[i]} after {times[i - 1]}", nameof(times));
            }

            if (!(diametersMm[i] >= 0 && double.IsFinite(diametersMm[i])) || (i == 0 && diametersMm[0] == 0))
            {
                throw new ArgumentException(
                    $"diameter {i} is {diametersMm[i]} mm; it must be finite, not negative, and above 0 at the baseline",
                    nameof(diametersMm));
            }
        }
    }
}

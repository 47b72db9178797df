namespace TmeSim.Analysis;

/// <summary>Radiological response, best first.</summary>
public enum RecistResponse : byte
{
    Complete,
    Partial,
    Stable,
    Progression,

    /// <summary>No assessment after the baseline.</summary>
    NotEvaluable,
}

/// <summary>Response of one patient.</summary>
/// <param name="Best">Best response up to and including progression.</param>
/// <param name="BestChange">Smallest diameter up to progression relative to the baseline, minus 1 (−0.3 = 30 % less); NaN without assessments.</param>
/// <param name="ProgressionTime">Time of the first assessment that shows progression; null if none does.</param>
/// <param name="Visits">Response at each assessment after the baseline, progression and later ones included.</param>
public sealed record RecistResult(RecistResponse Best, double BestChange, double? ProgressionTime, IReadOnlyList<RecistResponse> Visits);

/// <summary>
/// Response by the diameter rules of RECIST 1.1 (Eisenhauer et al. 2009, doi:10.1016/j.ejca.2008.10.026) at assessment
/// visits: partial from a 30 % fall below the baseline, progression from a rise of 20 % and 5 mm over the smallest value so far
/// (the baseline included). Target lesions only; no confirmation scan and no shortest duration of stable disease.
/// </summary>
public static class Recist
{
    private const double PartialFall = 0.3;
    private const double ProgressionRise = 0.2;
    private const double ProgressionRiseMm = 5;
    private const double Rounding = 1e-9;

    /// <summary>Assesses a series of sums of diameters.</summary>
    /// <param name="times">Strictly ascending times in any unit; the first is the baseline.</param>
    /// <param name="diametersMm">Sum of diameters [mm] at those times, zero or more; above 0 at the baseline.</param>
    /// <param name="completeBelowMm">A complete response is a sum at or below this [mm].</param>
    /// <exception cref="ArgumentException">Lengths differ, no baseline, times do not ascend, or a diameter is out of range.</exception>
    public static RecistResult Assess(ReadOnlySpan<double> times, ReadOnlySpan<double> diametersMm, double completeBelowMm = 0)
    {
        Require(times, diametersMm);
        double baseline = diametersMm[0], nadir = baseline, smallest = double.PositiveInfinity;
        double? progression = null;
        var best = RecistResponse.NotEvaluable;
        var visits = new RecistResponse[times.Length - 1];
        for (int i = 1; i < times.Length; i++)
        {
            double size = diametersMm[i];
            RecistResponse visit = Classify(size, baseline, nadir, completeBelowMm);
            visits[i - 1] = visit;
            if (progression is null)
            {
                smallest = Math.Min(smallest, size);
                best = visit < best ? visit : best;
                progression = visit == RecistResponse.Progression ? times[i] : null;
            }

            nadir = Math.Min(nadir, size);
        }

        double change = visits.Length == 0 ? double.NaN : smallest / baseline - 1;
        return new RecistResult(best, change, progression, visits);
    }

    private static RecistResponse Classify(double size, double baseline, double nadir, double completeBelowMm)
    {
        double slack = Rounding * baseline;
        if (size >= nadir * (1 + ProgressionRise) - slack && size >= nadir + ProgressionRiseMm - slack)
        {
            return RecistResponse.Progression;
        }

        return size <= completeBelowMm ? RecistResponse.Complete
            : size <= baseline * (1 - PartialFall) + slack ? RecistResponse.Partial
            : RecistResponse.Stable;
    }

    private static void Require(ReadOnlySpan<double> times, ReadOnlySpan<double> diametersMm)
    {
        if (times.Length != diametersMm.Length || times.IsEmpty)
        {
            throw new ArgumentException($"{times.Length} times but {diametersMm.Length} diameters: both need the baseline and one entry per visit", nameof(times));
        }

        for (int i = 0; i < times.Length; i++)
        {
            if (i > 0 && !(times[i] > times[i - 1]))
            {
                throw new ArgumentException($"times must ascend, but visit {i} is at {times[i]} after {times[i - 1]}", nameof(times));
            }

            if (!(diametersMm[i] >= 0 && double.IsFinite(diametersMm[i])) || (i == 0 && diametersMm[0] == 0))
            {
                throw new ArgumentException($"diameter {i} is {diametersMm[i]} mm; it must be finite, not negative, and above 0 at the baseline", nameof(diametersMm));
            }
        }
    }
}

namespace TmeSim.Analysis.Survival;

/// <summary>
/// How often the patient with the higher risk has the event first (Harrell et al. 1982, doi:10.1001/jama.1982.03320430047030), as
/// concordance of R: over pairs of a stratum of which it is known who was first; equal risks count half.
/// </summary>
public static class Concordance
{
    /// <summary>The share; NaN where there is no such pair.</summary>
    /// <param name="patients">The patients.</param>
    /// <param name="risks">Their risks: the higher, the earlier.</param>
    /// <param name="strata">Stratum of each; null for none.</param>
    /// <exception cref="ArgumentException">Lengths differ, a time is negative or not finite, or a risk is NaN.</exception>
    public static double Of(IReadOnlyList<FollowUp> patients, IReadOnlyList<double> risks, IReadOnlyList<int>? strata = null)
    {
        FollowUp.Check(patients, nameof(patients));
        ArgumentNullException.ThrowIfNull(risks);
        FollowUp.CheckCount(patients.Count, risks.Count, "risks", nameof(risks));
        FollowUp.CheckCount(patients.Count, strata?.Count ?? patients.Count, "strata", nameof(strata));
        if (risks.Any(double.IsNaN))
        {
            throw new ArgumentException("a risk is NaN", nameof(risks));
        }

        double agree = 0;
        long pairs = 0;
        for (int i = 0; i < patients.Count; i++)
        {
            FollowUp first = patients[i];
            for (int j = 0; first.Event && j < patients.Count; j++)
            {
                // Who is lost at the time of an event had it later.
                FollowUp other = patients[j];
                bool later = other.Time > first.Time || (other.Time == first.Time && !other.Event);
                if (later && (strata is null || strata[i] == strata[j]))
                {
                    pairs++;
                    agree += risks[i] > risks[j] ? 1 : risks[i] == risks[j] ? 0.5 : 0;
                }
            }
        }

        return pairs == 0 ? double.NaN : agree / pairs;
    }
}

namespace TmeSim.Analysis.Contrasts;

/// <summary>
/// Replicates that would resolve a difference, from a sample that may not have resolved it. A number taken from the measured difference and
/// spread alone is too small in half of all cases, and from two replicates it is nearly always 2; so the true difference is taken at its
/// lower confidence bound (Perugini, Gallucci, Costantini 2014, doi:10.1177/1745691614528519).
/// </summary>
public static class ReplicatesNeeded
{
    /// <summary>With fewer replicates no number is given.</summary>
    public const int MinReplicates = 4;

    /// <summary>Power that the number gives.</summary>
    public const double Power = 0.8;

    /// <summary>At least this share of samples gives either no number, or one that has the power.</summary>
    public const double Assurance = 0.8;

    /// <summary>What stands in tables in the place of a number.</summary>
    public const string TooFew = "too few replicates";

    /// <summary>The number, or null where the sample is too small, or the difference too close to 0 against its error, to tell.</summary>
    /// <param name="difference">Measured difference.</param>
    /// <param name="error">Its standard error, in the same unit.</param>
    /// <param name="spread">Standard error of a difference from a single replicate (the standard deviation of paired differences), in the
    /// same unit.</param>
    /// <param name="replicates">Replicates measured.</param>
    /// <param name="freedom">Degrees of freedom of the error.</param>
    /// <param name="level">Two-sided level of the test that is to find the difference.</param>
    public static int? Of(double difference, double error, double spread, int replicates, double freedom, double level = 0.05)
    {
        if (replicates < MinReplicates || !double.IsFinite(difference) || !(error >= 0) || difference == 0)
        {
            return null;
        }

        if (error == 0)
        {
            return MonteCarloError.PairsToResolve(0, difference, Power, level);
        }

        double sure = NoncentralT.LowerBound(Math.Abs(difference) / error, freedom, 1 - Assurance);
        return sure > 0 ? MonteCarloError.PairsToResolve(spread, sure * error, Power, level) : null;
    }
}

namespace TmeSim.Analysis.Spatial;

/// <summary>
/// Pointwise envelope of simulated curves. Under the null an observed curve leaves it at a given radius with probability 2 · rank /
/// (simulations + 1), 5 % by default; somewhere along the curve it does so more often, so the envelope is a guide and not one test of the
/// whole curve.
/// </summary>
/// <param name="Low">Lower end at each radius; NaN where a simulated curve is not defined.</param>
/// <param name="High">Upper end at each radius; NaN where a simulated curve is not defined.</param>
/// <remarks>Ripley 1977, J. R. Stat. Soc. B 39, 172, doi:10.1111/j.2517-6161.1977.tb01615.x; as spatstat's envelope with nrank.</remarks>
public sealed record Envelope(IReadOnlyList<double> Low, IReadOnlyList<double> High)
{
    /// <summary>Simulated curves by default.</summary>
    public const int DefaultSimulations = 199;

    /// <summary>The fifth lowest and the fifth highest of 199 curves hold 95 %.</summary>
    public const int DefaultRank = 5;

    /// <summary>Makes the envelope.</summary>
    /// <param name="curve">Curve of simulation i, from 0; all of one length.</param>
    /// <param name="simulations">Number of simulations, at least 1.</param>
    /// <param name="rank">Which value from below and from above: 1 the extremes; at most half the simulations.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rank is below 1, or above half the simulations.</exception>
    /// <exception cref="ArgumentException">The curves differ in length.</exception>
    public static Envelope Of(Func<int, double[]> curve, int simulations = DefaultSimulations, int rank = DefaultRank)
    {
        ArgumentNullException.ThrowIfNull(curve);
        if (rank < 1 || 2 * (long)rank > simulations + 1L)
        {
            throw new ArgumentOutOfRangeException(nameof(rank), rank,
                $"the rank must lie between 1 and half of the {simulations} simulations");
        }

        var curves = new double[simulations][];
        for (int i = 0; i < simulations; i++)
        {
            curves[i] = curve(i);
            if (curves[i].Length != curves[0].Length)
            {
                throw new ArgumentException($"simulation {i} has {curves[i].Length} values where the first has {curves[0].Length}",
                    nameof(curve));
            }
        }

        var low = new double[curves[0].Length];
        var high = new double[low.Length];
        var column = new double[simulations];
        for (int r = 0; r < low.Length; r++)
        {
            for (int i = 0; i < simulations; i++)
            {
                column[i] = curves[i][r];
            }

            Array.Sort(column); // NaN first
            bool defined = !double.IsNaN(column[0]);
            (low[r], high[r]) = defined ? (column[rank - 1], column[simulations - rank]) : (double.NaN, double.NaN);
        }

        return new Envelope(low, high);
    }
}

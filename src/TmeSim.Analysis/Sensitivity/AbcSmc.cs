using TmeSim.Analysis.Contrasts;
using TmeSim.Engine.Numerics;

namespace TmeSim.Analysis.Sensitivity;

/// <summary>Why a calibration ends.</summary>
public enum AbcStop : byte
{
    /// <summary>It goes on.</summary>
    None,

    /// <summary>All particles lie within the tolerance to reach.</summary>
    EpsilonReached,

    /// <summary>The last generation allowed is done.</summary>
    GenerationsDone,

    /// <summary>Too few attempts are accepted.</summary>
    AcceptanceTooLow,

    /// <summary>All particles are equally far away, so no smaller tolerance suggests itself.</summary>
    Stalled,

    /// <summary>A generation used all its attempts before it had its particles; the generation before it is the result.</summary>
    AttemptsUsedUp,
}

/// <summary>
/// Calibration by comparing simulated with observed outcomes: approximate Bayesian computation by sequential Monte Carlo. Generations of
/// particles approach the posterior under falling tolerances.
/// </summary>
/// <remarks>
/// <para>Toni et al. 2009, doi:10.1098/rsif.2008.0172, with the adaptive normal kernel of Beaumont et al. 2009,
/// doi:10.1093/biomet/asp052.</para>
/// <para>It is a state machine without state: an attempt is a function of (key, generation, number, generation before), and a generation is
/// made of
/// the first N attempts that are accepted by number. So the result has the same bits however many attempts run at once, and an
/// interrupted generation can be taken up or done again.</para>
/// <para>Perturbations and weights live in latent coordinates z, with parameter = quantile of the prior at Φ(z): there every prior is a
/// standard normal
/// (a normal prior is only scaled, a log-normal one works on logarithms), no proposal leaves the prior's range, and none is drawn
/// twice.</para>
/// </remarks>
public sealed class AbcSmc
{
    private const ulong Salt = 0x616263736D63;
    private readonly ParameterDistribution[] _priors;

    /// <param name="priors">One distribution per parameter, at least one.</param>
    /// <param name="settings">Settings.</param>
    /// <exception cref="ArgumentException">There is no prior, or a setting lies outside its range.</exception>
    public AbcSmc(IReadOnlyList<ParameterDistribution> priors, AbcSettings settings)
    {
        ArgumentNullException.ThrowIfNull(priors);
        ArgumentNullException.ThrowIfNull(settings);
        if (priors.Count == 0)
        {
            throw new ArgumentException("a calibration needs at least one parameter", nameof(priors));
        }

        settings.Check();
        (_priors, Settings) = ([.. priors], settings);
    }

    /// <summary>The settings.</summary>
    public AbcSettings Settings { get; }

    /// <summary>The parameters of an attempt.</summary>
    /// <param name="previous">The generation before; null for generation 0 alone.</param>
    /// <param name="generation">Number of the generation.</param>
    /// <param name="attempt">Number of the attempt, from 0.</param>
    /// <returns>One value per prior, each in its range.</returns>
    /// <exception cref="ArgumentException">The generation before is not the one before, or the attempt is negative.</exception>
    public double[] Propose(AbcGeneration? previous, int generation, long attempt) => Parameters(Latent(previous, generation, attempt));

    /// <summary>Whether an outcome is accepted: finite and within the tolerance.</summary>
    /// <param name="distance">Distance from the observed outcome; NaN for a run that failed.</param>
    /// <param name="epsilon">Tolerance; +∞ accepts every finite distance.</param>
    public static bool Accepts(double distance, double epsilon) => double.IsFinite(distance) && distance <= epsilon;

    /// <summary>The tolerance of a generation.</summary>
    /// <param name="previous">The generation before; null gives +∞, the tolerance of generation 0.</param>
    /// <returns>
    /// The quantile of its distances, at least the tolerance to reach. Where more particles than that lie at the old tolerance itself
    /// (distances that are counts), the next smaller distance.
    /// </returns>
    public double NextEpsilon(AbcGeneration? previous)
    {
        if (previous is null)
        {
            return double.PositiveInfinity;
        }

        double[] distances = [.. previous.Particles.Select(p => p.Distance).Order()];
        double next = Quantiles.OfSorted(distances, Settings.Quantile);
        if (next >= distances[^1])
        {
            next = distances.LastOrDefault(d => d < distances[^1], distances[^1]);
        }

        return Math.Max(next, Settings.MinimumEpsilon);
    }

    /// <summary>Whether the calibration ends with a generation, and why.</summary>
    public AbcStop StopAfter(AbcGeneration generation)
    {
        ArgumentNullException.ThrowIfNull(generation);
        double farthest = generation.Particles.Max(p => p.Distance);
        return farthest <= Settings.MinimumEpsilon ? AbcStop.EpsilonReached
            : generation.Number + 1 >= Settings.MaximumGenerations ? AbcStop.GenerationsDone
            : generation.AcceptanceRate < Settings.MinimumAcceptance ? AbcStop.AcceptanceTooLow
            : NextEpsilon(generation) >= farthest ? AbcStop.Stalled
            : AbcStop.None;
    }

    /// <summary>Makes a generation of accepted attempts.</summary>
    /// <param name="previous">The generation before; null for generation 0 alone.</param>
    /// <param name="generation">Number of the generation.</param>
    /// <param name="epsilon">Its tolerance.</param>
    /// <param name="accepted">
    /// All accepted attempts up to the N-th by number, in any order; later ones are left out. Every attempt up to the N-th must have been
    /// evaluated.
    /// </param>
    /// <exception cref="ArgumentException">
    /// There are fewer than N, one is named twice or not within the tolerance, or its parameters are not those that the attempt proposes
    /// (the data belong to other priors, another key or another generation before).
    /// </exception>
    public AbcGeneration Complete(AbcGeneration? previous, int generation, double epsilon, IReadOnlyList<AbcParticle> accepted)
    {
        ArgumentNullException.ThrowIfNull(accepted);
        AbcParticle[] first = [.. accepted.OrderBy(p => p.Attempt).Take(Settings.Particles)];
        if (first.Length < Settings.Particles)
        {
            throw new ArgumentException($"generation {generation} has {first.Length} accepted attempts of {Settings.Particles}",
                nameof(accepted));
        }

        var latent = new double[first.Length][];
        var logWeights = new double[first.Length];
        for (int i = 0; i < first.Length; i++)
        {
            AbcParticle particle = first[i];
            if (!Accepts(particle.Distance, epsilon) || (i > 0 && first[i - 1].Attempt == particle.Attempt))
            {
                throw new ArgumentException(
                    $"attempt {particle.Attempt} with distance {particle.Distance} is named twice or not within the tolerance {epsilon}",
                    nameof(accepted));
            }

            latent[i] = Latent(previous, generation, particle.Attempt);
            first[i] = particle with { Parameters = Checked(particle, Parameters(latent[i])) };
            logWeights[i] = previous is null ? 0 : -0.5 * latent[i].Sum(z => z * z) - previous.Kernel.LogDensity(latent[i]);
        }

        double largest = logWeights.Max();
        double[] weights = [.. logWeights.Select(w => DetMath.Exp(w - largest))];
        double sum = weights.Sum();
        return new AbcGeneration(generation, epsilon, first, [.. weights.Select(w => w / sum)], latent);
    }

    private double[] Latent(AbcGeneration? previous, int generation, long attempt)
    {
        if (generation < 0 || generation != (previous?.Number ?? -1) + 1)
        {
            throw new ArgumentException(
                $"generation {generation} follows generation {generation - 1}, not {(previous is null ? "none" : previous.Number)}",
                nameof(previous));
        }

        ArgumentOutOfRangeException.ThrowIfNegative(attempt);
        var stream = new PhiloxStream(RandomKey.Create(Settings.Key ^ Salt, generation, 0), (uint)attempt, (uint)(attempt >> 32), 0);
        if (previous is not null)
        {
            return previous.Kernel.Draw(ref stream);
        }

        var latent = new double[_priors.Length];
        for (int d = 0; d < latent.Length; d++)
        {
            latent[d] = stream.NextNormal();
        }

        return latent;
    }

    private double[] Parameters(double[] latent)
    {
        var parameters = new double[latent.Length];
        for (int d = 0; d < latent.Length; d++)
        {
            parameters[d] = _priors[d].Quantile(Math.Clamp(DetMath.NormalCdf(latent[d]), 0, 1));
        }

        return parameters;
    }

    private static double[] Checked(AbcParticle given, double[] proposed)
    {
        // Values that went through a file with 12 digits or more still count as the same.
        bool same = given.Parameters.Count == proposed.Length;
        for (int d = 0; d < proposed.Length && same; d++)
        {
            same = Math.Abs(given.Parameters[d] - proposed[d]) <= 1e-11 * Math.Abs(proposed[d]);
        }

        return same ? proposed : throw new ArgumentException(
            $"attempt {given.Attempt} does not propose these parameters: they belong to other priors, another key or another generation "
            + "before");
    }
}

namespace TmeSim.Analysis.Sensitivity;

/// <summary>An accepted attempt.</summary>
/// <param name="Parameters">One value per prior, in their order.</param>
/// <param name="Distance">Distance of its outcome from the observed one, finite.</param>
/// <param name="Attempt">Number of the attempt in its generation, from 0.</param>
public sealed record AbcParticle(IReadOnlyList<double> Parameters, double Distance, long Attempt);

/// <summary>A finished generation: weighted particles within one tolerance. Made by <see cref="AbcSmc.Complete"/>.</summary>
public sealed class AbcGeneration
{
    internal AbcGeneration(int number, double epsilon, AbcParticle[] particles, double[] weights, double[][] latent)
    {
        (Number, Epsilon, Particles, Weights) = (number, epsilon, particles, weights);
        Attempts = particles[^1].Attempt + 1;
        EffectiveSampleSize = 1 / weights.Sum(w => w * w);
        Kernel = new AbcKernel(latent, weights);
    }

    /// <summary>Number of the generation; 0 is drawn from the prior.</summary>
    public int Number { get; }

    /// <summary>Tolerance: no particle is farther away. +∞ for generation 0.</summary>
    public double Epsilon { get; }

    /// <summary>The particles, in order of their attempts.</summary>
    public IReadOnlyList<AbcParticle> Particles { get; }

    /// <summary>Weight of each particle; they add up to 1.</summary>
    public IReadOnlyList<double> Weights { get; }

    /// <summary>Attempts up to the one that gave the last particle.</summary>
    public long Attempts { get; }

    /// <summary>Share of the attempts that were accepted.</summary>
    public double AcceptanceRate => (double)Particles.Count / Attempts;

    /// <summary>1 / Σw²: equally weighted particles that would tell as much.</summary>
    public double EffectiveSampleSize { get; }

    /// <summary>Proposals of the next generation.</summary>
    internal AbcKernel Kernel { get; }
}

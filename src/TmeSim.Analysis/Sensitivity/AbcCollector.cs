namespace TmeSim.Analysis.Sensitivity;

/// <summary>
/// Takes the distances of one generation's attempts as they come in, in any order, and says when the generation is whole.
/// </summary>
public sealed class AbcCollector
{
    private readonly AbcSmc _smc;
    private readonly AbcGeneration? _previous;
    private readonly Dictionary<long, double> _early = [];
    private readonly List<AbcParticle> _accepted = [];

    /// <param name="smc">The calibration.</param>
    /// <param name="previous">The generation before the one to be collected; null for generation 0.</param>
    public AbcCollector(AbcSmc smc, AbcGeneration? previous)
    {
        ArgumentNullException.ThrowIfNull(smc);
        (_smc, _previous) = (smc, previous);
        Generation = previous is null ? 0 : previous.Number + 1;
        Epsilon = smc.NextEpsilon(previous);
    }

    /// <summary>Number of the generation.</summary>
    public int Generation { get; }

    /// <summary>Its tolerance.</summary>
    public double Epsilon { get; }

    /// <summary>Attempts known without a gap from 0 on, up to the last one that counts.</summary>
    public long Known { get; private set; }

    /// <summary>Accepted ones among them.</summary>
    public int Accepted => _accepted.Count;

    /// <summary>The particles are there: later attempts no longer matter.</summary>
    public bool IsWhole => _accepted.Count == _smc.Settings.Particles;

    /// <summary>All allowed attempts are known and the particles are not there.</summary>
    public bool IsExhausted => !IsWhole && Known >= _smc.Settings.MaximumAttempts;

    /// <summary>Parameters of an attempt of this generation.</summary>
    public double[] Propose(long attempt) => _smc.Propose(_previous, Generation, attempt);

    /// <summary>Takes the outcome of an attempt; one that is known already or not needed is left out.</summary>
    /// <param name="attempt">Number of the attempt, from 0.</param>
    /// <param name="distance">Its distance; NaN where the run failed.</param>
    public void Add(long attempt, double distance)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(attempt);
        if (attempt < Known || attempt >= _smc.Settings.MaximumAttempts || IsWhole)
        {
            return;
        }

        _early.TryAdd(attempt, distance);
        while (!IsWhole && _early.Remove(Known, out double next))
        {
            if (AbcSmc.Accepts(next, Epsilon))
            {
                _accepted.Add(new AbcParticle(Propose(Known), next, Known));
            }

            Known++;
        }
    }

    /// <summary>The generation.</summary>
    /// <exception cref="InvalidOperationException">It is not whole.</exception>
    public AbcGeneration Complete() => IsWhole
        ? _smc.Complete(_previous, Generation, Epsilon, _accepted)
        : throw new InvalidOperationException(
            $"generation {Generation} has {Accepted} of {_smc.Settings.Particles} particles after {Known} attempts");
}

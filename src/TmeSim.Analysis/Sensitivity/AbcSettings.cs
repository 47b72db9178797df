namespace TmeSim.Analysis.Sensitivity;

/// <summary>How a calibration by <see cref="AbcSmc"/> goes on and when it ends.</summary>
public sealed record AbcSettings
{
    /// <summary>Particles N of a generation: attempts that must be accepted, at least 2. Some hundred are usual.</summary>
    public int Particles { get; init; } = 200;

    /// <summary>Key of all draws.</summary>
    public ulong Key { get; init; }

    /// <summary>
    /// The next tolerance is this quantile of the distances accepted under the last, in (0, 1). Smaller ones need fewer, harder
    /// generations.
    /// </summary>
    public double Quantile { get; init; } = 0.5;

    /// <summary>Tolerance at which the calibration is done, 0 or more, in the unit of the distance.</summary>
    public double MinimumEpsilon { get; init; }

    /// <summary>Generations at most, the one from the prior included; at least 1.</summary>
    public int MaximumGenerations { get; init; } = 10;

    /// <summary>Attempts of one generation at most; at least <see cref="Particles"/>.</summary>
    public long MaximumAttempts { get; init; } = 1_000_000;

    /// <summary>A generation that accepts a smaller share of its attempts than this is the last one, in [0, 1).</summary>
    public double MinimumAcceptance { get; init; } = 0.01;

    /// <exception cref="ArgumentException">A setting lies outside its range.</exception>
    internal void Check()
    {
        Require(Particles >= 2, $"a generation needs at least 2 particles, not {Particles}");
        Require(Quantile > 0 && Quantile < 1,
            $"the quantile for the next tolerance must lie between 0 and 1, ends excluded, not at {Quantile}");
        Require(MinimumEpsilon >= 0 && double.IsFinite(MinimumEpsilon),
            $"the tolerance to reach must be a finite number, 0 or more, not {MinimumEpsilon}");
        Require(MaximumGenerations >= 1, $"a calibration needs at least 1 generation, not {MaximumGenerations}");
        Require(MaximumAttempts >= Particles, $"{Particles} particles need at least as many attempts, not {MaximumAttempts}");
        Require(MinimumAcceptance >= 0 && MinimumAcceptance < 1,
            $"the least acceptance must lie from 0 to below 1, not at {MinimumAcceptance}");

        static void Require(bool holds, string otherwise)
        {
            if (!holds)
            {
                throw new ArgumentException(otherwise);
            }
        }
    }
}

namespace TmeSim.Scenarios;

/// <summary>The <c>calibrate:</c> block after every check.</summary>
public sealed record CalibrationPlan
{
    /// <summary>Keys that are fitted with their priors, at least one; ranges or distributions of numbers.</summary>
    public required IReadOnlyList<SweepFactor> Factors { get; init; }

    /// <summary>Values that the simulation should give, at least one; a series counts once for each of its points.</summary>
    public required IReadOnlyList<CalibrationTarget> Targets { get; init; }

    /// <summary>Parameter vectors of a generation.</summary>
    public required int Particles { get; init; }

    /// <summary>Most generations, at least 1.</summary>
    public required int Generations { get; init; }

    /// <summary>The next tolerance is this quantile of the distances of a generation, in (0, 1).</summary>
    public required double Quantile { get; init; }

    /// <summary>Tolerance at which to stop; null for none.</summary>
    public required double? Epsilon { get; init; }

    /// <summary>Smallest share of accepted vectors to go on with.</summary>
    public required double MinAcceptance { get; init; }

    /// <summary>An error of measurement is drawn for each simulated target.</summary>
    public required bool Noise { get; init; }

    /// <summary>Seed of proposals and errors.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Canonical text of the block, for the identity of the calibration.</summary>
    public required string Text { get; init; }
}

/// <summary>An observed value.</summary>
/// <param name="Name">Name in figures.</param>
/// <param name="Output">What of a run is compared with it.</param>
/// <param name="Arm">Index of the arm.</param>
/// <param name="Lesion">Index of the lesion.</param>
/// <param name="Value">Observed value in the unit of the measure.</param>
/// <param name="Sd">Standard deviation of the observation, above zero, in the unit of the measure.</param>
/// <param name="Series">Label of the series that it is a point of; null for a value of its own.</param>
public sealed record CalibrationTarget(string Name, SweepOutput Output, int Arm, int Lesion, double Value, double Sd, string? Series);

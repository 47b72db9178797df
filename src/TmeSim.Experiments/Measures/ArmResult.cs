using TmeSim.Engine.Plan;
using TmeSim.Engine;
using TmeSim.Engine.Patient;
using TmeSim.Engine.Start;
using TmeSim.Engine.State;

namespace TmeSim.Experiments.Measures;

/// <summary>Everything that one arm of one replicate gave.</summary>
/// <param name="Arm">Index of the arm in the scenario.</param>
/// <param name="Replicate">Number of the replicate, from 0.</param>
/// <param name="Rows">Rows of the time series, by time and lesion.</param>
/// <param name="Events">Events in order of time.</param>
/// <param name="Hashes">Fingerprints of the state at t = 0, at snapshots and at the end.</param>
/// <param name="Baseline">What the burn-in reached, by lesion.</param>
/// <param name="EndedEarly">A tumour came near the wall: the arm stopped before its duration.</param>
/// <param name="WallSeconds">Time it took, burn-in left out [s].</param>
public sealed record ArmResult(
    int Arm,
    int Replicate,
    IReadOnlyList<MeasureRow> Rows,
    IReadOnlyList<SimulationEvent> Events,
    IReadOnlyList<StateProbe> Hashes,
    IReadOnlyList<LesionBaseline> Baseline,
    bool EndedEarly,
    double WallSeconds)
{
    /// <summary>Response by the assessment visits; times in hours.</summary>
    public required ResponseCourse Response { get; init; }

    /// <summary>The assessment visits, in order of time.</summary>
    public required IReadOnlyList<ResponseVisit> Visits { get; init; }

    /// <summary>Mutants to expect, by lesion.</summary>
    public IReadOnlyList<ExpectedMutants> Mutants { get; init; } = [];
}

/// <summary>Fingerprint of the state at a time.</summary>
/// <param name="TimeDays">Time after t = 0 [d].</param>
/// <param name="Hash">32 hexadecimal digits of all of it.</param>
/// <param name="Parts">Eight digits of each of its parts, with blanks between.</param>
public sealed record StateProbe(double TimeDays, string Hash, string Parts)
{
    private const int Digits = 8;

    /// <summary>Of a simulation now.</summary>
    public static StateProbe Of(Simulation simulation) => new(
        simulation.TimeHours / 24, simulation.StateHash(), string.Join(' ', simulation.StateParts().Select(p => p.Hash[..Digits])));
}

/// <summary>One row of the time series.</summary>
/// <param name="TimeDays">Time after t = 0 [d].</param>
/// <param name="Lesion">Index of the lesion.</param>
/// <param name="Values">Values in the order of <see cref="MeasureColumns"/> without the keys; NaN where undefined.</param>
public sealed record MeasureRow(double TimeDays, int Lesion, double[] Values);

/// <summary>Baseline and multipliers that the burn-in of one replicate found for a lesion.</summary>
/// <param name="Lesion">Name of the lesion.</param>
/// <param name="Reached">Counts at t = 0.</param>
/// <param name="Multipliers">Frozen multipliers by key, all of <see cref="MultiplierTable"/>.</param>
public sealed record LesionBaseline(string Lesion, Baseline Reached, IReadOnlyDictionary<string, double> Multipliers)
{
    /// <summary>Of every lesion of a simulation at t = 0: tiles add up, multipliers are their mean.</summary>
    public static LesionBaseline[] Of(Simulation simulation)
    {
        int tiles = simulation.Plan.Tissue.Tiles;
        return
        [
            .. simulation.Plan.Lesions.Select((lesion, i) =>
            {
                int[] tissues = [.. Enumerable.Range(simulation.TissueOf(i), tiles)];
                return new LesionBaseline(
                    lesion.Name,
                    Baseline.Sum([.. tissues.Select(t => simulation.BaselineReached[t])]),
                    MultiplierTable.All.ToDictionary(m => m.Key, m => tissues.Average(t => simulation.Lesions[t].Multipliers[m.Id])));
            }),
        ];
    }
}

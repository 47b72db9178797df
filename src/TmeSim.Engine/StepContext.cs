using TmeSim.Engine.Clones;
using TmeSim.Engine.Extensions;
using TmeSim.Engine.Lattice;
using TmeSim.Engine.Numerics;
using TmeSim.Engine.Plan;
using TmeSim.Engine.State;

namespace TmeSim.Engine;

/// <summary>What the processes of one lesion need to know about the step they are in.</summary>
internal readonly struct StepContext(RandomKey key, uint step, double stepHours, Exposure exposure, double effectors, double monocytes)
{
    /// <summary>Random key of (seed, replicate, lesion).</summary>
    public RandomKey Key { get; } = key;

    /// <summary>Steps since the start of the burn-in.</summary>
    public uint Step { get; } = step;

    public double StepHours { get; } = stepHours;

    /// <summary>Drug concentrations relative to the dissociation constants.</summary>
    public Exposure Exposure { get; } = exposure;

    /// <summary>Circulating effector CD8 relative to baseline.</summary>
    public double Effectors { get; } = effectors;

    /// <summary>Circulating monocytes relative to the reference patient.</summary>
    public double Monocytes { get; } = monocytes;

    /// <summary>True once per interval, on the first step that begins in it.</summary>
    public bool IsDue(double intervalHours) => Step == 0 || Cadence.Falls(Step * StepHours, StepHours, intervalHours);

    /// <summary>A block of four draws for a lineage.</summary>
    public PhiloxBlock Draw(ulong id, Purpose purpose, uint subStep = 0) =>
        Philox4x32.Block((uint)id, (uint)(id >> 32), Step, ((uint)purpose << 16) | subStep, Key.K0, Key.K1);

    /// <summary>A block of four draws for a site, or for four neighbouring sites when given site / 4.</summary>
    public PhiloxBlock Draw(int site, Purpose purpose, uint subStep = 0) =>
        Philox4x32.Block((uint)site, 0, Step, ((uint)purpose << 16) | subStep, Key.K0, Key.K1);

    /// <summary>A rank for settling claims: never used as a draw. Other replicates rank otherwise.</summary>
    public ulong Rank(ulong id, Purpose purpose, uint subStep = 0) =>
        Mix.Hash(id, Step, ((ulong)purpose << 32) | subStep, ((ulong)Key.K1 << 32) | Key.K0);

    /// <summary>A new lineage id.</summary>
    public ulong NewId(ulong parent, Purpose purpose, uint ordinal) =>
        Mix.Hash(parent, ((ulong)Step << 32) | (uint)purpose, ordinal, ((ulong)Key.K1 << 32) | Key.K0);
}

/// <summary>What a process is built from: constant from t = 0 on within an arm.</summary>
internal sealed record ProcessSetup(LesionState Lesion, LesionPlan Plan, ParameterSet Parameters, MechanismSet Mechanisms, RowRunner Runner,
    LesionWorkspace Workspace)
{
    /// <summary>Effects of genotype and NEK9 activity by clone; shared by the processes of a lesion.</summary>
    public CloneEffects Effects { get; } = new(Lesion, Parameters, Mechanisms);

    /// <summary>What a library user adds.</summary>
    public ModelExtension Extension => Lesion.Extension;

    public double Value(Parameter parameter) => Parameters[parameter];

    /// <summary>A rate [1/h, or per other time].</summary>
    /// <exception cref="ArgumentException">The parameter is no rate.</exception>
    public float Rate(Parameter parameter, TimeUnit per = TimeUnit.Hour) => (float)Parameters.Rate(parameter, per);

    /// <summary>A length of time [h].</summary>
    /// <exception cref="ArgumentException">The parameter is no time.</exception>
    public float Hours(Parameter parameter) => (float)Parameters.Time(parameter);

    public bool IsOn(Mechanism mechanism) => Mechanisms.IsOn(mechanism);
}

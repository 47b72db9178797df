namespace TmeSim.Engine.Observers;

/// <summary>Parts of a step, in their order.</summary>
public enum StepPhase : byte
{
    /// <summary>Doses and pharmacokinetics.</summary>
    Therapy,

    /// <summary>Blood and lymph node.</summary>
    Patient,

    /// <summary>Maturation, pruning, sprouting.</summary>
    Vessels,

    /// <summary>Assembly and solution of all fields.</summary>
    Fields,

    /// <summary>Traits, division and death of tumour cells.</summary>
    Tumor,

    /// <summary>CD8 T cells.</summary>
    Cd8,

    /// <summary>Macrophages.</summary>
    Macrophages,

    /// <summary>Clearance of dead cells, regrowth of liver.</summary>
    Clearance,

    /// <summary>Recount, calibration, events.</summary>
    Observers,
}

/// <summary>
/// Told when a part of a step begins. The engine has no clock: who wants times brings one. A probe must not touch the simulation.
/// </summary>
public interface IStepProbe
{
    /// <summary>A part begins, and with it the one before ends. With several lesions the parts of a lesion come once for each.</summary>
    void Begin(StepPhase phase);

    /// <summary>The step is over; field reports of it can be read.</summary>
    void EndStep(Simulation simulation);
}

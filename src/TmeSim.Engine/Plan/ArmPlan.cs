namespace TmeSim.Engine.Plan;

/// <summary>One therapy arm, started at t = 0 from the burn-in that all arms of a replicate share.</summary>
/// <param name="Name">Name, unique in the scenario.</param>
/// <param name="Therapy">Drug courses; empty for a control arm.</param>
/// <param name="Parameters">Parameters in force from t = 0.</param>
/// <param name="Mechanisms">Switches in force from t = 0.</param>
public sealed record ArmPlan(string Name, IReadOnlyList<DrugCourse> Therapy, ParameterSet Parameters, MechanismSet Mechanisms);

/// <summary>Doses of one drug.</summary>
public sealed record DrugCourse
{
    /// <summary>What is given.</summary>
    public required DrugPlan Drug { get; init; }

    /// <summary>Amount of one dose [mg], not negative (already multiplied by the body weight).</summary>
    public required double DoseMg { get; init; }

    /// <summary>Time of the first dose [h] after t = 0, zero or more.</summary>
    public required double StartHours { get; init; }

    /// <summary>Interval of doses [h]; null for a single dose.</summary>
    public double? EveryHours { get; init; }

    /// <summary>Largest number of doses; null for no limit.</summary>
    public int? Cycles { get; init; }

    /// <summary>No dose at or after this time [h]; null for no limit.</summary>
    public double? StopHours { get; init; }

    /// <summary>No dose after radiological progression (RECIST on the scaled diameters at the assessments).</summary>
    public bool UntilProgression { get; init; }
}

/// <summary>Which tissue field carries a drug to a site.</summary>
public enum DrugClass : byte
{
    Antibody,
    SmallMolecule,
}

/// <summary>What a drug binds, and so which rule of the model it changes.</summary>
public enum DrugTarget : byte
{
    /// <summary>Occupies PD-L1: fewer PD-1 bonds.</summary>
    PdL1,

    /// <summary>Occupies PD-1: fewer PD-1 bonds.</summary>
    Pd1,

    /// <summary>Neutralises VEGF: free VEGF = VEGF / (1 + C/KD).</summary>
    Vegf,

    /// <summary>Occupies CSF1R: less monocyte recruitment and polarisation, more macrophage death.</summary>
    Csf1r,
}

/// <summary>A drug as data.</summary>
public sealed record DrugPlan
{
    /// <summary>Name; courses of one name share a blood concentration.</summary>
    public required string Name { get; init; }

    /// <summary>Which delivery field brings it to the tissue.</summary>
    public required DrugClass Class { get; init; }

    /// <summary>Molar mass [kDa = kg/mol], positive.</summary>
    public required double MolarMassKDa { get; init; }

    /// <summary>Pharmacokinetics in blood.</summary>
    public required PkPlan Pk { get; init; }

    /// <summary>Tissue partition, zero or more: local concentration = partition × blood concentration × delivery field.</summary>
    public required double Partition { get; init; }

    /// <summary>Targets that it binds, one entry each; drugs of an arm that share a target add their C/KD.</summary>
    public required IReadOnlyList<DrugEffect> Effects { get; init; }
}

/// <summary>Binding of a drug to one target.</summary>
/// <param name="Target">What is bound.</param>
/// <param name="KdNm">Dissociation constant [nM], positive; an effective one where the library says so.</param>
/// <param name="MaxEffect">Largest effect (0–1) at full occupancy.</param>
public sealed record DrugEffect(DrugTarget Target, double KdNm, double MaxEffect);

/// <summary>Two-compartment pharmacokinetics after intravenous infusion.</summary>
/// <param name="ClearanceLPerDay">CL [L/d], positive.</param>
/// <param name="CentralVolumeL">V1 [L], positive.</param>
/// <param name="ExchangeLPerDay">Q [L/d], positive.</param>
/// <param name="PeripheralVolumeL">V2 [L], positive.</param>
/// <param name="InfusionHours">Duration of an infusion [h], positive.</param>
public sealed record PkPlan(double ClearanceLPerDay, double CentralVolumeL, double ExchangeLPerDay, double PeripheralVolumeL, double InfusionHours);

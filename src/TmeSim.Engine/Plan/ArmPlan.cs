namespace TmeSim.Engine.Plan;

/// <summary>One therapy arm, started at t = 0 from the burn-in that all arms of a replicate share.</summary>
/// <param name="Name">Name, unique in the scenario.</param>
/// <param name="Therapy">Drug courses; empty for a control arm.</param>
/// <param name="Parameters">Parameters in force from t = 0.</param>
/// <param name="Mechanisms">Switches in force from t = 0.</param>
public sealed record ArmPlan(string Name, IReadOnlyList<DrugCourse> Therapy, ParameterSet Parameters, MechanismSet Mechanisms)
{
    /// <summary>Courses of radiotherapy; empty for none.</summary>
    public IReadOnlyList<RadiationCourse> Radiation { get; init; } = [];

    /// <summary>Parameters and switches that come into force later, in order of their times, which all differ; empty for none.</summary>
    public IReadOnlyList<ArmChange> Changes { get; init; } = [];
}

/// <summary>Parameters and switches of an arm from a time on, in place of those before.</summary>
/// <param name="AtHours">Time [h] after t = 0, zero or more: they act from the step on that begins then or first after it.</param>
/// <param name="Parameters">All parameters.</param>
/// <param name="Mechanisms">All switches; those of the seeding (<see cref="MechanismInfo.InArms"/>) stay what they were.</param>
public sealed record ArmChange(double AtHours, ParameterSet Parameters, MechanismSet Mechanisms);

/// <summary>When something is given: first time, interval, and what ends it. The earliest end counts.</summary>
public abstract record TherapyCourse
{
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

    /// <summary>No dose after this condition has been met once; null for none.</summary>
    public StopCondition? Until { get; init; }

    /// <summary>Time [h] of the dose that follows so many given ones.</summary>
    public virtual double DueHours(int given) => StartHours + given * (EveryHours ?? 0);
}

/// <summary>A read-out of the patient that can end a course. Lesions count together.</summary>
public enum StopMeasure : byte
{
    /// <summary>Sum of scaled diameters [mm].</summary>
    DiameterMm,

    /// <summary>Represented tumour volume of all lesions over its value at t = 0, minus 1.</summary>
    VolumeChange,

    /// <summary>Living tumour cells on all lattices.</summary>
    TumorCells,

    /// <summary>Neutrophil-to-lymphocyte ratio.</summary>
    Nlr,

    /// <summary>Circulating effector CD8 T cells relative to the reference patient.</summary>
    Effectors,
}

/// <summary>Looked at once a day; met for good when the read-out first passes the threshold.</summary>
/// <param name="Measure">Read-out.</param>
/// <param name="Above">True: met above the threshold; false: met below.</param>
/// <param name="Threshold">Threshold in the unit of the read-out.</param>
public sealed record StopCondition(StopMeasure Measure, bool Above, double Threshold);

/// <summary>Doses of one drug.</summary>
public sealed record DrugCourse : TherapyCourse
{
    /// <summary>What is given.</summary>
    public required DrugPlan Drug { get; init; }

    /// <summary>Amount of one dose [mg], not negative (already multiplied by the body weight).</summary>
    public required double DoseMg { get; init; }
}

/// <summary>Fractions of external beam radiotherapy on one lesion.</summary>
public sealed record RadiationCourse : TherapyCourse
{
    private const double DayHours = 24, WeekHours = 168;

    /// <summary>Index of the lesion in the plan.</summary>
    public required int Lesion { get; init; }

    /// <summary>Dose of a fraction [Gy] where the field is full, positive.</summary>
    public required double FractionGy { get; init; }

    /// <summary>Share (0–1) of the tumour cells inside the field when it is laid at t = 0.</summary>
    public required double Coverage { get; init; }

    /// <summary>
    /// Where the dose is, in place of a field with a cut; null for that. <see cref="Coverage"/> is then the mean share over the lattice, which
    /// blood that passes it receives, and there is no penumbra.
    /// </summary>
    public DoseMap? Map { get; init; }

    /// <summary>Distance [µm] on the lattice over which the dose falls from 80 % to 20 % at the cut, zero or more.</summary>
    public required double PenumbraUm { get; init; }

    /// <summary>Above the threshold dose survival goes on linearly (LQ-L); false: plain linear-quadratic.</summary>
    public bool LinearAbove { get; init; }

    /// <summary>
    /// False: a fraction that would fall on a Saturday or Sunday waits for Monday, and so do those after it. t = 0 is a Monday.
    /// </summary>
    public bool Weekends { get; init; } = true;

    /// <inheritdoc/>
    public override double DueHours(int given)
    {
        if (Weekends)
        {
            return base.DueHours(given);
        }

        double due = NextWorkday(StartHours);
        for (int i = 0; i < given; i++)
        {
            due = NextWorkday(due + (EveryHours ?? 0));
        }

        return due;
    }

    private static double NextWorkday(double hours)
    {
        double inWeek = hours - Math.Floor(hours / WeekHours) * WeekHours;
        return inWeek < 5 * DayHours ? hours : hours - inWeek + WeekHours + inWeek % DayHours;
    }
}

/// <summary>Which tissue field carries a drug to a site.</summary>
public enum DrugClass : byte
{
    Antibody,
    SmallMolecule,
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

/// <summary>Pharmacokinetics of a drug.</summary>
public abstract record PkPlan;

/// <summary>Two-compartment pharmacokinetics after intravenous infusion.</summary>
/// <param name="ClearanceLPerDay">CL [L/d], positive.</param>
/// <param name="CentralVolumeL">V1 [L], positive.</param>
/// <param name="ExchangeLPerDay">Q [L/d], positive.</param>
/// <param name="PeripheralVolumeL">V2 [L], positive.</param>
/// <param name="InfusionHours">Duration of an infusion [h], positive.</param>
public sealed record TwoCompartmentPlan(
    double ClearanceLPerDay, double CentralVolumeL, double ExchangeLPerDay, double PeripheralVolumeL, double InfusionHours) : PkPlan;

/// <summary>
/// One-compartment pharmacokinetics with first-order absorption of an oral dose. Volume is apparent: bioavailability is inside.
/// </summary>
/// <param name="AbsorptionPerHour">ka [1/h], positive.</param>
/// <param name="VolumeL">V/F [L], positive.</param>
/// <param name="HalfLifeHours">Half-life of elimination [h], positive.</param>
public sealed record OralPlan(double AbsorptionPerHour, double VolumeL, double HalfLifeHours) : PkPlan;

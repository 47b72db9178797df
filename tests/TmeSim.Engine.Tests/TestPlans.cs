using TmeSim.Engine.Plan;
using TmeSim.Scenarios.Parameters;

namespace TmeSim.Engine.Tests;

/// <summary>Small plans for tests, with the library's clinical parameters.</summary>
internal static class TestPlans
{
    public static ParameterSet Parameters { get; } = ParameterLibrary.Defaults("clinical");

    public static DrugPlan Atezolizumab { get; } = Antibody("atezolizumab", DrugTarget.PdL1, 0.4);

    public static DrugPlan Bevacizumab { get; } = Antibody("bevacizumab", DrugTarget.Vegf, 250);

    public static DrugPlan Emactuzumab { get; } = Antibody("emactuzumab", DrugTarget.Csf1r, 1);

    public static DrugPlan Nivolumab { get; } = Antibody("nivolumab", DrugTarget.Pd1, 3);

    public static LesionPlan Lesion(string name = "primary") => new()
    {
        Name = name,
        DiameterMm = 45,
        RadiusUm = 260,
        DoublingTimeHours = 140 * 24,
        Antigenicity = 0.6,
        Nek9 = 1,
        Clones = [],
        Pattern = ImmunePattern.Inflamed,
        Cd8PerMm2 = 150,
        MacrophagesPerMm2 = 250,
        Cd163Fraction = 0.4,
        VesselsPerMm2 = 60,
        VesselMaturity = 0.4,
        StromaDensity = 0.2,
    };

    public static SimulationPlan Plan(int nx = 40, int ny = 40, int nz = 1, double burnInDays = 2, LesionPlan? lesion = null, ulong seed = 7) => new()
    {
        Seed = seed,
        Time = new TimePlan(1, burnInDays * 24, 10 * 24),
        Tissue = new TissuePlan(nx, ny, nz, 20),
        Lesions = [lesion ?? Lesion()],
        Patient = new PatientPlan(2.7, 70, 'A', 0),
        Parameters = Parameters,
        Mechanisms = MechanismSet.Default,
    };

    /// <summary>
    /// A plan and an arm in which every mechanism has something to do within days: a hypoxic, excluded, two-clone tumour on four
    /// drugs, with fast sprouting and monocyte entry.
    /// </summary>
    public static SimulationPlan Everything(int burnInDays = 3, ulong seed = 7)
    {
        LesionPlan lesion = Lesion() with
        {
            Pattern = ImmunePattern.Excluded,
            VesselsPerMm2 = 25,
            Nek9 = 1.5,
            Clones = [new ClonePlan("low antigen", 0.3, 0.2, 0.5)],
            StromaDensity = 0.4,
        };
        return Plan(burnInDays: burnInDays, lesion: lesion, seed: seed) with
        {
            Lesions = [lesion, Lesion("second") with { RadiusUm = 180, DiameterMm = 20 }],
            Patient = new PatientPlan(4, 70, 'A', 0),
            Parameters = Parameters.With(Parameter.VesselsSproutRate, 10).With(Parameter.MacrophageEntryRate, 200).With(Parameter.Cd8EntryRate, 50),
        };
    }

    public static ArmPlan EverythingArm(SimulationPlan plan, MechanismSet? mechanisms = null) => new(
        "all",
        [Course(Atezolizumab, 1200), Course(Bevacizumab, 1050), Course(Emactuzumab, 700), Course(Nivolumab, 240)],
        plan.Parameters,
        mechanisms ?? plan.Mechanisms);

    public static DrugCourse Course(DrugPlan drug, double mg) => new() { Drug = drug, DoseMg = mg, StartHours = 0, EveryHours = 21 * 24 };

    public static ArmPlan Control(SimulationPlan plan) => new("control", [], plan.Parameters, plan.Mechanisms);

    private static DrugPlan Antibody(string name, DrugTarget target, double kd) => new()
    {
        Name = name,
        Class = DrugClass.Antibody,
        MolarMassKDa = 147,
        Pk = new TwoCompartmentPlan(0.2, 3.28, 0.546, 3.63, 1),
        Partition = 1,
        Effects = [new DrugEffect(target, kd, 0.8)],
    };
}

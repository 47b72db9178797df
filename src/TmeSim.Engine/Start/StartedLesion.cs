using TmeSim.Engine.Clones;
using TmeSim.Engine.Lattice;
using TmeSim.Engine.Numerics;
using TmeSim.Engine.Observers;
using TmeSim.Engine.Patient;
using TmeSim.Engine.Plan;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Start;

/// <summary>
/// A lesion, or a tile of one, as a simulation builds it: seeded tissue, scratch memory, random key, what steers its burn-in and the rules of the arm.
/// </summary>
internal sealed class StartedLesion : IDisposable
{
    // Lesions of a patient are at most a hundred; the first tile has the key of a lesion without tiles.
    private const int LesionBits = 8;
    private readonly LesionPlan _plan;
    private readonly RowRunner _runner;
    private readonly LesionWorkspace _workspace;
    private readonly BurnInCalibrator _calibrator;

    /// <exception cref="ArgumentException">The fractions of the clones add to more than 1.</exception>
    public StartedLesion(SimulationPlan plan, int replicate, int lesion, int tile, RowRunner runner)
    {
        (_plan, _runner) = (plan.Lesions[lesion], runner);
        double cloned = 0;
        foreach (ClonePlan clone in _plan.Clones)
        {
            cloned += clone.Fraction;
        }

        if (cloned > 1 + 1e-9)
        {
            throw new ArgumentException($"lesion {_plan.Name}: the clone fractions add to {cloned}, above 1");
        }

        TissuePlan tissue = plan.Tissue;
        var shape = new LatticeShape(tissue.Nx, tissue.Ny, tissue.Nz, tissue.SpacingUm);
        Key = RandomKey.Create(plan.Seed, replicate, (tile << LesionBits) | lesion);
        State = new LesionState(shape, new CloneTable(_plan), plan.Extension, tissue.HasCoarseSignals);
        _workspace = new LesionWorkspace(shape, runner, State.Signals);
        int cells = Seeder.CellsAt(shape, _plan.RadiusUm);
        RepresentedCells = _plan.ClinicalCells(tissue.SpacingUm) / ((double)cells * tissue.Tiles);
        _calibrator = new BurnInCalibrator(Setup(plan.Parameters, plan.Mechanisms), tissue, plan.Time.BurnInHours);
        int first = plan.Time.BurnInHours > 0 ? _calibrator.FirstCells() : cells;
        new Seeder(State, _plan, plan.Parameters, plan.Mechanisms, Key, _workspace.Source, runner).Seed(first);
        Standing = StandingClones.Seed(Setup(plan.Parameters, plan.Mechanisms), Seeder.Context(Key), RepresentedCells);
        Begin(plan.Parameters, plan.Mechanisms);
    }

    /// <summary>The tissue.</summary>
    public LesionState State { get; }

    /// <summary>Random key of (seed, replicate, lesion, tile).</summary>
    public RandomKey Key { get; }

    /// <summary>Cells of the clinical lesion for one tumour cell on the lattice at t = 0 (MODEL.md 4.6).</summary>
    public double RepresentedCells { get; }

    /// <summary>Mutants that it was seeded with.</summary>
    public StandingMutants Standing { get; }

    /// <summary>The processes, with the parameters and switches of the burn-in or of the arm.</summary>
    public LesionModel Model { get; private set; } = null!;

    /// <summary>From here on these parameters and switches act.</summary>
    public void Begin(ParameterSet parameters, MechanismSet mechanisms) => Model = new LesionModel(Setup(parameters, mechanisms));

    /// <summary>
    /// Without a burn-in the fields would start at zero. A long implicit step is close to their steady state; the second one lets each
    /// field see the others.
    /// </summary>
    public void SettleFields(PatientState patient)
    {
        const double longHours = 500;
        for (int pass = 0; pass < 2; pass++)
        {
            Model.Fields.Step(new StepContext(Key, 0, longHours, default, patient.Effectors, patient.Monocytes));
        }
    }

    /// <summary>Counts a step of the burn-in.</summary>
    /// <param name="hoursDone">Hours since its start.</param>
    /// <param name="stepHours">Length of the step [h].</param>
    public void Calibrate(double hoursDone, double stepHours) => _calibrator.AfterStep(hoursDone, stepHours);

    /// <summary>What the burn-in has beside the state.</summary>
    public void VisitBurnIn(StateVisitor visitor) => _calibrator.Visit(visitor);

    /// <summary>Freezes the set-points at t = 0; returns the baseline that was reached.</summary>
    public Baseline EndBurnIn(ParameterSet parameters)
    {
        _calibrator.Freeze();
        State.TumorCellsAtStart = State.TumorCells;
        return Baseline.Measure(State, parameters) with
        {
            GrowthPerDay = _calibrator.GrowthPerDay, DivisionCapacity = _calibrator.DivisionCapacity,
        };
    }

    /// <summary>Step 9: the books and the fields must hold.</summary>
    /// <exception cref="SimulationException">They do not.</exception>
    public void Check(uint step)
    {
        Recount.Check(State, _plan.Name, step);
        Recount.CheckFields(State, Model.Fields, _plan.Name, step);
    }

    public void Dispose()
    {
        State.Dispose();
        _workspace.Dispose();
    }

    private ProcessSetup Setup(ParameterSet parameters, MechanismSet mechanisms) =>
        new(State, _plan, parameters, mechanisms, _runner, _workspace);
}

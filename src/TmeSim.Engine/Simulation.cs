using TmeSim.Engine.Cd8;
using TmeSim.Engine.Clones;
using TmeSim.Engine.Lattice;
using TmeSim.Engine.Multigrid;
using TmeSim.Engine.Numerics;
using TmeSim.Engine.Observers;
using TmeSim.Engine.Patient;
using TmeSim.Engine.Plan;
using TmeSim.Engine.Radiation;
using TmeSim.Engine.Start;
using TmeSim.Engine.State;
using TmeSim.Engine.Therapies;

namespace TmeSim.Engine;

/// <summary>
/// One replicate: a calibrating burn-in, then one arm at a time, each started from the same state. The bits depend on the
/// plan, the replicate and the arm alone, not on threads or SIMD width.
/// </summary>
/// <example>See tests/TmeSim.Engine.Tests/LibraryExampleTests.cs for the engine driven as a library.</example>
public sealed partial class Simulation : IDisposable
{
    /// <summary>Rises whenever the bits of a run change; the reasons stand in CHANGELOG.md.</summary>
    public const int ModelVersion = 7;

    private readonly RowRunner _runner;
    private readonly StartedLesion[] _started;
    private readonly LesionState[] _lesions;
    private readonly RandomKey[] _keys;
    private readonly double[] _represented;
    private readonly LesionSizes _sizes;
    private readonly ArmObserver _observer;
    private PatientProcess _patientProcess;
    private TherapyProcess _therapy = new([]);
    private RadiationProcess? _radiation;
    private TherapyState _therapyState;
    private ParameterSet _parameters;
    private Baseline[] _reached = [];
    private IReadOnlyList<ArmChange> _changes = [];
    private int _changed;
    private uint _step;

    /// <param name="plan">What to simulate.</param>
    /// <param name="replicate">Number of the replicate, from 0: chooses the random key.</param>
    /// <param name="threads">Threads inside one step, at least 1.</param>
    /// <exception cref="ArgumentException">The plan contradicts itself (sub-steps too few, clone fractions above 1).</exception>
    public Simulation(SimulationPlan plan, int replicate, int threads = 1)
    {
        plan.Extension.Check();
        Plan = plan;
        Replicate = replicate;
        _parameters = plan.Parameters;
        _runner = new RowRunner(threads);
        _ = Cd8Motion.SubSteps(_parameters, plan.Time.StepHours, plan.Tissue.SpacingUm);
        int tiles = plan.Tissue.Tiles, tissues = plan.Lesions.Count * tiles;
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(tiles);
        _started =
        [
            .. Enumerable.Range(0, tissues).Select(i =>
                new StartedLesion(plan, replicate, plan.Tissue.LesionOf(i), i % tiles, _runner)),
        ];
        _lesions = [.. _started.Select(lesion => lesion.State)];
        _keys = [.. _started.Select(lesion => lesion.Key)];
        _represented = [.. _started.Select(lesion => lesion.RepresentedCells)];
        _sizes = new LesionSizes(plan, _lesions);
        _observer = new ArmObserver(plan, _lesions, _sizes, Response);
        _patientProcess = NewPatient(_parameters, plan.Mechanisms);
        _patientProcess.Start(Patient);
        _therapyState = _therapy.NewState();
        if (plan.Time.BurnInHours <= 0)
        {
            foreach (StartedLesion lesion in _started)
            {
                lesion.SettleFields(Patient);
            }

            EndBurnIn();
        }
    }

    /// <summary>What is simulated.</summary>
    public SimulationPlan Plan { get; }

    /// <summary>Number of the replicate, from 0.</summary>
    public int Replicate { get; }

    /// <summary>
    /// Tissues: lesions in the order of the plan, all tiles of the first, then those of the second. Without tiles one for each lesion.
    /// </summary>
    public IReadOnlyList<LesionState> Lesions => _lesions;

    /// <summary>Index among <see cref="Lesions"/> of a tile of a lesion.</summary>
    public int TissueOf(int lesion, int tile = 0) => Plan.Tissue.TissueOf(lesion, tile);

    /// <summary>Index of the lesion that a tissue belongs to.</summary>
    public int LesionOf(int tissue) => Plan.Tissue.LesionOf(tissue);

    /// <summary>Blood and lymph node now.</summary>
    public PatientState Patient { get; } = new();

    /// <summary>Radiological response at the assessments so far.</summary>
    public ResponseMonitor Response { get; } = new();

    /// <summary>Steps since the start of the burn-in.</summary>
    public long StepIndex => _step;

    /// <summary>Time after the start of therapy [h]; negative during the burn-in.</summary>
    public double TimeHours => _step * Plan.Time.StepHours - Plan.Time.BurnInHours;

    /// <summary>True before t = 0.</summary>
    public bool InBurnIn { get; private set; } = true;

    /// <summary>True after a tumour came within the wall distance: the arm ends, its rows are valid up to now.</summary>
    public bool HasEnded => _observer.HasEnded;

    /// <summary>The threads of this simulation, for tests of how they share work.</summary>
    internal RowRunner Runner => _runner;

    /// <summary>Told of the parts of each step; null for none.</summary>
    public IStepProbe? Probe { get; set; }

    /// <summary>Events since the start of the arm.</summary>
    public IReadOnlyList<SimulationEvent> Events => _observer.Events;

    /// <summary>Baseline reached at t = 0, by tissue; empty during the burn-in.</summary>
    public IReadOnlyList<Baseline> BaselineReached => _reached;

    /// <summary>Simulates the burn-in to its end.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled between steps.</exception>
    public void RunBurnIn(CancellationToken cancellation = default)
    {
        while (InBurnIn)
        {
            cancellation.ThrowIfCancellationRequested();
            Step();
        }
    }

    /// <summary>Starts an arm at the present state, which must be t = 0 (after the burn-in or after <see cref="Restore"/>).</summary>
    /// <exception cref="InvalidOperationException">The burn-in is not over, or the state is past t = 0.</exception>
    public void BeginArm(ArmPlan arm)
    {
        if (InBurnIn || Math.Abs(TimeHours) > 1e-6)
        {
            throw new InvalidOperationException("an arm starts at t = 0: finish the burn-in or restore its end first");
        }

        Begin(arm);
    }

    /// <summary>
    /// One step of the model, in the order of its table of contents (MODEL.md 3). Drugs and fractions come first, so that what is given at
    /// a time acts in the step that begins then. Blood follows, because it takes up what all lesions let go in the last step and gives all
    /// of them the same supply in this one. Then each lesion, by itself. Observers come last: they see a whole step and change nothing in
    /// it.
    /// </summary>
    /// <exception cref="SimulationException">A field is not finite or the recount disagrees with the books.</exception>
    public void Step()
    {
        double hours = TimeHours, dt = Plan.Time.StepHours;
        FollowChanges(hours);
        Probe?.Begin(StepPhase.Therapy);
        StopReadings readings = _observer.Readings(!InBurnIn && (_therapy.HasConditions || _radiation is { HasConditions: true }), hours,
            dt, Patient);
        _therapy.Step(_therapyState, hours, dt, readings, _observer.Events);
        Exposure exposure = _therapy.Exposure(_therapyState);
        _radiation?.Step(_therapyState.Beams, Patient, exposure, _step, hours, dt, readings, _observer.Events);
        Probe?.Begin(StepPhase.Patient);
        _patientProcess.Step(Patient, _lesions, exposure, dt);
        var tissues = new TissueSteps(_started, _step, dt, exposure, Patient.Effectors, Patient.Monocytes, Probe);
        if (IsSideBySide && Probe is null)
        {
            _runner.Run(tissues, _started.Length, 1);
        }
        else
        {
            tissues.Run(0, _started.Length);
        }

        _step++;
        Probe?.Begin(StepPhase.Observers);
        Observe();
        Probe?.EndStep(this);
    }

    /// <summary>Solve reports of the last step: cycles and residual of every field of a tissue, by <see cref="FieldId"/>.</summary>
    public IReadOnlyList<SolveReport> FieldReports(int tissue) => _started[tissue].Model.Fields.Reports;

    /// <summary>Drugs of the arm.</summary>
    public IReadOnlyList<DrugPlan> Drugs => _therapy.Drugs;

    /// <summary>Blood concentration of drug i of <see cref="Drugs"/> [mg/L].</summary>
    public double DrugConcentrationMgPerL(int drug) => _therapy.ConcentrationMgPerL(_therapyState, drug);

    /// <summary>Drug on a target at the blood concentrations of now.</summary>
    public TargetExposure ExposureOf(DrugTarget target) => _therapy.Exposure(_therapyState)[target];

    /// <summary>Mean VEGF that no drug binds over the living tumour cells of a tissue [half-maximal constants]; NaN without any.</summary>
    public double MeanFreeVegf(int tissue) => LesionSums.MeanFreeVegf(_lesions[tissue], _therapy.Exposure(_therapyState));

    /// <summary>Cells of the clinical lesion for one tumour cell of a tissue at t = 0 (MODEL.md 4.6).</summary>
    public double RepresentedCells(int tissue) => _represented[tissue];

    /// <summary>Mutants that a tissue was seeded with.</summary>
    public StandingMutants StandingMutants(int tissue) => _started[tissue].Standing;

    /// <summary>Diameter of a lesion by the count of its cells in all tiles, scaled to the clinical one at t = 0 [mm].</summary>
    public double ScaledDiameterMm(int lesion) => _sizes.DiameterMm(lesion);

    /// <summary>Diameter of a lesion all of which is like one of its tiles [mm].</summary>
    public double TileDiameterMm(int tissue) => _sizes.TileDiameterMm(tissue);

    /// <summary>
    /// Change of the volume of a lesion since t = 0 by the count of its cells in all tiles: their ratio to the power of 3 over the
    /// dimensions, less 1; NaN without tumour at t = 0.
    /// </summary>
    public double VolumeChange(int lesion) => _sizes.VolumeChangeOf(TissueOf(lesion), Plan.Tissue.Tiles);

    /// <summary>The same of a lesion all of which is like one of its tiles.</summary>
    public double TileVolumeChange(int tissue) => _sizes.VolumeChangeOf(tissue, 1);

    public void Dispose()
    {
        foreach (StartedLesion lesion in _started)
        {
            lesion.Dispose();
        }

        _runner.Dispose();
    }

    // Tissues are spread over the threads in place of the rows of each.
    private bool IsSideBySide => _runner.Threads > 1 && _started.Length >= _runner.Threads;

    private PatientProcess NewPatient(ParameterSet parameters, MechanismSet mechanisms) =>
        new(Plan.Patient, parameters, mechanisms, _represented, Plan.Tissue.Tiles);

    private void Begin(ArmPlan arm)
    {
        ForgetArm();
        _therapy = new TherapyProcess(arm.Therapy);
        _therapyState = _therapy.NewState();
        if (arm.Radiation.Count > 0)
        {
            _radiation = new RadiationProcess(arm, Plan, _lesions, _keys, _runner);
            _therapyState.Beams = _radiation.NewState();
        }

        Settle(arm.Parameters, arm.Mechanisms);
        _changes = arm.Changes;
    }

    private void ForgetArm()
    {
        (_changes, _changed) = ([], 0);
        _therapy = new TherapyProcess([]);
        _therapyState = _therapy.NewState();
        _radiation = null;
        _observer.Begin();
    }

    // Step 9: the recount, then calibration in the burn-in or the observers of an arm.
    private void Observe()
    {
        double dt = Plan.Time.StepHours, done = _step * dt;
        foreach (StartedLesion lesion in _started)
        {
            lesion.Check(_step);
        }

        if (!InBurnIn)
        {
            _observer.Look(TimeHours, dt, _parameters);
            return;
        }

        foreach (StartedLesion lesion in _started)
        {
            lesion.Calibrate(done, dt);
        }

        if (done >= Plan.Time.BurnInHours - 1e-6)
        {
            EndBurnIn();
        }
    }

    private void EndBurnIn()
    {
        _reached = [.. _started.Select(lesion => lesion.EndBurnIn(_parameters))];
        InBurnIn = false;
        Response.Start(_sizes.SumOfDiametersMm);
    }
}

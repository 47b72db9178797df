using TmeSim.Engine.Cd8;
using TmeSim.Engine.Clones;
using TmeSim.Engine.Immune;
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
public sealed class Simulation : IDisposable
{
    /// <summary>Rises whenever the bits of a run change; the reasons stand in CHANGELOG.md.</summary>
    public const int ModelVersion = 5;

    /// <summary>Births of clones that are told as events of an arm.</summary>
    private const int MostCloneEvents = 100;

    private readonly RowRunner _runner;
    private readonly LesionState[] _lesions;
    private readonly LesionWorkspace[] _workspaces;
    private readonly RandomKey[] _keys;
    private readonly double[] _represented;
    private readonly BurnInCalibrator[] _calibrators;
    private readonly List<SimulationEvent> _events = new(256);
    private readonly LesionModel[] _models;
    private PatientProcess _patientProcess;
    private TherapyProcess _therapy = new([]);
    private RadiationProcess? _radiation;
    private TherapyState _therapyState;
    private ParameterSet _parameters;
    private MechanismSet _mechanisms;
    private uint _step;
    private int _clonesTold;

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
        _mechanisms = plan.Mechanisms;
        _runner = new RowRunner(threads);
        int count = plan.Lesions.Count;
        (_lesions, _workspaces, _keys) = (new LesionState[count], new LesionWorkspace[count], new RandomKey[count]);
        (_represented, _calibrators, _models) = (new double[count], new BurnInCalibrator[count], new LesionModel[count]);
        _ = Cd8Motion.SubSteps(_parameters, plan.Time.StepHours, plan.Tissue.SpacingUm);
        for (int i = 0; i < count; i++)
        {
            CreateLesion(i);
        }

        _patientProcess = new PatientProcess(plan.Patient, _parameters, _mechanisms, _represented);
        _patientProcess.Start(Patient);
        _therapyState = _therapy.NewState();
        if (plan.Time.BurnInHours <= 0)
        {
            SettleFields();
            EndBurnIn();
        }
    }

    /// <summary>What is simulated.</summary>
    public SimulationPlan Plan { get; }

    /// <summary>Number of the replicate, from 0.</summary>
    public int Replicate { get; }

    /// <summary>Lesions in the order of the plan.</summary>
    public IReadOnlyList<LesionState> Lesions => _lesions;

    /// <summary>Blood and lymph node now.</summary>
    public PatientState Patient { get; } = new();

    /// <summary>Radiological response at the assessments so far.</summary>
    public ResponseMonitor Response { get; } = new();

    /// <summary>Steps since the start of the burn-in.</summary>
    public long StepIndex { get => _step; internal set => _step = (uint)value; }

    /// <summary>Time after the start of therapy [h]; negative during the burn-in.</summary>
    public double TimeHours => _step * Plan.Time.StepHours - Plan.Time.BurnInHours;

    /// <summary>True before t = 0.</summary>
    public bool InBurnIn { get; private set; } = true;

    /// <summary>True after a tumour came within the wall distance: the arm ends, its rows are valid up to now.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>The threads of this simulation, for tests of how they share work.</summary>
    internal RowRunner Runner => _runner;

    /// <summary>Told of the parts of each step; null for none.</summary>
    public IStepProbe? Probe { get; set; }

    /// <summary>Events since the start of the arm.</summary>
    public IReadOnlyList<SimulationEvent> Events => _events;

    /// <summary>Baseline reached at t = 0, by lesion; empty during the burn-in.</summary>
    public IReadOnlyList<Baseline> BaselineReached { get; private set; } = [];

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

        ForgetArm();
        _clonesTold = 0;
        foreach (LesionState lesion in _lesions)
        {
            _ = lesion.Clones.TakeNews();
        }

        _parameters = arm.Parameters;
        _mechanisms = arm.Mechanisms;
        _ = Cd8Motion.SubSteps(_parameters, Plan.Time.StepHours, Plan.Tissue.SpacingUm);
        _therapy = new TherapyProcess(arm.Therapy);
        _therapyState = _therapy.NewState();
        if (arm.Radiation.Count > 0)
        {
            _radiation = new RadiationProcess(arm, Plan, _lesions, _keys, _runner);
            _therapyState.Beams = _radiation.NewState();
        }

        for (int i = 0; i < _lesions.Length; i++)
        {
            _models[i] = new LesionModel(Setup(i));
        }

        _patientProcess = new PatientProcess(Plan.Patient, _parameters, _mechanisms, _represented);
    }

    /// <summary>One step of the model: reads as its table of contents (MODEL.md 3).</summary>
    /// <exception cref="SimulationException">A field is not finite or the recount disagrees with the books.</exception>
    public void Step()
    {
        double hours = TimeHours, dt = Plan.Time.StepHours;
        Probe?.Begin(StepPhase.Therapy);
        StopReadings readings = Readings(hours, dt);
        _therapy.Step(_therapyState, hours, dt, readings, _events);
        Exposure exposure = _therapy.Exposure(_therapyState);
        _radiation?.Step(_therapyState.Beams, Patient, exposure, _step, hours, dt, readings, _events);
        Probe?.Begin(StepPhase.Patient);
        _patientProcess.Step(Patient, _lesions, exposure, dt);
        for (int i = 0; i < _lesions.Length; i++)
        {
            _models[i].Step(new StepContext(_keys[i], _step, dt, exposure, Patient.Effectors, Patient.Monocytes), Probe);
        }

        _step++;
        Probe?.Begin(StepPhase.Observers);
        Observe();
        Probe?.EndStep(this);
    }

    /// <summary>Copies the whole state at t = 0 for the arms of this replicate.</summary>
    public SimulationSnapshot Capture()
    {
        var snapshot = new SimulationSnapshot();
        Transfer(snapshot.Copy(reads: false));
        return snapshot;
    }

    /// <summary>Brings back a captured state exactly; the therapy of the last arm is forgotten.</summary>
    public void Restore(SimulationSnapshot snapshot)
    {
        Transfer(snapshot.Copy(reads: true));
        ForgetArm();
    }

    /// <summary>
    /// Writes the whole state at t = 0 for the arms of this replicate: what <see cref="Capture"/> keeps in memory, for states of
    /// which two do not fit there. Bytes: <see cref="SimulationMemory.StateBytes"/> and some for the cells.
    /// </summary>
    /// <param name="stream">Written in pieces of at most a megabyte.</param>
    public void WriteState(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        Transfer(new StateTransfer(stream, reads: false));
    }

    /// <summary>Brings back exactly what <see cref="WriteState"/> wrote; the therapy of the last arm is forgotten.</summary>
    /// <param name="stream">Read up to the end of the state.</param>
    /// <exception cref="InvalidDataException">
    /// The state is damaged, cut short or of another simulation. This simulation is then of no more use.
    /// </exception>
    public void ReadState(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        Transfer(new StateTransfer(stream, reads: true));
        ForgetArm();
    }

    /// <summary>128-bit fingerprint (32 hex digits) of the whole state.</summary>
    public string StateHash()
    {
        var hash = new StateHash();
        Visit(hash);
        VisitArm(hash);
        return hash.Finish();
    }

    /// <summary>Solve reports of the last step: cycles and residual of every field of a lesion, by <see cref="FieldId"/>.</summary>
    public IReadOnlyList<SolveReport> FieldReports(int lesion) => _models[lesion].Fields.Reports;

    /// <summary>Drugs of the arm.</summary>
    public IReadOnlyList<DrugPlan> Drugs => _therapy.Drugs;

    /// <summary>Blood concentration of drug i of <see cref="Drugs"/> [mg/L].</summary>
    public double DrugConcentrationMgPerL(int drug) => _therapy.ConcentrationMgPerL(_therapyState, drug);

    /// <summary>Drug on a target at the blood concentrations of now.</summary>
    public TargetExposure ExposureOf(DrugTarget target) => _therapy.Exposure(_therapyState)[target];

    /// <summary>Mean VEGF that no drug binds over the living tumour cells of a lesion [half-maximal constants]; NaN without any.</summary>
    public double MeanFreeVegf(int lesion)
    {
        LesionState state = _lesions[lesion];
        Exposure exposure = _therapy.Exposure(_therapyState);
        double sum = 0;
        for (int row = 0; row < state.Shape.Rows; row++)
        {
            for (int site = state.Shape.RowStart(row), end = site + state.Shape.Nx; site < end; site++)
            {
                sum += state.ParenchymaCodes[site] == Parenchyma.Tumor ? LocalDrug.FreeVegf(state, exposure, site) : 0;
            }
        }

        return sum / state.TumorCells;
    }

    /// <summary>Cells of the clinical lesion for one tumour cell on the lattice at t = 0 (MODEL.md 4.6).</summary>
    public double RepresentedCells(int lesion) => _represented[lesion];

    /// <summary>Diameter of a lesion by cell count, scaled to the clinical one at t = 0 [mm].</summary>
    public double ScaledDiameterMm(int lesion)
    {
        LesionState state = _lesions[lesion];
        int dimensions = Math.Max(1, state.Shape.Dimensions);
        int start = state.TumorCellsAtStart > 0 ? state.TumorCellsAtStart : Seeder.CellsAt(state.Shape, Plan.Lesions[lesion].RadiusUm);
        double ratio = (double)state.TumorCells / start;
        return Plan.Lesions[lesion].DiameterMm * (ratio <= 0 ? 0 : DetMath.Pow(ratio, 1.0 / dimensions));
    }

    public void Dispose()
    {
        foreach (LesionState lesion in _lesions)
        {
            lesion.Dispose();
        }

        foreach (LesionWorkspace workspace in _workspaces)
        {
            workspace.Dispose();
        }

        _runner.Dispose();
    }

    private void Transfer(StateTransfer transfer)
    {
        Visit(transfer);
        transfer.Finish();
    }

    /// <summary>Everything at t = 0, where arms branch off.</summary>
    internal void Visit(StateVisitor visitor)
    {
        visitor.Same(ModelVersion, "model version");
        visitor.Same(Plan.Seed, "seed");
        visitor.Same(Replicate, "replicate");
        visitor.Same(_lesions.Length, "number of lesions");
        _step = (uint)visitor.Number((ulong)_step);
        foreach (LesionState lesion in _lesions)
        {
            lesion.Visit(visitor);
        }

        Patient.Visit(visitor);
        Response.Visit(visitor);
    }

    /// <summary>What an arm has beside that once it has begun.</summary>
    internal void VisitArm(StateVisitor visitor)
    {
        _therapyState.Visit(visitor);
    }

    private void ForgetArm()
    {
        _therapy = new TherapyProcess([]);
        _therapyState = _therapy.NewState();
        _radiation = null;
        HasEnded = false;
        InBurnIn = TimeHours < -1e-6;
        _events.Clear();
    }

    private void CreateLesion(int i)
    {
        LesionPlan plan = Plan.Lesions[i];
        double cloned = 0;
        foreach (ClonePlan clone in plan.Clones)
        {
            cloned += clone.Fraction;
        }

        if (cloned > 1 + 1e-9)
        {
            throw new ArgumentException($"lesion {plan.Name}: the clone fractions add to {cloned}, above 1");
        }

        TissuePlan tissue = Plan.Tissue;
        var shape = new LatticeShape(tissue.Nx, tissue.Ny, tissue.Nz, tissue.SpacingUm);
        _keys[i] = RandomKey.Create(Plan.Seed, Replicate, i);
        _lesions[i] = new LesionState(shape, new CloneTable(plan), Plan.Extension);
        _workspaces[i] = new LesionWorkspace(shape, _runner);
        int cells = Seeder.CellsAt(shape, plan.RadiusUm);
        _represented[i] = plan.ClinicalCells(tissue.SpacingUm) / cells;
        _calibrators[i] = new BurnInCalibrator(Setup(i), Plan.Tissue, Plan.Time.BurnInHours);
        int first = Plan.Time.BurnInHours > 0 ? _calibrators[i].FirstCells() : cells;
        new Seeder(_lesions[i], plan, _parameters, _keys[i], _workspaces[i].Source).Seed(first);
        _models[i] = new LesionModel(Setup(i));
    }

    // Without a burn-in the fields would start at zero. A long implicit step is close to their steady state; the second one
    // lets each field see the others.
    private void SettleFields()
    {
        const double longHours = 500;
        for (int i = 0; i < _lesions.Length; i++)
        {
            for (int pass = 0; pass < 2; pass++)
            {
                _models[i].Fields.Step(new StepContext(_keys[i], 0, longHours, default, Patient.Effectors, Patient.Monocytes));
            }
        }
    }

    private ProcessSetup Setup(int i) => new(_lesions[i], Plan.Lesions[i], _parameters, _mechanisms, _runner, _workspaces[i]) { Extension = Plan.Extension };

    /// <summary>Step 9: recount, calibration in the burn-in, and in an arm the wall, clearance and the assessment visits.</summary>
    private void Observe()
    {
        for (int i = 0; i < _lesions.Length; i++)
        {
            Recount.Check(_lesions[i], Plan.Lesions[i].Name, _step);
            Recount.CheckFields(_lesions[i], _models[i].Fields, Plan.Lesions[i].Name, _step);
        }

        if (InBurnIn)
        {
            double done = _step * Plan.Time.StepHours;
            foreach (BurnInCalibrator calibrator in _calibrators)
            {
                calibrator.AfterStep(done, Plan.Time.StepHours);
            }

            if (done >= Plan.Time.BurnInHours - 1e-6)
            {
                EndBurnIn();
            }

            return;
        }

        ObserveArm();
    }

    private void EndBurnIn()
    {
        var reached = new Baseline[_lesions.Length];
        for (int i = 0; i < _lesions.Length; i++)
        {
            _calibrators[i].Freeze();
            _lesions[i].TumorCellsAtStart = _lesions[i].TumorCells;
            reached[i] = Baseline.Measure(_lesions[i], _parameters);
        }

        BaselineReached = reached;
        InBurnIn = false;
        Response.Start(SumOfDiameters());
    }

    private void ObserveArm()
    {
        double hours = TimeHours, dt = Plan.Time.StepHours;
        TellClones(hours);
        for (int i = 0; i < _lesions.Length; i++)
        {
            if (_lesions[i].TumorCells == 0 && !WasCleared(Plan.Lesions[i].Name))
            {
                _events.Add(new SimulationEvent(hours, EventKind.TumorCleared, Plan.Lesions[i].Name, "", 0));
            }
        }

        if (Falls(hours, dt, 24))
        {
            CheckWalls(hours);
        }

        double interval = _parameters.Time(Parameter.EndpointsAssessmentInterval);
        if (Falls(hours, dt, interval)
            && Response.Assess(hours, SumOfDiameters(), RecistRules.Of(_parameters)))
        {
            _events.Add(new SimulationEvent(hours, EventKind.Progression, "", "", SumOfDiameters()));
        }
    }

    // Told up to a number, so that a mutator strain does not fill the log; all are booked.
    private void TellClones(double hours)
    {
        for (int i = 0; i < _lesions.Length; i++)
        {
            foreach (Genotype born in _lesions[i].Clones.TakeNews())
            {
                if (_clonesTold++ < MostCloneEvents)
                {
                    _events.Add(new SimulationEvent(hours, EventKind.CloneBorn, Plan.Lesions[i].Name, Genes.Text(born), 0));
                }
            }
        }
    }

    private bool WasCleared(string lesion)
    {
        foreach (SimulationEvent e in _events)
        {
            if (e.Kind == EventKind.TumorCleared && e.Lesion == lesion)
            {
                return true;
            }
        }

        return false;
    }

    private void CheckWalls(double hours)
    {
        double limit = _parameters[Parameter.EndpointsWallDistance];
        for (int i = 0; i < _lesions.Length; i++)
        {
            double distance = WallDistance.Um(_lesions[i], limit);
            if (distance < limit)
            {
                _events.Add(new SimulationEvent(hours, EventKind.WallReached, Plan.Lesions[i].Name, "", distance));
                HasEnded = true;
            }
        }
    }

    // Conditions are looked at at t = 0 and once a day.
    private StopReadings Readings(double hours, double dt)
    {
        bool look = (_therapy.HasConditions || _radiation is { HasConditions: true }) && !InBurnIn && (Math.Abs(hours) < 1e-6 || Falls(hours, dt, 24));
        if (!look)
        {
            return new StopReadings(Response.HasProgressed);
        }

        double volume = 0, volumeAtStart = 0;
        int cells = 0;
        for (int i = 0; i < _lesions.Length; i++)
        {
            double mm = ScaledDiameterMm(i), start = Plan.Lesions[i].DiameterMm;
            volume += mm * mm * mm;
            volumeAtStart += start * start * start;
            cells += _lesions[i].TumorCells;
        }

        return new StopReadings(
            Response.HasProgressed, true, SumOfDiameters(), volume / volumeAtStart - 1, cells, Patient.Nlr, Patient.Effectors);
    }

    private double SumOfDiameters()
    {
        double sum = 0;
        for (int i = 0; i < _lesions.Length; i++)
        {
            sum += ScaledDiameterMm(i);
        }

        return sum;
    }

    // True when a multiple of the interval lies in (hours − dt, hours].
    private static bool Falls(double hours, double dt, double interval) =>
        Math.Floor((hours + 1e-6) / interval) > Math.Floor((hours - dt + 1e-6) / interval);
}

using TmeSim.Engine.Lattice;
using TmeSim.Engine.Multigrid;
using TmeSim.Engine.Numerics;
using TmeSim.Engine.Plan;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Fields;

/// <summary>
/// Step 4: assembles sources and uptake of each field and solves it. Signals take one implicit step; oxygen and the delivery
/// fields are steady. Uptake is part of the implicit operator, so cells cannot drive a field below zero.
/// </summary>
internal sealed class FieldProcess
{
    private const int FirstOxygenIterations = 40;
    private const float FirstOxygenTolerance = 1e-5f;
    private const int MaxCycles = 50;

    // A field with a lower mean is zero for all that cells can tell.
    private const double SmallestMean = 1e-9;

    // One cycle a step is enough for a field in living tissue as long as the first sweep finds its residual within so many tolerances;
    // a cycle leaves a tenth of it (MODEL.md 8).
    private const float SingleCycle = 32;

    // Oxygen is renewed at once when those who use it, or what vessels bring, have changed by more than this share.
    private const double LargestOxygenChange = 0.01;
    private const double PerfusionParts = 1 << 16;
    private readonly ProcessSetup _setup;
    private readonly LesionState _lesion;
    private readonly LesionWorkspace _workspace;
    private readonly FieldAssembly _assembly;
    private readonly FieldWalls _robin;
    private readonly FieldWalls _closed = FieldWalls.All(FieldWall.ZeroFlux);
    private readonly float _tolerance;
    private readonly float _resolution;
    private readonly double _siteSquared;

    public FieldProcess(ProcessSetup setup)
    {
        _setup = setup;
        _lesion = setup.Lesion;
        (Reports, Clips) = (new SolveReport[_lesion.Fields.Length], new NegativeClip[_lesion.Fields.Length]);
        _workspace = setup.Workspace;
        _assembly = new FieldAssembly(setup);
        FieldWall wall = FieldWall.Robin(setup.Value(Parameter.WallDecayLength));
        _robin = FieldWalls.All(wall);
        _lesion.Signals.SetWall(wall);
        foreach (TissueField field in _lesion.Fields)
        {
            field.Changed();
        }

        _tolerance = (float)setup.Value(Parameter.FieldTolerance);
        _resolution = (float)setup.Value(Parameter.FieldResolution);
        _siteSquared = _lesion.Shape.SpacingUm * _lesion.Shape.SpacingUm;
    }

    /// <summary>Solve reports of the last step by <see cref="FieldId"/>.</summary>
    public SolveReport[] Reports { get; }

    /// <summary>What the last solve of each field left below zero, by <see cref="FieldId"/>.</summary>
    public NegativeClip[] Clips { get; }

    /// <summary>Factor by which a signal falls over one spacing beyond the wall.</summary>
    public static float WallFactor(ProcessSetup setup) =>
        (float)DetMath.Exp(-setup.Lesion.Shape.SpacingUm / setup.Value(Parameter.WallDecayLength));

    public void Step(in StepContext context)
    {
        _workspace.ForgetLevels();
        _assembly.Nek9 = context.Exposure[DrugTarget.Nek9];
        if (OxygenIsDue(context))
        {
            SolveOxygen(context.Step == 0 ? FirstOxygenIterations : 1);
        }

        if (context.IsDue(_setup.Parameters.Time(Parameter.DeliveryInterval)))
        {
            SolveDelivery(FieldId.AntibodyDelivery, Parameter.AntibodyDiffusivity);
            SolveDelivery(FieldId.SmallMoleculeDelivery, Parameter.SmallMoleculeDiffusivity);
        }

        _assembly.SumCells();
        double dt = context.StepHours;
        foreach (Signal signal in _assembly.Signals)
        {
            SolveSignal(signal, dt);
        }

        _assembly.Spread((float)dt);
    }

    // Tissue changes slowly, so oxygen is solved every few hours; but at once after many cells died or vessels came, went or opened.
    private bool OxygenIsDue(in StepContext context)
    {
        long users = (long)_lesion.TumorCells + _lesion.Hepatocytes, supply = 0;
        foreach (float perfusion in _lesion.Vessels.Perfusion.Span)
        {
            // Whole numbers: their sum does not depend on the order of vessels.
            supply += (long)(perfusion * PerfusionParts);
        }

        bool due = context.IsDue(_setup.Parameters.Time(Parameter.OxygenInterval))
            || Math.Abs(users - _lesion.OxygenUsers) > LargestOxygenChange * _lesion.OxygenUsers
            || Math.Abs(supply - _lesion.OxygenSupply) > LargestOxygenChange * _lesion.OxygenSupply;
        if (due)
        {
            (_lesion.OxygenUsers, _lesion.OxygenSupply) = (users, supply);
        }

        return due;
    }

    /// <summary>
    /// Steady oxygen with Michaelis–Menten uptake: the uptake coefficient M/(p + Km) is taken at the last pO2 (Picard). One pass
    /// a step follows the slow tissue; the first step iterates until nothing changes, a cycle for each coefficient: what that leaves is less
    /// than the next coefficient makes.
    /// </summary>
    private void SolveOxygen(int iterations)
    {
        float coupling = (float)(_setup.Parameters.Rate(Parameter.OxygenDiffusivity, TimeUnit.Second) / _siteSquared);
        for (int i = 0; i < iterations; i++)
        {
            _assembly.Oxygen();
            bool first = iterations > 1;
            SolveReport report = Solve(OnTissue(FieldId.Oxygen, coupling, _closed, first ? FirstOxygenTolerance : _tolerance,
                first ? float.PositiveInfinity : SingleCycle * _tolerance));
            if (report.Cycles == 0)
            {
                break;
            }
        }
    }

    private void SolveSignal(Signal signal, double stepHours)
    {
        (float diagonal, bool same) = _assembly.Assemble(signal, (float)stepHours);
        float coupling = (float)(signal.DiffusivityPerHour * stepHours / _siteSquared);
        Solve((signal.OnTissue ? OnTissue(signal.Id, coupling, _robin, _tolerance, SingleCycle * _tolerance) : new Equation(
            signal.Id, _workspace.SignalSolver, _workspace.SignalSource, _workspace.SignalDiagonal, coupling, _robin, _tolerance,
            SingleCycle * _tolerance)) with
        {
            Diagonal = same ? diagonal : null,
            Settled = (diagonal - 1) / diagonal,
        });
    }

    private void SolveDelivery(FieldId id, Parameter diffusivity)
    {
        _assembly.Delivery(id);
        Solve(OnTissue(id, (float)(_setup.Parameters.Rate(diffusivity) / _siteSquared), _closed, _tolerance, 0));
    }

    private Equation OnTissue(FieldId id, float coupling, in FieldWalls walls, float tolerance, float single) =>
        new(id, _workspace.Solver, _workspace.Source, _workspace.Diagonal, coupling, walls, tolerance, single);

    private SolveReport Solve(in Equation equation)
    {
        TissueField field = _lesion.Field(equation.Id);
        SolveReport report = equation.Diagonal is float same
            ? equation.Solver.Solve(equation.Coupling, equation.Walls, field.Values, same, equation.Rhs, equation.Tolerance, MaxCycles,
                smallest: _resolution, settled: equation.Settled, single: equation.Single)
            : equation.Solver.Solve(equation.Coupling, equation.Walls, field.Values, equation.Varying, equation.Rhs, equation.Tolerance,
                MaxCycles, smallest: _resolution, settled: equation.Settled, single: equation.Single);
        if (report.Cycles > 0)
        {
            Clips[(int)equation.Id] = report.Below > 0
                ? NegativeClip.Apply(field.Lattice, field.Values, Math.Max(0.1 * _resolution, SmallestMean))
                : new NegativeClip(0, -1);
            field.Changed();
        }

        return Reports[(int)equation.Id] = report;
    }

    /// <summary>An assembled equation.</summary>
    private readonly record struct Equation(FieldId Id, MultigridSolver Solver, SiteArray<float> Rhs, SiteArray<float> Varying,
        float Coupling, FieldWalls Walls, float Tolerance, float Single)
    {
        /// <summary>The diagonal where it is the same everywhere.</summary>
        public float? Diagonal { get; init; }

        public float Settled { get; init; } = 1;
    }
}

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
        _robin = FieldWalls.All(FieldWall.Robin(setup.Value(Parameter.WallDecayLength)));
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
        _assembly.Nek9 = context.Exposure[DrugTarget.Nek9];
        SolveOxygen(context.Step == 0 ? FirstOxygenIterations : 1);
        double dt = context.StepHours;
        foreach (Signal signal in _assembly.Signals)
        {
            SolveSignal(signal, dt);
        }

        if (context.IsDue(_setup.Parameters.Time(Parameter.DeliveryInterval)))
        {
            SolveDelivery(FieldId.AntibodyDelivery, Parameter.AntibodyDiffusivity);
            SolveDelivery(FieldId.SmallMoleculeDelivery, Parameter.SmallMoleculeDiffusivity);
        }
    }

    /// <summary>
    /// Steady oxygen with Michaelis–Menten uptake: the uptake coefficient M/(p + Km) is taken at the last pO2 (Picard). One pass
    /// a step follows the slow tissue; the first step iterates until nothing changes.
    /// </summary>
    private void SolveOxygen(int iterations)
    {
        float coupling = (float)(_setup.Parameters.Rate(Parameter.OxygenDiffusivity, TimeUnit.Second) / _siteSquared);
        for (int i = 0; i < iterations; i++)
        {
            _assembly.Oxygen();
            SolveReport report = Solve(FieldId.Oxygen, coupling, _closed, iterations > 1 ? FirstOxygenTolerance : _tolerance);
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
        Solve(signal.Id, coupling, _robin, _tolerance, same ? diagonal : null, (diagonal - 1) / diagonal);
    }

    private void SolveDelivery(FieldId id, Parameter diffusivity)
    {
        _assembly.Delivery(id);
        Solve(id, (float)(_setup.Parameters.Rate(diffusivity) / _siteSquared), _closed, _tolerance);
    }

    private SolveReport Solve(FieldId id, float coupling, in FieldWalls walls, float tolerance, float? diagonal = null, float settled = 1)
    {
        SiteArray<float> field = _lesion.Field(id), source = _workspace.Source;
        MultigridSolver solver = _workspace.Solver;
        SolveReport report = diagonal is float same
            ? solver.Solve(coupling, walls, field, same, source, tolerance, MaxCycles, smallest: _resolution, settled: settled)
            : solver.Solve(coupling, walls, field, _workspace.Diagonal, source, tolerance, MaxCycles, smallest: _resolution,
                settled: settled);
        if (report.Cycles > 0)
        {
            Clips[(int)id] = report.Below > 0
                ? NegativeClip.Apply(_lesion.Shape, field, Math.Max(0.1 * _resolution, SmallestMean))
                : new NegativeClip(0, -1);
        }

        return Reports[(int)id] = report;
    }
}

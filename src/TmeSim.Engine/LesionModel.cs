using TmeSim.Engine.Cd8;
using TmeSim.Engine.Clones;
using TmeSim.Engine.Extensions;
using TmeSim.Engine.Fields;
using TmeSim.Engine.Immune;
using TmeSim.Engine.Macrophages;
using TmeSim.Engine.Observers;
using TmeSim.Engine.State;
using TmeSim.Engine.Stroma;
using TmeSim.Engine.Tumor;
using TmeSim.Engine.Vessels;

namespace TmeSim.Engine;

/// <summary>The processes of one lesion in the order of the model.</summary>
internal sealed class LesionModel
{
    // Rules of the kinds of the engine by their place in ImmuneKinds, each with the part of the step that it counts to.
    private static readonly (Func<ProcessSetup, IImmuneProcess> Process, StepPhase Phase)[] OwnRules =
    [
        (setup => new Cd8Process(setup), StepPhase.Cd8),
        (setup => new MacrophageProcess(setup), StepPhase.Macrophages),
    ];

    private readonly ProcessSetup _setup;
    private readonly LesionState _lesion;
    private readonly CloneEffects _clones;
    private readonly SpatialOrder _order;
    private readonly VesselProcess _vessels;
    private readonly StromaProcess _stroma;
    private readonly TumorProcess _tumor;
    private readonly IImmuneProcess[] _immune;
    private readonly ClearanceProcess _clearance;
    private readonly Collapse _collapse;

    public LesionModel(ProcessSetup setup)
    {
        (_setup, _lesion, _clones) = (setup, setup.Lesion, setup.Effects);
        _order = new SpatialOrder(setup.Lesion, setup.Runner);
        _vessels = new VesselProcess(setup);
        Fields = new FieldProcess(setup);
        _stroma = new StromaProcess(setup);
        _tumor = new TumorProcess(setup);
        _immune = [.. setup.Lesion.Kinds.Select((kind, i) => i < OwnRules.Length ? OwnRules[i].Process(setup)
            : new ExtensionProcess(setup, i))];
        _clearance = new ClearanceProcess(setup);
        _collapse = new Collapse(setup);
    }

    public FieldProcess Fields { get; }

    /// <summary>
    /// Steps 3 to 8. Vessels come before the fields that they feed, and fields before the cells, so that all cells of a step decide on the
    /// same fields. Tumour cells divide before CD8 T cells and macrophages kill, and clearance sees all that has died.
    /// </summary>
    public void Step(in StepContext context, IStepProbe? probe)
    {
        probe?.Begin(StepPhase.Vessels);

        // A state that was read may hold clones that were born in no step of this model.
        _clones.Follow();
        if (context.IsDue(SpatialOrder.IntervalHours))
        {
            _order.Sort();
        }

        _vessels.Step(context);
        probe?.Begin(StepPhase.Fields);
        Fields.Step(context);
        _stroma.Step(context);
        probe?.Begin(StepPhase.Tumor);
        _tumor.Step(context);
        for (int kind = 0; kind < _immune.Length; kind++)
        {
            // Further kinds count to the last phase.
            if (kind < OwnRules.Length)
            {
                probe?.Begin(OwnRules[kind].Phase);
            }

            _immune[kind].Step(context);
        }

        probe?.Begin(StepPhase.Clearance);
        _clearance.Step(context);
        _collapse.Step(context);
        if (context.IsDue(Cadence.Day))
        {
            _setup.Workspace.Levels(_lesion, FieldId.Vegf, _setup.Runner);
            _lesion.MeanVegf = LesionSums.MeanInBed(_lesion, FieldId.Vegf);
            _setup.Workspace.Levels(_lesion, FieldId.Damp, _setup.Runner);
            _lesion.TotalDamp = LesionSums.Total(_lesion, FieldId.Damp);
        }
    }
}

using TmeSim.Engine.Extensions;
using TmeSim.Engine.Fields;
using TmeSim.Engine.Immune;
using TmeSim.Engine.Lattice;
using TmeSim.Engine.Observers;
using TmeSim.Engine.State;
using TmeSim.Engine.Stroma;
using TmeSim.Engine.Tumor;
using TmeSim.Engine.Vessels;

namespace TmeSim.Engine;

/// <summary>The processes of one lesion in the order of the model.</summary>
internal sealed class LesionModel
{
    private readonly LesionState _lesion;
    private readonly SpatialOrder _order;
    private readonly VesselProcess _vessels;
    private readonly StromaProcess _stroma;
    private readonly TumorProcess _tumor;
    private readonly (IImmuneProcess Process, StepPhase? Phase)[] _immune;
    private readonly ClearanceProcess _clearance;

    public LesionModel(ProcessSetup setup)
    {
        _lesion = setup.Lesion;
        _order = new SpatialOrder(setup.Lesion);
        _vessels = new VesselProcess(setup);
        Fields = new FieldProcess(setup);
        _stroma = new StromaProcess(setup);
        _tumor = new TumorProcess(setup);
        _immune = [.. setup.Lesion.Kinds.Select((kind, i) => (kind.Process?.Invoke(setup) ?? new ExtensionProcess(setup, i), kind.Phase))];
        _clearance = new ClearanceProcess(setup);
    }

    public FieldProcess Fields { get; }

    public void Step(in StepContext context, IStepProbe? probe)
    {
        probe?.Begin(StepPhase.Vessels);
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
        foreach ((IImmuneProcess process, StepPhase? phase) in _immune)
        {
            if (phase is { } begins)
            {
                probe?.Begin(begins);
            }

            process.Step(context);
        }

        probe?.Begin(StepPhase.Clearance);
        _clearance.Step(context);
        if (context.IsDue(24))
        {
            _lesion.MeanVegf = MeanInBed(FieldId.Vegf);
            _lesion.TotalDamp = TotalOf(FieldId.Damp);
        }
    }

    private double TotalOf(FieldId id)
    {
        LatticeShape shape = _lesion.Shape;
        double sum = 0;
        for (int row = 0; row < shape.Rows; row++)
        {
            foreach (float value in _lesion.Field(id).Span.Slice(shape.RowStart(row), shape.Nx))
            {
                sum += value;
            }
        }

        return sum;
    }

    // Site order: the sum has the same bits whatever the threads.
    private double MeanInBed(FieldId id)
    {
        LatticeShape shape = _lesion.Shape;
        SiteArray<float> field = _lesion.Field(id);
        double sum = 0;
        for (int row = 0; row < shape.Rows; row++)
        {
            for (int site = shape.RowStart(row), end = site + shape.Nx; site < end; site++)
            {
                if (_lesion.ParenchymaCodes[site] != Parenchyma.Hepatocyte)
                {
                    sum += field[site];
                }
            }
        }

        return _lesion.TumorBedSites == 0 ? 0 : sum / _lesion.TumorBedSites;
    }
}

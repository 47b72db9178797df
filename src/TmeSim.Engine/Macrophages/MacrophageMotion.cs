using TmeSim.Engine.Fields;
using TmeSim.Engine.Immune;
using TmeSim.Engine.Numerics;
using TmeSim.Engine.Plan;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Macrophages;

/// <summary>Macrophages hop to face neighbours, drawn by CCL2/CSF1.</summary>
internal sealed class MacrophageMotion
{
    private readonly LesionState _lesion;
    private readonly HopPass _hops;
    private readonly CellDraws _draws;
    private readonly bool _moving;
    private readonly float _speedLiver;
    private readonly float _speedTumor;
    private const float SignalFloor = 0.05f;

    public MacrophageMotion(ProcessSetup setup)
    {
        _draws = new CellDraws(setup.Runner);
        _lesion = setup.Lesion;
        _moving = setup.IsOn(Mechanism.MacrophageMotility) && _lesion.Shape.Dimensions > 0;
        var hop = new Hop(_lesion.Shape, (float)setup.Value(Parameter.MacrophageChemotaxis), SignalFloor, FieldProcess.WallFactor(setup));
        _hops = new HopPass(setup, ImmuneKinds.Macrophages, hop);
        _speedLiver = setup.Rate(Parameter.MacrophageSpeedLiver);
        _speedTumor = setup.Rate(Parameter.MacrophageSpeedTumor);
    }

    public void Step(in StepContext context)
    {
        if (!_moving)
        {
            return;
        }

        double fastest = Math.Max(_speedLiver, _speedTumor) * context.StepHours / _lesion.Shape.SpacingUm;
        uint subSteps = (uint)Math.Max(1, Math.Ceiling(fastest - 1e-6));
        float perSpeed = (float)(context.StepHours / subSteps / _lesion.Shape.SpacingUm);
        for (uint sub = 0; sub < subSteps; sub++)
        {
            SubStep(context, sub, perSpeed);
        }
    }

    private void SubStep(in StepContext context, uint subStep, float perSpeed)
    {
        MacrophageStore cells = _lesion.Macrophages;
        _draws.Draw(cells.Id.Values, cells.Count, Purpose.MacrophageMove, context, subStep);
        var chances = new HopChances(_speedTumor * perSpeed, _speedLiver * perSpeed, 0, 0);
        _hops.SubStep(FieldId.Myeloid, chances, default, null, default, _draws, context, subStep);
        for (int k = _hops.Leaving.Count - 1; k >= 0; k--)
        {
            Occupancy.Remove(_lesion, ImmuneKinds.Macrophages, _hops.Leaving[k]);
            _lesion.Ledger.Add(Booking.MacrophageExits);
        }
    }
}

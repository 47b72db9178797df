using TmeSim.Engine.Fields;
using TmeSim.Engine.Immune;
using TmeSim.Engine.Plan;
using TmeSim.Engine.State;
using TmeSim.Engine.Stroma;

namespace TmeSim.Engine.Cd8;

/// <summary>
/// One motility sub-step of all CD8 T cells: hop to a face neighbour, kept out by other immune cells and dense stroma. The denser of the
/// two sites decides: matrix holds a T cell as it keeps others out.
/// </summary>
internal sealed class Cd8Motion
{
    private readonly ProcessSetup _setup;
    private readonly LesionState _lesion;
    private readonly HopPass _hops;
    private readonly bool _barrier;
    private readonly bool _holds;
    private readonly bool _moving;
    private readonly StromaGate _gate;
    private readonly float _speedLiver;
    private readonly float _speedTumor;
    private readonly float _engagedFactor;
    private readonly bool _states;
    private readonly float _residentFactor;

    public Cd8Motion(ProcessSetup setup)
    {
        _setup = setup;
        _lesion = setup.Lesion;
        _moving = setup.IsOn(Mechanism.Cd8Motility) && _lesion.Shape.Dimensions > 0;
        float beta = setup.IsOn(Mechanism.Cd8Chemotaxis) ? (float)setup.Value(Parameter.Cd8Chemotaxis) : 0;
        var hop = new Hop(_lesion.Shape, beta, (float)setup.Value(Parameter.CxclFloor), FieldProcess.WallFactor(setup));
        _hops = new HopPass(setup, ImmuneKinds.Cd8, hop);
        _barrier = setup.IsOn(Mechanism.StromaBarrier);
        _holds = setup.IsOn(Mechanism.StromaMotility);
        _gate = new StromaGate(setup.Parameters);
        _speedLiver = setup.Rate(Parameter.Cd8SpeedLiver);
        _speedTumor = setup.Rate(Parameter.Cd8SpeedTumor);
        _engagedFactor = (float)setup.Value(Parameter.Cd8EngagedSpeedFactor);
        _states = setup.IsOn(Mechanism.Cd8Differentiation);
        _residentFactor = (float)setup.Value(Parameter.Cd8ResidentSpeedFactor);
    }

    /// <summary>Sub-steps so that the fastest cell hops with probability at most 0.8, unless the parameter asks for a number.</summary>
    /// <exception cref="ArgumentException">The number asked for is too small for the speed.</exception>
    public static int SubSteps(ParameterSet parameters, double stepHours, double spacingUm)
    {
        double fastest = Math.Max(parameters.Rate(Parameter.Cd8SpeedLiver), parameters.Rate(Parameter.Cd8SpeedTumor));
        int needed = Math.Max(1, (int)Math.Ceiling(fastest * stepHours / (0.8 * spacingUm) - 1e-9));
        int asked = (int)parameters[Parameter.Cd8SubSteps];
        if (asked > 0 && fastest * stepHours / (asked * spacingUm) > 0.8 + 1e-9)
        {
            throw new ArgumentException(
                $"cd8.sub_steps {asked} is too few: at {fastest:0.#} µm/h and {stepHours:0.##} h steps at least {needed} are needed");
        }

        return asked > 0 ? asked : needed;
    }

    /// <summary>Moves all cells once.</summary>
    /// <param name="context">The step.</param>
    /// <param name="subStep">Which part of it.</param>
    /// <param name="subHours">Length of the part [h].</param>
    /// <param name="draws">Blocks of the cells for this sub-step; follows the cells that leave.</param>
    public void SubStep(in StepContext context, uint subStep, double subHours, CellDraws draws)
    {
        if (!_moving)
        {
            return;
        }

        Cd8Store cells = _lesion.Cd8;
        float perSpeed = (float)(subHours / _lesion.Shape.SpacingUm);
        var chances = new HopChances(_speedTumor * perSpeed, _speedLiver * perSpeed, _speedTumor * _engagedFactor * perSpeed,
            _speedLiver * _engagedFactor * perSpeed);
        var gate = new HopGate(_barrier ? _setup.Workspace.Permeability.Of(_lesion, _gate, _setup.Runner) : null, _holds);
        HopSlow residents = _states ? new HopSlow(cells.State.Values, Cd8State.Resident, _residentFactor) : default;
        _hops.SubStep(FieldId.Cxcl, chances, gate, cells.Target.Values, residents, draws, context, subStep);
        for (int k = _hops.Leaving.Count - 1; k >= 0; k--)
        {
            // Highest index first: removing swaps the last cell in, which no lower entry of the list names.
            draws.Remove(_hops.Leaving[k], cells.Count - 1);
            Occupancy.Remove(_lesion, ImmuneKinds.Cd8, _hops.Leaving[k]);
            _lesion.Ledger.Add(Booking.Cd8Exits);
        }
    }
}

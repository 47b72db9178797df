using TmeSim.Engine.Fields;
using TmeSim.Engine.Immune;
using TmeSim.Engine.Lattice;
using TmeSim.Engine.Numerics;
using TmeSim.Engine.Plan;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Macrophages;

/// <summary>Macrophages hop to face neighbours, drawn by CCL2/CSF1.</summary>
internal sealed class MacrophageMotion
{
    private readonly LesionState _lesion;
    private readonly RowRunner _runner;
    private readonly Moves _moves;
    private readonly CellDraws _draws = new();
    private readonly Hop _hop;
    private readonly bool _moving;
    private readonly float _speedLiver;
    private readonly float _speedTumor;
    private const float SignalFloor = 0.05f;

    public MacrophageMotion(ProcessSetup setup)
    {
        _lesion = setup.Lesion;
        _runner = setup.Runner;
        _moves = new Moves(setup, ImmuneKinds.Macrophages);
        _moving = setup.IsOn(Mechanism.MacrophageMotility) && _lesion.Shape.Dimensions > 0;
        _hop = new Hop(_lesion.Shape, (float)setup.Value(Parameter.MacrophageChemotaxis), SignalFloor, FieldProcess.WallFactor(setup));
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
        _moves.Reserve(cells.Capacity);
        _runner.Run(new Deciding(this, perSpeed), cells.Count, Moves.CellsPerBlock);
        _moves.Commit(cells.Id.Values, cells.Site.Values, cells.Count, context, subStep);
        for (int k = _moves.Leaving.Count - 1; k >= 0; k--)
        {
            Occupancy.Remove(_lesion, ImmuneKinds.Macrophages, _moves.Leaving[k]);
            _lesion.Ledger.Add(Booking.MacrophageExits);
        }
    }

    /// <summary>Where each cell of a range wants to go, from the old state.</summary>
    private unsafe void Decide(int first, int end, float perSpeed)
    {
        int[] sites = _lesion.Macrophages.Site.Values;
        byte* codes = _lesion.ParenchymaCodes.Pointer;
        float* signal = _lesion.Field(FieldId.Myeloid).Pointer;
        for (int i = first; i < end; i++)
        {
            int site = sites[i];
            PhiloxBlock block = _draws[i];
            float speed = codes[site] == Parenchyma.Hepatocyte ? _speedLiver : _speedTumor;
            int goal = Moves.Stays;
            if (Draws.Uniform(block.X0) < speed * perSpeed)
            {
                int to = site + _hop.Direction(signal, codes, site, Draws.Uniform(block.X1));
                goal = codes[to] == Parenchyma.Wall ? Moves.Leaves : _lesion.Immune[to] == 0 ? to : Moves.Stays;
            }

            _moves.Goal[i] = goal;
        }
    }

    private readonly struct Deciding(MacrophageMotion motion, float perSpeed) : IRowKernel
    {
        public void Run(int first, int end) => motion.Decide(first, end, perSpeed);
    }
}

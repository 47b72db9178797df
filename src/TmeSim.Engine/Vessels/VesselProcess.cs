using TmeSim.Engine.Multigrid;
using TmeSim.Engine.Numerics;
using TmeSim.Engine.Plan;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Vessels;

/// <summary>
/// Step 3: pericyte cover, lumen, loss and sprouting of vessels, all driven by free VEGF (MODEL.md 7.3).
/// The normalisation window is not written anywhere: it comes out of the maturity target (better cover at moderate VEGF,
/// detachment at very low VEGF) and of the pruning of immature vessels. Vessels of normal liver are quiescent: they mature and
/// fill whatever VEGF does [assumption], until the tumour grows over them.
/// </summary>
internal sealed class VesselProcess
{
    private readonly ProcessSetup _setup;
    private readonly LesionState _lesion;
    private readonly VesselRates _rates;
    private readonly Sprouting _sprouting;
    private readonly EndothelialAnergy _anergy;
    private readonly bool _liverQuiescence;
    private readonly List<int> _lost = new(64);
    private readonly VesselPass _pass;
    private int[] _outcomes = [];

    public VesselProcess(ProcessSetup setup)
    {
        _setup = setup;
        _lesion = setup.Lesion;
        _rates = new VesselRates(setup);
        _sprouting = new Sprouting(setup);
        _anergy = new EndothelialAnergy(setup);
        _pass = VesselPass.Create(LaneWidths.Widest, setup);
        _liverQuiescence = setup.IsOn(Mechanism.VesselsLiverQuiescence);
    }

    public void Step(in StepContext context)
    {
        VesselStore vessels = _lesion.Vessels;
        if (_outcomes.Length < vessels.Count)
        {
            _outcomes = new int[vessels.Capacity];
        }

        float dt = (float)context.StepHours;
        _pass.Run(
            new VesselStep(
                _rates, _sprouting, dt, _rates.MaturityShare(dt), DetMath.Probability(_rates.Loss * dt),
                _rates.ClearedLoss > 0 ? DetMath.Probability((_rates.Loss + _rates.ClearedLoss) * dt) : 0,
                (float)_setup.Value(Parameter.VesselsRemovalDensity), _sprouting.Rate(context), _liverQuiescence),
            _outcomes, context);
        CollectOutcomes(context);
        for (int k = _lost.Count - 1; k >= 0; k--)
        {
            _lesion.VesselMark[vessels.Site[_lost[k]]] = false;
            vessels.RemoveAt(_lost[k]);
            _lesion.Ledger.Add(Booking.VesselsLost);
        }

        _sprouting.Commit(_rates);
        _anergy.Step(context);
    }

    // Almost all vessels go on as they are.
    private void CollectOutcomes(in StepContext context)
    {
        _lost.Clear();
        _sprouting.Clear();
        ReadOnlySpan<int> outcomes = _outcomes.AsSpan(0, _lesion.Vessels.Count);
        for (int i = outcomes.IndexOfAnyExcept(0), next; i >= 0; i = next < 0 ? -1 : i + 1 + next)
        {
            if (outcomes[i] == VesselPass.Lost)
            {
                _lost.Add(i);
            }
            else
            {
                _sprouting.Add(_lesion.Vessels.Site[i], outcomes[i], context);
            }

            next = outcomes[(i + 1)..].IndexOfAnyExcept(0);
        }
    }
}

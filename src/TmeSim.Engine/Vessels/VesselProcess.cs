using TmeSim.Engine.Immune;
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
    private readonly CellDraws _draws = new();

    public VesselProcess(ProcessSetup setup)
    {
        _setup = setup;
        _lesion = setup.Lesion;
        _rates = new VesselRates(setup);
        _sprouting = new Sprouting(setup);
        _anergy = new EndothelialAnergy(setup);
        _liverQuiescence = setup.IsOn(Mechanism.VesselsLiverQuiescence);
    }

    public void Step(in StepContext context)
    {
        VesselStore vessels = _lesion.Vessels;
        float dt = (float)context.StepHours;
        float loss = DetMath.Probability(_rates.Loss * dt), share = _rates.MaturityShare(dt);
        float removal = (float)_setup.Value(Parameter.VesselsRemovalDensity);
        _lost.Clear();
        _draws.Draw(vessels.Site.Values, vessels.Count, Purpose.VesselFate, context);
        for (int i = 0; i < vessels.Count; i++)
        {
            int site = vessels.Site[i];
            bool liver = _lesion.ParenchymaCodes[site] == Parenchyma.Hepatocyte;
            bool quiescent = liver && _liverQuiescence;
            float maturity, density;
            if (quiescent)
            {
                maturity = VesselRates.Quiesce(vessels.Maturity[i], share);
                density = VesselRates.Quiesce(vessels.Density[i], share);
            }
            else
            {
                float vegf = LocalDrug.FreeVegf(_lesion, context.Exposure, site);
                maturity = _rates.NextMaturity(vessels.Maturity[i], vegf, share);
                density = _rates.NextDensity(vessels.Density[i], maturity, vegf, dt);
            }

            vessels.Maturity[i] = maturity;
            vessels.Density[i] = density;
            vessels.Perfusion[i] = _rates.Perfusion(density, maturity);
            bool lost = !liver && Draws.Uniform(_draws[i].X0) < loss;
            if (lost || density < removal)
            {
                _lost.Add(i);
            }
        }

        for (int k = _lost.Count - 1; k >= 0; k--)
        {
            _lesion.VesselMark[vessels.Site[_lost[k]]] = false;
            _draws.Remove(_lost[k], vessels.Count - 1);
            vessels.RemoveAt(_lost[k]);
            _lesion.Ledger.Add(Booking.VesselsLost);
        }

        _sprouting.Step(_rates, _draws, context);
        _anergy.Step(context);
    }
}

using TmeSim.Engine.Immune;
using TmeSim.Engine.Numerics;
using TmeSim.Engine.Plan;
using TmeSim.Engine.State;
using TmeSim.Engine.Stroma;

namespace TmeSim.Engine.Cd8;

/// <summary>
/// CD8 T cells enter through vessels of the tumour bed: Poisson with mean rate · effectors · perfusion ·
/// (floor + (1 − floor) H(CXCL9/10)) · adhesion · stroma (MODEL.md 7.6). Of liver vessels those of the invasive margin admit some where
/// <c>cd8.margin_entry</c> is on, the others none: else the result depends on the lattice size.
/// </summary>
internal sealed class Cd8Entry
{
    private readonly ProcessSetup _setup;
    private readonly LesionState _lesion;
    private readonly Influx _influx;
    private readonly float _gateFloor;
    private readonly float _cxclFloor;
    private readonly float _adhesionBase;
    private readonly float _vegfHalf;
    private readonly float _reactive;
    private readonly float _precursors;
    private readonly float _dampAdhesion;
    private readonly bool _cuffs;
    private readonly StromaGate _gate;
    private readonly InvasiveMargin _margin;
    private readonly double _marginShare;

    public Cd8Entry(ProcessSetup setup)
    {
        _setup = setup;
        _lesion = setup.Lesion;
        _influx = new Influx(setup.Lesion, Purpose.Cd8Influx, setup.Runner);
        _gateFloor = setup.IsOn(Mechanism.ChemokineEntryGate) ? (float)setup.Value(Parameter.CxclEntryFloor) : 1;
        _cxclFloor = (float)setup.Value(Parameter.CxclFloor);
        _adhesionBase = (float)setup.Value(Parameter.Cd8AdhesionBase);
        _vegfHalf = (float)setup.Value(Parameter.Cd8AdhesionVegfHalf);
        _reactive = (float)setup.Value(Parameter.Cd8ReactiveFraction);
        _precursors = Cd8Rates.PrecursorShare(setup.Parameters, setup.Mechanisms);
        _dampAdhesion = setup.IsOn(Mechanism.DampAdhesion) ? (float)setup.Value(Parameter.DampAdhesionGain) : 0;
        _cuffs = setup.IsOn(Mechanism.StromaEntry);
        _gate = new StromaGate(setup.Parameters);
        _margin = new InvasiveMargin(setup.Lesion, setup.Value(Parameter.Cd8MarginWidth));
        _marginShare = setup.IsOn(Mechanism.Cd8MarginEntry) ? setup.Value(Parameter.Cd8MarginShare) : 0;
    }

    public void Step(in StepContext context)
    {
        if (!_setup.IsOn(Mechanism.Cd8Entry))
        {
            return;
        }

        double rate = _setup.Parameters.Rate(Parameter.Cd8EntryRate) * context.StepHours
            * _lesion.Multipliers[Multiplier.Cd8Entry] * context.Effectors;
        _influx.Clear();
        foreach (int i in _influx.Candidates(rate * MaxPermission, context))
        {
            int site = _lesion.Vessels.Site[i];
            double open = Openness(site);
            if (open > 0)
            {
                _influx.Draw(site, rate * open * Permission(i, site, context), context);
            }
        }

        _influx.Order();
        foreach ((ulong id, int vessel) in _influx.Arrivals)
        {
            int site = _influx.SiteFor((id, vessel));
            if (site < 0)
            {
                _lesion.Ledger.Add(Booking.Cd8EntriesBlocked);
                continue;
            }

            PhiloxBlock block = context.Draw(id, Purpose.Cd8Birth);
            bool reactive = Draws.Uniform(block.X0) < _reactive;
            byte state = Cd8Rates.Newcomer(block, reactive, _precursors);
            Occupancy.AddCd8(_lesion, id, site, 0, 0, reactive ? (byte)1 : (byte)0, state);
            _lesion.Ledger.Add(Booking.Cd8Entries);
            _lesion.EffectorsTaken++;
        }
    }

    // 1 in the bed, a share in the margin, 0 elsewhere in liver.
    private double Openness(int site) => _lesion.ParenchymaCodes[site] != Parenchyma.Hepatocyte ? 1
        : _marginShare > 0 && _margin.Holds(site) ? _marginShare : 0;

    // Perfusion, maturity, the Hill functions and the cuff are at most 1; a hundredth more than rounding could make of it.
    private float MaxPermission => 1.01f * Math.Max(1, _gateFloor) * Math.Max(1, _adhesionBase) * Math.Max(1, _dampAdhesion);

    /// <summary>Perfusion × chemokine gate × adhesion × stroma of one vessel.</summary>
    private float Permission(int vessel, int site, in StepContext context)
    {
        float cxcl = _lesion.Field(FieldId.Cxcl)[site] + _cxclFloor;
        float gate = _gateFloor + (1 - _gateFloor) * cxcl / (1 + cxcl);
        float freeVegf = LocalDrug.FreeVegf(_lesion, context.Exposure, site);
        float adhesion = (_adhesionBase + (1 - _adhesionBase) * _lesion.Vessels.Maturity[vessel]) / (1 + freeVegf / _vegfHalf);
        float cuff = _cuffs ? _gate.Entry(_lesion.Stroma[site]) : 1;
        return _lesion.Vessels.Perfusion[vessel] * gate * adhesion * Anergy(_lesion.Vessels.Adhesion[vessel], site) * cuff;
    }

    // IFN-I gives back part of the adhesion that the surroundings took.
    private float Anergy(float left, int site)
    {
        float damp = _lesion.Field(FieldId.Damp)[site];
        return left >= 1 ? left : left + (1 - left) * _dampAdhesion * damp / (1 + damp);
    }
}

using TmeSim.Engine.Immune;
using TmeSim.Engine.Numerics;
using TmeSim.Engine.Plan;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Macrophages;

/// <summary>Step 7: monocytes enter as macrophages, macrophages move, polarise, phagocytose and die.</summary>
internal sealed class MacrophageProcess : IImmuneProcess
{
    private readonly ProcessSetup _setup;
    private readonly LesionState _lesion;
    private readonly Influx _influx;
    private readonly MacrophageMotion _motion;
    private readonly MacrophageFate _fate;

    public MacrophageProcess(ProcessSetup setup)
    {
        _setup = setup;
        _lesion = setup.Lesion;
        _influx = new Influx(setup.Lesion, Purpose.MonocyteInflux, setup.Runner);
        _motion = new MacrophageMotion(setup);
        _fate = new MacrophageFate(setup);
    }

    public void Step(in StepContext context)
    {
        if (_setup.IsOn(Mechanism.MacrophageEntry))
        {
            Enter(context);
        }

        _motion.Step(context);
        _fate.Step(context);
    }

    /// <summary>
    /// The cell's own factor on polarisation: log-normal, median 1. Without it all macrophages of a tumour share one score.
    /// </summary>
    public static float Polarisability(ParameterSet parameters, in PhiloxBlock block) =>
        (float)DetMath.Exp(parameters[Parameter.MacrophagePolarisationSpread] * Draws.Normal(block.X0, block.X1));

    // Poisson per vessel of the tumour bed: rate · monocytes · H(CCL2) · (floor + (1 − floor) perfusion), less what CSF1R blockade stops.
    private void Enter(in StepContext context)
    {
        double rate = _setup.Parameters.Rate(Parameter.MacrophageEntryRate) * context.StepHours
            * _lesion.Multipliers[Multiplier.MonocyteEntry] * context.Monocytes;
        float floor = (float)_setup.Value(Parameter.MacrophageEntryPerfusionFloor);
        _influx.Clear();

        // The Hill function, perfusion and what the blockade leaves are at most 1; a hundredth more than rounding could make of it.
        foreach (int i in _influx.Candidates(rate * 1.01 * Math.Max(1, floor), context))
        {
            int site = _lesion.Vessels.Site[i];
            if (_lesion.ParenchymaCodes[site] == Parenchyma.Hepatocyte)
            {
                continue;
            }

            float signal = _lesion.Field(FieldId.Myeloid)[site];
            float permission = signal / (1 + signal) * (floor + (1 - floor) * _lesion.Vessels.Perfusion[i]);
            permission *= 1 - LocalDrug.Occupancy(_lesion, context.Exposure[DrugTarget.Csf1r], site);
            _influx.Draw(site, rate * permission, context);
        }

        _influx.Order();
        foreach ((ulong id, int vessel) in _influx.Arrivals)
        {
            int site = _influx.SiteFor((id, vessel));
            if (site < 0)
            {
                _lesion.Ledger.Add(Booking.MacrophageEntriesBlocked);
                continue;
            }

            float own = Polarisability(_setup.Parameters, context.Draw(id, Purpose.MacrophageBirth));
            Occupancy.AddMacrophage(_lesion, id, site, 0, own);
            _lesion.Ledger.Add(Booking.MacrophageEntries);
        }
    }
}

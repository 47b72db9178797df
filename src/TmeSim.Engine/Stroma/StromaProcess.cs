using TmeSim.Engine.Lattice;
using TmeSim.Engine.Numerics;
using TmeSim.Engine.Plan;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Stroma;

/// <summary>
/// Turnover of the matrix once a day, counted in hours: fibroblasts secrete, CAF three times as much, matrix decays (MODEL.md 7.12). While
/// the burn-in lasts the secretion is scaled so that the tumour bed as a whole keeps the asked density; the scale is frozen at t = 0.
/// </summary>
internal sealed class StromaProcess
{
    /// <summary>Time between updates [h].</summary>
    public const double IntervalHours = Cadence.Day;

    private const double StrongestScale = 10;
    private readonly LesionState _lesion;
    private readonly StromaRates _rates;
    private readonly StromaPass _pass;
    private readonly bool _on;
    private readonly float _scarDensity, _scarPerHour;
    private readonly RowRunner _runner;
    private readonly CapsuleMask? _capsule;
    private readonly SiteBits _bits;

    public StromaProcess(ProcessSetup setup)
    {
        _lesion = setup.Lesion;
        _rates = new StromaRates(setup);
        _pass = StromaPass.Create(setup.Lesion, setup.Runner);
        _on = setup.IsOn(Mechanism.StromaDynamics);
        _scarDensity = (float)setup.Value(Parameter.RegressionScarDensity);
        _scarPerHour = setup.IsOn(Mechanism.RegressionScar) ? setup.Rate(Parameter.RegressionScarRate) : 0;
        _runner = setup.Runner;
        _bits = setup.Workspace.Wanted;
        _capsule = _lesion.StromaMap.CapsuleSites > 0 ? new CapsuleMask(_lesion.Shape, _lesion.StromaMap.CapsuleSites) : null;
    }

    public void Step(in StepContext context)
    {
        if (!_on)
        {
            return;
        }

        // The update looks back on the interval that has ended; at step 0 none has.
        if (context.Step > 0 && context.IsDue(IntervalHours))
        {
            (TargetExposure caf, TargetExposure tgfb) = _lesion.StromaExposure.Take(IntervalHours);
            if (_lesion.TumorCellsAtStart == 0)
            {
                _lesion.Multipliers[Multiplier.Matrix] = ScaleOfBed();
            }

            float share = DetMath.Probability(_rates.DecayPerHour * (float)IntervalHours);
            _capsule?.Mark(_lesion, _bits);
            _pass.Relax(
                _rates, (float)_lesion.Multipliers[Multiplier.Matrix], share, caf, tgfb, _capsule is null ? null : _bits);
            if (_capsule is not null)
            {
                _bits.Words.Writable.Clear();
            }

            if (_scarPerHour > 0)
            {
                float formed = DetMath.Probability(_scarPerHour * (float)IntervalHours);
                _runner.Run(new ScarPass(_lesion, _scarDensity, formed), _lesion.Shape.Rows);
            }

            _lesion.StromaChanged();
        }

        _lesion.StromaExposure.Add(context.Exposure, context.StepHours);
    }

    // m = Σ F / Σ (F g/g_ref) over the tumour bed, in site order: the bed's mean density is then a fixed point.
    private double ScaleOfBed()
    {
        LatticeShape shape = _lesion.Shape;
        TissueField field = _lesion.Field(FieldId.Suppressive);
        double reference = _rates.Secretion(_rates.ReferenceShare), asked = 0, made = 0;
        Span<byte> zones = stackalloc byte[256];
        for (int row = 0; row < shape.Rows; row++)
        {
            for (int from = 0; from < shape.Nx; from += zones.Length)
            {
                int count = Math.Min(zones.Length, shape.Nx - from), start = shape.RowStart(row) + from;
                _lesion.StromaMap.Fill(row, from, zones[..count]);
                for (int i = 0; i < count; i++)
                {
                    if (_lesion.ParenchymaCodes[start + i] != Parenchyma.Hepatocyte)
                    {
                        float density = _lesion.StromaMap.Density((StromaZone)zones[i]);
                        float active = _rates.FollowsField ? _rates.ActiveShare(_rates.TgfbShare * field[start + i])
                            : _rates.ReferenceShare;
                        asked += density;
                        made += density * (double)_rates.Secretion(active) / reference;
                    }
                }
            }
        }

        return made > 0 ? Math.Clamp(asked / made, 1 / StrongestScale, StrongestScale) : 1;
    }
}

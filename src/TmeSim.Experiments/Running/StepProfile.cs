using System.Diagnostics;
using TmeSim.Engine.Multigrid;
using TmeSim.Engine.Observers;
using TmeSim.Engine.State;
using TmeSim.Engine;

namespace TmeSim.Experiments.Running;

/// <summary>Time per part of a step, cycles and residuals per field, over all steps it was told of. For one simulation at a time.</summary>
public sealed class StepProfile : IStepProbe
{
    private readonly long[] _ticks = new long[Enum.GetValues<StepPhase>().Length];
    private readonly long[] _cycles = new long[FieldTable.All.Count];
    private readonly float[] _residuals = new float[FieldTable.All.Count];
    private long _since;
    private int _phase = -1;

    /// <summary>Steps seen.</summary>
    public long Steps { get; private set; }

    /// <summary>Sites times steps.</summary>
    public double SiteSteps { get; private set; }

    /// <summary>Nanoseconds per site and step of a part.</summary>
    public double NsPerSite(StepPhase phase) => SiteSteps > 0 ? _ticks[(int)phase] * (1e9 / Stopwatch.Frequency) / SiteSteps : 0;

    /// <summary>Nanoseconds per site of a whole step.</summary>
    public double NsPerSite() => Enum.GetValues<StepPhase>().Sum(NsPerSite);

    /// <summary>
    /// Multigrid cycles per step and lesion of a field. The delivery fields are solved once a day: their last solve counts each step.
    /// </summary>
    public double CyclesPerStep(FieldId field) => Steps > 0 ? (double)_cycles[(int)field] / Steps : 0;

    /// <summary>Largest residual that a step left: max |r / diagonal| over max |c|.</summary>
    public float LargestResidual(FieldId field) => _residuals[(int)field];

    /// <summary>Profiles of several simulations as one.</summary>
    public static StepProfile Sum(IEnumerable<StepProfile> profiles)
    {
        ArgumentNullException.ThrowIfNull(profiles);
        var sum = new StepProfile();
        foreach (StepProfile profile in profiles)
        {
            sum.Steps += profile.Steps;
            sum.SiteSteps += profile.SiteSteps;
            for (int i = 0; i < sum._ticks.Length; i++)
            {
                sum._ticks[i] += profile._ticks[i];
            }

            for (int f = 0; f < sum._cycles.Length; f++)
            {
                sum._cycles[f] += profile._cycles[f];
                sum._residuals[f] = Math.Max(sum._residuals[f], profile._residuals[f]);
            }
        }

        return sum;
    }

    public void Begin(StepPhase phase)
    {
        long now = Stopwatch.GetTimestamp();
        if (_phase >= 0)
        {
            _ticks[_phase] += now - _since;
        }

        (_phase, _since) = ((int)phase, now);
    }

    public void EndStep(Simulation simulation)
    {
        ArgumentNullException.ThrowIfNull(simulation);
        _ticks[_phase] += Stopwatch.GetTimestamp() - _since;
        _phase = -1;
        Steps++;
        for (int lesion = 0; lesion < simulation.Lesions.Count; lesion++)
        {
            SiteSteps += simulation.Lesions[lesion].Shape.SiteCount;
            IReadOnlyList<SolveReport> reports = simulation.FieldReports(lesion);
            for (int f = 0; f < _cycles.Length; f++)
            {
                _cycles[f] += reports[f].Cycles;
                _residuals[f] = Math.Max(_residuals[f], reports[f].Residual);
            }
        }
    }
}

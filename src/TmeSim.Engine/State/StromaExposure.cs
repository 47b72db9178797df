using TmeSim.Engine.Plan;

namespace TmeSim.Engine.State;

/// <summary>
/// Drug on fibroblasts and TGF-β summed over the hours since the last daily update of the matrix, in units of 1/KD · h. The matrix
/// turns over in weeks, so it feels the mean concentration of the day and not the peaks of an oral drug. Part of the state.
/// </summary>
internal sealed class StromaExposure
{
    private readonly double[] _sums = new double[6];

    /// <summary>Counts one step.</summary>
    public void Add(in Exposure exposure, double stepHours)
    {
        if (!exposure[DrugTarget.Caf].IsNone || !exposure[DrugTarget.Tgfb].IsNone)
        {
            Add(0, exposure[DrugTarget.Caf], stepHours);
            Add(3, exposure[DrugTarget.Tgfb], stepHours);
        }
    }

    /// <summary>Mean exposures over the interval; begins the next one.</summary>
    public (TargetExposure Caf, TargetExposure Tgfb) Take(double intervalHours)
    {
        (TargetExposure, TargetExposure) mean = (Mean(0, intervalHours), Mean(3, intervalHours));
        Array.Clear(_sums);
        return mean;
    }

    public void Visit(StateVisitor visitor) => visitor.Values(_sums.AsSpan());

    private void Add(int at, in TargetExposure target, double hours)
    {
        _sums[at] += target.Antibody * hours;
        _sums[at + 1] += target.SmallMolecule * hours;
        _sums[at + 2] = Math.Max(_sums[at + 2], target.MaxEffect);
    }

    private TargetExposure Mean(int at, double hours) =>
        new((float)(_sums[at] / hours), (float)(_sums[at + 1] / hours), (float)_sums[at + 2]);
}

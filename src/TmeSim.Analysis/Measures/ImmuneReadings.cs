using TmeSim.Engine.Plan;
using TmeSim.Engine.State;

namespace TmeSim.Analysis.Measures;

/// <summary>CD8 T cells and macrophages of a lesion, whatever the order of their stores.</summary>
internal sealed class ImmuneReadings
{
    public ImmuneReadings(LesionState lesion, ParameterSet parameters)
    {
        float exhaustedAbove = (float)parameters[Parameter.Cd8ExhaustedThreshold];
        int exhausted = 0, engaged = 0;
        int[] states = new int[Cd8State.Count];
        for (int i = 0; i < lesion.Cd8.Count; i++)
        {
            exhausted += lesion.Cd8.Exhaustion[i] > exhaustedAbove ? 1 : 0;
            engaged += lesion.Cd8.Target[i] != 0 ? 1 : 0;
            states[lesion.Cd8.State[i]] += lesion.Cd8.Reactive[i] != 0 ? 1 : 0;
        }

        long score = 0; // fixed point: the order of the store must not show
        for (int i = 0; i < lesion.Macrophages.Count; i++)
        {
            score += (long)(lesion.Macrophages.Score[i] * (1 << 24));
        }

        ReactiveByState = states;
        (Engaged, ExhaustedFraction) = (engaged, (double)exhausted / lesion.Cd8.Count);
        Cd163ScoreMean = (double)score / (1 << 24) / lesion.Macrophages.Count;
    }

    /// <summary>CD8 T cells that hold a tumour cell.</summary>
    public double Engaged { get; }

    /// <summary>Tumour-reactive CD8 T cells by <see cref="Cd8State"/>.</summary>
    public IReadOnlyList<int> ReactiveByState { get; }

    /// <summary>Tumour-reactive CD8 T cells.</summary>
    public int Reactive => ReactiveByState.Sum();

    /// <summary>Share of CD8 T cells above the threshold; NaN without any.</summary>
    public double ExhaustedFraction { get; }

    /// <summary>Share of a state among tumour-reactive CD8 T cells; NaN without any.</summary>
    public double ShareOf(byte state) => (double)ReactiveByState[state] / Reactive;

    /// <summary>Mean score; NaN without macrophages.</summary>
    public double Cd163ScoreMean { get; }
}

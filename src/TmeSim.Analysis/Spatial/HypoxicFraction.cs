namespace TmeSim.Analysis.Spatial;

/// <summary>Share of viable tumour that lacks oxygen: HF10, HF5 and HF2.5 by their thresholds of 10, 5 and 2.5 mmHg.</summary>
public static class HypoxicFraction
{
    /// <summary>Share of the values strictly below a threshold, 0 to 1; NaN without values.</summary>
    /// <param name="oxygenMmHg">Oxygen at each viable tumour cell [mmHg]; cells have equal areas, so a share of cells is one of
    /// area.</param>
    /// <param name="thresholdMmHg">Threshold [mmHg].</param>
    public static double Of(ReadOnlySpan<float> oxygenMmHg, double thresholdMmHg)
    {
        int below = 0;
        foreach (float value in oxygenMmHg)
        {
            below += value < thresholdMmHg ? 1 : 0;
        }

        return (double)below / oxygenMmHg.Length;
    }
}

using TmeSim.Analysis;

namespace TmeSim.Science.Tests;

/// <summary>What an untreated tumour does: growth as asked for, tissue within its ranges, a baseline that holds.</summary>
public class BiologyTests
{
    private static readonly string[] Control = ["Control"];

    /// <summary>
    /// Volume doubling time from the counts of a year, volume as count^1.5. A tumour that comes within 100 µm of the wall ends
    /// its arm, so fast tumours are followed for as long as the tile allows.
    /// </summary>
    [Theory]
    [InlineData(60, 0.20, 84)]
    [InlineData(140, 0.20, 182)]
    [InlineData(290, 0.30, 364)]
    public void DoublingTime_Untreated_IsTheOneAskedFor(double asked, double tolerance, double followed)
    {
        Cohort cohort = Cohort.Run(
            "base: atezolizumab-bevacizumab/inflamed.yaml",
            Control,
            "replicates=8", "time.record_every=7 d", $"time.duration={followed} d", $"lesions[primary].tumor.doubling_time={asked} d", "tissue.size=[1.6 mm, 1.6 mm]", "lesions[primary].tumor.radius=0.42 mm");
        double[] growth = cohort.Ratio("Control", "tumor_cells", followed);
        double[] rates = [.. growth.Select(ratio => 1.5 * Math.Log(ratio) / followed)];
        MonteCarloError rate = MonteCarloError.Of(rates);
        double observed = Math.Log(2) / rate.Mean;
        Contrast.Write($"asked {asked} d, observed {observed:F1} d (rate {rate.Mean:F5} +- {rate.StandardError:F5} /d, {growth.Length} replicates)");
        Assert.InRange(observed, asked * (1 - tolerance), asked * (1 + tolerance));
    }
}

using TmeSim.Analysis.Contrasts;

namespace TmeSim.Science.Tests;

/// <summary>
/// Signals on twice the spacing against signals on the lattice of the tissue: cohort means of four families of scenarios, 24 replicates of each,
/// paired by the replicate. No mean moves by more than chance explains (99.8 %, for some thirty comparisons), and none that the cohort resolves to 3 % moves by
/// more than 3 %. All are printed for MODEL.md 8.4.
/// </summary>
[Trait("Category", "FullSize")]
public sealed class SignalSpacingTests
{
    private const double Largest = 0.03;

    // Normal quantile at 0.999 by 23 degrees of freedom of Student's t.
    private const double Quantile = 3.485;

    private static readonly string[] Measures =
        ["tumor_cells", "cd8_bed_per_mm2", "macrophages_bed_per_mm2", "cd163_fraction", "vessels_per_mm2", "oxygen_median_mmhg", "ifng_mean", "suppressive_mean"];

    [Theory]
    [InlineData("atezolizumab-bevacizumab/inflamed.yaml", "Atezolizumab + bevacizumab", "12 weeks")]
    [InlineData("barrier/excluded.yaml", "Control", "12 weeks")]
    [InlineData("radiotherapy/one-lesion.yaml", "10 Gy + anti-PD-L1", "12 weeks")]
    [InlineData("nek9/with-atezolizumab-bevacizumab.yaml", "NEK9 inhibitor", "12 weeks")]
    public void CohortMeans_FineAgainstCoarse_DoNotMove(string file, string arm, string duration)
    {
        string[] sets =
        [
            "replicates=24", "time.record_every=7 d", $"time.duration={duration}", "tissue.size=[1.36 mm, 1.36 mm]", "lesions[primary].tumor.radius=0.4 mm",
        ];
        Cohort coarse = Cohort.Run($"base: {file}", [arm], sets), fine = Cohort.Run($"base: {file}", [arm], [.. sets, "fields.signal_spacing=fine"]);
        var moved = new List<string>();
        foreach (string measure in Measures)
        {
            double[] a = coarse.Over(arm, measure, 42, 84), b = fine.Over(arm, measure, 42, 84);
            double mean = MonteCarloError.Of(b).Mean;
            MonteCarloError difference = MonteCarloError.Of([.. a.Zip(b, (x, y) => (x - y) / mean)]);
            double half = Quantile * difference.StandardError;
            Contrast.Write($"{file}, {arm}, {measure}: fine {mean:G4}, coarse {difference.Mean:P2} ± {difference.StandardError:P2}");
            if (Math.Abs(difference.Mean) > half || (half < Largest && Math.Abs(difference.Mean) > Largest))
            {
                moved.Add($"{measure} {difference.Mean:P2} ± {difference.StandardError:P2}");
            }
        }

        Assert.Empty(moved);
    }
}

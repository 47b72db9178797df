namespace TmeSim.Science.Tests;

/// <summary>Half the step on a small tile over four weeks.</summary>
public sealed class SmallStepHalvingTests() : StepHalvingTests(
    ["replicates=64", "time.burn_in=35 d", "time.duration=4 weeks", "tissue.size=[1.28 mm, 1.28 mm]", "lesions[primary].tumor.radius=0.4 mm"],
    14,
    ["tumor_cells", "perfusion_mean", "maturity_mean", "oxygen_median_mmhg", "vegf_mean", "myeloid_mean", "mhc1_mean", "effector_level"]);

/// <summary>Half the step on the tile that the scenarios ship with, over six weeks.</summary>
[Trait("Category", "FullSize")]
public sealed class FullSizeStepHalvingTests() : StepHalvingTests(
    ["replicates=64", "time.duration=6 weeks"],
    21,
    ["tumor_cells", "macrophages_bed_per_mm2", "vessels_per_mm2", "perfusion_mean", "maturity_mean", "oxygen_median_mmhg", "vegf_mean", "myeloid_mean", "mhc1_mean", "effector_level"]);

/// <summary>
/// Halving the step moves cohort means by less than 5 %: shown where the whole 95 % interval lies within ±5 %, refuted where it lies
/// outside. The means named by a cohort must be shown; of the others, which chance moves more, none may be refuted. All are printed.
/// </summary>
public abstract class StepHalvingTests(string[] sets, double fromDay, string[] mustResolve)
{
    private static readonly string[] Measures =
    [
        "tumor_cells", "cd8_bed_per_mm2", "macrophages_bed_per_mm2", "cd163_fraction", "cd163_score_mean", "vessels_per_mm2", "perfusion_mean", "maturity_mean",
        "hypoxic_fraction", "oxygen_median_mmhg", "ifng_mean", "vegf_mean", "cxcl_mean", "suppressive_mean", "myeloid_mean", "pdl1_mean", "mhc1_mean",
        "births", "deaths_cd8", "cd8_entries", "macrophage_entries", "effector_level",
    ];

    [Theory]
    [InlineData("Control")]
    [InlineData("Atezolizumab + bevacizumab")]
    public void HalfTheStep_MovesNoMeanByFivePercent(string arm)
    {
        StepHalving cohort = StepHalving.Run("base: atezolizumab-bevacizumab/inflamed.yaml", arm, fromDay, sets);
        var moved = new List<string>();
        var unresolved = new List<string>();
        foreach (string measure in Measures)
        {
            StepEffect effect = cohort.Effect(measure);
            double low = effect.Relative - effect.HalfWidth, high = effect.Relative + effect.HalfWidth;
            Contrast.Write($"{measure}: {effect.Mean:G4}, half the step {effect.Relative:P2} [{low:P2}, {high:P2}]");

            double size = Math.Abs(effect.Relative);
            if (size - effect.HalfWidth >= 0.05)
            {
                moved.Add($"{measure} {effect.Relative:P2}");
            }

            if (mustResolve.Contains(measure) && size + effect.HalfWidth >= 0.05)
            {
                unresolved.Add(measure);
            }
        }

        Assert.Empty(moved);
        Assert.Empty(unresolved);
    }
}

using TmeSim.Analysis.Contrasts;
using TmeSim.Experiments.Measures;

namespace TmeSim.Science.Tests;

/// <summary>What an untreated tumour does: growth as asked for, tissue within its ranges, a baseline that holds.</summary>
public class BiologyTests
{
    private const double WeekTwelve = 84;
    private const string Inflamed = "base: atezolizumab-bevacizumab/inflamed.yaml";
    private const string Desert = "base: atezolizumab-bevacizumab/desert.yaml";
    private const string Excluded = "base: atezolizumab-bevacizumab/excluded.yaml";
    private const string Myeloid = "base: atezolizumab-bevacizumab/cd163-rich.yaml";
    private static readonly string[] Control = ["Control"];

    /// <summary>
    /// Volume doubling time from the counts, volume as count^1.5. A tumour that comes within 100 µm of the wall ends its arm, so
    /// fast tumours are followed for as long as the tile allows.
    /// </summary>
    [Theory]
    [InlineData(60, 0.20, 84, 1.6)]
    [InlineData(140, 0.20, 182, 1.6)]
    [InlineData(290, 0.30, 364, 2)]
    public void DoublingTime_Untreated_IsTheOneAskedFor(double asked, double tolerance, double followed, double tileMm)
    {
        Cohort cohort = Cohort.Run(
            Inflamed,
            Control,
            "replicates=8",
            "time.record_every=7 d",
            $"time.duration={followed} d",
            $"lesions[primary].tumor.doubling_time={asked} d",
            $"tissue.size=[{tileMm} mm, {tileMm} mm]",
            "lesions[primary].tumor.radius=0.42 mm");
        double[] rates = [.. cohort.Ratio("Control", "tumor_cells", followed).Select(ratio => 1.5 * Math.Log(ratio) / followed)];
        MonteCarloError rate = MonteCarloError.Of(rates);
        double observed = Math.Log(2) / rate.Mean;
        Contrast.Write($"asked {asked} d, observed {observed:F1} d (rate {rate.Mean:F5} +- {rate.StandardError:F5} /d, {rate.Count} replicates)");
        Assert.InRange(observed, asked * (1 - tolerance), asked * (1 + tolerance));
    }

    /// <summary>Asked within 10 % (or the Monte-Carlo error where cells are few) at t = 0, and within 25 % after 12 weeks.</summary>
    [Theory]
    [InlineData(Inflamed, 120, 200, 0.4)]
    [InlineData(Desert, 8, 200, 0.4)]
    [InlineData(Excluded, 40, 200, 0.4)]
    [InlineData(Myeloid, 120, 400, 0.7)]
    public void Baseline_Untreated_IsMetAndHolds(string tumor, double cd8, double macrophages, double cd163)
    {
        // A desert has four CD8 T cells on the small tile, which come and go together: eight replicates say nothing of their mean.
        // A handful of vessels at the rim feeds the excluded tumour: on the small tile they scatter more than the bounds allow.
        Cohort cohort = Cohort.Run(tumor, Control, [.. Cohort.Tile(fullSize: tumor == Excluded), $"replicates={(tumor == Desert ? 32 : 8)}"]);
        LesionBaseline[] reached = cohort.Baselines();
        Check("CD8 /mm2", cd8, [.. reached.Select(b => b.Reached.Cd8PerMm2)], "cd8_bed_per_mm2");
        Check("macrophages /mm2", macrophages, [.. reached.Select(b => b.Reached.MacrophagesPerMm2)], "macrophages_bed_per_mm2");
        Check("CD163 fraction", cd163, [.. reached.Select(b => b.Reached.Cd163Fraction)], "cd163_fraction");
        Check("vessels /mm2", 60, [.. reached.Select(b => b.Reached.VesselsPerMm2)], "vessels_per_mm2");
        Check("vessel maturity", 0.4, [.. reached.Select(b => b.Reached.VesselMaturity)], "maturity_mean");

        void Check(string what, double asked, double[] atStart, string measure)
        {
            MonteCarloError start = MonteCarloError.Of(atStart), later = MonteCarloError.Of(cohort.At("Control", measure, WeekTwelve));
            Contrast.Write($"{what}: asked {asked}, t = 0 {start.Mean:F2} +- {start.StandardError:F2}, week 12 {later.Mean:F2} +- {later.StandardError:F2}");
            Assert.InRange(start.Mean, asked - Math.Max(0.1 * asked, 2 * start.StandardError), asked + Math.Max(0.1 * asked, 2 * start.StandardError));
            Assert.InRange(later.Mean, asked - Math.Max(0.25 * asked, 2 * later.StandardError), asked + Math.Max(0.25 * asked, 2 * later.StandardError));
        }
    }

    /// <summary>Cut-off between poor and rich cores: 93 CD8 T cells per mm² (Sun et al. 2015, PMID 26415232); excluded: margin over core above 2.</summary>
    [Theory]
    [InlineData(Inflamed, 93, double.PositiveInfinity, 0)]
    [InlineData(Desert, 0, 93, 0)]
    [InlineData(Excluded, 0, 93, 2)]
    public void Tissue_OverAnUntreatedYear_StaysWithinItsRanges(string tumor, double coreFrom, double coreTo, double leastMarginToCore)
    {
        UntreatedYear year = UntreatedYear.Run(tumor, 2);
        Contrast.Write($"oxygen {year.LowestOxygen:F2}-{year.HighestOxygen:F1} mmHg, medians of the tumour {year.Medians.Min():F1}-{year.Medians.Max():F1} mmHg");
        Contrast.Write($"CD8 core {year.CoreDensity:F1} /mm2, margin {year.MarginDensity:F1} /mm2");
        double[] hypoxic = [.. Enumerable.Range(0, UntreatedYear.Distances).Select(year.HypoxicFraction)];
        Contrast.Write($"hypoxic fraction by distance from the nearest vessel in sites: {string.Join(", ", hypoxic.Select(h => h.ToString("F3", System.Globalization.CultureInfo.InvariantCulture)))}");
        Assert.True(year.LowestOxygen >= 0 && year.HighestOxygen <= 100);
        Assert.All(year.Medians, median => Assert.InRange(median, 5, 25));
        Assert.InRange(year.CoreDensity, coreFrom, coreTo);
        Assert.True(year.MarginDensity / year.CoreDensity > leastMarginToCore);
        for (int d = 1; d < hypoxic.Length; d++)
        {
            Assert.True(hypoxic[d] >= hypoxic[d - 1], $"hypoxic fraction falls between {d - 1} and {d} sites from a vessel");
        }

        Assert.True(hypoxic[^1] > hypoxic[0] + 0.1);
    }

    /// <summary>The liver around the nodule must not decide its fate: same nodule on 100² and 140² sites.</summary>
    [Fact]
    public void LatticeSize_DoesNotChangeTheResponse()
    {
        string[] arms = ["Control", "Atezolizumab + bevacizumab"];
        string[] common = ["replicates=8", "time.record_every=7 d", "time.duration=8 weeks", "lesions[primary].tumor.radius=0.5 mm"];
        Cohort small = Cohort.Run(Inflamed, arms, [.. common, "tissue.size=[2 mm, 2 mm]"]);
        Cohort large = Cohort.Run(Inflamed, arms, [.. common, "tissue.size=[2.8 mm, 2.8 mm]"]);
        foreach (string arm in arms)
        {
            MonteCarloError a = MonteCarloError.Of(small.Ratio(arm, "tumor_cells", 56)), b = MonteCarloError.Of(large.Ratio(arm, "tumor_cells", 56));
            double error = Math.Sqrt(a.StandardError * a.StandardError + b.StandardError * b.StandardError);
            Contrast.Write($"{arm}: 100 x 100 {a.Mean:F3} +- {a.StandardError:F3}, 140 x 140 {b.Mean:F3} +- {b.StandardError:F3}");
            Assert.True(Math.Abs(a.Mean - b.Mean) < 2 * error, $"{arm}: {a.Mean:F3} against {b.Mean:F3}, error {error:F3}");
        }
    }
}

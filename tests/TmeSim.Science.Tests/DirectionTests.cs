using System.Collections.Concurrent;

namespace TmeSim.Science.Tests;

/// <summary>The directions on a small tile.</summary>
public sealed class SmallDirectionTests() : DirectionTests(fullSize: false);

/// <summary>The directions on the tile that the scenarios ship with. Run with <c>--filter Category=FullSize</c>.</summary>
[Trait("Category", "FullSize")]
public sealed class FullSizeDirectionTests() : DirectionTests(fullSize: true);

/// <summary>
/// Who responds and why, with 16 paired replicates of the shipped scenarios; the ratio is tumour cells at week 12 over those at t = 0.
/// </summary>
public abstract class DirectionTests(bool fullSize)
{
    private const double WeekTwelve = 84;
    private const string Count = "tumor_cells";
    private const string Inflamed = "base: atezolizumab-bevacizumab/inflamed.yaml";

    private const string Released = "Atezolizumab + bevacizumab, macrophages not suppressive";
    private const string Both = "Atezolizumab + bevacizumab";

    private static readonly ConcurrentDictionary<bool, Cohort> InflamedTumors = new();

    private Cohort InflamedTumor => InflamedTumors.GetOrAdd(fullSize, _ => Run(Inflamed, ["Control", "Atezolizumab", Both]));

    [Fact]
    public void Atezolizumab_InInflamedTumor_LowersTheCountAndFarLessInTheDesert()
    {
        double[] control = InflamedTumor.Ratio("Control", Count, WeekTwelve);
        double[] treated = InflamedTumor.Ratio("Atezolizumab", Count, WeekTwelve);
        Contrast.IsLower("inflamed, atezolizumab - control", treated, control);
        double inflamed = 1 - Cohort.Mean(treated) / Cohort.Mean(control);
        Cohort cohort = Run("base: atezolizumab-bevacizumab/desert.yaml", ["Control", "Atezolizumab"]);
        double[] desertControl = cohort.Ratio("Control", Count, WeekTwelve), desertTreated = cohort.Ratio("Atezolizumab", Count, WeekTwelve);
        Contrast.Print("desert, atezolizumab - control", desertTreated, desertControl);
        double desert = 1 - Cohort.Mean(desertTreated) / Cohort.Mean(desertControl);
        Contrast.Write($"relative effect: inflamed {inflamed:P1}, desert {desert:P1}");
        Assert.True(inflamed >= 0.15, $"inflamed {inflamed:P1}");
        Assert.True(desert < inflamed / 4, $"desert {desert:P1}, inflamed {inflamed:P1}");
    }

    [Fact]
    public void AtezolizumabBevacizumab_WithImmatureVessels_BeatsAtezolizumab()
    {
        Cohort cohort = Run(Inflamed, ["Atezolizumab", Both], "lesions[primary].vessels.maturity=0.25");
        Contrast.IsLower(
            "immature vessels, A+B - A",
            cohort.Ratio(Both, Count, WeekTwelve),
            cohort.Ratio("Atezolizumab", Count, WeekTwelve));
    }

    [Fact]
    public void Cd163RichTumor_RespondsWorse_AndMacrophageSuppressionCarriesMostOfIt()
    {
        double[] inflamed = InflamedTumor.Ratio(Both, Count, WeekTwelve);
        Cohort rich = Run("base: atezolizumab-bevacizumab/cd163-rich.yaml", [Both, Released]);
        double[] myeloid = rich.Ratio(Both, Count, WeekTwelve);
        double[] released = rich.Ratio(Released, Count, WeekTwelve);
        double gap = Contrast.IsHigher("A+B, CD163-rich - inflamed", myeloid, inflamed);
        double closed = -Contrast.IsLower("CD163-rich, macrophages not suppressive - suppressive", released, myeloid);
        Contrast.Write($"share of the gap closed: {closed / gap:P0}");
        Assert.True(closed >= gap / 2, $"gap {gap:F3}, closed {closed:F3}");
    }

    [Fact]
    public void Bevacizumab_AtLabelDose_OpensTheWindow_AndAFarHigherDoseClosesIt()
    {
        Cohort cohort = Run(
            """
            base: atezolizumab-bevacizumab/inflamed.yaml
            arms:
              - name: Thirtyfold
                therapy: [{drug: bevacizumab, dose: 450 mg/kg, every: 3 weeks}]
            """,
            ["Control", "Bevacizumab", "Thirtyfold"],
            "time.duration=6 weeks");
        Contrast.IsHigher("bevacizumab - control, perfusion at day 14", cohort.At("Bevacizumab", "perfusion_mean", 14), cohort.At("Control", "perfusion_mean", 14));
        Contrast.IsHigher("bevacizumab - control, CD8 entries to day 28", cohort.At("Bevacizumab", "cd8_entries", 28), cohort.At("Control", "cd8_entries", 28));
        Contrast.IsHigher("30 x label dose - control, hypoxic fraction at day 42", cohort.At("Thirtyfold", "hypoxic_fraction", 42), cohort.At("Control", "hypoxic_fraction", 42));
    }

    private Cohort Run(string yaml, string[] arms, params string[] sets) => Cohort.Run(yaml, arms, [.. Cohort.Tile(fullSize), .. sets]);
}

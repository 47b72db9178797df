using TmeSim.Analysis.Contrasts;

namespace TmeSim.Science.Tests;

/// <summary>The access barrier on a small tile.</summary>
public sealed class SmallBarrierDirectionTests() : BarrierDirectionTests(fullSize: false);

/// <summary>The access barrier on the tile that the scenarios ship with. Run with <c>--filter Category=FullSize</c>.</summary>
[Trait("Category", "FullSize")]
public sealed class FullSizeBarrierDirectionTests() : BarrierDirectionTests(fullSize: true);

/// <summary>
/// S3-01 and S3-02 with their ablations: paired replicates of the shipped scenarios. An effect is gone when the interval of
/// what is left lies within a quarter of the full effect on either side of zero.
/// </summary>
public abstract class BarrierDirectionTests(bool fullSize)
{
    private const string Excluded = "base: barrier/excluded.yaml";
    private const string Desert = "base: barrier/desert.yaml";
    private const string Ici = "Atezolizumab", Opened = "Atezolizumab + opening";
    private const string Held = "Atezolizumab, stroma held", OpenedHeld = "Atezolizumab + opening, stroma held";
    private const string Barrier = "Control", NoBarrier = "Control, no barrier";

    // Loose stroma and no exclusion: the same number of T cells with nothing in their way.
    private static readonly string[] Loose = ["lesions[primary].immune.pattern=inflamed", "lesions[primary].stroma.density=0.2"];

    private double Day => fullSize ? 84 : 56;

    /// <summary>S3-01, at equal supply: arms of a replicate share burn-in and entry multiplier.</summary>
    [Fact]
    public void Barrier_HoldsCd8AtTheMarginAndCostsKills_AndDoesNothingInLooseStroma()
    {
        string[] arms = [Barrier, NoBarrier];
        Cohort dense = Run(Excluded, arms), loose = Run(Excluded, arms, Loose);
        Contrast.Print("CD8 entries, barrier - none", dense.At(Barrier, "cd8_entries", Day), dense.At(NoBarrier, "cd8_entries", Day));
        Contrast.Write($"margin/core of the means: barrier {MarginToCore(dense, Barrier):F2}, none {MarginToCore(dense, NoBarrier):F2}; loose {MarginToCore(loose, Barrier):F2}, {MarginToCore(loose, NoBarrier):F2}");
        double margin = Contrast.IsHigher("margin share of CD8 density, barrier - none", MarginShare(dense, Barrier), MarginShare(dense, NoBarrier));
        double kills = Contrast.IsLower("kills, barrier - none", dense.At(Barrier, "deaths_cd8", Day), dense.At(NoBarrier, "deaths_cd8", Day));
        Contrast.IsLower("kills per CD8 entry, barrier - none", KillsPerEntry(dense, Barrier), KillsPerEntry(dense, NoBarrier));
        IsGone("loose stroma, margin share", margin, MarginShare(loose, Barrier), MarginShare(loose, NoBarrier));
        IsGone("loose stroma, kills", kills, loose.At(Barrier, "deaths_cd8", Day), loose.At(NoBarrier, "deaths_cd8", Day));
    }

    /// <summary>S3-02: gain of opening under atezolizumab, in tumour cells at the end over those at t = 0.</summary>
    [Fact]
    public void OpeningTheBarrier_HelpsAtezolizumab_LittleInTheDesert_AndNotWhenStromaIsHeld()
    {
        Cohort excluded = Run(Excluded, [Ici, Opened, Held, OpenedHeld]);
        Contrast.Print("stroma of the bed, opened - not", excluded.At(Opened, "stroma_mean", Day), excluded.At(Ici, "stroma_mean", Day));
        Contrast.Print("permeability, opened - not", excluded.At(Opened, "stroma_permeability_mean", Day), excluded.At(Ici, "stroma_permeability_mean", Day));
        double gain = Contrast.IsLower("excluded, opened - not", Size(excluded, Opened), Size(excluded, Ici));
        IsGone("excluded with stroma held, opened - not", gain, Size(excluded, OpenedHeld), Size(excluded, Held));
        Cohort desert = Run(Desert, [Ici, Opened]);
        IsGone("desert, opened - not", gain, Size(desert, Opened), Size(desert, Ici));
    }

    private double[] Size(Cohort cohort, string arm) => cohort.Ratio(arm, "tumor_cells", Day);

    // A share and not a ratio, because a core may be empty (both may be: then there is no share); of the sums over the weeks from day 28 on, because a nodule holds few T cells.
    private double[] MarginShare(Cohort cohort, string arm)
    {
        double[] margin = new double[cohort.Replicates], core = new double[cohort.Replicates];
        for (double day = 28; day <= Day; day += 7)
        {
            margin = [.. margin.Zip(cohort.At(arm, "cd8_margin_per_mm2", day), (sum, x) => sum + x)];
            core = [.. core.Zip(cohort.At(arm, "cd8_core_per_mm2", day), (sum, x) => sum + x)];
        }

        return [.. margin.Zip(core, (m, c) => m / (m + c))];
    }

    // Kills feed back on entry through IFN-γ and CXCL9/10, so equal supply is also put as kills per T cell that came.
    private double[] KillsPerEntry(Cohort cohort, string arm) =>
        [.. cohort.At(arm, "deaths_cd8", Day).Zip(cohort.At(arm, "cd8_entries", Day), (kills, entries) => kills / Math.Max(1, entries))];

    private double MarginToCore(Cohort cohort, string arm) =>
        Cohort.Mean(cohort.At(arm, "cd8_margin_per_mm2", Day)) / Cohort.Mean(cohort.At(arm, "cd8_core_per_mm2", Day));

    private static void IsGone(string what, double full, double[] treated, double[] control)
    {
        SignFlipResult left = Contrast.Print(what, treated, control);
        double bound = Math.Abs(full) / 4;
        Assert.True(left.Lower >= -bound && left.Upper <= bound, $"{what}: [{left.Lower:F3}, {left.Upper:F3}] is not within {bound:F3} of zero");
    }

    private Cohort Run(string yaml, string[] arms, params string[] sets) => Cohort.Run(
        yaml,
        arms,
        [
            .. fullSize
                ? (string[])["replicates=16", "time.record_every=7 d", "time.duration=12 weeks"]
                : ["replicates=12", "time.record_every=7 d", "time.duration=8 weeks", "tissue.size=[1.2 mm, 1.2 mm]", "lesions[primary].tumor.radius=0.4 mm"],
            .. sets,
        ]);
}

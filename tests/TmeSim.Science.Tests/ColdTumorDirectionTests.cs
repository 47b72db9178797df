using System.Collections.Concurrent;
using TmeSim.Analysis.Contrasts;

namespace TmeSim.Science.Tests;

/// <summary>The directions on a small tile.</summary>
public sealed class SmallColdTumorDirectionTests() : ColdTumorDirectionTests(fullSize: false);

/// <summary>The directions on the tile that the scenarios ship with. Run with <c>--filter Category=FullSize</c>.</summary>
[Trait("Category", "FullSize")]
public sealed class FullSizeColdTumorDirectionTests() : ColdTumorDirectionTests(fullSize: true);

/// <summary>8 Gy × 3 on half of an excluded tumour and on half of a desert: do T cells get in?</summary>
public abstract class ColdTumorDirectionTests(bool fullSize)
{
    private const string Control = "Control", Beam = "8 Gy x 3";
    private const int Excluded = 0, Desert = 1;

    /// <summary>Mean CD8 of the core from which a tumour counts as infiltrated [/mm²] (Sun et al. 2015).</summary>
    private const double Infiltrated = 93;

    private const string Arms =
        """
        base: radiotherapy/excluded.yaml
        arms:
          - {name: Control no priming, mechanisms: {lymph_node.priming: off, damp.chemokine: off, damp.adhesion: off}}
          - name: Beam no priming
            therapy: [{radiotherapy: {fractions: 3, dose: 8 Gy, target: primary, coverage: 0.5}}, {radiotherapy: {fractions: 3, dose: 8 Gy, target: second, coverage: 0.5}}]
            mechanisms: {lymph_node.priming: off, damp.chemokine: off, damp.adhesion: off}
        """;

    private static readonly ConcurrentDictionary<bool, Lazy<Cohort>> Cohorts = new();

    private Cohort Patients => Cohorts.GetOrAdd(fullSize, full => new Lazy<Cohort>(() => Cohort.Run(
        Arms, full ? [Control, Beam, "Control no priming", "Beam no priming"] : [Control, Beam],
        full ? RadiotherapyDirectionTests.Tile(true) : [.. RadiotherapyDirectionTests.Tile(false, 40), "lesions[second].tumor.radius=0.36 mm"]))).Value;

    /// <summary>S4-19: T cells get past the barrier. The core of an excluded tumour gains CD8 against its margin.</summary>
    [Fact]
    public void CoreOfAnExcludedTumor_GainsCd8()
    {
        Contrast.IsHigher("excluded, CD8 of the core over days 21 to 35, 8 Gy x 3 - control", Core(Beam, Excluded), Core(Control, Excluded));
        (double[] beam, double[] control) = BothDefined(CoreShare(Beam), CoreShare(Control));
        SignFlipResult share = Contrast.Print("excluded, core share of CD8 density where both arms have CD8, 8 Gy x 3 - control", beam, control, Alternative.Greater);
        if (fullSize)
        {
            // The small tile holds so few CD8 that 32 pairs leave the share at p = 0.02.
            Assert.True(share.P < 0.01, $"core share of CD8: p = {share.P:G3}");
            (beam, control) = BothDefined(CoreShare("Beam no priming"), CoreShare("Control no priming"));
            Contrast.Print("excluded, core share of CD8 density, no priming, DAMP without effect on entry", beam, control);
        }
    }

    /// <summary>S4-39: CD8 rises in cold tumours. How many change class is printed.</summary>
    [Fact]
    public void ColdTumors_GainCd8()
    {
        double effect = Contrast.IsHigher("desert, CD8 entries to day 42, 8 Gy x 3 - control", Entries(Beam), Entries(Control));
        if (fullSize)
        {
            // The ten cells of a desert on the small tile do not resolve a quarter of the effect.
            Ablation.IsGoneOrReversed("desert, no priming, DAMP without effect on entry", effect, Entries("Beam no priming"), Entries("Control no priming"));
        }

        Contrast.Print("desert, CD8 of the bed over days 21 to 42, 8 Gy x 3 - control", Bed(Beam), Bed(Control));
        foreach ((string name, int lesion) in (IEnumerable<(string, int)>)[("excluded", Excluded), ("desert", Desert)])
        {
            Contrast.Write($"{name}: infiltrated {Core(Control, lesion).Count(c => c >= Infiltrated)} of {Patients.Replicates} untreated, {Core(Beam, lesion).Count(c => c >= Infiltrated)} after 8 Gy x 3");
        }
    }

    private double[] Core(string arm, int lesion) => Patients.Over(arm, "cd8_core_per_mm2", 21, 35, lesion);

    private double[] Bed(string arm) => Patients.Over(arm, "cd8_bed_per_mm2", 21, 42, Desert);

    private double[] Entries(string arm) => Patients.At(arm, "cd8_entries", 42, Desert);

    /// <summary>Core over core and margin density of every replicate; NaN where neither held a CD8 in two weeks.</summary>
    private double[] CoreShare(string arm) =>
        [.. Core(arm, Excluded).Zip(Patients.Over(arm, "cd8_margin_per_mm2", 21, 35, Excluded), (core, margin) => core / (core + margin))];

    private static (double[] Treated, double[] Control) BothDefined(double[] treated, double[] control)
    {
        (double Treated, double Control)[] pairs = [.. treated.Zip(control).Where(p => double.IsFinite(p.First) && double.IsFinite(p.Second))];
        return ([.. pairs.Select(p => p.Treated)], [.. pairs.Select(p => p.Control)]);
    }
}

using System.Collections.Concurrent;

namespace TmeSim.Science.Tests;

/// <summary>The directions on a small tile.</summary>
public sealed class SmallRadiotherapyDirectionTests() : RadiotherapyDirectionTests(fullSize: false);

/// <summary>The directions on the tile that the scenarios ship with. Run with <c>--filter Category=FullSize</c>.</summary>
[Trait("Category", "FullSize")]
public sealed class FullSizeRadiotherapyDirectionTests() : RadiotherapyDirectionTests(fullSize: true);

/// <summary>
/// Radiotherapy of the lesion that is looked at (α 0.1 /Gy, so that cells are left): with checkpoint blockade and with an ATR inhibitor. N/N₀ is
/// the count of tumour cells over that at t = 0.
/// </summary>
public abstract class RadiotherapyDirectionTests(bool fullSize)
{
    private const string Count = "tumor_cells", Density = "cd8_bed_per_mm2";
    private const string Control = "Control", Blockade = "Anti-PD-L1", Beam = "10 Gy", Both = "10 Gy + anti-PD-L1";
    private const double WeekFour = 28, WeekSix = 42;

    private const string Arms =
        """
        base: radiotherapy/one-lesion.yaml
        arms:
          - {name: 10 Gy oxic, therapy: [{radiotherapy: {fractions: 1, dose: 10 Gy}}], mechanisms: {radiation.oxygen_effect: off}}
          - {name: 10 Gy no MHC, therapy: [{radiotherapy: {fractions: 1, dose: 10 Gy}}], mechanisms: {radiation.mhc1: off}}
          - {name: 10 Gy no induction, therapy: [{radiotherapy: {fractions: 1, dose: 10 Gy}}], mechanisms: {ifng.pdl1: off}}
          - {name: Control no induction, mechanisms: {ifng.pdl1: off}}
          - name: 10 Gy no PD-1
            therapy: [{radiotherapy: {fractions: 1, dose: 10 Gy}}]
            mechanisms: {pd1.suppression: off, lymph_node.checkpoint: off, cd8.recovery: off}
          - name: 10 Gy + anti-PD-L1 no PD-1
            therapy: [{drug: atezolizumab, dose: 1200 mg, every: 3 weeks}, {radiotherapy: {fractions: 1, dose: 10 Gy}}]
            mechanisms: {pd1.suppression: off, lymph_node.checkpoint: off, cd8.recovery: off}
          - name: Anti-PD-1 no priming
            therapy: [{drug: nivolumab, dose: 240 mg, every: 2 weeks}]
            mechanisms: {lymph_node.priming: off, damp.chemokine: off}
          - name: 30 Gy in 3 + anti-PD-1 no priming
            therapy: [{drug: nivolumab, dose: 240 mg, every: 2 weeks}, {radiotherapy: {fractions: 3, dose: 10 Gy, coverage: 0.6}}]
            mechanisms: {lymph_node.priming: off, damp.chemokine: off}
          - name: ATR 1-3
            therapy: [{drug: atezolizumab, dose: 1200 mg, every: 3 weeks}, {radiotherapy: {fractions: 1, dose: 10 Gy}}, {drug: atr-inhibitor, dose: 240 mg, every: 1 d, stop: 3 d}]
          - name: ATR 1-9
            therapy: [{drug: atezolizumab, dose: 1200 mg, every: 3 weeks}, {radiotherapy: {fractions: 1, dose: 10 Gy}}, {drug: atr-inhibitor, dose: 240 mg, every: 1 d, stop: 9 d}]
          - name: ATR 1-3 not sensitising
            therapy: [{drug: atezolizumab, dose: 1200 mg, every: 3 weeks}, {radiotherapy: {fractions: 1, dose: 10 Gy}}, {drug: atr-inhibitor, dose: 240 mg, every: 1 d, stop: 3 d}]
            mechanisms: {atr.radiosensitisation: off}
          - name: ATR 1-3 T cells spared
            therapy: [{drug: atezolizumab, dose: 1200 mg, every: 3 weeks}, {radiotherapy: {fractions: 1, dose: 10 Gy}}, {drug: atr-inhibitor, dose: 240 mg, every: 1 d, stop: 3 d}]
            mechanisms: {atr.tcell_death: off}
          - name: ATR 1-9 T cells spared
            therapy: [{drug: atezolizumab, dose: 1200 mg, every: 3 weeks}, {radiotherapy: {fractions: 1, dose: 10 Gy}}, {drug: atr-inhibitor, dose: 240 mg, every: 1 d, stop: 9 d}]
            mechanisms: {atr.tcell_death: off}
        """;

    private static readonly ConcurrentDictionary<bool, Lazy<Cohort>> Cohorts = new();

    private Cohort Tumors => Cohorts.GetOrAdd(fullSize, full => new Lazy<Cohort>(() => Cohort.Run(
        Arms,
        [
            Control, Blockade, Beam, Both, "Anti-PD-1", "30 Gy in 3", "30 Gy in 3 + anti-PD-1", "10 Gy oxic", "10 Gy no MHC", "10 Gy no induction",
            "Control no induction",
            "ATR 1-3", "ATR 1-9", "ATR 1-3 not sensitising", "ATR 1-3 T cells spared", "ATR 1-9 T cells spared",
        ],
        Tile(full)))).Value;

    /// <summary>S4-20: oxygen is needed for damage, so hypoxia spares cells.</summary>
    [Fact]
    public void Hypoxia_SparesTumorCells()
    {
        double[] Spared(string arm) => [.. Tumors.At(arm, Count, 1).Zip(Tumors.At(arm, "doomed_cells", 1), (all, doomed) => all - doomed)];
        Contrast.IsHigher("cells not doomed on day 1, oxygen effect - all oxic", Spared(Beam), Spared("10 Gy oxic"));
    }

    /// <summary>S4-21: MHC-I, and with it the kill hazard per contact, rises after radiotherapy for days.</summary>
    [Fact]
    public void Mhc1_RisesAndFallsBack()
    {
        double effect = Contrast.IsHigher("MHC-I on day 3, 10 Gy - control", Tumors.At(Beam, "mhc1_mean", 3), Tumors.At(Control, "mhc1_mean", 3));

        // Without the rise MHC-I falls: the CD8 T cells that die in the field made IFN-γ.
        Ablation.IsGoneOrReversed("MHC-I on day 3, radiation.mhc1 off", effect, Tumors.At("10 Gy no MHC", "mhc1_mean", 3), Tumors.At(Control, "mhc1_mean", 3));
        double late = Contrast.Print("MHC-I on day 42", Tumors.At(Beam, "mhc1_mean", WeekSix), Tumors.At(Control, "mhc1_mean", WeekSix)).MeanEffect;
        Assert.True(late < effect / 2, $"day 3 {effect:F3}, day 42 {late:F3}");
    }

    /// <summary>S4-22, S4-23: PD-L1 is up in the weeks after radiotherapy, through IFN-γ of the T cells that come in.</summary>
    [Fact]
    public void Pdl1_RisesThroughInterferonGamma()
    {
        double effect = Contrast.IsHigher("PD-L1 of days 21 to 35, 10 Gy - control", Pdl1(Beam), Pdl1(Control));
        Ablation.IsGone("PD-L1 of days 21 to 35, ifng.pdl1 off", effect, Pdl1("10 Gy no induction"), Pdl1("Control no induction"));

        double[] Pdl1(string arm) => Tumors.Over(arm, "pdl1_mean", 21, 35);
    }

    /// <summary>S4-23: 10 Gy with anti-PD-L1 beats either alone; without the checkpoint anti-PD-L1 adds nothing to 10 Gy.</summary>
    [Fact]
    public void TenGyWithAntiPdl1_BeatsEitherAlone()
    {
        double[] both = Tumors.Ratio(Both, Count, WeekSix), beam = Tumors.Ratio(Beam, Count, WeekSix);
        Contrast.IsLower("10 Gy + anti-PD-L1 - anti-PD-L1", both, Tumors.Ratio(Blockade, Count, WeekSix));
        double effect = Contrast.IsLower("10 Gy + anti-PD-L1 - 10 Gy", both, beam);

        // Without its targets the drug changes nothing at all, so a few replicates settle it.
        Cohort blind = Cohort.Run(Arms, ["10 Gy + anti-PD-L1 no PD-1", "10 Gy no PD-1"], [.. Tile(fullSize), "replicates=6"]);
        Ablation.IsGone(
            "10 Gy + anti-PD-L1 - 10 Gy, no PD-1 checkpoint", effect,
            blind.Ratio("10 Gy + anti-PD-L1 no PD-1", Count, WeekSix), blind.Ratio("10 Gy no PD-1", Count, WeekSix));
    }

    /// <summary>S4-24: 30 Gy in three fractions with anti-PD-1 beats either alone and draws CD8 in.</summary>
    [Fact]
    public void ThirtyGyInThreeWithAntiPd1_BeatsEitherAlone_AndRaisesCd8()
    {
        const string sbrt = "30 Gy in 3", pd1 = "Anti-PD-1", both = "30 Gy in 3 + anti-PD-1";
        Contrast.IsLower("30 Gy in 3 + anti-PD-1 - anti-PD-1", Tumors.Ratio(both, Count, WeekSix), Tumors.Ratio(pd1, Count, WeekSix));
        Contrast.IsLower("30 Gy in 3 + anti-PD-1 - 30 Gy in 3", Tumors.Ratio(both, Count, WeekSix), Tumors.Ratio(sbrt, Count, WeekSix));
        double effect = Contrast.IsHigher("CD8 on day 28, 30 Gy in 3 + anti-PD-1 - anti-PD-1", Tumors.At(both, Density, WeekFour), Tumors.At(pd1, Density, WeekFour));
        Contrast.IsHigher("CD8 on day 28, 30 Gy in 3 + anti-PD-1 - 30 Gy in 3", Tumors.At(both, Density, WeekFour), Tumors.At(sbrt, Density, WeekFour));

        // A quarter of the effect is ten cells: their interval needs more replicates than the effect.
        const string unprimed = "30 Gy in 3 + anti-PD-1 no priming", alone = "Anti-PD-1 no priming";
        Cohort blind = Cohort.Run(Arms, [unprimed, alone], [.. Tile(fullSize), "replicates=56", "time.duration=28 d"]);
        Ablation.IsGoneOrReversed(
            "CD8 on day 28, no priming and no induction of CXCL by DAMP", effect, blind.At(unprimed, Density, WeekFour), blind.At(alone, Density, WeekFour));
    }

    /// <summary>S4-25: an ATR inhibitor on days 1 to 3 adds to radiotherapy and anti-PD-L1, here through radiosensitivity.</summary>
    [Fact]
    public void AtrInhibitorDays1To3_AddsToRadiotherapyAndAntiPdl1()
    {
        double[] both = Tumors.Ratio(Both, Count, WeekSix);
        double effect = Contrast.IsLower("ATR 1-3 - without", Tumors.Ratio("ATR 1-3", Count, WeekSix), both);
        Ablation.IsGoneOrReversed("ATR 1-3 - without, no radiosensitisation", effect, Tumors.Ratio("ATR 1-3 not sensitising", Count, WeekSix), both);
    }

    /// <summary>The schedule decides: on days 1 to 9 the inhibitor kills the T cells that expand after radiotherapy, and gives back part of the gain.</summary>
    [Fact]
    public void AtrInhibitorDays1To9_StopsTheExpansion_AndIsWorseThanDays1To3()
    {
        double effect = Contrast.IsLower("effectors leaving the lymph node on day 10, ATR 1-9 - ATR 1-3", Output("ATR 1-9"), Output("ATR 1-3"));
        Ablation.IsGone("effectors leaving the lymph node on day 10, T cells spared", effect, Output("ATR 1-9 T cells spared"), Output("ATR 1-3 T cells spared"));
        Contrast.IsHigher("N/N0 over days 14 to 42, ATR 1-9 - ATR 1-3", Course("ATR 1-9"), Course("ATR 1-3"));
        Contrast.Print("N/N0 over days 14 to 42, ATR 1-9 - ATR 1-3, T cells spared", Course("ATR 1-9 T cells spared"), Course("ATR 1-3 T cells spared"));
        Contrast.Print("N/N0 over days 14 to 42, ATR 1-9 - without", Course("ATR 1-9"), Course(Both));

        double[] Output(string arm) => Tumors.At(arm, "effector_egress", 10);
        double[] Course(string arm) => [.. Tumors.Over(arm, Count, 14, 42).Zip(Tumors.At(arm, Count, 0), (n, start) => n / start)];
    }

    /// <summary>Tile and times of these cohorts.</summary>
    internal static string[] Tile(bool fullSize, int replicates = 18) => fullSize
        ? ["replicates=20", "time.record_every=1 d", "time.duration=6 weeks"]
        : [$"replicates={replicates}", "time.record_every=1 d", "time.duration=6 weeks", "tissue.size=[1.28 mm, 1.28 mm]", "lesions[primary].tumor.radius=0.36 mm"];
}

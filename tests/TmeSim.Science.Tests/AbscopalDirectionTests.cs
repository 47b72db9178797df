using System.Collections.Concurrent;

namespace TmeSim.Science.Tests;

/// <summary>The directions on a small tile.</summary>
public sealed class SmallAbscopalDirectionTests() : AbscopalDirectionTests(fullSize: false);

/// <summary>The directions on the tile that the scenarios ship with. Run with <c>--filter Category=FullSize</c>.</summary>
[Trait("Category", "FullSize")]
public sealed class FullSizeAbscopalDirectionTests() : AbscopalDirectionTests(fullSize: true);

/// <summary>
/// Two lesions, the primary irradiated, the second one looked at: the abscopal effect and what it depends on. All of these are predictions, but that
/// the IFN-I of a fraction follows its dose as 8 Gy × 3 above 6 Gy × 5 above 20 Gy × 1, which is written in.
/// </summary>
public abstract class AbscopalDirectionTests(bool fullSize)
{
    private const string Count = "tumor_cells";
    private const string Control = "Control", Blockade = "Anti-PD-L1", Beam = "8 Gy x 3", Both = "8 Gy x 3 + anti-PD-L1";
    private const double WeekSix = 42;
    private const int Second = 1;

    private const string Arms =
        """
        base: radiotherapy/fractionation.yaml
        arms:
          - name: Late 7
            therapy: [{drug: atezolizumab, dose: 1200 mg, every: 3 weeks, start: 7 d}, {radiotherapy: {fractions: 3, dose: 8 Gy, target: primary}}]
          - name: Late 14
            therapy: [{drug: atezolizumab, dose: 1200 mg, every: 3 weeks, start: 14 d}, {radiotherapy: {fractions: 3, dose: 8 Gy, target: primary}}]
          - name: Both no priming
            therapy: [{drug: atezolizumab, dose: 1200 mg, every: 3 weeks}, {radiotherapy: {fractions: 3, dose: 8 Gy, target: primary}}]
            mechanisms: {lymph_node.priming: off}
          - name: Blockade no priming
            therapy: [{drug: atezolizumab, dose: 1200 mg, every: 3 weeks}]
            mechanisms: {lymph_node.priming: off}
          - name: Both no PD-1
            therapy: [{drug: atezolizumab, dose: 1200 mg, every: 3 weeks}, {radiotherapy: {fractions: 3, dose: 8 Gy, target: primary}}]
            mechanisms: {pd1.suppression: off, lymph_node.checkpoint: off, cd8.recovery: off}
          - name: Late 14 no PD-1
            therapy: [{drug: atezolizumab, dose: 1200 mg, every: 3 weeks, start: 14 d}, {radiotherapy: {fractions: 3, dose: 8 Gy, target: primary}}]
            mechanisms: {pd1.suppression: off, lymph_node.checkpoint: off, cd8.recovery: off}
        """;

    private static readonly ConcurrentDictionary<bool, Lazy<Cohort>> Cohorts = new();

    private Cohort Patients => Cohorts.GetOrAdd(fullSize, full => new Lazy<Cohort>(() => Cohort.Run(
        Arms,
        [
            Control, Blockade, Beam, Both, "6 Gy x 5 + anti-PD-L1", "20 Gy x 1 + anti-PD-L1", "2 Gy x 30 + anti-PD-L1", "8 Gy x 3 + anti-PD-L1, no STING",
            "Late 7", "Late 14", "Both no priming", "Blockade no priming",
        ],
        Tile(full)))).Value;

    /// <summary>
    /// S4-17: IFN-I of the irradiated lesion rises and fades. Without STING the benefit for the second lesion shrinks, without priming in the lymph node it
    /// is gone; antigen alone carries the rest, which is printed (FINDINGS.md 2.4).
    /// </summary>
    [Fact]
    public void InterferonOfTheIrradiatedLesion_CarriesTheAbscopalEffect()
    {
        double damp = Contrast.IsHigher("DAMP of the primary on day 3, 8 Gy x 3 - control", Patients.At(Beam, "damp_mean", 3), Patients.At(Control, "damp_mean", 3));
        double late = Cohort.Mean(Patients.At(Beam, "damp_mean", 21));
        Assert.True(late < damp / 10, $"day 3 {damp:F3}, day 21 {late:F3}");
        double effect = Contrast.IsLower("second lesion, 8 Gy x 3 + anti-PD-L1 - anti-PD-L1", OutOfField(Both), OutOfField(Blockade));
        Contrast.IsLower("second lesion, 8 Gy x 3 + anti-PD-L1, STING on - off", OutOfField(Both), OutOfField("8 Gy x 3 + anti-PD-L1, no STING"));
        Contrast.Print("second lesion, 8 Gy x 3 + anti-PD-L1 without STING - anti-PD-L1", OutOfField("8 Gy x 3 + anti-PD-L1, no STING"), OutOfField(Blockade));
        Ablation.IsGoneOrReversed("second lesion, no priming in the lymph node", effect, OutOfField("Both no priming"), OutOfField("Blockade no priming"));
    }

    /// <summary>S4-18: the lymph node puts out more effectors 5 to 10 days after radiotherapy.</summary>
    [Fact]
    public void LymphNodeOutput_RisesAfterRadiotherapy()
    {
        foreach (double day in (double[])[7, 10])
        {
            Contrast.IsHigher($"effectors leaving the lymph node on day {day}, 8 Gy x 3 - control", Patients.At(Beam, "effector_egress", day), Patients.At(Control, "effector_egress", day));
        }

        Contrast.IsHigher(
            "effectors leaving the lymph node on day 10, STING on - off", Patients.At(Both, "effector_egress", 10),
            Patients.At("8 Gy x 3 + anti-PD-L1, no STING", "effector_egress", 10));
    }

    /// <summary>S4-22: in the lesion outside the field radiotherapy with blockade does more than blockade, and blockade more than radiotherapy.</summary>
    [Fact]
    public void SecondLesion_RespondsMostToBoth_AndLeastToRadiotherapy()
    {
        Contrast.IsLower("second lesion, 8 Gy x 3 + anti-PD-L1 - anti-PD-L1", OutOfField(Both), OutOfField(Blockade));
        Contrast.IsLower("second lesion, anti-PD-L1 - 8 Gy x 3", OutOfField(Blockade), OutOfField(Beam));
    }

    /// <summary>S4-34, S4-35: blockade that begins with radiotherapy does more than blockade 7 or 14 days later.</summary>
    [Fact]
    public void Delay_LosesBenefit()
    {
        Contrast.IsLower("second lesion, concurrent - 7 d later", OutOfField(Both), OutOfField("Late 7"));
        Contrast.IsLower("second lesion, 7 d later - 14 d later", OutOfField("Late 7"), OutOfField("Late 14"));
        double effect = Contrast.IsLower("second lesion, concurrent - 14 d later", OutOfField(Both), OutOfField("Late 14"));

        // Without its targets the drug changes nothing at all, so a few replicates settle it.
        Cohort blind = Cohort.Run(Arms, ["Both no PD-1", "Late 14 no PD-1"], [.. Tile(fullSize), "replicates=6"]);
        Ablation.IsGone(
            "second lesion, concurrent - 14 d later, no PD-1 checkpoint", effect,
            blind.Ratio("Both no PD-1", Count, WeekSix, lesion: Second), blind.Ratio("Late 14 no PD-1", Count, WeekSix, lesion: Second));
    }

    /// <summary>S4-36: 8 Gy × 3 does most for the second lesion. The order of the two others is printed, not asked for.</summary>
    [Fact]
    public void EightGyInThree_DoesMostForTheSecondLesion()
    {
        double[] three = OutOfField(Both);
        Contrast.IsLower("second lesion, 8 Gy x 3 - 6 Gy x 5", three, OutOfField("6 Gy x 5 + anti-PD-L1"));
        Contrast.Print("second lesion, 8 Gy x 3 - 20 Gy x 1", three, OutOfField("20 Gy x 1 + anti-PD-L1"));
        Contrast.Print("second lesion, 6 Gy x 5 - 20 Gy x 1", OutOfField("6 Gy x 5 + anti-PD-L1"), OutOfField("20 Gy x 1 + anti-PD-L1"));
        Contrast.IsHigher(
            "effectors leaving the lymph node on day 10, 8 Gy x 3 - 20 Gy x 1", Patients.At(Both, "effector_egress", 10), Patients.At("20 Gy x 1 + anti-PD-L1", "effector_egress", 10));
    }

    /// <summary>S4-37: hypofractionated radiotherapy is more immunogenic than 2 Gy a day, by IFN-I and by what the lymph node puts out.</summary>
    [Fact]
    public void EightGyInThree_IsMoreImmunogenicThanTwoGyADay()
    {
        const string daily = "2 Gy x 30 + anti-PD-L1";
        Contrast.IsHigher("DAMP of the primary on day 7, 8 Gy x 3 - 2 Gy x 30", Patients.At(Both, "damp_mean", 7), Patients.At(daily, "damp_mean", 7));
        Contrast.IsHigher("effectors leaving the lymph node on day 14, 8 Gy x 3 - 2 Gy x 30", Patients.At(Both, "effector_egress", 14), Patients.At(daily, "effector_egress", 14));
        Contrast.IsLower("second lesion, 8 Gy x 3 - 2 Gy x 30", OutOfField(Both), OutOfField(daily));
    }

    private static string[] Tile(bool full) =>
        full ? RadiotherapyDirectionTests.Tile(true) : [.. RadiotherapyDirectionTests.Tile(false), "lesions[second].tumor.radius=0.36 mm"];

    private double[] OutOfField(string arm) => Patients.Ratio(arm, Count, WeekSix, lesion: Second);
}

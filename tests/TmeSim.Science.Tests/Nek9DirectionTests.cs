using System.Collections.Concurrent;
using TmeSim.Analysis;

namespace TmeSim.Science.Tests;

/// <summary>The directions of NEK9 on a small tile.</summary>
public sealed class SmallNek9DirectionTests() : Nek9DirectionTests(fullSize: false);

/// <summary>The same on the tile that the scenarios ship with. Run with <c>--filter Category=FullSize</c>.</summary>
[Trait("Category", "FullSize")]
public sealed class FullSizeNek9DirectionTests() : Nek9DirectionTests(fullSize: true);

/// <summary>
/// What NEK9 does in the mouse (claims S1-02 to S1-05), with paired replicates. Growth is ln(N/N0), the direct effect that of H0 (cycle
/// and failed mitoses), the indirect one what CD8 T cells make of it.
/// </summary>
public abstract class Nek9DirectionTests(bool fullSize)
{
    private const double End = 10;
    private const string Control = "Control", Inhibitor = "NEK9 inhibitor", Blockade = "Anti-PD-L1", Both = "NEK9 inhibitor + anti-PD-L1";
    private const string ControlUnkilled = "Control, no CD8 killing", InhibitorUnkilled = "NEK9 inhibitor, no CD8 killing";
    private const string NoneDirect = "NEK9 inhibitor, no CD8 killing, no H0";
    private const string Factorial =
        """
        base: nek9/mouse-factorial.yaml
        arms:
          - name: NEK9 inhibitor, no CD8 killing, no H0
            therapy: [{drug: nek9-inhibitor-mouse, dose: 10 mg/kg, every: 12 h}]
            mechanisms: {cd8.killing: off, nek9.growth: off, nek9.mitotic_failure: off}
        """;

    private static readonly ConcurrentDictionary<bool, Cohort> Cohorts = new();

    private Cohort Mice => Cohorts.GetOrAdd(fullSize, _ => Cohort.Run(
        Factorial, [Control, Inhibitor, Blockade, Both, ControlUnkilled, InhibitorUnkilled, NoneDirect], Tile()));

    /// <summary>S1-03. Without H0 the inhibitor has nothing to slow growth with when CD8 do not kill.</summary>
    [Fact]
    public void Inhibitor_WithoutCd8Killing_SlowsGrowth()
    {
        double[] control = Growth(Mice, ControlUnkilled), treated = Growth(Mice, InhibitorUnkilled), ablated = Growth(Mice, NoneDirect);
        double effect = Contrast.IsLower("no CD8 killing, ln(N/N0), NEK9 inhibitor - control", treated, control);
        Contrast.IsGone("the same without H0", [.. ablated.Zip(control, (a, c) => a - c)], effect);
    }

    /// <summary>S1-04: a part of the effect runs through CD8 T cells.</summary>
    [Fact]
    public void Inhibitor_WithoutCd8Killing_LosesAQuarterOfItsEffect()
    {
        double[] whole = [.. Growth(Mice, Inhibitor).Zip(Growth(Mice, Control), (t, c) => c - t)];
        double[] direct = [.. Growth(Mice, InhibitorUnkilled).Zip(Growth(Mice, ControlUnkilled), (t, c) => c - t)];
        Contrast.IsLower("effect on ln(N/N0), no CD8 killing - with", direct, whole);
        double lost = 1 - Cohort.Mean(direct) / Cohort.Mean(whole);
        Contrast.Write($"effect lost without CD8 killing: {lost:P0}");
        Assert.True(lost >= 0.25, $"{lost:P1}");
    }

    /// <summary>S1-05, a prediction: volume after ten days against Bliss independence, interval by leaving out one replicate after the other.</summary>
    [Fact]
    public void Inhibitor_WithPdl1Blockade_IsBelowBothAlone_AndAboveBlissIndependence()
    {
        double[] control = Volume(Mice, Control), inhibitor = Volume(Mice, Inhibitor), blockade = Volume(Mice, Blockade), both = Volume(Mice, Both);
        Contrast.IsLower("volume, both - NEK9 inhibitor", both, inhibitor);
        Contrast.IsLower("volume, both - anti-PD-L1", both, blockade);
        var synergy = Synergy.Of(control, inhibitor, blockade, both);
        Estimate excess = synergy.BlissExcess;
        Contrast.Write($"effects: NEK9 inhibitor {synergy.First.Value:F3}, anti-PD-L1 {synergy.Second.Value:F3}, both {synergy.Both.Value:F3}; Bliss excess {excess.Value:F4} [{excess.Low:F4}, {excess.High:F4}]");
        Assert.True(excess.Low > 0, $"Bliss excess {excess.Value:F4} [{excess.Low:F4}, {excess.High:F4}]");
    }

    /// <summary>S1-02: rank correlation over arms that differ in NEK9 activity from t = 0 on, and what H1 and H0 carry of it.</summary>
    [Fact]
    public void Nek9Activity_RanksAgainstCd8InTheCore()
    {
        Contrast.Write($"Spearman(NEK9, CD8 core) {Correlation(""):F3}, without H1 {Correlation("nek9.chemokine: off"):F3}, without H0 {Correlation("nek9.growth: off, nek9.mitotic_failure: off"):F3}");
        Assert.True(Correlation("") < -0.2);
        double[] gone = Slopes("nek9.growth: off, nek9.mitotic_failure: off, nek9.chemokine: off, nek9.myeloid: off, nek9.interferon: off, nek9.antigen_presentation: off");
        double[] full = Slopes("");
        Contrast.IsLower("slope of ln CD8 core on ln NEK9", full, new double[full.Length]);
        Contrast.IsGone("the same with every hypothesis off", gone, Cohort.Mean(full));
    }

    private static readonly double[] Factors = [0.25, 0.5, 1, 2, 4];
    private static readonly ConcurrentDictionary<(bool FullSize, string Off), Cohort> Expressions = new();

    private double Correlation(string off)
    {
        Cohort cohort = Expression(off);
        return RankCorrelation.Spearman(
            [.. Factors.SelectMany(f => Enumerable.Repeat(f, cohort.Replicates))],
            [.. Factors.SelectMany(f => cohort.At(Arm(f), "cd8_core_per_mm2", End).Select(v => double.IsNaN(v) ? 0 : v))]);
    }

    // Least squares within each replicate, over the five arms.
    private double[] Slopes(string off)
    {
        Cohort cohort = Expression(off);
        double[][] levels = [.. Factors.Select(f => cohort.At(Arm(f), "cd8_core_per_mm2", End))];
        double[] x = [.. Factors.Select(f => Math.Log(f))];
        return [.. Enumerable.Range(0, cohort.Replicates).Select(r => x.Select((v, i) => v * Math.Log(Math.Max(levels[i][r], 1))).Sum() / x.Sum(v => v * v))];
    }

    private Cohort Expression(string off) => Expressions.GetOrAdd((fullSize, off), key => Cohort.Run(
        $"base: nek9/mouse.yaml\narms:\n{string.Concat(Factors.Select(f => FormattableString.Invariant($"  - {{name: {Arm(f)}, parameters: {{nek9.activity_factor: {f}}}, mechanisms: {{{key.Off}}}}}\n")))}",
        [.. Factors.Select(Arm)],
        [.. Tile(), $"replicates={(key.Off.Length == 0 ? 16 : 8)}"]));

    private static string Arm(double factor) => FormattableString.Invariant($"NEK9 x {factor}");

    private static double[] Growth(Cohort cohort, string arm) => [.. cohort.At(arm, "tumor_cells", End).Zip(cohort.At(arm, "tumor_cells", 0), (n, start) => Math.Log(Math.Max(n, 1) / start))];

    private static double[] Volume(Cohort cohort, string arm) => [.. cohort.At(arm, "tumor_volume_change", End).Select(change => 1 + change)];

    private string[] Tile() => fullSize
        ? ["replicates=32", "time.record_every=5 d", "time.duration=10 d", "figures=[]"]
        : ["replicates=32", "time.record_every=5 d", "time.duration=10 d", "figures=[]", "tissue.size=[1.28 mm, 1.28 mm]", "lesions[primary].tumor.radius=0.24 mm"];
}

using System.Collections.Concurrent;
using TmeSim.Analysis.Contrasts;

namespace TmeSim.Science.Tests;

/// <summary>The directions of NEK9 on a small tile, on day 5: later untreated tumours come near its wall.</summary>
public sealed class SmallNek9DirectionTests() : Nek9DirectionTests(fullSize: false);

/// <summary>The same on the tile that the scenarios ship with, on day 10. Run with <c>--filter Category=FullSize</c>.</summary>
[Trait("Category", "FullSize")]
public sealed class FullSizeNek9DirectionTests() : Nek9DirectionTests(fullSize: true);

/// <summary>
/// What NEK9 does in the mouse (claims S1-02 to S1-05), with paired replicates none of which comes near the wall. Growth is ln(N/N0), the direct effect that
/// of H0 (cycle and failed mitoses), the indirect one what CD8 T cells make of it.
/// </summary>
public abstract class Nek9DirectionTests(bool fullSize)
{
    private const string Control = "Control", Inhibitor = "NEK9 inhibitor", Blockade = "Anti-PD-L1", Both = "NEK9 inhibitor + anti-PD-L1";
    private const string ControlUnkilled = "Control, no CD8 killing", InhibitorUnkilled = "NEK9 inhibitor, no CD8 killing";
    private const string NoneDirect = "NEK9 inhibitor, no CD8 killing, no H0";
    private const string AllOn = "", NoH1 = "nek9.chemokine: off", NoH0 = "nek9.growth: off, nek9.mitotic_failure: off";
    private const string AllOff = "nek9.growth: off, nek9.mitotic_failure: off, nek9.chemokine: off, nek9.myeloid: off, nek9.interferon: off, nek9.antigen_presentation: off";
    private const string Factorial =
        """
        base: nek9/mouse-factorial.yaml
        arms:
          - name: NEK9 inhibitor, no CD8 killing, no H0
            therapy: [{drug: nek9-inhibitor-mouse, dose: 10 mg/kg, every: 12 h}]
            mechanisms: {cd8.killing: off, nek9.growth: off, nek9.mitotic_failure: off}
        """;

    private static readonly ConcurrentDictionary<bool, Lazy<Cohort>> Cohorts = new();

    private double End => fullSize ? 10 : 5;

    private Cohort Mice => Cohorts.GetOrAdd(fullSize, _ => new Lazy<Cohort>(() => Cohort.Run(
        Factorial, [Control, Inhibitor, Blockade, Both, ControlUnkilled, InhibitorUnkilled, NoneDirect], Tile(32)))).Value;

    /// <summary>S1-03. Without H0 the inhibitor has nothing to slow growth with when CD8 do not kill.</summary>
    [Fact]
    public void Inhibitor_WithoutCd8Killing_SlowsGrowth()
    {
        double[] control = Growth(ControlUnkilled), treated = Growth(InhibitorUnkilled), ablated = Growth(NoneDirect);
        double effect = Contrast.IsLower("no CD8 killing, ln(N/N0), NEK9 inhibitor - control", treated, control);
        Contrast.IsGone("the same without H0", [.. ablated.Zip(control, (a, c) => a - c)], effect);
    }

    /// <summary>
    /// S1-04 asks that a quarter of the effect run through CD8 T cells. A part does, less than a quarter: a finding against the claim (FINDINGS.md 2.4), held here so
    /// that a change of it is seen.
    /// </summary>
    [Fact]
    public void Inhibitor_WithoutCd8Killing_LosesLessThanAQuarterOfItsEffect()
    {
        double[] whole = [.. Growth(Inhibitor).Zip(Growth(Control), (t, c) => c - t)];
        double[] direct = [.. Growth(InhibitorUnkilled).Zip(Growth(ControlUnkilled), (t, c) => c - t)];
        SignFlipResult lost = Contrast.Print("effect on ln(N/N0), no CD8 killing - with", direct, whole, Alternative.Less);
        Assert.True(lost.P < 0.01, $"nothing runs through CD8: p = {lost.P:G3}");
        double effect = Cohort.Mean(whole);
        Contrast.Write($"share of the effect lost without CD8 killing: {-lost.MeanEffect / effect:P0} [{-lost.Upper / effect:P0}, {-lost.Lower / effect:P0}]");
        Assert.True(-lost.Lower < effect / 4, $"{-lost.Lower / effect:P1} of the effect may run through CD8");
    }

    /// <summary>S1-05, a prediction: volume against Bliss independence, interval by leaving out one replicate after the other.</summary>
    [Fact]
    public void Inhibitor_WithPdl1Blockade_IsBelowBothAlone_AndAboveBlissIndependence()
    {
        double[] control = Volume(Control), inhibitor = Volume(Inhibitor), blockade = Volume(Blockade), both = Volume(Both);
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
        foreach (string off in Expressed)
        {
            Contrast.Write($"Spearman(NEK9, CD8 core), off: {(off.Length == 0 ? "nothing" : off)}: {Correlation(off):F3}");
        }

        Assert.True(Correlation(AllOn) < -0.2);
        double[] full = Slopes(AllOn);
        Contrast.IsLower("slope of ln CD8 core on ln NEK9", full, new double[full.Length]);
        Contrast.IsGone("the same with every hypothesis off", Slopes(AllOff), Cohort.Mean(full));
    }

    private static readonly double[] Factors = [0.25, 0.5, 1, 2, 4];
    private static readonly ConcurrentDictionary<bool, Lazy<Cohort>> Expressions = new();

    // One burn-in a replicate for all of them. What H1 and H0 carry is only printed, at full size.
    private string[] Expressed => fullSize ? [AllOn, NoH1, NoH0, AllOff] : [AllOn, AllOff];

    private double Correlation(string off)
    {
        (double Nek9, double Core)[] all = [.. Factors.SelectMany(f => Core(off, f).Select(core => (f, core))).Where(p => double.IsFinite(p.core))];
        return RankCorrelation.Spearman([.. all.Select(p => p.Nek9)], [.. all.Select(p => p.Core)]);
    }

    // Least squares within each replicate, over the arms whose tumour has a core. One T cell per mm² stands for none.
    private double[] Slopes(string off)
    {
        double[][] levels = [.. Factors.Select(f => Core(off, f))];
        return [.. Enumerable.Range(0, levels[0].Length).Select(r =>
        {
            (double X, double Y)[] known = [.. Factors.Select((f, i) => (X: Math.Log(f), Y: levels[i][r])).Where(p => double.IsFinite(p.Y)).Select(p => (p.X, Math.Log(Math.Max(p.Y, 1))))];
            double mean = known.Average(p => p.X);
            return known.Sum(p => (p.X - mean) * p.Y) / known.Sum(p => (p.X - mean) * (p.X - mean));
        })];
    }

    private double[] Core(string off, double factor) => Expressions.GetOrAdd(fullSize, _ => new Lazy<Cohort>(() => Cohort.Run(
        $"base: nek9/mouse.yaml\narms:\n{string.Concat(Expressed.SelectMany(o => Factors.Select(f => FormattableString.Invariant($"  - {{name: \"{Arm(o, f)}\", parameters: {{nek9.activity_factor: {f}}}, mechanisms: {{{o}}}}}\n"))))}",
        [.. Expressed.SelectMany(o => Factors.Select(f => Arm(o, f)))], Tile(16)))).Value.At(Arm(off, factor), "cd8_core_per_mm2", End);

    private string Arm(string off, double factor) => FormattableString.Invariant($"NEK9 x {factor}, setting {Array.IndexOf(Expressed, off)}");

    private double[] Growth(string arm) => [.. Mice.At(arm, "tumor_cells", End).Zip(Mice.At(arm, "tumor_cells", 0), (n, start) => Math.Log(Math.Max(n, 1) / start))];

    private double[] Volume(string arm) => [.. Mice.At(arm, "tumor_volume_change", End).Select(change => 1 + change)];

    private string[] Tile(int replicates)
    {
        string[] common = [$"replicates={replicates}", "time.record_every=5 d", FormattableString.Invariant($"time.duration={End} d"), "figures=[]"];
        return fullSize ? common : [.. common, "tissue.size=[1.28 mm, 1.28 mm]", "lesions[primary].tumor.radius=0.24 mm"];
    }
}

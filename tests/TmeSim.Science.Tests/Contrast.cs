using System.Globalization;
using TmeSim.Analysis.Contrasts;

namespace TmeSim.Science.Tests;

/// <summary>A paired difference between two arms, tested and printed with its interval.</summary>
internal static class Contrast
{
    /// <summary>Tests that <paramref name="treated"/> lies below <paramref name="control"/> at p &lt; 0.01.</summary>
    /// <returns>The mean difference.</returns>
    public static double IsLower(string what, double[] treated, double[] control) => Require(what, treated, control, Alternative.Less);

    /// <summary>Tests that <paramref name="treated"/> lies above <paramref name="control"/> at p &lt; 0.01.</summary>
    /// <returns>The mean difference.</returns>
    public static double IsHigher(string what, double[] treated, double[] control) => Require(what, treated, control, Alternative.Greater);

    /// <summary>Prints a paired difference without asking anything of it.</summary>
    public static SignFlipResult Print(string what, double[] treated, double[] control, Alternative alternative = Alternative.TwoSided)
    {
        (double Treated, double Control)[] pairs = Defined(what, treated, control);
        SignFlipResult result = SignFlipTest.Run([.. pairs.Select(p => p.Treated - p.Control)], alternative);
        Write($"{what}: {pairs.Average(p => p.Treated):F4} against {pairs.Average(p => p.Control):F4}, effect {result.MeanEffect:F4} [{result.Lower:F4}, {result.Upper:F4}], p = {result.P:G2}, {result.Pairs} pairs");
        return result;
    }

    /// <summary>Tests that an effect is gone: the 95 % interval of the ablated one lies within ±25 % of the size of the full one.</summary>
    public static void IsGone(string what, double[] ablated, double fullEffect)
    {
        SignFlipResult result = SignFlipTest.Run([.. Defined(what, ablated, new double[ablated.Length]).Select(p => p.Treated)], Alternative.TwoSided);
        double room = Math.Abs(fullEffect) / 4;
        Write($"{what}: ablated {result.MeanEffect:F3} [{result.Lower:F3}, {result.Upper:F3}], allowed ±{room:F3}, {result.Pairs} pairs");
        Assert.True(result.Lower >= -room && result.Upper <= room, $"{what}: [{result.Lower:F3}, {result.Upper:F3}] leaves ±{room:F3}");
    }

    public static void Write(FormattableString line) => TestContext.Current.TestOutputHelper?.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    // A pair with a value that is not defined is left out, never taken for 0; with fewer than half left it would be a selection.
    private static (double Treated, double Control)[] Defined(string what, double[] treated, double[] control)
    {
        (double Treated, double Control)[] pairs = [.. treated.Zip(control).Where(p => double.IsFinite(p.First) && double.IsFinite(p.Second))];
        Assert.True(2 * pairs.Length >= treated.Length, $"{what}: {pairs.Length} of {treated.Length} pairs have values");
        return pairs;
    }

    private static double Require(string what, double[] treated, double[] control, Alternative alternative)
    {
        SignFlipResult result = Print(what, treated, control, alternative);
        Assert.True(result.P < 0.01, $"{what}: effect {result.MeanEffect:F3}, p = {result.P:G3}");
        return result.MeanEffect;
    }
}

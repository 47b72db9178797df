using TmeSim.Analysis.Contrasts;

namespace TmeSim.Science.Tests;

/// <summary>Is an effect gone when a mechanism is off? Judged by the interval of what is left, not by a missing significance.</summary>
internal static class Ablation
{
    private const double Share = 0.25;

    /// <summary>Tests that the 95 % interval of the ablated effect lies inside ± a quarter of the effect.</summary>
    public static void IsGone(string what, double effect, double[] treated, double[] control)
    {
        SignFlipResult left = Contrast.Print($"{what} (ablation; effect {effect:F4})", treated, control);
        double bound = Share * Math.Abs(effect);
        Assert.True(left.Lower >= -bound && left.Upper <= bound, $"{what}: [{left.Lower:F4}, {left.Upper:F4}] is not inside ±{bound:F4}");
    }

    /// <summary>Tests that no more than a quarter of the effect is left in its direction; the ablated effect may have turned round.</summary>
    public static void IsGoneOrReversed(string what, double effect, double[] treated, double[] control)
    {
        SignFlipResult left = Contrast.Print($"{what} (ablation; effect {effect:F4})", treated, control);
        double most = effect < 0 ? -left.Lower : left.Upper;
        Assert.True(most <= Share * Math.Abs(effect), $"{what}: [{left.Lower:F4}, {left.Upper:F4}] keeps more than a quarter of {effect:F4}");
    }
}

using TmeSim.Engine.Numerics;

namespace TmeSim.Science.Tests;

/// <summary>
/// Bliss excess of a combination, E = 1 − mean volume / mean volume of the control: E_ab − (E_a + E_b − E_a E_b), with the 95 %
/// percentile interval of a bootstrap over replicates that keeps the arms of a replicate together.
/// </summary>
internal readonly record struct Bliss(double First, double Second, double Both, double Excess, double Lower, double Upper)
{
    private const int Resamples = 4000;

    public static Bliss Of(double[] control, double[] first, double[] second, double[] both)
    {
        int n = control.Length;
        int[] all = [.. Enumerable.Range(0, n)];
        (double a, double b, double ab) = Effects(control, first, second, both, all);
        RandomKey key = RandomKey.Create(0x626C697373, 0, 0);
        double[] excess = [.. Enumerable.Range(0, Resamples).Select(k =>
        {
            (double x, double y, double xy) = Effects(control, first, second, both, [.. all.Select(i => (int)(Draws.Uniform(Word(key, k, i)) * n))]);
            return xy - (x + y - x * y);
        }).Order()];
        return new Bliss(a, b, ab, ab - (a + b - a * b), excess[(int)(0.025 * Resamples)], excess[(int)(0.975 * Resamples) - 1]);
    }

    private static uint Word(RandomKey key, int resample, int i) => Philox4x32.Block((uint)i, 0, (uint)resample, 1, key.K0, key.K1).X0;

    private static (double First, double Second, double Both) Effects(double[] control, double[] first, double[] second, double[] both, int[] of)
    {
        double whole = of.Sum(i => control[i]);
        return (1 - of.Sum(i => first[i]) / whole, 1 - of.Sum(i => second[i]) / whole, 1 - of.Sum(i => both[i]) / whole);
    }
}

using TmeSim.Analysis.Contrasts;
using TmeSim.Analysis.Sensitivity;
using TmeSim.Engine.Numerics;

namespace TmeSim.Analysis.Outcomes;

/// <summary>What it saves to treat the same patients in both arms, as only a simulation can, in place of two groups.</summary>
/// <param name="Pairs">Number of patients.</param>
/// <param name="PairedVariance">Variance of the difference within a patient.</param>
/// <param name="UnpairedVariance">Variance of the difference between two patients, one of each arm: the sum of both variances.</param>
/// <param name="Factor">Unpaired over paired variance, with the central 95 % of bootstrap samples of patients: a trial of two groups
/// needs this many times the patients in each arm for the same standard error. +∞ where the difference is the same in all patients, NaN
/// where neither arm varies; no interval below <see cref="MinPairs"/>.</param>
/// <param name="Correlation">Correlation of the outcomes of a patient, −1 to 1; NaN where an arm does not vary.</param>
public readonly record struct PairingGain(int Pairs, double PairedVariance, double UnpairedVariance, Estimate Factor, double Correlation)
{
    /// <summary>With fewer pairs there is no interval.</summary>
    public const int MinPairs = 10;

    private const ulong Salt = 0x70616972696E67;

    /// <summary>Compares both designs.</summary>
    /// <param name="first">Outcome of each patient in the first arm, finite.</param>
    /// <param name="second">Outcome of the same patients in the second arm.</param>
    /// <param name="bootstraps">Bootstrap samples, at least 40.</param>
    /// <param name="key">Key of the bootstrap.</param>
    /// <exception cref="ArgumentException">Lengths differ, there are fewer than two patients, an outcome is not finite, or there are too
    /// few bootstrap samples.</exception>
    public static PairingGain Of(ReadOnlySpan<double> first, ReadOnlySpan<double> second, int bootstraps, ulong key)
    {
        BootstrapInterval.CheckCount(bootstraps);
        double[] a = first.ToArray(), b = second.ToArray();
        int n = a.Length;
        if (n < 2 || b.Length != n || !a.Concat(b).All(double.IsFinite))
        {
            throw new ArgumentException($"pairs need finite outcomes of the same two patients or more in both arms, not {n} and {b.Length}",
                nameof(second));
        }

        int[] picked = [.. Enumerable.Range(0, n)];
        (double paired, double unpaired, double correlation) = Variances(a, b, picked);
        var samples = new double[n < MinPairs ? 0 : bootstraps];
        for (int s = 0; s < samples.Length; s++)
        {
            var stream = new PhiloxStream(RandomKey.Create(key ^ Salt, 0, 0), (uint)s, 0, 0);
            for (int i = 0; i < n; i++)
            {
                picked[i] = stream.NextInt(n);
            }

            (double within, double between, _) = Variances(a, b, picked);
            samples[s] = between / within;
        }

        (double low, double high) = BootstrapInterval.Of(samples);
        return new PairingGain(n, paired, unpaired, new Estimate(unpaired / paired, low, high), correlation);
    }

    private static (double Paired, double Unpaired, double Correlation) Variances(double[] a, double[] b, int[] picked)
    {
        double meanA = 0, meanB = 0, aa = 0, bb = 0, ab = 0, dd = 0;
        foreach (int i in picked)
        {
            meanA += a[i] / picked.Length;
            meanB += b[i] / picked.Length;
        }

        foreach (int i in picked)
        {
            double x = a[i] - meanA, y = b[i] - meanB;
            aa += x * x;
            bb += y * y;
            ab += x * y;
            dd += (x - y) * (x - y);
        }

        int freedom = picked.Length - 1;
        return (dd / freedom, (aa + bb) / freedom, Math.Clamp(ab / Math.Sqrt(aa * bb), -1, 1));
    }
}

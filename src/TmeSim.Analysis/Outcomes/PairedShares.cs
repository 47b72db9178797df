using MathNet.Numerics;
using TmeSim.Analysis.Contrasts;
using TmeSim.Engine.Numerics;

namespace TmeSim.Analysis.Outcomes;

/// <summary>An outcome of the same patients in two arms: how many had it in both, in one, in none.</summary>
/// <param name="Both">Patients with the outcome in both arms.</param>
/// <param name="First">Patients with it in the first arm alone.</param>
/// <param name="Second">Patients with it in the second arm alone.</param>
/// <param name="Neither">Patients without it in either.</param>
public readonly record struct PairedShares(int Both, int First, int Second, int Neither)
{
    /// <summary>Patients.</summary>
    public int Count => Both + First + Second + Neither;

    /// <summary>Patients with the outcome in the first arm.</summary>
    public int FirstHits => Both + First;

    /// <summary>Patients with the outcome in the second arm.</summary>
    public int SecondHits => Both + Second;

    /// <summary>Exact test of McNemar, two-sided: whether those that differ are as often on one side as on the other; 1 where nobody
    /// differs.</summary>
    public double P
    {
        get
        {
            int differ = First + Second, fewer = Math.Min(First, Second);
            double half = 0;
            for (int k = 0; k <= fewer; k++)
            {
                half += Math.Exp(SpecialFunctions.BinomialLn(differ, k) - (differ * Constants.Ln2));
            }

            return Math.Min(1, 2 * half);
        }
    }

    /// <summary>
    /// Difference of the two shares, first less second, with the interval made of both Wilson intervals and the correlation of the two arms
    /// (Newcombe 1998, method 10, doi:10.1002/(SICI)1097-0258(19981130)17:22&lt;2635::AID-SIM954&gt;3.0.CO;2-C). NaN without patients.
    /// </summary>
    public Estimate Difference
    {
        get
        {
            Estimate a = Proportion.Wilson(FirstHits, Count), b = Proportion.Wilson(SecondHits, Count);
            double phi = Correlation(), difference = (First - Second) / (double)Count;
            return new Estimate(difference, difference - Length(a.Value - a.Low, b.High - b.Value, phi),
                difference + Length(a.High - a.Value, b.Value - b.Low, phi));

            static double Length(double x, double y, double phi) => Math.Sqrt(Math.Max(0, (x * x) - (2 * phi * x * y) + (y * y)));
        }
    }

    /// <summary>Odds ratio of the two shares, first over second, as two groups would show it, with the interval that knows of the pairs
    /// (delta method on the logarithm). Where a share is 0 or 1, a quarter is added to each of the four numbers. NaN without
    /// patients.</summary>
    public (Estimate Ratio, bool IsCorrected) Odds
    {
        get
        {
            if (Count == 0)
            {
                return (Estimate.None, false);
            }

            bool corrected = FirstHits == 0 || SecondHits == 0 || FirstHits == Count || SecondHits == Count;
            double more = corrected ? 0.25 : 0, n = Count + (4 * more), both = (Both + more) / n;
            double p = (FirstHits + (2 * more)) / n, q = (SecondHits + (2 * more)) / n;
            double log = DetMath.Log(p * (1 - q) / ((1 - p) * q));
            double variance = ((1 / (p * (1 - p))) + (1 / (q * (1 - q))) - (2 * (both - (p * q)) / (p * (1 - p) * q * (1 - q)))) / n;
            double half = Tail.Z95 * Math.Sqrt(Math.Max(0, variance));
            return (new Estimate(DetMath.Exp(log), DetMath.Exp(log - half), DetMath.Exp(log + half)), corrected);
        }
    }

    /// <summary>Counts pairs.</summary>
    /// <param name="pairs">Outcome of each patient in the first and in the second arm.</param>
    public static PairedShares Of(IEnumerable<(bool First, bool Second)> pairs)
    {
        int both = 0, first = 0, second = 0, neither = 0;
        foreach ((bool a, bool b) in pairs)
        {
            _ = a ? (b ? both++ : first++) : (b ? second++ : neither++);
        }

        return new PairedShares(both, first, second, neither);
    }

    // With the correction for continuity that belongs to the method.
    private double Correlation()
    {
        double product = (double)FirstHits * (Count - FirstHits) * SecondHits * (Count - SecondHits);
        if (product == 0)
        {
            return 0;
        }

        double cross = ((double)Both * Neither) - ((double)First * Second);
        return (cross > 0 ? Math.Max(0, cross - (Count / 2.0)) : cross) / Math.Sqrt(product);
    }
}

using TmeSim.Analysis.Contrasts;
using TmeSim.Analysis.Sensitivity;
using TmeSim.Engine.Numerics;

namespace TmeSim.Analysis.Trees;

/// <summary>
/// Independence of a feature g and a response h given their values: T = Σ g hᵀ against its mean and covariance over all permutations
/// (Strasser and Weber 1999), as one quadratic form.
/// </summary>
/// <remarks>The covariance is V(h) ⊗ C(g), so its inverse is that of both parts, and so is its rank.</remarks>
internal sealed class ConditionalTest
{
    // Eigenvalues below this share of the largest are rounding (R: the square root of the spacing of numbers).
    private const double Rounding = 1.4901161193847656e-8;

    private readonly double[][] _features;
    private readonly double[][] _scores;
    private readonly SymmetricInverse _spread;
    private readonly SymmetricInverse _influence;

    /// <param name="features">Numbers of each patient: the value, or 1 for its level.</param>
    /// <param name="scores">Response scores of each.</param>
    public ConditionalTest(double[][] features, double[][] scores)
    {
        (_features, _scores) = (Centred(features), Centred(scores));
        (_spread, _influence) = (Inverse(_features, 1), Inverse(_scores, features.Length - 1));
        Freedom = _spread.Rank * _influence.Rank;
        Statistic = Freedom == 0 ? double.NaN : Of([.. Enumerable.Range(0, features.Length)]);
    }

    /// <summary>Rank of the covariance; 0 where feature or response does not vary.</summary>
    public int Freedom { get; }

    /// <summary>The quadratic form; NaN without freedom.</summary>
    public double Statistic { get; }

    /// <summary>p value by the chi-square distribution, or by permutations with the data as one of them.</summary>
    public double P(int permutations, Func<uint, PhiloxStream> stream)
    {
        if (Freedom == 0 || permutations == 0)
        {
            return Freedom == 0 ? double.NaN : Tail.ChiSquare(Statistic, Freedom);
        }

        int[] order = [.. Enumerable.Range(0, _scores.Length)];
        int hits = 1;
        for (int b = 0; b < permutations; b++)
        {
            PhiloxStream draws = stream((uint)b);
            for (int i = order.Length - 1; i > 0; i--)
            {
                int other = draws.NextInt(i + 1);
                (order[i], order[other]) = (order[other], order[i]);
            }

            hits += Of(order) >= Statistic * (1 - 1e-12) ? 1 : 0;
        }

        return (double)hits / (permutations + 1);
    }

    /// <summary>Columns less their means; exactly 0 where all values of a column are the same.</summary>
    public static double[][] Centred(double[][] rows)
    {
        double[] means =
        [
            .. Enumerable.Range(0, rows.Length == 0 ? 0 : rows[0].Length)
                .Select(c => rows.All(r => r[c] == rows[0][c]) ? rows[0][c] : rows.Average(r => r[c])),
        ];
        return [.. rows.Select(r => r.Zip(means, (v, m) => v - m).ToArray())];
    }

    /// <summary>Inverse of the sums of products of centred rows over a divisor.</summary>
    public static SymmetricInverse Inverse(double[][] centred, double divisor)
    {
        int k = centred.Length == 0 ? 0 : centred[0].Length;
        var products = new double[k, k];
        foreach (double[] row in centred)
        {
            for (int a = 0; a < k; a++)
            {
                for (int b = 0; b < k; b++)
                {
                    products[a, b] += row[a] * row[b] / divisor;
                }
            }
        }

        return SymmetricInverse.Of(products, Rounding);
    }

    private double Of(int[] order)
    {
        int p = _features[0].Length, q = _scores[0].Length;
        var away = new double[p][];
        for (int a = 0; a < p; a++)
        {
            away[a] = new double[q];
        }

        for (int i = 0; i < order.Length; i++)
        {
            for (int a = 0; a < p; a++)
            {
                for (int b = 0; b < q; b++)
                {
                    away[a][b] += _features[i][a] * _scores[order[i]][b];
                }
            }
        }

        double sum = 0;
        double[][] turned = [.. away.Select(_influence.Times)];
        for (int a = 0; a < p; a++)
        {
            for (int other = 0; other < p; other++)
            {
                for (int b = 0; b < q; b++)
                {
                    sum += _spread.Inverse[a, other] * turned[a][b] * away[other][b];
                }
            }
        }

        return sum;
    }
}

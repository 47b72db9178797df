namespace TmeSim.Analysis.Sensitivity;

/// <summary>Summary of a weighted population, by parameter.</summary>
public sealed class AbcPosterior
{
    private readonly double[][] _sorted;
    private readonly double[][] _shares;

    private AbcPosterior(double[][] columns, double[] weights, double effective)
    {
        int k = columns.Length;
        EffectiveSampleSize = effective;
        (double[] means, double[] sds) = (new double[k], new double[k]);
        var correlations = new double[k, k];
        (_sorted, _shares) = (new double[k][], new double[k][]);
        for (int d = 0; d < k; d++)
        {
            means[d] = columns[d].Zip(weights, (x, w) => w * x).Sum();
            sds[d] = Math.Sqrt(Covariance(d, d) / (1 - 1 / effective));
            (_sorted[d], _shares[d]) = Sort(columns[d], weights);
            for (int e = 0; e <= d; e++)
            {
                double root = Math.Sqrt(Covariance(d, d) * Covariance(e, e));
                correlations[d, e] = correlations[e, d] = root > 0 ? d == e ? 1 : Math.Clamp(Covariance(d, e) / root, -1, 1) : double.NaN;
            }
        }

        (Means, StandardDeviations, Correlations) = (means, sds, correlations);

        double Covariance(int d, int e)
        {
            double sum = 0;
            for (int i = 0; i < weights.Length; i++)
            {
                sum += weights[i] * (columns[d][i] - means[d]) * (columns[e][i] - means[e]);
            }

            return sum;
        }
    }

    /// <summary>Weighted means.</summary>
    public IReadOnlyList<double> Means { get; }

    /// <summary>
    /// Weighted standard deviations, without bias for weights of reliability (divided by 1 − Σw²); NaN where one particle holds all weight.
    /// </summary>
    public IReadOnlyList<double> StandardDeviations { get; }

    /// <summary>Weighted medians.</summary>
    public IReadOnlyList<double> Medians => [.. Enumerable.Range(0, Means.Count).Select(d => Quantile(d, 0.5))];

    /// <summary>1 / Σw². The standard error of a mean is about sd / √this; a tenth more, as particles share ancestors.</summary>
    public double EffectiveSampleSize { get; }

    /// <summary>Weighted correlations of the parameters; NaN for one that does not vary.</summary>
    public double[,] Correlations { get; }

    /// <summary>Summary of a generation.</summary>
    public static AbcPosterior Of(AbcGeneration generation)
    {
        ArgumentNullException.ThrowIfNull(generation);
        IReadOnlyList<AbcParticle> particles = generation.Particles;
        double[][] columns = [.. Enumerable.Range(0, particles[0].Parameters.Count)
            .Select(d => particles.Select(p => p.Parameters[d]).ToArray())];
        return new AbcPosterior(columns, [.. generation.Weights], generation.EffectiveSampleSize);
    }

    /// <summary>
    /// Weighted quantile: each particle stands at the middle of its weight, with straight lines between (type 5 of Hyndman and Fan for
    /// equal weights).
    /// </summary>
    /// <param name="parameter">Number of the parameter, from 0.</param>
    /// <param name="p">Probability, 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument lies outside its range.</exception>
    public double Quantile(int parameter, double p)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(parameter);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(parameter, _sorted.Length);
        if (!(p >= 0 && p <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(p), p, "a probability must lie between 0 and 1");
        }

        (double[] x, double[] share) = (_sorted[parameter], _shares[parameter]);
        int above = Array.FindIndex(share, s => s >= p);
        if (above <= 0)
        {
            return above < 0 ? x[^1] : x[0];
        }

        double part = (p - share[above - 1]) / (share[above] - share[above - 1]);
        return x[above - 1] + part * (x[above] - x[above - 1]);
    }

    private static (double[] Values, double[] Shares) Sort(double[] values, double[] weights)
    {
        (double[] x, double[] w) = ([.. values], [.. weights]);
        Array.Sort(x, w);
        var shares = new double[x.Length];
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            shares[i] = sum + 0.5 * w[i];
            sum += w[i];
        }

        return (x, shares);
    }
}

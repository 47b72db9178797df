using TmeSim.Engine.Numerics;

namespace TmeSim.Analysis.Sensitivity;

/// <summary>
/// Proposals from a weighted population: a particle by weight plus a normal step with twice the population's covariance. It works on latent
/// coordinates, in which each prior is a standard normal.
/// </summary>
/// <remarks>Beaumont et al. 2009, doi:10.1093/biomet/asp052; with correlations, Filippi et al. 2013, doi:10.1515/sagmb-2012-0069.</remarks>
internal sealed class AbcKernel
{
    // A population that has collapsed still searches a millionth of the prior's width around itself.
    private const double MinVariance = 1e-12;

    private readonly double[][] _latent;
    private readonly double[] _logWeights;
    private readonly double[] _cumulative;
    private readonly double[,] _factor;
    private readonly double[][] _whitened;

    /// <param name="latent">Coordinates of the particles.</param>
    /// <param name="weights">Their weights, which add up to 1.</param>
    public AbcKernel(double[][] latent, double[] weights)
    {
        (_latent, _cumulative) = (latent, new double[weights.Length]);
        _logWeights = [.. weights.Select(DetMath.Log)];
        double sum = 0, squares = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            _cumulative[i] = sum += weights[i];
            squares += weights[i] * weights[i];
        }

        // Few effective particles tell variances but no covariances.
        double[,] covariance = TwiceCovariance(latent, weights);
        bool correlated = 1 / squares >= 2 * (latent[0].Length + 1);
        _factor = (correlated ? Cholesky(covariance) : null) ?? Diagonal(covariance);
        _whitened = [.. latent.Select(Whiten)];
    }

    /// <summary>A proposal.</summary>
    /// <param name="stream">Draws; one uniform and a normal per dimension.</param>
    public double[] Draw(ref PhiloxStream stream)
    {
        double u = stream.NextDouble() * _cumulative[^1];
        int found = Array.BinarySearch(_cumulative, u);
        double[] centre = _latent[Math.Min(found >= 0 ? found + 1 : ~found, _latent.Length - 1)];
        var step = new double[centre.Length];
        for (int d = 0; d < step.Length; d++)
        {
            step[d] = stream.NextNormal();
        }

        var proposal = new double[centre.Length];
        for (int d = 0; d < proposal.Length; d++)
        {
            double sum = centre[d];
            for (int e = 0; e <= d; e++)
            {
                sum += _factor[d, e] * step[e];
            }

            proposal[d] = sum;
        }

        return proposal;
    }

    /// <summary>ln of the proposals' density, up to a constant of the generation.</summary>
    public double LogDensity(double[] latent)
    {
        double[] at = Whiten(latent);
        var logs = new double[_whitened.Length];
        double largest = double.NegativeInfinity;
        for (int i = 0; i < logs.Length; i++)
        {
            double squares = 0;
            for (int d = 0; d < at.Length; d++)
            {
                squares += (at[d] - _whitened[i][d]) * (at[d] - _whitened[i][d]);
            }

            logs[i] = _logWeights[i] - 0.5 * squares;
            largest = Math.Max(largest, logs[i]);
        }

        double sum = 0;
        for (int i = 0; i < logs.Length; i++)
        {
            sum += DetMath.Exp(logs[i] - largest);
        }

        return largest + DetMath.Log(sum);
    }

    private static double[,] TwiceCovariance(double[][] latent, double[] weights)
    {
        int k = latent[0].Length;
        var mean = new double[k];
        for (int i = 0; i < latent.Length; i++)
        {
            for (int d = 0; d < k; d++)
            {
                mean[d] += weights[i] * latent[i][d];
            }
        }

        var covariance = new double[k, k];
        for (int i = 0; i < latent.Length; i++)
        {
            for (int d = 0; d < k; d++)
            {
                for (int e = 0; e <= d; e++)
                {
                    covariance[d, e] += 2 * weights[i] * (latent[i][d] - mean[d]) * (latent[i][e] - mean[e]);
                }
            }
        }

        for (int d = 0; d < k; d++)
        {
            covariance[d, d] = Math.Max(covariance[d, d], MinVariance);
        }

        return covariance;
    }

    /// <summary>Lower triangular root; null where rounding leaves none.</summary>
    private static double[,]? Cholesky(double[,] covariance)
    {
        int k = covariance.GetLength(0);
        var factor = new double[k, k];
        for (int d = 0; d < k; d++)
        {
            for (int e = 0; e <= d; e++)
            {
                double rest = covariance[d, e];
                for (int f = 0; f < e; f++)
                {
                    rest -= factor[d, f] * factor[e, f];
                }

                if (e < d)
                {
                    factor[d, e] = rest / factor[e, e];
                }
                else if (rest > 1e-9 * covariance[d, d])
                {
                    factor[d, d] = Math.Sqrt(rest);
                }
                else
                {
                    return null;
                }
            }
        }

        return factor;
    }

    private static double[,] Diagonal(double[,] covariance)
    {
        int k = covariance.GetLength(0);
        var factor = new double[k, k];
        for (int d = 0; d < k; d++)
        {
            factor[d, d] = Math.Sqrt(covariance[d, d]);
        }

        return factor;
    }

    private double[] Whiten(double[] latent)
    {
        var white = new double[latent.Length];
        for (int d = 0; d < white.Length; d++)
        {
            double rest = latent[d];
            for (int e = 0; e < d; e++)
            {
                rest -= _factor[d, e] * white[e];
            }

            white[d] = rest / _factor[d, d];
        }

        return white;
    }
}

using TmeSim.Analysis.Contrasts;
using TmeSim.Analysis.Sensitivity;
using TmeSim.Engine.Numerics;

namespace TmeSim.Analysis.Outcomes;

/// <summary>
/// Logistic regression of an outcome on covariates by iteratively reweighted least squares, which is Newton's method here (McCullagh and
/// Nelder, Generalized Linear Models, 2nd ed. 1989, section 4.4); as glm(family = binomial) of R.
/// </summary>
/// <param name="Intercept">Log odds at covariates of 0.</param>
/// <param name="Terms">Coefficients in the order of the names.</param>
/// <param name="Covariance">Covariance of intercept and coefficients, in this order.</param>
/// <param name="Count">Patients.</param>
/// <param name="Hits">Patients with the outcome.</param>
/// <param name="NullLogLikelihood">Log-likelihood with the intercept alone.</param>
/// <param name="LogLikelihood">Log-likelihood of the model.</param>
/// <param name="LikelihoodRatio">Test of all coefficients; holds under separation too.</param>
/// <param name="Risks">Fitted probability of each patient.</param>
/// <param name="IsSeparated">Covariates separate outcomes (Albert and Anderson 1984, doi:10.1093/biomet/71.1.1): coefficients marked
/// infinite have no finite estimate.</param>
/// <param name="Converged">False where the steps did not become small.</param>
public sealed record LogisticModel(
    RegressionTerm Intercept, IReadOnlyList<RegressionTerm> Terms, double[,] Covariance, int Count, int Hits, double NullLogLikelihood,
    double LogLikelihood, ModelTest LikelihoodRatio, IReadOnlyList<double> Risks, bool IsSeparated, bool Converged)
{
    /// <summary>Fits the model.</summary>
    /// <param name="outcomes">Outcome of each patient; both must be there.</param>
    /// <param name="covariates">A row of finite covariates for each.</param>
    /// <param name="names">Names of the covariates.</param>
    /// <exception cref="ArgumentException">Lengths differ, all outcomes are the same, or a covariate is not finite, constant or a
    /// combination of others.</exception>
    public static LogisticModel Fit(
        IReadOnlyList<bool> outcomes, IReadOnlyList<IReadOnlyList<double>> covariates, IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        ArgumentNullException.ThrowIfNull(covariates);
        ArgumentNullException.ThrowIfNull(names);
        int n = outcomes.Count, hits = outcomes.Count(o => o), k = names.Count;
        if (covariates.Count != n || hits == 0 || hits == n)
        {
            throw new ArgumentException(covariates.Count != n ? $"{n} patients need as many rows of covariates, not {covariates.Count}"
                : $"a logistic model needs both outcomes; {hits} of {n} patients have it", nameof(outcomes));
        }

        var columns = CovariateColumns.Of(covariates, names);
        bool[] known = [.. outcomes];
        double[][] rows = [.. columns.Rows.Select(r => (double[])[1, .. r])];
        var start = new double[k + 1];
        start[0] = DetMath.Log(hits / (double)(n - hits));
        var likelihood = new LogisticLikelihood(known, rows, null);
        NewtonFit fit = NewtonFit.Maximise(start, likelihood.At);
        double before = likelihood.At(start).Value;
        double[] risks = likelihood.Risks(fit.Coefficients);
        (double[] coefficients, double[,] covariance) = Unscaled(fit, columns);
        RegressionTerm[] terms =
        [
            .. coefficients.Select((c, i) =>
                RegressionTerm.Of(i == 0 ? "intercept" : names[i - 1], c, Math.Sqrt(covariance[i, i]), fit.IsInfinite[i])),
        ];
        return new LogisticModel(terms[0], terms[1..], covariance, n, hits, before, fit.Value, ModelTest.Of(2 * (fit.Value - before), k),
            risks, fit.IsInfinite.Contains(true), fit.IsConverged);
    }

    // The intercept of the standardised columns holds their means.
    private static (double[] Coefficients, double[,] Covariance) Unscaled(NewtonFit fit, CovariateColumns columns)
    {
        int k = columns.Spreads.Length + 1;
        var turn = new double[k, k];
        turn[0, 0] = 1;
        for (int c = 1; c < k; c++)
        {
            turn[c, c] = 1 / columns.Spreads[c - 1];
            turn[0, c] = -columns.Means[c - 1] / columns.Spreads[c - 1];
        }

        var coefficients = new double[k];
        var half = new double[k, k];
        var covariance = new double[k, k];
        for (int a = 0; a < k; a++)
        {
            for (int b = 0; b < k; b++)
            {
                coefficients[a] += turn[a, b] * fit.Coefficients[b];
                for (int c = 0; c < k; c++)
                {
                    half[a, c] += turn[a, b] * fit.Covariance[b, c];
                }
            }
        }

        for (int a = 0; a < k; a++)
        {
            for (int b = 0; b < k; b++)
            {
                for (int c = 0; c < k; c++)
                {
                    covariance[a, b] += half[a, c] * turn[b, c];
                }
            }
        }

        return (coefficients, covariance);
    }
}

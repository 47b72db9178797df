using TmeSim.Analysis.Contrasts;
using TmeSim.Analysis.Sensitivity;

namespace TmeSim.Analysis.Survival;

/// <summary>
/// Proportional hazards model (Cox 1972, doi:10.1111/j.2517-6161.1972.tb00899.x): hazard ratios of covariates. Ties by Efron, maximum by
/// Newton's method, standard errors from the information; as coxph of R.
/// </summary>
/// <param name="Terms">Coefficients in the order of the names.</param>
/// <param name="Covariance">Covariance of the coefficients; rows of one that is infinite have no meaning.</param>
/// <param name="Count">Patients.</param>
/// <param name="Events">Events.</param>
/// <param name="NullLogLikelihood">Logarithm of the partial likelihood without covariates.</param>
/// <param name="LogLikelihood">The same at the estimate.</param>
/// <param name="LikelihoodRatio">Likelihood-ratio test of all coefficients; holds with infinite ones too.</param>
/// <param name="Wald">Wald test; NaN with an infinite coefficient.</param>
/// <param name="Score">Score test; for one covariate with two values and no ties the log-rank test.</param>
/// <param name="Concordance">Share of pairs in the right order; see <see cref="Survival.Concordance"/>.</param>
/// <param name="Iterations">Newton steps made.</param>
/// <param name="Converged">False where the steps did not become small; the estimates are then not to be used.</param>
public sealed record CoxModel(
    IReadOnlyList<RegressionTerm> Terms, double[,] Covariance, int Count, int Events, double NullLogLikelihood, double LogLikelihood,
    ModelTest LikelihoodRatio, ModelTest Wald, ModelTest Score, double Concordance, int Iterations, bool Converged)
{
    /// <summary>A coefficient is infinite: a covariate puts the events in order without an exception.</summary>
    public bool HasInfinite => Terms.Any(t => t.IsInfinite);

    /// <summary>Score test that holds with patients of one cluster depending on each other (Lin and Wei 1989,
    /// doi:10.1080/01621459.1989.10478874); not defined without clusters.</summary>
    public ModelTest RobustScore { get; init; } = new(double.NaN, 0, double.NaN);

    /// <summary>Fits the model.</summary>
    /// <param name="patients">The patients; at least one with the event.</param>
    /// <param name="covariates">A row of finite covariates for each.</param>
    /// <param name="names">Names of the covariates.</param>
    /// <param name="strata">Any number for the stratum of each patient, with a baseline hazard of its own; null for none.</param>
    /// <param name="clusters">Any number for the cluster of each row, such as one patient in two arms: covariance, standard errors and the
    /// Wald test are then those of the sandwich over clusters, as coxph(cluster = ) of R; null for rows that are independent.</param>
    /// <exception cref="ArgumentException">Lengths differ; a time is negative or not finite; a covariate is not finite, constant, a
    /// combination of others, or the same for all at risk at every event; there is no event.</exception>
    public static CoxModel Fit(IReadOnlyList<FollowUp> patients, IReadOnlyList<IReadOnlyList<double>> covariates,
        IReadOnlyList<string> names, IReadOnlyList<int>? strata = null,
        IReadOnlyList<int>? clusters = null)
    {
        FollowUp.Check(patients, nameof(patients));
        ArgumentNullException.ThrowIfNull(covariates);
        ArgumentNullException.ThrowIfNull(names);
        FollowUp.CheckCount(patients.Count, covariates.Count, "rows of covariates", nameof(covariates));
        FollowUp.CheckCount(patients.Count, strata?.Count ?? patients.Count, "strata", nameof(strata));
        FollowUp.CheckCount(patients.Count, clusters?.Count ?? patients.Count, "clusters", nameof(clusters));
        int events = patients.Count(p => p.Event), k = names.Count;
        if (events == 0)
        {
            throw new ArgumentException("a Cox model needs an event", nameof(patients));
        }

        var columns = CovariateColumns.Of(covariates, names);
        var likelihood = new CoxLikelihood([.. patients], columns.Rows, strata);
        double[] start = new double[k];
        double before = likelihood.At(start);
        SymmetricInverse atStart = SymmetricInverse.Scaled(likelihood.Information, 1e-11);
        if (atStart.Rank < k)
        {
            throw new ArgumentException($"among those at risk at the events the covariates {string.Join(", ", names)} do not vary "
                + "apart from each other", nameof(covariates));
        }

        double score = atStart.Quadratic(likelihood.Score);
        NewtonFit fit = NewtonFit.Maximise(start, at => (likelihood.At(at), likelihood.Score, likelihood.Information));
        bool infinite = fit.IsInfinite.Contains(true);
        double[,] inner = clusters is null ? fit.Covariance : Sandwich(fit.Covariance, likelihood.Residuals(fit.Coefficients), clusters);
        double wald = infinite ? double.NaN : SymmetricInverse.Scaled(inner, 1e-14).Quadratic(fit.Coefficients);
        double[] risks = [.. columns.Rows.Select(r => CoxLikelihood.Dot(r, fit.Coefficients))];
        (double[] coefficients, double[,] covariance) = columns.Unscaled(fit.Coefficients, inner);
        return new CoxModel(
            [.. names.Select((n, c) => RegressionTerm.Of(n, coefficients[c], Math.Sqrt(covariance[c, c]), fit.IsInfinite[c]))], covariance,
            patients.Count, events, before, fit.Value, ModelTest.Of(2 * (fit.Value - before), k), ModelTest.Of(wald, k),
            ModelTest.Of(score, k), Survival.Concordance.Of(patients, risks, strata), fit.Iterations, fit.IsConverged)
        {
            RobustScore = clusters is null ? new(double.NaN, 0, double.NaN) : OfClusters(likelihood, start, clusters),
        };
    }

    // U' (sum of squares of the clusters' parts of U)^-1 U without covariates.
    private static ModelTest OfClusters(CoxLikelihood likelihood, double[] start, IReadOnlyList<int> clusters)
    {
        double[][] parts = ByCluster(likelihood.Residuals(start), clusters);
        double[] score = [.. Enumerable.Range(0, start.Length).Select(c => parts.Sum(p => p[c]))];
        return ModelTest.Of(SymmetricInverse.Scaled(Squares(parts), 1e-14).Quadratic(score), start.Length);
    }

    private static double[,] Sandwich(double[,] covariance, double[][] residuals, IReadOnlyList<int> clusters)
    {
        int k = covariance.GetLength(0);
        double[][] changes = [.. ByCluster(residuals, clusters).Select(r =>
            Enumerable.Range(0, k).Select(a => Enumerable.Range(0, k).Sum(b => covariance[a, b] * r[b])).ToArray())];
        return Squares(changes);
    }

    private static double[][] ByCluster(double[][] rows, IReadOnlyList<int> clusters) =>
        [.. rows.Zip(clusters).GroupBy(r => r.Second).OrderBy(g => g.Key).Select(g =>
            Enumerable.Range(0, rows[0].Length).Select(c => g.Sum(r => r.First[c])).ToArray())];

    private static double[,] Squares(double[][] rows)
    {
        int k = rows[0].Length;
        var sum = new double[k, k];
        foreach (double[] row in rows)
        {
            for (int a = 0; a < k; a++)
            {
                for (int b = 0; b < k; b++)
                {
                    sum[a, b] += row[a] * row[b];
                }
            }
        }

        return sum;
    }
}

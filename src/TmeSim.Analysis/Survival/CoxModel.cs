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

    /// <summary>Fits the model.</summary>
    /// <param name="patients">The patients; at least one with the event.</param>
    /// <param name="covariates">A row of finite covariates for each.</param>
    /// <param name="names">Names of the covariates.</param>
    /// <param name="strata">Any number for the stratum of each patient, with a baseline hazard of its own; null for none.</param>
    /// <exception cref="ArgumentException">Lengths differ; a time is negative or not finite; a covariate is not finite, constant, a
    /// combination of others, or the same for all at risk at every event; there is no event.</exception>
    public static CoxModel Fit(IReadOnlyList<FollowUp> patients, IReadOnlyList<IReadOnlyList<double>> covariates,
        IReadOnlyList<string> names, IReadOnlyList<int>? strata = null)
    {
        FollowUp.Check(patients, nameof(patients));
        ArgumentNullException.ThrowIfNull(covariates);
        ArgumentNullException.ThrowIfNull(names);
        FollowUp.CheckCount(patients.Count, covariates.Count, "rows of covariates", nameof(covariates));
        FollowUp.CheckCount(patients.Count, strata?.Count ?? patients.Count, "strata", nameof(strata));
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
        double wald = infinite ? double.NaN : SymmetricInverse.Scaled(fit.Covariance, 1e-14).Quadratic(fit.Coefficients);
        double[] risks = [.. columns.Rows.Select(r => CoxLikelihood.Dot(r, fit.Coefficients))];
        (double[] coefficients, double[,] covariance) = columns.Unscaled(fit.Coefficients, fit.Covariance);
        return new CoxModel(
            [.. names.Select((n, c) => RegressionTerm.Of(n, coefficients[c], Math.Sqrt(covariance[c, c]), fit.IsInfinite[c]))], covariance,
            patients.Count, events, before, fit.Value, ModelTest.Of(2 * (fit.Value - before), k), ModelTest.Of(wald, k),
            ModelTest.Of(score, k), Survival.Concordance.Of(patients, risks, strata), fit.Iterations, fit.IsConverged);
    }
}

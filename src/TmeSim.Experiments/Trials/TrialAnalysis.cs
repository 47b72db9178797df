using TmeSim.Experiments.Results;

namespace TmeSim.Experiments.Trials;

/// <summary>Statistics of a table of patients: a pure function of its rows, whoever made them.</summary>
public static class TrialAnalysis
{
    /// <summary>Days of a month.</summary>
    public const double MonthDays = 30.4375;

    /// <summary>Works out everything that the table allows.</summary>
    /// <param name="table">Patients.</param>
    /// <param name="asked">What is asked.</param>
    /// <exception cref="ScenarioRefusedException">There is no such control arm, or a rule names no covariate.</exception>
    public static TrialNumbers Of(TrialTable table, TrialQuestions asked)
    {
        if (!table.Arms.Contains(asked.Control))
        {
            throw new ScenarioRefusedException(
                $"error: no patient is in the control arm '{asked.Control}'; arms: {string.Join(", ", table.Arms)}");
        }

        TrialView view = new(table, asked);
        TrialCovariates covariates = new(view);
        TrialDesigns designs = new(view);
        string[] others = [.. table.Arms.Where(a => a != asked.Control)], all = [.. table.Arms];
        TrialNumbers numbers = new()
        {
            IsPaired = view.IsPaired, Remarks = [],
            Endpoints = [.. all.SelectMany(new TrialEndpoints(view).Endpoints)],
            Contrasts = [.. others.SelectMany(new TrialContrasts(view).Contrasts)],
            Biomarkers = [.. all.SelectMany(covariates.Biomarkers)],
            Models = [.. all.SelectMany(covariates.Models)],
            Scores = [.. all.Select(covariates.Score).OfType<ScoreLine>()],
            Power = [.. others.SelectMany(designs.Power)],
            Trees = [.. all.Select(a => (a, covariates.Tree(a))).Where(t => t.Item2 is not null).Select(t => (t.a, t.Item2!))],
            Combination = designs.Combination(),
            Pairing = view.IsPaired ? [.. others.SelectMany(designs.Pairing)] : [],
            Curves = [.. all.Select(a => (a, view.Curve(a, p => p.Os), view.Curve(a, p => p.Pfs)))],
        };
        return numbers with { Remarks = view.Remarks };
    }
}

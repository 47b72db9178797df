using TmeSim.Analysis.Contrasts;
using TmeSim.Analysis.Sensitivity;
using TmeSim.Experiments.Folders;
using TmeSim.Reports.Domain.Sweeps;

namespace TmeSim.Experiments.Drawing;

/// <summary>Figures of the statistics of factors.</summary>
internal static class SensitivityDrawer
{
    private static readonly string Bootstrap = $"95 % bootstrap interval (from {SobolIndices.MinBlocks} base samples on)";
    private static readonly string MorrisInterval = $"95 % t interval (on the log scale; from {MorrisEffects.MinTrajectories} trajectories on)";
    private const string Means = "Statistics are taken on means over replicates.";
    private const string EffectMeaning = " Δ: difference to the control in the same replicate, so what is shown is what the effect of the therapy depends on.";

    /// <summary>Partial rank correlations, a panel per output; then those of differences to the control.</summary>
    public static IEnumerable<DrawnFigure> RankCorrelations(SweepData data, SweepSensitivity sensitivity, int lesion)
    {
        foreach (IReadOnlyList<SweepQuantity> quantities in new[] { data.Outputs, data.Effects })
        {
            RankCorrelationPanel[] panels =
            [
                .. quantities.Take(SweepFigures.MostOutputs).Select(q => new RankCorrelationPanel(q.Axis.Label, [.. sensitivity.Of(q, lesion, SensitivityStatistic.RankCorrelation).Where(r => double.IsFinite(r.Estimate.Value))
                    .GroupBy(r => r.Arm).Select(g => new RankCorrelationArm(data.Arms[g.Key], g.First().Count, [.. g.Select(r => (r.Factor.Name, new RankCorrelation(r.Estimate, r.P, r.Count)))]))]))
                    .Where(p => p.Arms.Count > 0),
            ];
            if (panels.Length > 0)
            {
                bool effects = quantities[0].IsEffect;
                string what = $"partial rank correlations{(effects ? " of effects" : "")}";
                string[] words = [.. data.Varied.Where(f => !f.IsOrdered).Select(f => f.Name)];
                yield return data.Drawn(
                    effects ? "effects" : "", lesion, what,
                    RankCorrelationFigure.Create(panels, "95 % interval (Fisher's z over points, approximate)", data.Counts(lesion, [.. quantities]), data.Looks, data.Options(Finding(data, quantities.Take(SweepFigures.MostOutputs).SelectMany(q => sensitivity.Of(q, lesion, SensitivityStatistic.RankCorrelation)), what), lesion), "points"),
                    $"{Means} Significant: p < 0.05, not corrected for the number of factors.{(effects ? EffectMeaning : "")}"
                    + (words.Length > 0 ? $" {string.Join(", ", words)}: words without an order, which the others are corrected for; their share of the variance stands in the table." : ""));
            }
        }
    }

    // Of the output whose strongest factor is the strongest of all.
    private static string Finding(SweepData data, IEnumerable<SensitivityRow> rows, string what) =>
        rows.Where(r => double.IsFinite(r.Estimate.Value)).GroupBy(r => r.Quantity).MaxBy(g => g.Max(r => Math.Abs(r.Estimate.Value))) is { } strongest
            ? SweepFindings.Strongest(data, strongest, strongest.Key.Inside, "partial rank correlation") : what;

    /// <summary>Elementary effects of Morris, a panel per arm.</summary>
    public static IEnumerable<DrawnFigure> Morris(SweepData data, SweepSensitivity sensitivity, SweepQuantity quantity, int lesion)
    {
        ILookup<(int, FactorColumn), double> sigma = sensitivity.Of(quantity, lesion, SensitivityStatistic.EffectSpread).ToLookup(r => (r.Arm, r.Factor), r => r.Estimate.Value);
        ILookup<(int, FactorColumn), Estimate> mean = sensitivity.Of(quantity, lesion, SensitivityStatistic.MeanEffect).ToLookup(r => (r.Arm, r.Factor), r => r.Estimate);
        MorrisPanel[] panels =
        [
            .. sensitivity.Of(quantity, lesion, SensitivityStatistic.MeanAbsoluteEffect).GroupBy(r => r.Arm).Select(g => new MorrisPanel(
                data.Arms[g.Key], quantity.Axis.Unit, [.. g.Select(r => (r.Factor.Name, new MorrisEffect(mean[(r.Arm, r.Factor)].First(), r.Estimate, sigma[(r.Arm, r.Factor)].First(), r.Count)))]) { Arm = data.Arms[g.Key] }),
        ];
        if (panels.Any(p => p.Factors.Any(f => double.IsFinite(f.Effect.MeanAbsolute.Value))))
        {
            string finding = SweepFindings.Strongest(data, sensitivity.Of(quantity, lesion, SensitivityStatistic.MeanAbsoluteEffect), quantity.Inside, "μ*", quantity.Axis.Unit);
            yield return data.Drawn(
                RunFolder.Slug(quantity.File), lesion, $"Morris screening of {quantity.Inside}",
                MorrisFigure.Create(panels, MorrisInterval, $"{data.Plan.Samples} trajectories; {data.Counts(lesion, quantity)}", data.Looks, data.Options(finding, lesion)),
                $"Effects are those of a whole range of the factor. Right: it matters; up: what it does depends on the others, or bends. {Means}{(quantity.IsEffect ? EffectMeaning : "")}");
        }
    }

    /// <summary>Sobol indices, a panel per arm.</summary>
    public static IEnumerable<DrawnFigure> Sobol(SweepData data, SweepSensitivity sensitivity, SweepQuantity quantity, int lesion)
    {
        ILookup<(int, FactorColumn), SensitivityRow> totals = sensitivity.Of(quantity, lesion, SensitivityStatistic.Total).ToLookup(r => (r.Arm, r.Factor));
        IGrouping<int, SensitivityRow>[] arms = [.. sensitivity.Of(quantity, lesion, SensitivityStatistic.FirstOrder).GroupBy(r => r.Arm).Where(g => g.Any(r => double.IsFinite(r.Estimate.Value)))];
        SobolPanel[] panels =
        [
            .. arms.Select(g => new SobolPanel(data.Arms[g.Key], [.. g.Select(r => (r.Factor.Name, new SobolIndex(r.Estimate, totals[(r.Arm, r.Factor)].First().Estimate)))]) { Arm = data.Arms[g.Key] }),
        ];
        if (panels.Length > 0)
        {
            int blocks = arms.Min(g => g.First().Count);
            string what = $"Sobol indices of {quantity.Inside}";
            yield return data.Drawn(
                RunFolder.Slug(quantity.File), lesion, what,
                SobolIndexFigure.Create(panels, Bootstrap, $"{blocks} of {data.Plan.Samples} base samples without a missing value; {data.Counts(lesion, quantity)}", data.Options(SweepFindings.Strongest(data, totals.SelectMany(t => t), quantity.Inside, "total index") is { Length: > 0 } found ? found : what, lesion)),
                $"Share of the variance over the sampled ranges. {Means} What replicates leave of chance counts as interaction of all factors.{(quantity.IsEffect ? EffectMeaning : "")}");
        }
    }

    /// <summary>Sobol indices with rising numbers of samples, a figure per arm.</summary>
    public static IEnumerable<DrawnFigure> Convergence(SweepData data, SweepQuantity quantity, int lesion)
    {
        foreach (int arm in data.MovedArms(quantity))
        {
            IReadOnlyList<(int BaseSamples, SobolIndexResult Result)> steps = SweepSensitivity.Convergence(data, quantity, arm, lesion);
            if (!steps.Any(s => s.Result.Factors.Any(f => double.IsFinite(f.Total.Value))))
            {
                continue;
            }

            SobolConvergence[] factors = [.. data.Factors.Select((f, i) => new SobolConvergence(f.Name, [.. steps.Select(s => (s.BaseSamples, s.Result.Factors[i]))]))];
            string who = data.Arms.Count > 1 ? $", {data.Arms[arm]}" : "", what = $"convergence of Sobol indices of {quantity.Inside}{who}";
            yield return data.Drawn(
                RunFolder.Slug($"{quantity.File}-{data.Arms[arm]}"), lesion, what,
                SobolConvergenceFigure.Create(factors, Bootstrap, data.Counts(lesion, quantity), data.Options(what, lesion)), $"Indices that the first part of the base samples gives. {Means}");
        }
    }
}

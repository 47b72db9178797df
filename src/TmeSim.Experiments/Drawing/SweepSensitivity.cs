using TmeSim.Analysis.Contrasts;
using TmeSim.Analysis.Sensitivity;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Drawing;

/// <summary>
/// How outputs, and differences to the control, depend on the factors: the statistics that the design is made for. All are taken on means over replicates.
/// </summary>
internal sealed class SweepSensitivity
{
    public const int Bootstraps = 1000;
    private readonly SweepData _data;

    private SweepSensitivity(SweepData data, IReadOnlyList<SensitivityRow> rows)
    {
        (_data, Rows) = (data, rows);
    }

    /// <summary>By lesion, output with its difference behind it, arm and factor.</summary>
    public IReadOnlyList<SensitivityRow> Rows { get; }

    public static SweepSensitivity Of(SweepData data)
    {
        if (data.Varied.Count == 0)
        {
            return new SweepSensitivity(data, []);
        }

        (int Lesion, SweepQuantity Quantity, int Arm)[] work =
        [
            .. from lesion in Enumerable.Range(0, data.Lesions.Count)
               from quantity in data.Outputs.Concat(data.Effects).OrderBy(q => q.Output).ThenBy(q => q.IsEffect)
               from arm in data.MovedArms(quantity)
               select (lesion, quantity, arm),
        ];
        Func<SweepData, SweepQuantity, int, int, IEnumerable<SensitivityRow>> of = data.Plan.Method switch
        {
            SweepMethod.Morris => Morris,
            SweepMethod.Saltelli => Sobol,
            _ => Correlations,
        };
        return new SweepSensitivity(data, [.. work.AsParallel().AsOrdered().SelectMany(w => of(data, w.Quantity, w.Arm, w.Lesion).ToArray())]);
    }

    /// <summary>Rows of one statistic of one quantity.</summary>
    public IEnumerable<SensitivityRow> Of(SweepQuantity quantity, int lesion, string statistic) =>
        Rows.Where(r => r.Quantity == quantity && r.Lesion == lesion && r.Statistic == statistic);

    /// <summary>Factors that vary, from the one that matters most to an output or to what arms change in it.</summary>
    public IReadOnlyList<FactorColumn> Ranked(int output, int lesion)
    {
        Dictionary<FactorColumn, double> weights = _data.Varied.ToDictionary(f => f, _ => double.NegativeInfinity);
        foreach (IGrouping<(SweepQuantity, int), SensitivityRow> group in Rows.Where(r => r.Quantity.Output == output && r.Lesion == lesion && double.IsFinite(r.Weight)).GroupBy(r => (r.Quantity, r.Arm)))
        {
            // Shares make an output and its difference, which have other sizes, comparable.
            double most = group.Max(r => r.Weight);
            foreach (SensitivityRow row in group.Where(r => most > 0 && weights.ContainsKey(r.Factor)))
            {
                weights[row.Factor] = Math.Max(weights[row.Factor], row.Statistic is SensitivityStatistic.MeanAbsoluteEffect ? row.Weight / most : row.Weight);
            }
        }

        return [.. _data.Varied.OrderByDescending(f => weights[f])];
    }

    /// <summary>Sobol indices with rising numbers of blocks.</summary>
    public static IReadOnlyList<(int BaseSamples, SobolIndexResult Result)> Convergence(SweepData data, SweepQuantity quantity, int arm, int lesion) =>
        SobolIndices.Convergence(data.Means(quantity, arm, lesion), data.Factors.Count, Bootstraps, data.Plan.Seed);

    private static IEnumerable<SensitivityRow> Correlations(SweepData data, SweepQuantity quantity, int arm, int lesion)
    {
        double[] output = data.Means(quantity, arm, lesion);

        // Words without an order have no rank: the others are corrected for each of them, and their own share is told by variance.
        FactorColumn[] ordered = [.. data.Varied.Where(f => f.IsOrdered)];
        double[][] words = [.. data.Varied.Where(f => !f.IsOrdered).SelectMany(f => f.Levels.Skip(1).Select(l => f.Values.Select(v => v == l ? 1.0 : 0).ToArray()))];
        if (ordered.Length > 0)
        {
            RankCorrelation[] found = PartialRankCorrelation.Of([.. ordered.Select(f => f.Values), .. words], output);
            for (int i = 0; i < ordered.Length; i++)
            {
                yield return new SensitivityRow(quantity, arm, lesion, ordered[i], SensitivityStatistic.RankCorrelation, found[i].Coefficient, found[i].P, found[i].Count);
            }
        }

        foreach (FactorColumn factor in data.Varied.Where(f => !f.IsOrdered || data.Plan.Method == SweepMethod.Grid))
        {
            (double share, int count) = EtaSquared(factor, output);
            yield return new SensitivityRow(quantity, arm, lesion, factor, SensitivityStatistic.EtaSquared, Estimate.Without(share), double.NaN, count);
        }
    }

    private static IEnumerable<SensitivityRow> Morris(SweepData data, SweepQuantity quantity, int arm, int lesion)
    {
        MorrisEffect[] effects = MorrisEffects.Of([.. data.Design.StepsTaken()], data.Means(quantity, arm, lesion), data.Factors.Count);
        for (int i = 0; i < effects.Length; i++)
        {
            MorrisEffect e = effects[i];
            yield return Row(SensitivityStatistic.MeanAbsoluteEffect, e.MeanAbsolute);
            yield return Row(SensitivityStatistic.MeanEffect, e.Mean);
            yield return Row(SensitivityStatistic.EffectSpread, Estimate.Without(e.StandardDeviation));

            SensitivityRow Row(string statistic, Estimate estimate) => new(quantity, arm, lesion, data.Factors[i], statistic, estimate, double.NaN, e.Count);
        }
    }

    private static IEnumerable<SensitivityRow> Sobol(SweepData data, SweepQuantity quantity, int arm, int lesion)
    {
        SobolIndexResult result = SobolIndices.Of(data.Means(quantity, arm, lesion), data.Factors.Count, Bootstraps, data.Plan.Seed);
        for (int i = 0; i < data.Factors.Count; i++)
        {
            SobolIndex s = result.Factors[i];
            yield return new SensitivityRow(quantity, arm, lesion, data.Factors[i], SensitivityStatistic.FirstOrder, s.First, double.NaN, result.Blocks);
            yield return new SensitivityRow(quantity, arm, lesion, data.Factors[i], SensitivityStatistic.Total, s.Total, double.NaN, result.Blocks);
        }
    }

    private static (double Share, int Count) EtaSquared(FactorColumn factor, double[] output)
    {
        int[] known = [.. Enumerable.Range(0, output.Length).Where(p => double.IsFinite(output[p]))];
        double mean = known.Length == 0 ? double.NaN : known.Average(p => output[p]), all = known.Sum(p => (output[p] - mean) * (output[p] - mean));
        double between = known.GroupBy(factor.Place).Sum(g => g.Count() * Square(g.Average(p => output[p]) - mean));
        return (all > 0 ? Math.Min(1, between / all) : double.NaN, known.Length);

        static double Square(double x) => x * x;
    }
}

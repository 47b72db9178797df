using TmeSim.Scenarios;

namespace TmeSim.Experiments.Drawing;

/// <summary>Which figures fit a design.</summary>
internal static class SweepFigures
{
    /// <summary>Outputs with figures of their own at most: beyond, the explorer and the tables say more than a hundred figures.</summary>
    public const int MostOutputs = 6;

    private const int MostMaps = 48;

    // The figures of convergence are many and alike.
    private const int MostConvergence = 2;
    private const int MostResponses = 3;

    /// <summary>Points of a sample that are worth putting into cells, at least.</summary>
    public const int FewestForMap = 16;

    /// <summary>Points beyond the number of factors that rank correlations need, at least.</summary>
    public const int FewestForCorrelation = 8;

    /// <summary>Draws all, several at once.</summary>
    public static (IReadOnlyList<SweepDrawing> Figures, IReadOnlyList<string> Remarks) Draw(SweepData data, SweepSensitivity sensitivity)
    {
        Func<IEnumerable<SweepDrawing>>[] work = [.. Enumerable.Range(0, data.Lesions.Count).SelectMany(lesion => Work(data, sensitivity, lesion))];
        return ([.. DrawInParallel.All(work, draw => draw()).SelectMany(drawn => drawn)], [.. Remarks(data), .. SweepOmissions.Of(data)]);
    }

    private static IEnumerable<Func<IEnumerable<SweepDrawing>>> Work(SweepData data, SweepSensitivity sensitivity, int lesion) => data.Plan.Method switch
    {
        SweepMethod.Grid or SweepMethod.List when data.Varied.Count <= 1 => [() => [ResponseDrawer.Single(data, data.Varied.Count > 0 ? data.Varied[0] : data.Factors[0], lesion)]],
        SweepMethod.Grid => [.. Grid(data, sensitivity, lesion), .. Screening(data, sensitivity, lesion)],
        SweepMethod.Morris => [.. Quantities(data).Select(q => Later(() => SensitivityDrawer.Morris(data, sensitivity, q, lesion))), () => [ParallelDrawer.Draw(data, lesion)]],
        SweepMethod.Saltelli =>
        [
            .. Quantities(data).Select(q => Later(() => SensitivityDrawer.Sobol(data, sensitivity, q, lesion))),
            .. Quantities(data).Where(q => q.Output < MostConvergence).Select(q => Later(() => SensitivityDrawer.Convergence(data, q, lesion))),
            .. Sample(data, sensitivity, lesion),
        ],
        SweepMethod.List when SweepPlane.Of(data) is { } plane => [.. Plane(data, plane.X, plane.Y, "", lesion), () => [ParallelDrawer.Draw(data, lesion)]],
        SweepMethod.List => [() => [ResponseDrawer.Single(data, data.Varied[0], lesion)], () => [ParallelDrawer.Draw(data, lesion)], .. Screening(data, sensitivity, lesion)],
        _ => [.. Sample(data, sensitivity, lesion), .. Screening(data, sensitivity, lesion)],
    };

    private static IEnumerable<Func<IEnumerable<SweepDrawing>>> Grid(SweepData data, SweepSensitivity sensitivity, int lesion)
    {
        (FactorColumn x, FactorColumn y) = (data.Varied[0], data.Varied[1]);
        if (data.Varied.Count == 3)
        {
            yield return () => BestArmDrawer.Levels(data, x, y, data.Varied[2], lesion);
            foreach (SweepQuantity quantity in Quantities(data))
            {
                yield return () => HeatMapDrawer.Levels(data, quantity, x, y, data.Varied[2], lesion);
            }

            yield break;
        }

        string averaged = "";
        if (data.Varied.Count > 3)
        {
            IReadOnlyList<FactorColumn> ranked = sensitivity.Ranked(Criterion(data), lesion);
            (x, y) = (ranked[0], ranked[1]);
            averaged = string.Join(", ", ranked.Skip(2).Select(f => f.Label));
        }

        foreach (Func<IEnumerable<SweepDrawing>> draw in Plane(data, x, y, averaged, lesion))
        {
            yield return draw;
        }
    }

    private static IEnumerable<Func<IEnumerable<SweepDrawing>>> Plane(SweepData data, FactorColumn x, FactorColumn y, string averaged, int lesion)
    {
        var cells = SweepCellSet.OfLevels(x, y, Enumerable.Range(0, data.Points));
        yield return () => BestArmDrawer.Map(data, cells, lesion, averaged.Length > 0 ? "all values of " + averaged : "");
        foreach (SweepQuantity quantity in Quantities(data))
        {
            yield return () => HeatMapDrawer.Arms(data, quantity, cells, lesion, averaged);
        }

        foreach (SweepQuantity output in averaged.Length == 0 ? data.Outputs.Take(Shown(data)) : [])
        {
            yield return () => [ResponseDrawer.ByLevel(data, output, x, y, lesion)];
        }
    }

    private static IEnumerable<Func<IEnumerable<SweepDrawing>>> Sample(SweepData data, SweepSensitivity sensitivity, int lesion)
    {
        IReadOnlyList<FactorColumn> ranked = sensitivity.Ranked(Criterion(data), lesion);
        if (ranked.Count >= 2 && data.Points >= FewestForMap)
        {
            var cells = SweepCellSet.Binned(ranked[0], ranked[1], data.Points);
            yield return () => BestArmDrawer.Map(data, cells, lesion, $"the points of each of {cells.XLevels.Length} × {cells.YLevels.Length} cells, whatever the other factors are");
        }

        foreach (FactorColumn factor in data.Points >= FewestForMap ? ranked.Take(MostResponses) : [])
        {
            yield return () => [ResponseDrawer.Binned(data, factor, lesion)];
        }

        yield return () => [ParallelDrawer.Draw(data, lesion)];
    }

    private static IEnumerable<Func<IEnumerable<SweepDrawing>>> Screening(SweepData data, SweepSensitivity sensitivity, int lesion)
    {
        if (data.Varied.Count(f => f.IsOrdered) > 1 && data.Points >= FewestForCorrelation + data.Varied.Count)
        {
            yield return () => SensitivityDrawer.RankCorrelations(data, sensitivity, lesion);
        }

        bool ends = data.Plan.Method is SweepMethod.Grid or SweepMethod.List || data.Points >= TornadoDrawer.FewestPoints;
        foreach (SweepQuantity quantity in data.Varied.Count > 1 && ends ? Quantities(data) : [])
        {
            yield return () => TornadoDrawer.Draw(data, quantity, lesion);
        }
    }

    private static Func<IEnumerable<SweepDrawing>> Later(Func<IEnumerable<SweepDrawing>> draw) => draw;

    private static int Criterion(SweepData data) => BestArmDrawer.Criterion(data)?.Output ?? 0;

    // Outputs with their differences behind them.
    private static IEnumerable<SweepQuantity> Quantities(SweepData data) =>
        data.Outputs.Take(Shown(data)).SelectMany((output, i) => (SweepQuantity[])[output, .. data.Effects.Skip(i).Take(1)]);

    // With three factors every arm has a figure of its own.
    private static int Shown(SweepData data)
    {
        int each = data.Lesions.Count * (data.Plan.Method == SweepMethod.Grid && data.Varied.Count == 3 ? (2 * data.Arms.Count) - 1 : 2);
        return Math.Clamp(MostMaps / each, 1, Math.Min(MostOutputs, data.Outputs.Count));
    }

    private static IEnumerable<string> Remarks(SweepData data)
    {
        if (data.Outputs.Count > Shown(data))
        {
            yield return $"{data.Outputs.Count} outputs: figures of single outputs are drawn of the first {Shown(data)}; the others stand in the explorer and in the tables.";
        }

        if (data.Plan.Method == SweepMethod.List && data.Varied.Count > 1 && SweepPlane.Of(data) is { Along.Length: > 0 } plane)
        {
            yield return $"In this list other keys go along: {plane.Along}. Figures show what they do together.";
        }
    }
}

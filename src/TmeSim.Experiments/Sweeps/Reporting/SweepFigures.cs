using TmeSim.Scenarios;

namespace TmeSim.Experiments;

/// <summary>Which figures fit a design.</summary>
internal static class SweepFigures
{
    /// <summary>Outputs with maps of their own at most: beyond, the explorer and the tables say more than a hundred figures.</summary>
    public const int MostOutputs = 6;

    /// <summary>Draws all, several at once.</summary>
    public static (IReadOnlyList<SweepDrawing> Figures, IReadOnlyList<string> Remarks) Draw(SweepData data)
    {
        Func<IEnumerable<SweepDrawing>>[] work = [.. Enumerable.Range(0, data.Lesions.Count).SelectMany(lesion => Work(data, lesion))];
        SweepDrawing[] figures = [.. work.AsParallel().AsOrdered().Select(draw => draw().ToArray()).SelectMany(drawn => drawn)];
        return (figures, [.. Remarks(data)]);
    }

    private static IEnumerable<Func<IEnumerable<SweepDrawing>>> Work(SweepData data, int lesion) =>
        data.Varied.Count <= 1 && data.Plan.Method is SweepMethod.Grid or SweepMethod.List ? Single(data, lesion)
        : data.Plan.Method == SweepMethod.Grid ? Grid(data, lesion)
        : Sample(data, lesion);

    private static IEnumerable<Func<IEnumerable<SweepDrawing>>> Single(SweepData data, int lesion)
    {
        yield return () => [ResponseDrawer.Single(data, data.Varied.Count > 0 ? data.Varied[0] : data.Factors[0], lesion)];
    }

    private static IEnumerable<Func<IEnumerable<SweepDrawing>>> Grid(SweepData data, int lesion)
    {
        (FactorColumn x, FactorColumn y) = (data.Varied[0], data.Varied[1]);
        if (data.Varied.Count == 2)
        {
            var cells = SweepCellSet.OfLevels(x, y, Enumerable.Range(0, data.Points));
            yield return () => BestArmDrawer.Map(data, cells, lesion, "");
            foreach (SweepQuantity quantity in Quantities(data))
            {
                yield return () => HeatMapDrawer.Arms(data, quantity, cells, lesion, "");
            }
        }
        else if (data.Varied.Count == 3)
        {
            yield return () => BestArmDrawer.Levels(data, x, y, data.Varied[2], lesion);
            foreach (SweepQuantity quantity in Quantities(data))
            {
                yield return () => HeatMapDrawer.Levels(data, quantity, x, y, data.Varied[2], lesion);
            }
        }

        if (data.Varied.Count == 2)
        {
            foreach (SweepQuantity output in data.Outputs.Take(MostOutputs))
            {
                yield return () => [ResponseDrawer.ByLevel(data, output, x, y, lesion)];
            }
        }
    }

    private static IEnumerable<Func<IEnumerable<SweepDrawing>>> Sample(SweepData data, int lesion)
    {
        yield return () => [ParallelDrawer.Draw(data, lesion)];
    }

    // Outputs with their differences behind them.
    private static IEnumerable<SweepQuantity> Quantities(SweepData data) =>
        data.Outputs.Take(MostOutputs).SelectMany((output, i) => (SweepQuantity[])[output, .. data.Effects.Skip(i).Take(1)]);

    private static IEnumerable<string> Remarks(SweepData data) => data.Outputs.Count > MostOutputs
        ? [$"{data.Outputs.Count} outputs: maps are drawn of the first {MostOutputs}; the others stand in the explorer and in the tables."] : [];
}

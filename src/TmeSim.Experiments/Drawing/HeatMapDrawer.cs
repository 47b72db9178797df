using TmeSim.Analysis.Contrasts;
using TmeSim.Experiments.Folders;
using TmeSim.Reports.Domain.Sweeps;

namespace TmeSim.Experiments.Drawing;

/// <summary>Outputs and differences to the control over two factors.</summary>
internal static class HeatMapDrawer
{
    // Fewer levels give contours little to go by; there is room for numbers then.
    private const int FewestForContours = 4;
    private const string Unresolved = "95 % interval of the difference includes 0";

    /// <summary>A panel per arm that depends on what is varied; nothing when none does.</summary>
    /// <param name="data">Values.</param>
    /// <param name="quantity">Output or difference.</param>
    /// <param name="cells">Points by both factors; means over all points of a cell.</param>
    /// <param name="lesion">Index of the lesion.</param>
    /// <param name="averaged">Names of factors that a cell averages over; empty for none.</param>
    public static IEnumerable<DrawnFigure> Arms(SweepData data, SweepQuantity quantity, SweepCellSet cells, int lesion, string averaged)
    {
        int[] arms = [.. data.MovedArms(quantity)];
        SweepGrid[] grids = [.. arms.Select(arm => Grid(data, quantity, cells, arm, lesion) with { Title = data.Arms[arm], Arm = data.Arms[arm] })];
        if (grids.Length > 0)
        {
            string what = $"{quantity.Axis.Label} over {cells.X.Name} and {cells.Y.Name}";
            yield return Draw(data, quantity, grids, cells, lesion, Subject(data, quantity, null), what, Caption(data, quantity, lesion, averaged));
        }
    }

    /// <summary>A figure per arm, a panel per level of a third factor.</summary>
    public static IEnumerable<DrawnFigure> Levels(SweepData data, SweepQuantity quantity, FactorColumn x, FactorColumn y, FactorColumn panel, int lesion)
    {
        SweepCellSet[] cells = [.. Places(panel).Select(place => Cells(data, x, y, panel, place))];
        foreach (int arm in data.MovedArms(quantity))
        {
            SweepGrid[] grids = [.. Places(panel).Select((place, i) => Grid(data, quantity, cells[i], arm, lesion) with { Title = ResponseDrawer.Level(panel, place), Arm = data.Arms[arm] })];
            string who = data.Arms.Count > 1 ? $", {data.Arms[arm]}" : "";
            yield return Draw(data, quantity, grids, cells[0], lesion, Subject(data, quantity, arm), $"{quantity.Axis.Label} over {x.Name}, {y.Name} and {panel.Name}{who}", Caption(data, quantity, lesion, "") + (data.Arms.Count > 1 ? " Colours are those of this arm alone." : "") + Shown(panel));
        }
    }

    /// <summary>Points at one level of a third factor.</summary>
    public static SweepCellSet Cells(SweepData data, FactorColumn x, FactorColumn y, FactorColumn panel, int place) =>
        SweepCellSet.OfLevels(x, y, Enumerable.Range(0, data.Points).Where(p => panel.Place(p) == place));

    /// <summary>Levels of a third factor that get a panel.</summary>
    public static int[] Places(FactorColumn panel) => ResponseDrawer.Thinned(panel.Levels.Length);

    /// <summary>Says that not all levels have a panel; empty when they have.</summary>
    public static string Shown(FactorColumn panel) => panel.Levels.Length > ResponseDrawer.MostPanels ? $" {ResponseDrawer.MostPanels} of {panel.Levels.Length} levels of {panel.Name} are shown." : "";

    private static DrawnFigure Draw(SweepData data, SweepQuantity quantity, SweepGrid[] grids, SweepCellSet cells, int lesion, string subject, string what, string caption)
    {
        bool lined = cells.XLevels.Length >= FewestForContours && cells.YLevels.Length >= FewestForContours && cells.XAxis.Words is null && cells.YAxis.Words is null;
        return data.Drawn(
            subject, lesion, what,
            SweepHeatMapFigure.Create(
                grids, cells.XAxis, cells.YAxis, quantity.Axis, new SweepHeatMapOptions(lined, !lined, Unresolved, quantity.IsEffect), data.Counts(lesion, quantity),
                data.Options(Finding(quantity, grids) + what, lesion)),
            caption);
    }

    // How many differences are told from chance.
    private static string Finding(SweepQuantity quantity, SweepGrid[] grids)
    {
        bool[] resolved = [.. grids.SelectMany(g => g.Values.Zip(g.Unresolved ?? [], (v, open) => (v, open))).Where(c => double.IsFinite(c.v)).Select(c => !c.open)];
        return quantity.IsEffect && resolved.Length > 0 ? $"{resolved.Count(r => r)} of {resolved.Length} differences are told from chance: " : "";
    }

    private static SweepGrid Grid(SweepData data, SweepQuantity quantity, SweepCellSet cells, int arm, int lesion)
    {
        double[] means = data.Means(quantity, arm, lesion);
        double[][] replicates = [.. cells.Points.Select(points => SweepData.ByReplicate([.. points.Select(p => data.Of(quantity, arm, lesion, p))]))];
        double[] errors = [.. replicates.Select(r => MonteCarloError.Of(r).StandardError).Where(double.IsFinite)];
        return new SweepGrid("", cells.XLevels, cells.YLevels, [.. cells.Points.Select(points => SweepData.Mean(data.OfPoints(means, arm, points)))])
        {
            Unresolved = quantity.IsEffect && data.Replicates > 1 ? [.. replicates.Select(r => !Estimate.MeanOf(r).IsResolved)] : null,
            StandardError = errors.Length > 0 ? Math.Sqrt(errors.Average(e => e * e)) : 0,
        };
    }

    // The kind of a map of effects says so already.
    private static string Subject(SweepData data, SweepQuantity quantity, int? arm) => RunFolder.Slug(data.Outputs[quantity.Output].Name + (arm is { } a ? "-" + data.Arms[a] : ""));

    private static string Caption(SweepData data, SweepQuantity quantity, int lesion, string averaged)
    {
        string[] same = [.. data.ArmsOf(quantity).Except(data.MovedArms(quantity)).Select(a => $"{data.Arms[a]}: {quantity.Axis.Text(data.Means(quantity, a, lesion)[0])}")];
        return (quantity.IsEffect
                ? $"Arm − {data.Arms[data.Control!.Value]} in the same replicate at the same point, mean over replicates.{(data.Replicates > 1 ? " Dots: the 95 % t interval over replicates includes 0, each cell by itself." : " With one replicate no difference can be told from chance.")}"
                : "Means over replicates.")
            + (averaged.Length > 0 ? $" Each cell is the mean over all values of {averaged}." : "")
            + (same.Length > 0 ? $" Not shown, since nothing that is varied changes {(same.Length > 1 ? "them" : "it")}: {string.Join(", ", same)}." : "");
    }
}

using TmeSim.Experiments.Folders;
using TmeSim.Reports.Domain.Sweeps;

namespace TmeSim.Experiments.Drawing;

/// <summary>Where which arm leaves the smallest tumour.</summary>
internal static class BestArmDrawer
{
    private const string Unresolved = "not resolved: 95 % interval of the lead includes 0";

    /// <summary>The output that arms are ranked by: the first of which less is better; null for none.</summary>
    public static SweepQuantity? Criterion(SweepData data) =>
        data.Arms.Count < 2 ? null : data.Outputs.FirstOrDefault(o => LowerIsBetter.Holds(data.Plan.Outputs[o.Output].Measure));

    /// <summary>One map.</summary>
    /// <param name="data">Values.</param>
    /// <param name="cells">Points by two factors.</param>
    /// <param name="lesion">Index of the lesion.</param>
    /// <param name="averaged">What a cell takes together; empty for single points.</param>
    public static IEnumerable<DrawnFigure> Map(SweepData data, SweepCellSet cells, int lesion, string averaged) => Draw(data, [("", cells)], cells.X.Name + " and " + cells.Y.Name, lesion, averaged);

    /// <summary>A panel per level of a third factor.</summary>
    public static IEnumerable<DrawnFigure> Levels(SweepData data, FactorColumn x, FactorColumn y, FactorColumn panel, int lesion) => Draw(
        data, [.. HeatMapDrawer.Places(panel).Select(place => (ResponseDrawer.Level(panel, place), HeatMapDrawer.Cells(data, x, y, panel, place)))],
        $"{x.Name}, {y.Name} and {panel.Name}", lesion, "", HeatMapDrawer.Shown(panel));

    private static string? Finding(BestArmGrid[] grids, string criterion)
    {
        (string Arm, bool IsClear)[] won = [.. grids.SelectMany(g => g.Best.Zip(g.Unresolved!, (arm, open) => (arm, open))).Where(c => c.arm is not null).Select(c => (c.arm!, !c.open))];
        string? first = won.GroupBy(w => w.Arm).OrderByDescending(g => g.Count()).FirstOrDefault()?.Key;
        int all = won.Count(w => w.Arm == first), clear = won.Count(w => w.Arm == first && w.IsClear);
        return first is null ? null
            : won.Any(w => w.IsClear) ? $"{first} has the {criterion} in {all} of {won.Length} cells, in {clear} beyond chance"
            : $"No lead is told from chance: {first} has the {criterion} in {all} of {won.Length} cells";
    }

    private static IEnumerable<DrawnFigure> Draw(SweepData data, IReadOnlyList<(string Title, SweepCellSet Cells)> panels, string over, int lesion, string averaged, string more = "")
    {
        if (Criterion(data) is not { } output)
        {
            yield break;
        }

        string criterion = "lowest " + output.Inside;
        BestArmGrid[] grids = [.. panels.Select(panel =>
        {
            BestArm[] best = [.. panel.Cells.Points.Select(points => BestArm.Of(data, output.Output, lesion, points))];
            return new BestArmGrid(panel.Title, panel.Cells.XLevels, panel.Cells.YLevels, [.. best.Select(b => b.Arm is { } arm ? data.Arms[arm] : null)]) { Unresolved = [.. best.Select(b => b.IsUnresolved)] };
        })];
        SweepCellSet cells = panels[0].Cells;
        string what = $"best arm over {over}";
        string caption = averaged.Length > 0
            ? $"Arms are compared by their means over {averaged}; a lead is resolved where the 95 % interval of the paired difference over the points of the cell leaves out 0."
            : data.Replicates > 1 ? "Arms are compared by their means over the replicates that all of them have; a lead is resolved where the 95 % interval of the difference to the next arm, paired by replicate, leaves out 0."
            : "With one replicate no lead can be told from chance.";
        yield return data.Drawn(
            RunFolder.Slug(output.Name), lesion, what,
            BestArmFigure.Create(grids, cells.XAxis, cells.YAxis, criterion, Unresolved, data.Counts(lesion, output), data.Looks, data.Options(Finding(grids, criterion) ?? what, lesion)),
            $"{caption} Each cell is judged by itself, without correction for their number. No value: fewer than half of the {(averaged.Length > 0 ? "points" : "replicates")} have one in all arms.{more}");
    }
}

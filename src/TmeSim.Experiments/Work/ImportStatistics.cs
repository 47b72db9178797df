using TmeSim.Analysis.Spatial;
using TmeSim.Engine.Plan;
using TmeSim.Engine.Start;
using TmeSim.Experiments.Folders;

namespace TmeSim.Experiments.Work;

/// <summary>How well a lattice holds a table of cells: numbers, ways, and spatial statistics before and after.</summary>
internal static class ImportStatistics
{
    private const int MostLost = 1000;
    private static readonly double[] Radii = [50, 100];

    /// <summary>Of each lesion that starts from a table.</summary>
    public static IReadOnlyList<ImportEntry> Of(SimulationPlan plan) =>
        [.. plan.Lesions.Where(l => l.Table is not null).Select(l => Of(l.Name, l.Table!, plan.Tissue))];

    private static ImportEntry Of(string lesion, CellTable table, TissuePlan tissue)
    {
        var placement = CellPlacement.Of(table, tissue);
        int[] placed = [.. Enumerable.Range(0, table.Count).Where(i => placement.Site[i] >= 0)];
        int[] lost = [.. Enumerable.Range(0, table.Count).Where(i => placement.Site[i] < 0)];
        double h = tissue.SpacingUm;
        TissuePoint Given(int i) => new(table.X[i], table.Y[i], tissue.Nz == 1 ? h / 2 : table.Z[i]);
        TissuePoint Centre(int i) => placement.Site[i] is var s
            ? new(((s % tissue.Nx) + 0.5) * h, ((s / tissue.Nx % tissue.Ny) + 0.5) * h, ((s / tissue.Nx / tissue.Ny) + 0.5) * h) : default;
        int dimensions = tissue.Nz == 1 ? 2 : 3;
        BoxWindow window = dimensions == 2 ? BoxWindow.Rectangle(0, 0, tissue.Nx * h, tissue.Ny * h)
            : BoxWindow.Box(default, new TissuePoint(tissue.Nx * h, tissue.Ny * h, tissue.Nz * h));
        List<ImportStatistic> statistics = [];
        foreach ((string name, TableCell from, TableCell to) in ((string, TableCell, TableCell)[])
            [("cd8_tumor", TableCell.Cd8, TableCell.Tumor), ("cd8_macrophage", TableCell.Cd8, TableCell.Macrophage)])
        {
            double[] before = CrossL(from, to, Given), after = CrossL(from, to, Centre);
            statistics.AddRange(Radii.Select((r, i) => new ImportStatistic(FormattableString.Invariant($"cross_l_{r}um_{name}"), "um", Known(before[i]), Known(after[i]))));
            statistics.Add(new ImportStatistic($"funcn_{name}", "1", Known(Share(from, to, Given)), Known(Share(from, to, Centre))));
        }

        return new ImportEntry(lesion, table.Count, placed.Length, placement.Conflicts, placement.Outside, placement.MeanShiftUm)
        {
            Types = [.. Enum.GetValues<TableCell>().Select(t => new ImportCount(Name(t), table.Cells.Count(c => c == t), placed.Count(i => table.Cells[i] == t))).Where(c => c.Table > 0)],
            Statistics = statistics,
            Lost = [.. lost.Take(MostLost).Select(i => new LostCell(Name(table.Cells[i]), table.X[i], table.Y[i], table.Z[i]))],
        };

        TissuePoint[] Points(TableCell type, Func<int, TissuePoint> at) => [.. placed.Where(i => table.Cells[i] == type).Select(at)];

        double[] CrossL(TableCell from, TableCell to, Func<int, TissuePoint> at) => Points(from, at) is { Length: > 0 } a && Points(to, at) is { Length: > 0 } b
            && Radii[^1] <= window.LargestRadius ? RipleyK.ToL(RipleyK.Cross(a, b, window, Radii, EdgeCorrection.Translate), dimensions) : [double.NaN, double.NaN];

        double Share(TableCell from, TableCell to, Func<int, TissuePoint> at) => FunctionalNeighbourhood.MeanShare(
            [.. placed.Where(IsCell).Select(at)], [.. placed.Where(IsCell).Select(i => table.Cells[i] == from)], [.. placed.Where(IsCell).Select(i => table.Cells[i] == to)], dimensions);

        bool IsCell(int i) => table.Cells[i] is TableCell.Tumor or TableCell.Hepatocyte or TableCell.Cd8 or TableCell.Macrophage;
    }

    private static string Name(TableCell type) => type.ToString().ToLowerInvariant();

    private static double? Known(double value) => double.IsFinite(value) ? value : null;
}

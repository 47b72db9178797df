using TmeSim.Engine.Plan;

namespace TmeSim.Scenarios.Keys;

/// <summary>Words for the cells of a table.</summary>
internal static class CellWords
{
    /// <summary>What a word may mean; null: the cell is passed over.</summary>
    public static IReadOnlyDictionary<string, TableCell?> Types { get; } = new Dictionary<string, TableCell?>
    {
        ["tumor"] = TableCell.Tumor,
        ["dying"] = TableCell.Dying,
        ["necrotic"] = TableCell.Necrotic,
        ["hepatocyte"] = TableCell.Hepatocyte,
        ["fibroblast"] = TableCell.Fibroblast,
        ["cd8"] = TableCell.Cd8,
        ["cd8_exhausted"] = TableCell.Cd8,
        ["macrophage"] = TableCell.Macrophage,
        ["macrophage_cd163"] = TableCell.Macrophage,
        ["vessel"] = TableCell.Vessel,
        ["ignore"] = null,
    };
}

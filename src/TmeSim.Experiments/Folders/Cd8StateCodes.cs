using TmeSim.Engine.State;

namespace TmeSim.Experiments.Folders;

/// <summary>
/// CD8 T cells by their differentiation in pictures: precursors and resident cells have codes of their own beyond those of the snapshot;
/// others stay what they are, active or exhausted. A snapshot without states has the codes that it holds.
/// </summary>
internal static class Cd8StateCodes
{
    private const string Kind = "cd8";

    private static readonly CellCode[] Further =
    [
        new(Kind, "cd8_precursor", "precursor", "CD8 T cell, precursor"),
        new(Kind, "cd8_resident", "resident", "CD8 T cell, resident"),
    ];

    /// <summary>Name of the state of a tumour-reactive cell in tables.</summary>
    public static string Name(byte state) => state switch
    {
        Cd8State.Effector => "effector",
        Cd8State.Precursor => "precursor",
        Cd8State.Terminal => "terminal",
        Cd8State.Resident => "resident",
        _ => throw new InvalidDataException($"a CD8 T cell has the unknown state {state}"),
    };

    /// <summary>Whether a snapshot tells states apart.</summary>
    public static bool AreIn(SnapshotHeader header) => header.Arrays.Any(a => a.Name == SnapshotLists.StateName);

    /// <summary>Codes of pictures of a snapshot: its own, or with the states behind them.</summary>
    public static IReadOnlyList<CellCode> Codes(IReadOnlyList<CellCode> own, bool states) => states ? [.. own, .. Further] : own;

    /// <summary>Codes over sites with the states written in. Sites that the snapshot left out stay out.</summary>
    /// <param name="own">Codes of the snapshot.</param>
    /// <param name="codes">How many codes it has.</param>
    /// <param name="cells">Its CD8 T cells, their sites places in <paramref name="own"/>.</param>
    public static byte[] Write(byte[] own, int codes, Cd8List cells)
    {
        byte[] shown = [.. own];
        for (int i = 0; i < cells.Site.Length; i++)
        {
            if (cells.State[i] is Cd8State.Precursor or Cd8State.Resident)
            {
                shown[cells.Site[i]] = (byte)(codes + (cells.State[i] == Cd8State.Precursor ? 1 : 2));
            }
        }

        return shown;
    }
}

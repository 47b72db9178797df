namespace TmeSim.Engine.Plan;

/// <summary>What the burn-in finds so that the asked baseline holds.</summary>
public enum Multiplier : byte
{
    /// <summary>Tumour division rate [1/d].</summary>
    DivisionRatePerDay,

    /// <summary>Factor on CD8 entry.</summary>
    Cd8Entry,

    /// <summary>Factor on monocyte entry.</summary>
    MonocyteEntry,

    /// <summary>Factor on macrophage polarisation.</summary>
    Polarisation,

    /// <summary>Factor on vessel sprouting.</summary>
    Sprouting,

    /// <summary>Factor on the VEGF output of the tumour bed.</summary>
    VegfOutput,

    /// <summary>Factor on the secretion of matrix.</summary>
    Matrix,
}

/// <summary>A multiplier as tables name it.</summary>
/// <param name="Id">Which one; its number is the place in <see cref="MultiplierTable.All"/>.</param>
/// <param name="Key">Name in files.</param>
/// <param name="Label">Name for readers.</param>
/// <param name="Unit">Unit; "1" for a plain factor.</param>
public readonly record struct MultiplierInfo(Multiplier Id, string Key, string Label, string Unit);

/// <summary>All multipliers, each once. Whatever lists them (manifest, report) goes through this table.</summary>
public static class MultiplierTable
{
    /// <summary>Rows in the order of <see cref="Multiplier"/>.</summary>
    public static IReadOnlyList<MultiplierInfo> All { get; } =
    [
        new(Multiplier.DivisionRatePerDay, "division_rate_per_day", "Division", "/d"),
        new(Multiplier.Cd8Entry, "cd8_entry", "CD8 entry", "1"),
        new(Multiplier.MonocyteEntry, "monocyte_entry", "Monocyte entry", "1"),
        new(Multiplier.Polarisation, "polarisation", "Polarisation", "1"),
        new(Multiplier.Sprouting, "sprouting", "Sprouting", "1"),
        new(Multiplier.VegfOutput, "vegf_output", "VEGF output", "1"),
        new(Multiplier.Matrix, "matrix", "Matrix", "1"),
    ];
}

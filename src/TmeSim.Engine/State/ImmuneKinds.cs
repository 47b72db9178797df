using TmeSim.Engine.Plan;

namespace TmeSim.Engine.State;

/// <summary>The kinds of immune cells of the model, in the order of their steps.</summary>
public static class ImmuneKinds
{
    /// <summary>Place of the CD8 T cells in <see cref="All"/>.</summary>
    public const int Cd8 = 0;

    /// <summary>Place of the macrophages.</summary>
    public const int Macrophages = 1;

    /// <summary>The rows.</summary>
    public static IReadOnlyList<ImmuneKind> All { get; } =
    [
        new("cd8", "cd8")
        {
            Classes = [new("active", "CD8 T cell", "CD8"), new("exhausted", "CD8 T cell, exhausted", "exhausted CD8")],
            ClassOf = (parameters, store, i) =>
                ((Cd8Store)store).Exhaustion[i] > (float)parameters[Parameter.Cd8ExhaustedThreshold] ? 1 : 0,
            NewStore = () => new Cd8Store(),
            PerMm2 = lesion => lesion.Cd8PerMm2,
            WorkBytes = 52,
            Arrivals = [Booking.Cd8Entries, Booking.Cd8Births],
            Departures = [Booking.Cd8Deaths, Booking.Cd8DeathsRadiation, Booking.Cd8Exits],
        },
        new("macrophage", "macrophages")
        {
            Classes =
            [
                new("cd163_low", "macrophage, M1-like (CD163−)", "macrophage CD163-"),
                new("cd163_high", "macrophage, CD163+", "macrophage CD163+"),
            ],
            ClassOf = (parameters, store, i) =>
                ((MacrophageStore)store).Score[i] > (float)parameters[Parameter.MacrophageCd163Threshold] ? 1 : 0,
            NewStore = () => new MacrophageStore(),
            PerMm2 = lesion => lesion.MacrophagesPerMm2,
            WorkBytes = 49,
            Arrivals = [Booking.MacrophageEntries],
            Departures = [Booking.MacrophageDeaths, Booking.MacrophageExits],
        },
    ];

    /// <summary>Codes of <see cref="All"/>: entry i is the code i + 1; 0 is no cell.</summary>
    public static IReadOnlyList<CellCode> Codes { get; } = CodesOf(All);

    /// <summary>Codes of kinds.</summary>
    public static IReadOnlyList<CellCode> CodesOf(IReadOnlyList<ImmuneKind> kinds) =>
        [.. kinds.SelectMany(k => k.Classes.Select(c => new CellCode(k.Key, $"{k.Plural}_{c.State}", c.State, c.Label)))];

    /// <summary>Code of the first class of a kind.</summary>
    public static int FirstCode(IReadOnlyList<ImmuneKind> kinds, int kind) => 1 + kinds.Take(kind).Sum(k => k.Classes.Count);
}

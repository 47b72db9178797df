using TmeSim.Engine.Extensions;
using TmeSim.Engine.Plan;

namespace TmeSim.Engine.State;

/// <summary>What pictures, snapshots and exports tell apart among the cells of a kind.</summary>
/// <param name="State">Name of the state in files.</param>
/// <param name="Label">Name for readers.</param>
/// <param name="Note">Name beside its code in a snapshot.</param>
public sealed record CellClass(string State, string Label, string Note);

/// <summary>What a code of a snapshot means.</summary>
/// <param name="Kind">Key of the kind.</param>
/// <param name="Column">Name of their number in tables.</param>
/// <param name="State">State within the kind.</param>
/// <param name="Label">Name for readers.</param>
public sealed record CellCode(string Kind, string Column, string State, string Label);

/// <summary>
/// A kind of immune cells. Seeding, overlay, hash, books, recount, memory, snapshots, measures and pictures read its row; its rules stand
/// in <see cref="LesionModel"/>, colours in the palette of the reports, by the order of the classes.
/// </summary>
/// <param name="Key">Name in files; unique among kinds.</param>
/// <param name="Plural">Name of several cells, in column names and messages.</param>
public sealed record ImmuneKind(string Key, string Plural)
{
    /// <summary>Classes of cells, 1 or more. Codes of a snapshot count them through, from 1.</summary>
    public required IReadOnlyList<CellClass> Classes { get; init; }

    /// <summary>Which of the classes a cell is of, by the thresholds of an arm; by default all are of the first.</summary>
    public Func<ParameterSet, ImmuneStore, int, int> ClassOf { get; init; } = (_, _, _) => 0;

    /// <summary>An empty store.</summary>
    public Func<ImmuneStore> NewStore { get; init; } = () => new ImmuneStore();

    /// <summary>What the cells of a kind of a library user do in a step.</summary>
    public Action<KindStep> Step { get; init; } = _ => { };

    /// <summary>Cells per mm² of tumour that are laid out at the start of the burn-in.</summary>
    public Func<LesionPlan, double> PerMm2 { get; init; } = _ => 0;

    /// <summary>Bytes of scratch memory of a cell.</summary>
    internal int WorkBytes { get; init; } = 48;

    /// <summary>Bookings of cells that came; empty for a kind of a library user, whose bookings are <see cref="KindBooking"/>.</summary>
    internal IReadOnlyList<Booking> Arrivals { get; init; } = [];

    /// <summary>Bookings of cells that went.</summary>
    internal IReadOnlyList<Booking> Departures { get; init; } = [];
}

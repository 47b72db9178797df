namespace TmeSim.Engine.State;

/// <summary>What can happen to a cell. Every birth, death, entry and exit is booked under one of these.</summary>
public enum Booking : byte
{
    TumorBirths,
    TumorDeathsCd8,
    TumorDeathsApoptosis,
    TumorDeathsNecrosis,
    TumorDeathsPhagocytosis,
    TumorDivisionsBlocked,
    HepatocytesDisplaced,
    HepatocyteDeathsNecrosis,
    HepatocytesRegrown,
    DyingCleared,
    NecroticCleared,
    FreeSitesFilled,
    Cd8Entries,
    Cd8EntriesBlocked,
    Cd8Births,
    Cd8BirthsBlocked,
    Cd8Deaths,
    Cd8Exits,
    MacrophageEntries,
    MacrophageEntriesBlocked,
    MacrophageDeaths,
    MacrophageExits,
    VesselsSprouted,
    VesselsLost,
    TumorDeathsRadiation,
    Cd8DeathsRadiation,
    TumorDeathsMitoticFailure,
    TumorDeathsNk,
    TumorMutations,
    TumorMutationsJoined,
    TumorMutationsDropped,
}

/// <summary>Cumulative counts of one lesion since the start of its burn-in, by <see cref="Booking"/>.</summary>
public sealed class Ledger
{
    private readonly long[] _counts = new long[Count];

    /// <summary>Number of bookings.</summary>
    public static int Count { get; } = Enum.GetValues<Booking>().Length;

    /// <summary>Events booked so far.</summary>
    public long this[Booking booking] => _counts[(int)booking];

    /// <summary>All counts in enum order.</summary>
    public ReadOnlySpan<long> Counts => _counts;

    internal void Add(Booking booking, long events = 1) => _counts[(int)booking] += events;

    internal void Visit(StateVisitor visitor) => visitor.Values(_counts.AsSpan());
}

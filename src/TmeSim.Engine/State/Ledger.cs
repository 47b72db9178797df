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

/// <summary>What can happen to a cell of a kind that a library user adds.</summary>
public enum KindBooking : byte
{
    Entries,
    EntriesBlocked,
    Deaths,
    Exits,
}

/// <summary>Cumulative counts of one lesion since the start of its burn-in, by <see cref="Booking"/>.</summary>
/// <param name="furtherKinds">Kinds beside those of the engine; their bookings stand behind the others.</param>
public sealed class Ledger(int furtherKinds = 0)
{
    private static readonly int PerKind = Enum.GetValues<KindBooking>().Length;
    private readonly long[] _counts = new long[Count + (PerKind * furtherKinds)];

    /// <summary>Number of bookings.</summary>
    public static int Count { get; } = Enum.GetValues<Booking>().Length;

    /// <summary>Events booked so far.</summary>
    public long this[Booking booking] => _counts[(int)booking];

    /// <summary>The booking of a further kind, by its place among them.</summary>
    public static Booking Of(int furtherKind, KindBooking booking) => (Booking)(Count + (PerKind * furtherKind) + (int)booking);

    /// <summary>All counts in enum order.</summary>
    public ReadOnlySpan<long> Counts => _counts;

    /// <summary>Cells of a kind that came and did not go, by its place in <see cref="LesionState.Kinds"/>.</summary>
    internal long Booked(ImmuneKind kind, int place)
    {
        int further = place - ImmuneKinds.All.Count;
        return further < 0
            ? Sum(kind.Arrivals) - Sum(kind.Departures)
            : this[Of(further, KindBooking.Entries)] - this[Of(further, KindBooking.Deaths)] - this[Of(further, KindBooking.Exits)];
    }

    // Without an enumerator: asked for in every step.
    private long Sum(IReadOnlyList<Booking> bookings)
    {
        long sum = 0;
        for (int i = 0; i < bookings.Count; i++)
        {
            sum += this[bookings[i]];
        }

        return sum;
    }

    internal void Add(Booking booking, long events = 1) => _counts[(int)booking] += events;

    internal void Visit(StateVisitor visitor) => visitor.Values(_counts.AsSpan());
}

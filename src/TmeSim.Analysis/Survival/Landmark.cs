namespace TmeSim.Analysis.Survival;

/// <summary>
/// Patients still without the event at a landmark, with the landmark as their new origin (Anderson, Cain and Gelber 1983,
/// doi:10.1200/JCO.1983.1.11.710): groups made by what happened until then are compared without bias by the time that it took.
/// </summary>
/// <param name="Time">The landmark.</param>
/// <param name="Kept">Indices of the patients that are followed beyond the landmark, ascending.</param>
/// <param name="FollowUps">Their follow-up from the landmark on, in the same order; all times above 0.</param>
/// <param name="HadEvent">Patients with the event up to or at the landmark.</param>
/// <param name="Censored">Patients lost to sight up to or at the landmark.</param>
public sealed record Landmark(double Time, IReadOnlyList<int> Kept, IReadOnlyList<FollowUp> FollowUps, int HadEvent, int Censored)
{
    /// <summary>Sets a landmark.</summary>
    /// <param name="patients">Patients with their follow-up from the first origin.</param>
    /// <param name="time">The landmark, finite, zero or more.</param>
    /// <exception cref="ArgumentException">A time is negative or not finite.</exception>
    public static Landmark At(IReadOnlyList<FollowUp> patients, double time)
    {
        FollowUp.Check(patients, nameof(patients));
        if (!(time >= 0 && double.IsFinite(time)))
        {
            throw new ArgumentException($"a landmark must be finite and zero or more, not {time}", nameof(time));
        }

        int[] kept = [.. Enumerable.Range(0, patients.Count).Where(i => patients[i].Time > time)];
        int events = patients.Count(p => p.Time <= time && p.Event);
        return new Landmark(time, kept, [.. kept.Select(i => patients[i] with { Time = patients[i].Time - time })], events,
            patients.Count - kept.Length - events);
    }

    /// <summary>What belongs to the patients that are kept, of a list over all patients: arms, covariates, responses.</summary>
    /// <exception cref="ArgumentException">The list is not as long as that of all patients.</exception>
    public IReadOnlyList<T> Select<T>(IReadOnlyList<T> ofAll)
    {
        ArgumentNullException.ThrowIfNull(ofAll);
        FollowUp.CheckCount(Kept.Count + HadEvent + Censored, ofAll.Count, "values", nameof(ofAll));
        return [.. Kept.Select(i => ofAll[i])];
    }
}

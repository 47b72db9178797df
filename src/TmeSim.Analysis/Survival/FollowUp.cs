namespace TmeSim.Analysis.Survival;

/// <summary>How long one patient was followed and how it ended.</summary>
/// <param name="Time">Time from the origin, finite, zero or more, in the unit of the analysis (days, months).</param>
/// <param name="Event">The event happened at this time; false where the patient was lost to sight without it (censored).</param>
public readonly record struct FollowUp(double Time, bool Event)
{
    /// <summary>Refuses times that are no time.</summary>
    /// <exception cref="ArgumentException">A time is negative or not finite; the message has its index.</exception>
    internal static void Check(IReadOnlyList<FollowUp> patients, string name)
    {
        ArgumentNullException.ThrowIfNull(patients, name);
        for (int i = 0; i < patients.Count; i++)
        {
            CheckTime(patients[i].Time, i, name);
        }
    }

    /// <inheritdoc cref="Check"/>
    internal static void CheckTime(double time, int index, string name)
    {
        if (!(time >= 0 && double.IsFinite(time)))
        {
            throw new ArgumentException($"a follow-up time must be finite and zero or more, not {time} (patient {index}, counted from 0)",
                name);
        }
    }

    /// <summary>Refuses a list that is not as long as that of the patients.</summary>
    internal static void CheckCount(int patients, int count, string what, string name)
    {
        if (count != patients)
        {
            throw new ArgumentException($"{patients} patients need as many {what}, not {count}", name);
        }
    }
}

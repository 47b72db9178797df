using TmeSim.Reports.Figures;

namespace TmeSim.Reports.Domain;

/// <summary>
/// Dose ticks by drug and schedule. Arms that share a schedule share a track, coloured by those arms (neutral for more
/// than three); a drug with more than three schedules is drawn as one neutral track of all its doses.
/// </summary>
internal static class DoseTracks
{
    private const int MostSchedules = 3;
    private const int MostColors = 3;

    /// <summary>Tracks in order of first mention.</summary>
    /// <param name="doses">Doses.</param>
    /// <param name="looks">Looks of the arms; null for neutral ticks.</param>
    /// <param name="unit">Unit of the time axis.</param>
    public static IReadOnlyList<DoseTrack> Create(IReadOnlyList<DoseMark> doses, ArmLooks? looks, TimeUnit unit)
    {
        var tracks = new List<DoseTrack>();
        foreach (IGrouping<string, DoseMark> drug in doses.Where(dose => double.IsFinite(dose.TimeDays)).GroupBy(dose => dose.Drug))
        {
            var schedules = new List<(double[] Times, List<string> Arms)>();
            foreach (IGrouping<string, DoseMark> arm in drug.GroupBy(dose => dose.Arm))
            {
                double[] times = [.. arm.Select(dose => dose.TimeDays).Distinct().Order()];
                int same = schedules.FindIndex(schedule => schedule.Times.SequenceEqual(times));
                if (same < 0)
                {
                    schedules.Add((times, [arm.Key]));
                }
                else
                {
                    schedules[same].Arms.Add(arm.Key);
                }
            }

            if (schedules.Count > MostSchedules)
            {
                schedules = [([.. drug.Select(dose => dose.TimeDays).Distinct().Order()], [])];
            }

            tracks.AddRange(schedules.Select(schedule => new DoseTrack(drug.Key, [.. schedule.Times.Select(time => time / unit.Days)], Colors(schedule.Arms, looks)) { Group = schedule.Arms is [var only] ? only : null }));
        }

        return tracks;
    }

    private static IReadOnlyList<Rgb> Colors(List<string> given, ArmLooks? looks) =>
        looks is null || given.Count > MostColors ? [] : [.. looks.Sort(given).Select(looks.Color)];
}

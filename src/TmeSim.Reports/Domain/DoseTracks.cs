using TmeSim.Reports.Figures;

namespace TmeSim.Reports.Domain;

/// <summary>
/// Dose ticks, one rail per drug. Each tick has the colours of the arms that get the drug then (neutral for more than four), so that the schedules of
/// one drug share its rail.
/// </summary>
internal static class DoseTracks
{
    private const int MaxColors = 4;

    /// <summary>Tracks in order of first mention; those of one drug have its label and no time in common.</summary>
    /// <param name="doses">Doses.</param>
    /// <param name="looks">Looks of the arms.</param>
    /// <param name="unit">Unit of the time axis.</param>
    public static IReadOnlyList<DoseTrack> Create(IReadOnlyList<DoseMark> doses, ArmLooks looks, TimeUnit unit) =>
    [
        .. from drug in doses.Where(dose => double.IsFinite(dose.TimeDays)).GroupBy(dose => dose.Drug)
           from given in drug.GroupBy(dose => dose.TimeDays).OrderBy(time => time.Key)
               .Select(time => (Time: time.Key / unit.Days, Arms: looks.Sort(time.Select(dose => dose.Arm)))).GroupBy(time => string.Join('\n', time.Arms))
           let arms = given.First().Arms
           select new DoseTrack(drug.Key, [.. given.Select(time => time.Time)], arms.Count > MaxColors ? [] : [.. arms.Select(looks.Color)])
           {
               Group = arms is [var only] ? only : null,
           },
    ];

    /// <summary>Panels with the tracks above the highest time axis of each column only.</summary>
    public static IReadOnlyList<Panel?> OnTop(IReadOnlyList<Panel?> panels, IReadOnlyList<DoseTrack> tracks, int columns) =>
        [.. panels.Select((panel, i) => panel is { DaysPerX: not null } && !Above(panels, i, columns).Any(p => p is { DaysPerX: not null }) ? panel with { DoseTracks = tracks } : panel)];

    /// <summary>Panels of one arm each, with the doses of that arm, neutral since the panel says whose they are.</summary>
    public static IReadOnlyList<Panel?> OfArms(IReadOnlyList<Panel?> panels, IReadOnlyList<DoseMark> doses, ArmLooks looks, TimeUnit unit) =>
    [
        .. panels.Select(panel => panel is { DaysPerX: not null, Group: { } arm }
            ? panel with { DoseTracks = [.. Create([.. doses.Where(dose => dose.Arm == arm)], looks, unit).Select(track => track with { Colors = [] })] } : panel),
    ];

    private static IEnumerable<Panel?> Above(IReadOnlyList<Panel?> panels, int index, int columns)
    {
        for (int i = index - columns; i >= 0; i -= columns)
        {
            yield return panels[i];
        }
    }
}

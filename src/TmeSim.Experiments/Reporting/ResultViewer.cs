using TmeSim.Engine.Fields;
using TmeSim.Engine.Plan;
using TmeSim.Reports;

namespace TmeSim.Experiments;

/// <summary>The snapshots of a result set for the interactive part of a report.</summary>
internal static class ResultViewer
{
    /// <summary>The viewer; null when no run kept snapshots.</summary>
    public static TissueViewer? Of(ResultSet results)
    {
        if (results.Snapshots.Count == 0)
        {
            return null;
        }

        var lesions = new Dictionary<(string Label, string Lesion), string>();
        foreach (ShownSnapshot snapshot in results.Snapshots)
        {
            lesions.TryAdd((snapshot.Arm, snapshot.Header.Lesion), Geometry(snapshot.Header));
        }

        // Frames of a lesion share their lattice: where runs differ in it, each has a lesion of its own.
        string[] mixed = [.. lesions.GroupBy(p => p.Key.Lesion).Where(g => g.Select(p => p.Value).Distinct().Count() > 1).Select(g => g.Key)];
        string Name(TissueSnapshot s) => mixed.Contains(s.Lesion) ? $"{s.Lesion}, {lesions[(s.Arm, s.Lesion)]}" : s.Lesion;
        return new TissueViewer
        {
            Arms = [.. results.Arms.Select(a => a.Label)],
            Lesions = [.. results.Lesions.Where(l => lesions.Keys.Any(k => k.Lesion == l)).SelectMany(l => mixed.Contains(l) ? lesions.Where(p => p.Key.Lesion == l).Select(p => $"{l}, {p.Value}").Distinct() : [l])],
            Fields = [.. FieldTable.All.Select(f => new ViewerField(f.Key, f.Label, f.Unit))],
            Clones = Clones(results),
            Caption = $"Replicate {string.Join(", ", results.Runs.Select(r => r.Run.ShownReplicate).Distinct())}.",
            ExpectedFrames = results.Snapshots.Count,
            Frames = ReadAhead.Of(results.Snapshots.Select(s => s.Read(SnapshotFile.ReadStack)).Select(s => Frame(s, Name(s))), 2),
        };
    }

    private static string Geometry(SnapshotHeader h) => h.Nz > 1
        ? FormattableString.Invariant($"{h.Nx} × {h.Ny} × {h.Nz} sites of {h.SpacingUm:0.##} µm") : FormattableString.Invariant($"{h.Nx} × {h.Ny} sites of {h.SpacingUm:0.##} µm");

    // Clones are told by their index: names are given where all lesions have the same ones.
    private static IReadOnlyList<ViewerClone> Clones(ResultSet results)
    {
        LesionPlan[] lesions = [.. results.Runs.SelectMany(r => r.Scenario.Plan.Lesions)];
        string[] names = [.. lesions[0].Clones.Select(c => c.Name)];
        return lesions.All(l => l.Clones.Select(c => c.Name).SequenceEqual(names))
            ? [new ViewerClone("founder", CloneCourses.FounderColor), .. lesions[0].Clones.Select((c, i) => new ViewerClone(c.Name, CloneCourses.Color(c, i)))]
            : [];
    }

    private static ViewerFrame Frame(TissueSnapshot s, string lesion) => new()
    {
        Arm = s.Arm,
        Lesion = lesion,
        TimeDays = s.TimeDays,
        Nx = s.Nx,
        Ny = s.Ny,
        Nz = s.Nz,
        Every = s.Every,
        SpacingUm = s.SpacingUm,
        Layers = [.. Enumerable.Range(0, s.Nz).Select(i => s.FirstLayer + (i * s.LayersBetween))],
        Parenchyma = s.Parenchyma,
        Immune = s.Immune,
        CloneIndex = s.CloneIndex,
        Perfusion = s.VesselPerfusion,
        Fields = s.Fields,
    };
}

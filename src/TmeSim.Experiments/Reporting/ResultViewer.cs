using TmeSim.Engine.Plan;
using TmeSim.Engine.State;
using TmeSim.Experiments.Drawing;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Results;
using TmeSim.Reports.Html.Viewer;

namespace TmeSim.Experiments.Reporting;

/// <summary>The snapshots of a result set for the interactive part of a report.</summary>
internal static class ResultViewer
{
    private const string NoTumor = "no tumour cell";

    private static readonly ViewerField[] Layers =
    [
        new("stroma", "Stroma", "") { Group = "Traits" },
        new("mhc1", "MHC-I", "× rest") { Group = "Traits", Absent = NoTumor },
        new("pdl1", "PD-L1", "molecules/µm²") { Group = "Traits", Absent = NoTumor },
    ];

    private static readonly ViewerMark[] Marks = [new("cd163", "CD163 score", "macrophage", 0, 1),
        new("exhaustion", "Exhaustion", "CD8 T cell", 0, 1)];

    private static readonly ViewerMark StateMark =
        new("state", "State: 0 effector, 1 precursor, 2 terminally exhausted, 3 resident", "tumour-reactive CD8 T cell", 0,
            Cd8State.Count - 1);

    /// <summary>The viewer; null when no run kept snapshots.</summary>
    public static TissueViewer? Of(ResultSet results)
    {
        int[] replicates = [.. results.FinishedReplicates.Where(r => results.SnapshotsOf(r).Count > 0)];
        if (replicates.Length == 0)
        {
            return null;
        }

        // A library user may have added kinds and fields.
        SnapshotHeader first = results.SnapshotsOf(replicates[0])[0].Header;
        HashSet<string> lesions = [.. replicates.SelectMany(results.SnapshotsOf).Select(s => s.Header.Lesion)];

        // Runs of earlier versions did not keep the traits of cells.
        bool traits = replicates.SelectMany(results.SnapshotsOf).Any(s => s.Header.Levels is not null);
        bool states = replicates.SelectMany(results.SnapshotsOf).Any(s => Cd8StateCodes.AreIn(s.Header));
        return new TissueViewer
        {
            Arms = [.. results.Arms.Select(a => a.Label)],
            Lesions = [.. results.Lesions.Where(lesions.Contains)],
            Codes = Cd8StateCodes.Codes(first.Codes, states),
            Fields = [.. first.FieldRows.Select(f => new ViewerField(f.Key, f.Label, f.Unit)), .. traits ? Layers : []],
            Marks = traits ? [.. Marks, .. states ? [StateMark] : Array.Empty<ViewerMark>()] : [],
            Replicates = replicates,
            Clones = Clones(results),
            ExpectedFrames = results.SnapshotsOf(replicates[0]).Count,
            Frames = ReadAhead.Of(
                replicates.SelectMany(results.SnapshotsOf).Select(s => Frame(s.Read(SnapshotFile.ReadStack), traits, states)), 2),
        };
    }

    // Clones are told by their index: names are given where all lesions have the same ones.
    private static IReadOnlyList<ViewerClone> Clones(ResultSet results)
    {
        LesionPlan[] lesions = [.. results.Runs.SelectMany(r => r.Scenario.Plan.Lesions)];
        string[] names = [.. lesions[0].Clones.Select(c => c.Name)];
        return lesions.All(l => l.Clones.Select(c => c.Name).SequenceEqual(names))
            ? [new ViewerClone("founder", CloneCourses.FounderColor),
                .. lesions[0].Clones.Select((c, i) => new ViewerClone(c.Name, CloneCourses.Color(c, i)))]
            : [];
    }

    private static ViewerFrame Frame(TissueSnapshot s, bool traits, bool states) => new()
    {
        Arm = s.Arm,
        Lesion = s.Lesion,
        Replicate = s.Replicate,
        TimeDays = s.TimeDays,
        Nx = s.Nx,
        Ny = s.Ny,
        Nz = s.Nz,
        Every = s.Every,
        SpacingUm = s.SpacingUm,
        Layers = [.. Enumerable.Range(0, s.Nz).Select(i => s.FirstLayer + (i * s.LayersBetween))],
        Parenchyma = s.Parenchyma,
        Immune = s.ShownImmune(),
        CloneIndex = s.CloneIndex,
        Perfusion = s.VesselPerfusion,
        Fields = [.. s.Fields, .. traits ? LayersOf(s) : []],
        Marks = !traits ? [] : s.Detail is { } d
        ? [AtSites(s, d.Macrophages.Site, d.Macrophages.Cd163), AtSites(s, d.Cd8.Site, d.Cd8.Exhaustion),
            .. states ? [StatesOf(s, d.Cd8)] : NoLayer]
        : [Nowhere(s), Nowhere(s), .. states ? [Nowhere(s)] : NoLayer],
    };

    private static float[][] NoLayer => [];

    // Bystanders have no state.
    private static float[] StatesOf(TissueSnapshot s, Cd8List cells) =>
        AtSites(s, cells.Site, [.. cells.State.Select((state, i) => cells.Reactive[i] == 0 ? float.NaN : state)]);

    private static float[][] LayersOf(TissueSnapshot s) => s.Detail is { } d ? [d.Stroma, OfTumor(s, d.Mhc1), OfTumor(s, d.Pdl1)]
        : [Nowhere(s), Nowhere(s), Nowhere(s)];

    private static float[] OfTumor(TissueSnapshot s, float[] values) =>
        [.. values.Select((v, site) => s.Parenchyma[site] == Parenchyma.Tumor ? v : float.NaN)];

    private static float[] Nowhere(TissueSnapshot s) => AtSites(s, [], []);

    private static float[] AtSites(TissueSnapshot s, int[] sites, float[] values)
    {
        float[] all = [.. Enumerable.Repeat(float.NaN, s.Parenchyma.Length)];
        for (int i = 0; i < sites.Length; i++)
        {
            all[sites[i]] = values[i];
        }

        return all;
    }
}

using System.Globalization;
using TmeSim.Engine.Fields;
using TmeSim.Reports;
using TmeSim.Reports.Writers;
using TmeSim.Scenarios;

namespace TmeSim.Experiments;

/// <summary>Figures and report of a run folder, drawn from its files alone.</summary>
internal static class RunReport
{
    /// <summary>Writes figures/*.svg and report.html; figures of an earlier drawing are replaced.</summary>
    public static void Write(RunFolder folder, ScenarioDefinition scenario, Manifest manifest, EndpointTable endpoints)
    {
        DrawnFigure[] figures = [.. Draw(folder, scenario, manifest)];
        string directory = folder.In("figures");
        HashSet<string> written = [];
        var files = new List<ReportFile>();
        foreach ((int index, DrawnFigure figure) in figures.Index())
        {
            string name = $"{index + 1:00}-{figure.Kind}-{RunFolder.Slug(figure.Subject)}.svg";
            AtomicFile.WriteText(Path.Combine(directory, name), SvgWriter.Write(figure.Figure.Figure));
            written.Add(name);
            files.Add(new ReportFile("figures/" + name, figure.Figure.Heading));
        }

        foreach (string old in Directory.Exists(directory) ? Directory.GetFiles(directory, "*.svg") : [])
        {
            if (!written.Contains(Path.GetFileName(old)))
            {
                File.Delete(old);
            }
        }

        AtomicFile.WriteText(folder.ReportPath, HtmlReport.Write(Content(folder, scenario, manifest, endpoints, figures, files)));
    }

    /// <summary>
    /// The figures asked for, in the order of the scenario; kinds that it does not mention come with their defaults: time
    /// courses, clones when there are several, tissue at start, middle and end, and a map of each field at the end.
    /// </summary>
    private static IEnumerable<DrawnFigure> Draw(RunFolder folder, ScenarioDefinition scenario, Manifest manifest)
    {
        var table = TimeSeriesTable.Read(folder.TimeSeriesPath);
        DoseMark[] doses = [.. Doses(folder)];
        var courses = new TimeCourses(scenario, manifest, table, doses);
        var maps = new TissueMaps(scenario, Snapshots(folder, manifest, SnapshotFile.ReadSection));
        var clones = new CloneCourses(scenario, table, doses);
        FigureRequest[] defaults =
        [
            new() { Kind = FigureKind.TimeCourse },
            .. scenario.Plan.Lesions.Any(l => l.Clones.Count > 0) ? new FigureRequest[] { new() { Kind = FigureKind.Clones } } : [],
            new() { Kind = FigureKind.Tissue },
            .. FieldTable.All.Select(f => new FigureRequest { Kind = FigureKind.Field, Field = f.Key }),
        ];
        return scenario.Figures.Concat(defaults.Where(d => scenario.Figures.All(f => f.Kind != d.Kind))).SelectMany(request => request.Kind switch
        {
            FigureKind.TimeCourse => courses.Draw(request),
            FigureKind.Tissue => maps.Tissue(request),
            FigureKind.Clones => clones.Draw(request),
            _ => maps.Field(request),
        });
    }

    private static ReportContent Content(RunFolder folder, ScenarioDefinition scenario, Manifest manifest, EndpointTable endpoints, DrawnFigure[] figures, List<ReportFile> files) => new()
    {
        Title = scenario.Name,
        Summary = $"{manifest.Arms.Count} arms, {manifest.Replicates} replicates, {Number(scenario.Plan.Time.DurationHours / 24)} days.",
        Run = new RunFacts(scenario.Name, manifest.Seed, manifest.Replicates, manifest.ToolVersion, manifest.ModelVersion.ToString(CultureInfo.InvariantCulture), manifest.IdentityHash, manifest.Command)
        {
            More = [("Status", manifest.Status), ("Vectors", manifest.Cpu.Simd), ("Runtime", manifest.Runtime)],
        },
        LeadTables = [Endpoints(endpoints)],
        Arms = ReportArm.FromPalette(scenario.Arms.Select(a => a.Name)),
        Viewer = Viewer(folder, scenario, manifest),
        Tables = [Multipliers(manifest)],
        Figures = [.. figures.Select(f => f.Figure)],
        Baseline = [.. Baseline(manifest)],
        Warnings = [.. Warnings(scenario, manifest)],
        Files =
        [
            new("timeseries.csv", "measures by arm, replicate, lesion and time"),
            new("events.csv", "doses and other events"),
            new("manifest.json", "versions, inputs, units, baseline, state hashes"),
            new("resolved.yaml", "the scenario with every default written out"),
            .. files,
        ],
    };

    private static ReportTable Endpoints(EndpointTable endpoints) => new(
        "Tumour volume at the end",
        ["Arm", "Lesion", "Replicates", "Day", "Volume change, median [10–90 %]", $"Volume / {endpoints.Control}, same replicate"],
        [.. endpoints.Rows.Select(r => new ReportCell[] { r.Arm, r.Lesion, Number(r.Replicates), new(r.DayText, r.LastDay), new(r.ChangeText, r.Median), new(r.RatioText, r.RatioToControl) })],
        "Volumes from cell counts, relative to t = 0. All arms of a replicate are read on the last day that all of them have; the ratio is the median over replicates of paired ratios.") { ArmColumn = 0 };

    private static ReportTable Multipliers(Manifest manifest) => new(
        "Multipliers found by the burn-in",
        ["Replicate, lesion", "Division [/d]", "CD8 entry", "Monocyte entry", "Polarisation", "Sprouting", "VEGF output"],
        [
            .. manifest.Baseline.Select(b => new ReportCell[]
            {
                $"{b.Replicate}, {b.Lesion}", Short(b.Multipliers.DivisionRatePerDay), Short(b.Multipliers.Cd8Entry), Short(b.Multipliers.MonocyteEntry),
                Short(b.Multipliers.Polarisation), Short(b.Multipliers.Sprouting), Short(b.Multipliers.VegfOutput),
            }),
        ],
        "Frozen at t = 0 and shared by all arms of a replicate.");

    private static IEnumerable<BaselineRow> Baseline(Manifest manifest) =>
        from entry in manifest.Baseline
        from point in entry.SetPoints
        let place = manifest.Lesions.Count > 1 ? $"{entry.Lesion}, " : ""
        select new BaselineRow($"{MeasureLabels.Of(point.Measure, point.Unit).Label} ({place}replicate {entry.Replicate})", point.Unit, point.Asked, point.Reached ?? double.NaN, point.Within);

    private static IEnumerable<string> Warnings(ScenarioDefinition scenario, Manifest manifest)
    {
        IEnumerable<string> unknown = scenario.Figures.SelectMany(f => f.Measures).Distinct().Where(m => !m.Contains('*') && manifest.Columns.All(c => c.Name != m));
        return manifest.Warnings
            .Concat(unknown.Select(m => $"Not drawn: this run has no column {m} (no such drug or clone in its arms and lesions)."))
            .Concat(manifest.Missing.Count > 0 ? [$"The run is not complete: {manifest.Missing.Count} arm × replicate are missing."] : [])
            .Concat(manifest.Done.Where(d => d.EndedEarly).Select(d => $"{d.Arm}, replicate {d.Replicate}: ended before its duration because a tumour came near the wall."))
            .Concat(SetPointCheck.Misses(manifest.Baseline));
    }

    private static IEnumerable<DoseMark> Doses(RunFolder folder) => File.ReadAllLines(folder.EventsPath).Skip(1).Select(Csv.Split)
        .Where(f => f.Length > 5 && f[4] is "dose" or "fraction")
        .Select(f => new DoseMark(f[0], f[5], double.Parse(f[3], CultureInfo.InvariantCulture))).Distinct();

    private static TissueViewer? Viewer(RunFolder folder, ScenarioDefinition scenario, Manifest manifest)
    {
        if (SnapshotFiles(folder, manifest).Length == 0)
        {
            return null;
        }

        return new TissueViewer
        {
            Arms = [.. scenario.Arms.Select(a => a.Name)],
            Lesions = [.. scenario.Plan.Lesions.Select(l => l.Name)],
            Fields = [.. FieldTable.All.Select(f => new ViewerField(f.Key, f.Label, f.Unit))],
            Caption = $"Replicate {manifest.Done.Min(d => d.Replicate)}.",
            ExpectedFrames = SnapshotFiles(folder, manifest).Length,
            Frames = Snapshots(folder, manifest, SnapshotFile.ReadStack).Select(Frame),
        };
    }

    private static ViewerFrame Frame(TissueSnapshot s) => new()
    {
        Arm = s.Arm,
        Lesion = s.Lesion,
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

    private static IEnumerable<TissueSnapshot> Snapshots(RunFolder folder, Manifest manifest, Func<string, TissueSnapshot> read)
    {
        // Arms that were interrupted leave snapshots too.
        string[] done = [.. manifest.Done.Where(d => d.Replicate == manifest.Done.Min(e => e.Replicate)).Select(d => d.Arm)];
        return SnapshotFiles(folder, manifest).Select(read).Where(s => done.Contains(s.Arm));
    }

    // Those of the lowest replicate.
    private static string[] SnapshotFiles(RunFolder folder, Manifest manifest) => Directory.Exists(folder.In("snapshots")) && manifest.Done.Count > 0
        ? [.. Directory.GetFiles(folder.In("snapshots"), $"*.r{manifest.Done.Min(d => d.Replicate)}.*.bin.gz").Order(StringComparer.Ordinal)]
        : [];

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private static string Short(double value) => value.ToString("G3", CultureInfo.InvariantCulture);
}

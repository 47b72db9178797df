using System.Globalization;
using TmeSim.Experiments.Exports;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Results;
using TmeSim.Experiments.Running;
using TmeSim.Experiments.Work;

namespace TmeSim.Experiments.Tests;

/// <summary>
/// One plane written along other axes of the lattice, from reader to report. Rows along x are the same memory whether they lie along y or along z: everything that is written
/// is the same then, but for the names of the axes. With x as the short axis sites are numbered otherwise, and draws go by site: another chance, the same quantities.
/// </summary>
public sealed class PlaneAxesTests(PlaneAxesTests.Plane reference) : IClassFixture<PlaneAxesTests.Plane>
{
    [Fact]
    public void RowsAlongZ_GiveTheSameHashesTablesAndPictures()
    {
        string plane = reference.Folder, upright = reference.Run("[0.8 mm, 20 um, 0.72 mm]");
        Assert.Equal(ManifestOf(plane).StateHashes, ManifestOf(upright).StateHashes);
        Assert.Equal(ManifestOf(plane).Baseline.SelectMany(b => b.SetPoints), ManifestOf(upright).Baseline.SelectMany(b => b.SetPoints));
        string[] files =
        [
            "timeseries.csv", "events.csv", "export/spatial.csv", "export/spatial_curves.csv", "export/movie-primary.png",
            .. Directory.GetFiles(Path.Combine(plane, "figures")).Select(f => "figures/" + Path.GetFileName(f)).Order(StringComparer.Ordinal),
        ];
        Assert.True(files.Length > 15);
        foreach (string file in files)
        {
            Assert.True(File.ReadAllBytes(Path.Combine(plane, file)).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(upright, file))), file);
        }

        // The lattice stands upright: what was along y is along z.
        string[] points = File.ReadAllLines(Path.Combine(plane, "export", "points.csv")), turned = File.ReadAllLines(Path.Combine(upright, "export", "points.csv"));
        int y = Array.IndexOf(points[0].Split(','), "y_um"), z = Array.IndexOf(points[0].Split(','), "z_um");
        string Turned(string row) => row.Split(',') is var f ? string.Join(',', f.Select((_, i) => f[i == y ? z : i == z ? y : i])) : "";
        Assert.True(points.Length > 1000);
        Assert.Equal(points[0], turned[0]);
        Assert.Equal(points[1..], turned[1..].Select(Turned));
        Assert.Equal(Viewer(plane), Viewer(upright));
    }

    [Fact]
    public void XAsShortAxis_GivesTheSameQuantities()
    {
        string plane = reference.Folder, upright = reference.Run("[20 um, 0.8 mm, 0.72 mm]");
        Assert.Equal(Asked(plane), Asked(upright));
        Assert.All(ManifestOf(upright).Baseline.SelectMany(b => b.SetPoints).Where(p => p.Measure == "tumor_cells"), p => Assert.True(p.Within));
        TimeSeriesTable table = Table(plane), other = Table(upright);
        Assert.Equal(table.Rows.Count, other.Rows.Count);
        foreach ((TimeSeriesRow row, TimeSeriesRow there) in table.Rows.Zip(other.Rows))
        {
            Assert.Equal((row.Arm, row.TimeDays), (there.Arm, there.TimeDays));
            double cells = row.Values[table.Column("tumor_cells")], others = there.Values[other.Column("tumor_cells")], start = other.Rows[0].Values[other.Column("tumor_cells")];
            Assert.Equal(cells, others, 0.1 * cells);
            Assert.Equal(Math.Pow(others / start, 1.5) - 1, there.Values[other.Column("tumor_volume_change")], 1e-9);
            Assert.Equal(30 * Math.Sqrt(others / start), there.Values[other.Column("tumor_diameter_mm")], 1e-9);
            Assert.Equal(row.Values.Count(double.IsFinite), there.Values.Count(double.IsFinite));
        }

        foreach (string file in Directory.GetFiles(Path.Combine(upright, "snapshots")))
        {
            TissueSnapshot drawn = SnapshotFile.ReadSection(file), stack = SnapshotFile.ReadStack(file);
            Assert.Equal((40, 36, 1, 1), (drawn.Nx, drawn.Ny, drawn.Nz, drawn.LatticeLayers));
            Assert.Equal((40, 36, 1, 1), (stack.Nx, stack.Ny, stack.Nz, stack.LatticeLayers));
        }

        static IEnumerable<string> Names(string run) => Directory.GetFiles(Path.Combine(run, "figures")).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal);
        Assert.Equal(Names(plane), Names(upright));
        static string[] Area(string run) => [.. File.ReadLines(Path.Combine(run, "export", "spatial.csv")).Where(l => l.Contains("window_area_mm2", StringComparison.Ordinal))];
        Assert.NotEmpty(Area(plane));
        Assert.Equal(Area(plane), Area(upright));
    }

    private static Manifest ManifestOf(string run) => Manifest.Parse(File.ReadAllText(Path.Combine(run, "manifest.json")))!;

    private static TimeSeriesTable Table(string run) => TimeSeriesTable.Read(Path.Combine(run, "timeseries.csv"));

    private static IEnumerable<(string, double)> Asked(string run) => ManifestOf(run).Baseline.SelectMany(b => b.SetPoints).Select(p => (p.Measure, p.Asked));

    // The data block of the page that holds the tissue.
    private static string Viewer(string run)
    {
        string page = File.ReadAllText(Path.Combine(run, "report.html"));
        int from = page.IndexOf("id=\"viewer-index\"", StringComparison.Ordinal);
        Assert.True(from > 0);
        return page[from..page.LastIndexOf("</script>", page.IndexOf("</section>", from, StringComparison.Ordinal), StringComparison.Ordinal)];
    }

    /// <summary>The plane along x and y, finished and exported.</summary>
    public sealed class Plane : IDisposable
    {
        private readonly TemporaryFolder _folder = new();

        public Plane() => Folder = Run("[0.8 mm, 0.72 mm]");

        internal string Folder { get; }

        public void Dispose() => _folder.Dispose();

        internal string Run(string size)
        {
            string run = RunSession.Execute(
                new RunRequest
                {
                    Scenario = SmallScenario.Read($"tissue.size={size}", "replicates=1", "time.burn_in=1 d", "time.duration=2 d", "time.snapshot_every=1 d"),
                    OutDirectory = Path.Combine(_folder.Path, size.Length.ToString(CultureInfo.InvariantCulture)),
                },
                new RunProgress(), TestContext.Current.CancellationToken).Folder;
            RunExport.Write(new ExportRequest { RunDirectory = run, Measures = true, Points = true, RadiusUm = 60, Simulations = 19 }, TestContext.Current.CancellationToken);
            MovieExport.Open(new MovieRequest { RunDirectory = run, SearchPath = "" }).Write(TestContext.Current.CancellationToken);
            return run;
        }
    }
}

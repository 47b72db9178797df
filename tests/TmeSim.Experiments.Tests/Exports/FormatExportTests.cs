using System.Globalization;
using DuckDB.NET.Data;
using TmeSim.Experiments.Cells;
using TmeSim.Experiments.Exports;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Results;
using TmeSim.Experiments.Running;
using TmeSim.Experiments.Work;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Tests.Exports;

public sealed class FormatExportTests(TinyRun tiny) : IClassFixture<TinyRun>
{
    private const ExportFormats All = ExportFormats.H5ad | ExportFormats.AnnDataZarr | ExportFormats.OmeZarr | ExportFormats.Parquet | ExportFormats.Vtk;

    [Fact]
    public void PythonPackages_FindTheSameNumbers()
    {
        using var to = new TemporaryFolder();
        Export(tiny.Outcome.Folder, to.Path, All);
        Assert.Matches("^[1-9][0-9]+ cells twice, [1-9][0-9]+ arrays$", PythonJudge.Run("Exports/judge.py", tiny.Outcome.Folder, to.Path));
    }

    [Fact]
    public void ReaderForPython_AgreesWithTheTables()
    {
        using var to = new TemporaryFolder();
        Export(tiny.Outcome.Folder, to.Path, ExportFormats.H5ad);
        string root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "TmeSim.sln")))
        {
            root = Path.GetDirectoryName(root)!;
        }

        Assert.Equal("12 snapshots", PythonJudge.Run("Exports/reader.py", Path.Combine(root, "scenarios", "python"), tiny.Outcome.Folder, to.Path));
    }

    [Fact]
    public void PythonPackages_FindTheSameNumbers_InSpace()
    {
        using var to = new TemporaryFolder();
        ScenarioDefinition scenario = tiny.Scenario("tissue.size=[0.34 mm, 0.32 mm, 0.3 mm]", "replicates=1", "time.duration=1 d", "lesions[primary].tumor.radius=40 um");
        string run = RunSession.Execute(
            new RunRequest { Scenario = scenario, OutDirectory = to.Path, Jobs = 1, Threads = 1, Figures = false, Command = "tmesim run tiny.yaml" }, new RunProgress()).Folder;
        string export = Path.Combine(to.Path, "export");
        Export(run, export, All);
        Assert.Matches("^[1-9][0-9]+ cells twice, [1-9][0-9]+ arrays$", PythonJudge.Run("Exports/judge.py", run, export));
    }

    [Fact]
    public void DuckDb_FindsTheSameNumbersInParquet()
    {
        using var to = new TemporaryFolder();
        Export(tiny.Outcome.Folder, to.Path, ExportFormats.Parquet);
        using var duck = new DuckDBConnection("DataSource=:memory:");
        duck.Open();
        string Answer(string query)
        {
            using DuckDBCommand command = duck.CreateCommand();
            command.CommandText = query.Replace("@", to.Path + "/", StringComparison.Ordinal);
            return Convert.ToString(command.ExecuteScalar(), CultureInfo.InvariantCulture)!;
        }

        Assert.Equal(Answer("select count(*) from '@points.csv'"), Answer("select count(*) from '@cells.parquet'"));
        const string same = "select count(*) from '@cells.parquet' c join '@points.csv' p using (arm, replicate, lesion, time_d, cell_id) where c.type = p.type and c.state = p.state"
            + " and c.x_um = p.x_um and c.clone_index is not distinct from p.clone and (c.cd163_score is null and p.cd163_score is null or abs(c.cd163_score - p.cd163_score) < 1e-5)"
            + " and abs(c.oxygen - p.oxygen) < 1e-3 and (c.engaged is null and p.engaged is null or (c.engaged = 'yes') = (p.engaged = 1))";
        Assert.Equal(Answer("select count(*) from '@points.csv'"), Answer(same));
        foreach (string table in (string[])["timeseries", "events", "responses", "endpoints", "contrasts"])
        {
            string csv = Path.Combine(tiny.Outcome.Folder, table + ".csv");
            Assert.Equal(Answer($"select count(*) from read_csv('{csv}')"), Answer($"select count(*) from '@{table}.parquet'"));
        }

        Assert.Equal(Answer($"select sum(tumor_cells) || ' ' || sum(oxygen_median_mmhg) from read_csv('{Path.Combine(tiny.Outcome.Folder, "timeseries.csv")}')"),
            Answer("select sum(tumor_cells) || ' ' || sum(oxygen_median_mmhg) from '@timeseries.parquet'"));
        Assert.Equal("BIGINT", Answer("select typeof(replicate) from '@timeseries.parquet' limit 1"));
    }

    [Theory]
    [InlineData("sweep: {vary: {patient.nlr: [1, 2, 3]}, outputs: [tumor_cells@end, cd8_bed_per_mm2@end]}", "sweep,design")]
    [InlineData("cohort: {patients: 3, traits: {patient.nlr: {distribution: lognormal, median: 2.7, sd_log: 0.5}}}\ntrial: {imaging: {every: 1 d}}", "patients,visits,design,endpoints,contrasts")]
    public void DuckDb_FindsTheTablesOfSweepsAndTrials(string block, string tables)
    {
        using var to = new TemporaryFolder();
        ScenarioResult read = ScenarioReader.ReadText(SmallScenario.Text + "\n" + block + "\n", overrides: new ScenarioOverrides
        {
            Sets = [.. block.StartsWith("cohort", StringComparison.Ordinal) ? (string[])["baseline=asked"] : [], "time.burn_in=1 d", "time.duration=2 d", "tissue.size=[0.5 mm, 0.5 mm]", "lesions[primary].tumor.radius=0.1 mm"], Replicates = 1,
        });
        Assert.True(read.IsValid, string.Join('\n', read.Diagnostics));
        var request = new SweepRequest { Scenario = read.Definition!, OutDirectory = to.Path, Figures = false };
        string folder = (read.Definition!.Trial is null ? SweepSession.Execute(request, new RunProgress()) : SweepSession.Execute(TrialSession.Of(request), new RunProgress())).Folder;
        string export = Path.Combine(to.Path, "export");
        Export(folder, export, ExportFormats.Parquet, points: false);
        using var duck = new DuckDBConnection("DataSource=:memory:");
        duck.Open();
        string Answer(string query)
        {
            using DuckDBCommand command = duck.CreateCommand();
            command.CommandText = query;
            return Convert.ToString(command.ExecuteScalar(), CultureInfo.InvariantCulture)!;
        }

        string[] names = tables.Split(',');
        Assert.Equal(names.Order(), Directory.GetFiles(export).Select(Path.GetFileNameWithoutExtension).Order());
        foreach (string table in names)
        {
            string csv = Path.Combine(folder, table + ".csv"), parquet = Path.Combine(export, table + ".parquet");
            string[] columns = File.ReadLines(csv).First().Split(',');
            Assert.Equal(Answer($"select count(*) from read_csv('{csv}', header = true)"), Answer($"select count(*) from '{parquet}'"));
            Assert.Equal(string.Join(' ', columns), Answer($"select string_agg(name, ' ' order by column_id) from (select name, row_number() over () as column_id from parquet_schema('{parquet}') where num_children is null)"));
            foreach (string column in columns)
            {
                // The same numbers and words, row by row.
                Assert.Equal("0", Answer($"""
                    with a as (select row_number() over () as n, "{column}" as v from read_csv('{csv}', header = true, all_varchar = true)),
                    b as (select row_number() over () as n, "{column}" as v from '{parquet}')
                    select count(*) from a join b using (n) where coalesce(try_cast(a.v as double), -1) is distinct from coalesce(try_cast(b.v as double), -1)
                      or (try_cast(a.v as double) is null and coalesce(a.v, '') <> coalesce(cast(b.v as varchar), ''))
                    """));
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(22 * 22)]
    [InlineData(1 << 20)]
    public void Slabs_GiveTheSameCells(int sites)
    {
        var run = FinishedRun.Open(tiny.Outcome.Folder);
        var whole = new CellSource(run);
        string[] Rows(CellSource source) => [.. source.Batches(50, _ => { }, () => { }, default).SelectMany(b => Enumerable.Range(0, b.Count).Select(i =>
            FormattableString.Invariant($"{b.First + i} {b.Sample[i]} {b.Id[i]} {b.X[i]} {b.Y[i]} {b.Z[i]} {b.Type[i]} {b.State[i]} {b.Engaged[i]} {string.Join(' ', b.Values.Skip(i * 17).Take(17))}")))];
        string[] rows = Rows(whole);
        Assert.Equal(rows.Length, whole.Count(default));
        Assert.Equal(rows, Rows(new CellSource(run, sites)));
    }

    [Fact]
    public void CancelledOrRefused_LeavesNothingThatLooksWhole()
    {
        using var to = new TemporaryFolder();
        foreach (ExportFormats format in (ExportFormats[])[ExportFormats.H5ad, ExportFormats.AnnDataZarr, ExportFormats.OmeZarr, ExportFormats.Parquet, ExportFormats.Vtk])
        {
            using var stop = new CancellationTokenSource();
            var progress = new ExportProgress(new RunProgress()) { Begun = _ => stop.Cancel() };
            var export = FormatExport.Open(new FormatRequest { Directory = tiny.Outcome.Folder, OutDirectory = to.Path, Formats = format, Progress = progress });
            Assert.ThrowsAny<OperationCanceledException>(() => export.Write(stop.Token));
            Assert.Empty(Directory.GetFileSystemEntries(to.Path));
        }

        Export(tiny.Outcome.Folder, to.Path, All);
        byte[] first = File.ReadAllBytes(Path.Combine(to.Path, "cells.parquet"));
        var refused = Assert.Throws<RunFolderException>(() => Export(tiny.Outcome.Folder, to.Path, ExportFormats.OmeZarr));
        Assert.Contains("--force", refused.Message, StringComparison.Ordinal);
        Export(tiny.Outcome.Folder, to.Path, All, force: true);
        Assert.Equal(first, File.ReadAllBytes(Path.Combine(to.Path, "cells.parquet")));
        Assert.DoesNotContain(Directory.GetFileSystemEntries(to.Path), f => f.EndsWith(".tmp", StringComparison.Ordinal));
    }

    private static void Export(string run, string to, ExportFormats formats, bool force = false, bool points = true)
    {
        if (points && formats.HasFlag(ExportFormats.Parquet))
        {
            RunExport.Write(new ExportRequest { RunDirectory = run, OutDirectory = to, Points = true, Force = true });
        }

        FormatExport.Open(new FormatRequest { Directory = run, OutDirectory = to, Formats = formats, Force = force }).Write();
    }
}

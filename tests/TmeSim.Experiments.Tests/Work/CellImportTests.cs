using System.Globalization;
using System.Text;
using TmeSim.Engine;
using TmeSim.Experiments.Cells;
using TmeSim.Experiments.Exports;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Results;
using TmeSim.Experiments.Running;
using TmeSim.Experiments.Work;
using TmeSim.Scenarios;
using TmeSim.Scenarios.Diagnostics;

namespace TmeSim.Experiments.Tests.Work;

public sealed class CellImportTests(TinyRun tiny) : IClassFixture<TinyRun>
{
    [Theory]
    [InlineData("points.csv")]
    [InlineData("cells.h5ad")]
    [InlineData("cells.parquet")]
    public void ExportedTissue_ComesBackCellByCell(string file)
    {
        using var folder = new TemporaryFolder();
        RunExport.Write(new ExportRequest { RunDirectory = tiny.Outcome.Folder, OutDirectory = folder.Path, Points = true });
        FormatExport.Open(new FormatRequest { Directory = tiny.Outcome.Folder, OutDirectory = folder.Path, Formats = ExportFormats.H5ad | ExportFormats.Parquet }).Write();
        ScenarioDefinition scenario = Read(folder, file, "place: as_given, from: {arm: Control, replicate: 1, day: 2 d}");
        string snapshot = Path.Combine(folder.Path, "again.bin.gz");
        using (var simulation = new Simulation(scenario.Plan, 0))
        {
            SnapshotFile.Write(snapshot, simulation, 0, scenario.Arms[0]);
        }

        TissueSnapshot original = FinishedRun.Open(tiny.Outcome.Folder).Snapshots().Single(s => s.Arm == "Control" && s.Replicate == 1 && s.TimeDays == 2);
        string[] before = Cells(original, file), after = Cells(SnapshotFile.Read(snapshot), file);
        Assert.True(before.Length > 20);
        Assert.Equal(before, after);
        ImportEntry entry = Assert.Single(ImportStatistics.Of(scenario.Plan));
        Assert.Equal((before.Length, before.Length, 0, 0), (entry.Cells, entry.Placed, entry.Conflicts, entry.Outside));
        Assert.Equal(0, entry.MeanShiftUm, 1e-9);
        Assert.All(entry.Statistics, s => Assert.True(s.Table is null ? s.Tissue is null : Math.Abs(s.Table.Value - s.Tissue!.Value) < 1e-9, s.Name));
    }

    [Fact]
    public void RunOfATable_KeepsIt_AndRunsAgainFromItsFolder()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(Path.Combine(folder.Path, "cells.csv"), Biopsy(900, 300));
        ScenarioDefinition scenario = Read(folder, "cells.csv", "columns: {x: X, y: Y, type: class, pdl1: pdl1}, types: {PanCK+: tumor, CD8+: cd8, CD68+: macrophage, other: ignore}");
        RunOutcome Run(ScenarioDefinition s, string to) => RunSession.Execute(
            new RunRequest { Scenario = s, OutDirectory = Path.Combine(folder.Path, to), Jobs = 1, Threads = 1, Figures = false, Command = "tmesim run" }, new RunProgress());
        RunOutcome first = Run(scenario, "a");
        Assert.Equal(RunStatus.Finished, first.Status);
        Assert.Contains(first.Manifest.Files, f => f.Path == "data/cells-primary.csv");
        Assert.Equal(900 - first.Manifest.Imported[0].Lost.Count - 225, first.Manifest.Imported[0].Placed);
        RunOutcome second = Run(FinishedRun.Open(first.Folder).Scenario([]), "b");
        Assert.Equal(first.Manifest.IdentityHash, second.Manifest.IdentityHash);
        Assert.Equal(first.Manifest.StateHashes, second.Manifest.StateHashes);

        // Another table is another run.
        File.AppendAllText(Path.Combine(folder.Path, "cells.csv"), "10,10,PanCK+,5\n");
        Assert.NotEqual(scenario.IdentityHash, Read(folder, "cells.csv", "columns: {x: X, y: Y, type: class, pdl1: pdl1}, types: {PanCK+: tumor, CD8+: cd8, CD68+: macrophage, other: ignore}").IdentityHash);
    }

    [Fact]
    public void SixtyThousandCells_KeepTheirStatistics()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(Path.Combine(folder.Path, "cells.csv"), Biopsy(60_000, 5500));
        ScenarioDefinition scenario = Read(folder, "cells.csv", "columns: {x: X, y: Y, type: class, pdl1: pdl1}, types: {PanCK+: tumor, CD8+: cd8, CD68+: macrophage, other: ignore}", "6 mm");
        using var simulation = new Simulation(scenario.Plan, 0);
        ImportEntry entry = Assert.Single(ImportStatistics.Of(scenario.Plan));
        Assert.Equal(45_000, entry.Placed);
        Assert.All(entry.Types, t => Assert.Equal(t.Table, t.Tissue));
        Assert.Equal(entry.Types.Single(t => t.Type == "tumor").Tissue, simulation.Lesions[0].TumorCells);
        Assert.Equal(entry.Types.Single(t => t.Type == "cd8").Tissue, simulation.Lesions[0].Cd8.Count);
        Assert.InRange(entry.MeanShiftUm, 5, 12);
        Assert.All(entry.Statistics.Where(s => s.Unit == "um"), s => Assert.Equal(s.Table!.Value, s.Tissue!.Value, 0.05 * s.Table.Value));
        Assert.All(entry.Statistics.Where(s => s.Unit == "1"), s => Assert.Equal(s.Table!.Value, s.Tissue!.Value, 0.05));
    }

    [Theory]
    [InlineData("x,y,cell_type\n1,2,tumor\n", "columns: {x: left}", "no column 'left'")]
    [InlineData("a,b,cell_type\n1,2,tumor\n", "", "no column 'x_um' or 'x'")]
    [InlineData("x,y,cell_type\n100,100,tumor\n100,nan,tumor\n", "", "line 3: a coordinate is missing or not finite")]
    [InlineData("x,y,cell_type\n100,100,tumor\n100,,tumor\n", "", "line 3: a coordinate is missing or not finite")]
    [InlineData("x,y,cell_type\n100,1e999,tumor\n", "", "line 2: a coordinate is missing or not finite")]
    [InlineData("x,y,cell_type\n100,far,tumor\n", "", "line 2: 'far' in column 'y' is no number")]
    [InlineData("x,y,cell_type\n100,100,blob\n", "", "line 2: the type 'blob' is not known")]
    [InlineData("x,y,cell_type\n100,100\n", "", "line 2: 2 fields under a header of 3")]
    [InlineData("x,y,x,cell_type\n1,1,1,tumor\n", "", "the column 'x' twice")]
    [InlineData("x,y,cell_type\n", "", "a header and no cells")]
    [InlineData("", "", "it is empty")]
    [InlineData("x,y,cell_type\n100,100,cd8\n", "", "no living tumour cell")]
    [InlineData("x,y,cell_type\n9000,100,tumor\n", "place: as_given", "no living tumour cell")]
    [InlineData("x,y,cell_type,pdl1_per_um2\n100,100,tumor,-4\n", "", "line 2: Pdl1 of -4 is out of range")]
    [InlineData("x,y,cell_type,arm\n1,1,tumor,A\n1,1,tumor,B\n", "", "holds several snapshots; say which one: from: {arm: …}")]
    [InlineData("x,y,cell_type\n1,1,tumor\n", "crop: [5 um, 5 um, 9 um, 9 um]", "no cell of")]
    public void Mistakes_AreNamedWithTheirPlace(string table, string block, string said)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(Path.Combine(folder.Path, "cells.csv"), table);
        ScenarioResult result = Result(folder, "cells.csv", block, "0.44 mm");
        Assert.False(result.IsValid);
        Assert.Contains(result.Diagnostics, d => d.Severity == DiagnosticSeverity.Error && d.Message.Contains(said, StringComparison.Ordinal));
    }

    [Fact]
    public void CrowdedCells_TakeTheNearestFreeSites_AndTheLostAreListed()
    {
        using var folder = new TemporaryFolder();
        string crowd = string.Concat(Enumerable.Range(0, 100).Select(i => string.Create(CultureInfo.InvariantCulture, $"{210 + (i * 0.01)},210,tumor\n")));
        File.WriteAllText(Path.Combine(folder.Path, "cells.csv"), "x,y,cell_type\n" + crowd + "210,210,cd8\n999,10,tumor\n");
        ScenarioDefinition scenario = Read(folder, "cells.csv", "place: as_given");
        ImportEntry entry = Assert.Single(ImportStatistics.Of(scenario.Plan));

        // A disc of five sites has 81; the CD8 T cell stands on a tumour cell.
        Assert.Equal((102, 82, 99, 1), (entry.Cells, entry.Placed, entry.Conflicts, entry.Outside));
        Assert.Equal(20, entry.Lost.Count);
        Assert.Contains(new LostCell("tumor", 999, 10, 0), entry.Lost);
    }

    [Fact]
    public void TurnedFourTimes_IsTheSame_AndPixelsAreScaled()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(Path.Combine(folder.Path, "cells.csv"), "x,y,cell_type\n20,60,tumor\n100,140,tumor\n180,20,cd8\n");
        ScenarioDefinition plain = Read(folder, "cells.csv", ""), turned = Read(folder, "cells.csv", "rotate: 360"), quarter = Read(folder, "cells.csv", "rotate: 90");
        Assert.Equal(plain.IdentityHash, turned.IdentityHash);
        Assert.NotEqual(plain.IdentityHash, quarter.IdentityHash);
        File.WriteAllText(Path.Combine(folder.Path, "cells.csv"), "x,y,cell_type\n40,120,tumor\n200,280,tumor\n360,40,cd8\n");
        Assert.Equal(plain.IdentityHash, Read(folder, "cells.csv", "unit: 0.5 um").IdentityHash);
    }

    private static string[] Cells(TissueSnapshot snapshot, string file)
    {
        var words = CellVocabulary.Of(snapshot);
        string Mark(float value) => file == "points.csv" ? ((double)value).ToString("G6", CultureInfo.InvariantCulture) : value.ToString("R", CultureInfo.InvariantCulture);
        return [.. CellWalk.Of(snapshot, words).Select(r => $"{r.Place} {words.Types[r.Type]} {words.States[r.State]} {string.Join(' ', r.Values.Take(CellVocabulary.FirstField).Select(Mark))}")];
    }

    private static string Biopsy(int cells, double sizeUm)
    {
        var random = new Random(1);
        string[] types = ["PanCK+", "PanCK+", "PanCK+", "CD8+", "PanCK+", "CD68+", "PanCK+", "other"];
        var text = new StringBuilder("X,Y,class,pdl1\n");
        for (int i = 0; i < cells; i++)
        {
            string type = i % 4 == 3 ? "other" : types[i % 7];
            text.Append(CultureInfo.InvariantCulture, $"{random.NextDouble() * sizeUm},{random.NextDouble() * sizeUm},{type},{(type == "PanCK+" ? "12.5" : "")}\n");
        }

        return text.ToString();
    }

    private static ScenarioDefinition Read(TemporaryFolder folder, string file, string block, string size = "0.44 mm")
    {
        ScenarioResult result = Result(folder, file, block, size);
        Assert.True(result.IsValid, Diagnostic.FormatAll(result.Diagnostics));
        return result.Definition!;
    }

    private static ScenarioResult Result(TemporaryFolder folder, string file, string block, string size) => ScenarioReader.ReadText($$"""
        schema: tmesim/1
        name: Imported
        seed: 5
        replicates: 1
        time: {duration: 1 d, record_every: 1 d}
        tissue: {size: [{{size}}, {{size}}]}
        lesions:
          - name: primary
            diameter: 30 mm
            cells: {file: {{file}}{{(block.Length > 0 ? ", " + block : "")}}}
        arms: [{name: Control}]
        """, "imported.yaml", folder.Path);
}

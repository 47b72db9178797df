using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using TmeSim.Engine;
using TmeSim.Engine.Extensions;
using TmeSim.Engine.State;
using TmeSim.Experiments.Cells;
using TmeSim.Experiments.Exports;
using TmeSim.Experiments.Folders;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Tests.Folders;

public sealed class SnapshotFileTests
{
    /// <summary>States are listed where there are any; without the list, as in files from before there was one, all cells are effectors.</summary>
    [Theory]
    [InlineData("on", true)]
    [InlineData("off", false)]
    public void Write_StatesOfCd8_AreListedWhereThereAreAny(string differentiation, bool listed)
    {
        using var folder = new TemporaryFolder();
        ScenarioDefinition scenario = SmallScenario.Read("time.burn_in=1 d", $"mechanisms.cd8.differentiation={differentiation}");
        using var simulation = new Simulation(scenario.Plan, 0);
        simulation.RunBurnIn();
        string file = Path.Combine(folder.Path, "a.bin.gz");
        SnapshotFile.Write(file, simulation, 0, scenario.Arms[0]);
        Cd8Store cells = simulation.Lesions[0].Cd8;
        Dictionary<ulong, byte> states = Enumerable.Range(0, cells.Count).ToDictionary(i => cells.Id[i], i => cells.State[i]);
        Cd8List read = SnapshotFile.Read(file).Detail!.Cd8;

        Assert.Equal(listed, states.Values.Any(state => state != Cd8State.Effector));
        Assert.Equal(listed, SnapshotFile.ReadHeader(file).Arrays.Any(a => a.Name == "cd8_state"));
        Assert.Equal(read.Id.Select(id => states[id]), read.State);
    }

    [Fact]
    public void Write_State_ReadsBackSiteBySite()
    {
        using var folder = new TemporaryFolder();
        ScenarioDefinition scenario = SmallScenario.Read("time.burn_in=1 d", "tissue.size=[0.8 mm, 0.72 mm, 0.6 mm]");
        using var simulation = new Simulation(scenario.Plan, 0);
        simulation.RunBurnIn();
        string file = Path.Combine(folder.Path, "a.bin.gz");
        SnapshotFile.Write(file, simulation, 0, scenario.Arms[1]);
        TissueSnapshot s = SnapshotFile.Read(file);
        LesionState state = simulation.Lesions[0];
        Assert.Equal((40, 36, 30, 20.0, "Atezo + Bev"), (s.Nx, s.Ny, s.Nz, s.SpacingUm, s.Arm));
        int cd8 = 0, macrophages = 0, vessels = 0, at = 0;
        for (int z = 0; z < s.Nz; z++)
        {
            for (int y = 0; y < s.Ny; y++)
            {
                for (int x = 0; x < s.Nx; x++, at++)
                {
                    int site = state.Shape.Site(x, y, z);
                    Assert.Equal(state.ParenchymaCodes[site], s.Parenchyma[at]);
                    Assert.Equal(state.CloneIndex[site], s.CloneIndex[at]);
                    Assert.Equal(state.Field(FieldId.Oxygen)[site], s.Fields[(int)FieldId.Oxygen][at]);
                    Assert.Equal(state.Field(FieldId.SmallMoleculeDelivery)[site], s.Fields[(int)FieldId.SmallMoleculeDelivery][at]);
                    int kind = s.Immune[at] switch { 0 => -1, 1 or 2 => ImmuneKinds.Cd8, _ => ImmuneKinds.Macrophages };
                    Assert.Equal(ImmuneCode.Kind(state.Immune[site]), kind);
                    Assert.Equal(state.VesselMark[site], s.VesselPerfusion[at] >= 0);
                    Assert.Equal(state.Stroma[site], s.Detail!.Stroma[at]);
                    Assert.Equal(state.Mhc1[site], s.Detail.Mhc1[at]);
                    Assert.Equal(state.Pdl1[site], s.Detail.Pdl1[at]);
                    cd8 += s.Immune[at] is 1 or 2 ? 1 : 0;
                    macrophages += s.Immune[at] is 3 or 4 ? 1 : 0;
                    vessels += s.VesselPerfusion[at] >= 0 ? 1 : 0;
                }
            }
        }

        Assert.Equal((state.Cd8.Count, state.Macrophages.Count, state.Vessels.Count), (cd8, macrophages, vessels));
        Assert.Equal(state.Vessels.Perfusion.Span.ToArray().Order(), s.VesselPerfusion.Where(p => p >= 0).Order());
        TissueSnapshot middle = SnapshotFile.ReadSection(file);
        Assert.Equal((40, 36, 1, 15, 30, 1), (middle.Nx, middle.Ny, middle.Nz, middle.FirstLayer, middle.LatticeLayers, middle.Every));
        Assert.Equal(s.Parenchyma[(15 * 40 * 36)..(16 * 40 * 36)], middle.Parenchyma);
        Assert.Equal(s.Fields[3][(15 * 40 * 36)..(16 * 40 * 36)], middle.Fields[3]);
        TissueSnapshot stack = SnapshotFile.ReadStack(file);
        Assert.Equal((40, 36, 10, 1, 3, 1), (stack.Nx, stack.Ny, stack.Nz, stack.FirstLayer, stack.LayersBetween, stack.Every));
        Assert.Equal(s.Immune[(28 * 40 * 36)..(29 * 40 * 36)], stack.Immune[(9 * 40 * 36)..]);
    }

    [Fact]
    public void ReadSection_LargePlane_TakesEverySecondSite()
    {
        using var folder = new TemporaryFolder();
        ScenarioDefinition scenario = SmallScenario.Read("time.burn_in=0 d", "tissue.size=[21 mm, 0.74 mm]");
        using var simulation = new Simulation(scenario.Plan, 0);
        string file = Path.Combine(folder.Path, "a.bin.gz");
        SnapshotFile.Write(file, simulation, 0, scenario.Arms[0]);
        TissueSnapshot all = SnapshotFile.Read(file), section = SnapshotFile.ReadSection(file);
        Assert.Equal((525, 19, 40.0, 2), (section.Nx, section.Ny, section.SpacingUm, section.Every));
        for (int y = 0; y < section.Ny; y++)
        {
            for (int x = 0; x < section.Nx; x++)
            {
                Assert.Equal(all.Parenchyma[(2 * y * all.Nx) + (2 * x)], section.Parenchyma[(y * section.Nx) + x]);
            }
        }
    }

    [Fact]
    public void Read_FileOfTheFirstFormat_GivesWhatItHolds()
    {
        using var folder = new TemporaryFolder();
        string file = Path.Combine(folder.Path, "a.bin.gz");
        string arrays = string.Join(',', FieldTable.All.Select(f => $"{{\"name\":\"field:{f.Key}\",\"type\":\"f4\",\"unit\":\"1\"}}"));
        string header = "{\"format\":\"tmesim-snapshot/1\",\"arm\":\"Control\",\"replicate\":0,\"lesion\":\"primary\",\"time_d\":1,\"nx\":3,\"ny\":1,\"nz\":1,\"spacing_um\":20,\"arrays\":["
            + "{\"name\":\"parenchyma\",\"type\":\"u1\",\"unit\":\"\"},{\"name\":\"immune\",\"type\":\"u1\",\"unit\":\"\"},{\"name\":\"clone\",\"type\":\"u2\",\"unit\":\"\"},{\"name\":\"vessel_perfusion\",\"type\":\"f4\",\"unit\":\"1\"},"
            + arrays + "]}\n";
        using (var zip = new GZipStream(File.Create(file), CompressionLevel.Fastest))
        {
            zip.Write([.. Encoding.UTF8.GetBytes(header), 2, 1, 1, 0, 2, 4, 1, 0, 0, 0, 0, 0]);
            zip.Write(MemoryMarshal.AsBytes<float>([0, 0.5f, 0, .. Enumerable.Range(0, 27).Select(i => i)]));
        }

        TissueSnapshot s = SnapshotFile.Read(file);
        Assert.Null(s.Detail);
        Assert.Equal([float.NaN, 0.5f, float.NaN], s.VesselPerfusion);
        Assert.Equal([24f, 25, 26], s.Fields[^1]);
        string[] rows = [.. new PointRows(CellVocabulary.Of(s)).Of(s, "k")];
        Assert.Equal("k,t0,10,10,10,tumor,living,1,,,,,,,,,,,0,3,6,9,12,15,18,21,24,", rows[0]);
        Assert.Equal(["t0", "c1", "v1", "m2"], rows.Select(r => r.Split(',')[1]));
    }

    [Fact]
    public void Points_OfAKindAndFieldOfAnExtension_HaveIdsOfTheirOwn()
    {
        using var folder = new TemporaryFolder();
        string file = Path.Combine(folder.Path, "a.bin.gz");
        ScenarioDefinition scenario = SmallScenario.Read("time.burn_in=0 d");
        ImmuneKind Kind(string key) => new(key, key + "s") { Classes = [new("resting", key, key)], PerMm2 = _ => 300 };
        var extension = new ModelExtension
        {
            Version = "1",
            Kinds = [Kind("treg"), Kind("tam"), Kind("cdc")],
            Fields = [new("ccl22", "CCL22", "1", 40_000, 0.4, sources => sources.Add(sources.Lesion.Cd8.Site[0], 1))],
        };
        using var simulation = new Simulation(scenario.Plan with { Extension = extension }, 0);
        SnapshotFile.Write(file, simulation, 0, scenario.Arms[0]);
        TissueSnapshot s = SnapshotFile.Read(file);
        var points = new PointRows(CellVocabulary.Of(s));
        string[][] rows = [.. points.Of(s, "k").Select(r => r.Split(','))];
        Assert.Contains(",ccl22,", points.Header(), StringComparison.Ordinal);
        Assert.All(extension.Kinds, k => Assert.True(rows.Count(r => r[5] == k.Key) > 3));
        Assert.Equal(rows.Length, rows.Select(r => r[1]).Distinct().Count());
    }

    [Fact]
    public void Read_ListThatDoesNotFit_IsAClearError()
    {
        using var folder = new TemporaryFolder();
        string file = Path.Combine(folder.Path, "a.bin.gz");
        ScenarioDefinition scenario = SmallScenario.Read("time.burn_in=0 d");
        using var simulation = new Simulation(scenario.Plan, 0);
        SnapshotFile.Write(file, simulation, 0, scenario.Arms[0]);
        byte[] all;
        using (var zip = new GZipStream(File.OpenRead(file), CompressionMode.Decompress))
        using (var bytes = new MemoryStream())
        {
            zip.CopyTo(bytes);
            all = bytes.ToArray();
        }

        int end = Array.IndexOf(all, (byte)'\n');
        string header = Encoding.UTF8.GetString(all[..end]);
        foreach ((string change, string to, string said) in ((string, string, string)[])
        [
            ("\"name\":\"vessel_site\"", "\"name\":\"vessel_place\"", "no array 'vessel_site'"), ("\"name\":\"cd8_id\",\"type\":\"u8\"", "\"name\":\"cd8_id\",\"type\":\"x8\"", "unknown type"),
            ("\"length\":", "\"length\":99", "elements"), ("\"levels\":", "\"labels\":", "does not begin"),
        ])
        {
            Assert.Contains(change, header, StringComparison.Ordinal);
            using (var zip = new GZipStream(File.Create(file), CompressionLevel.Fastest))
            {
                zip.Write([.. Encoding.UTF8.GetBytes(header.Replace(change, to, StringComparison.Ordinal)), .. all[end..]]);
            }

            Assert.Contains(said, Assert.Throws<RunFolderException>(() => SnapshotFile.Read(file)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Read_Damaged_IsAClearError()
    {
        using var folder = new TemporaryFolder();
        string file = Path.Combine(folder.Path, "a.bin.gz");
        ScenarioDefinition scenario = SmallScenario.Read("time.burn_in=0 d");
        using var simulation = new Simulation(scenario.Plan, 0);
        SnapshotFile.Write(file, simulation, 0, scenario.Arms[0]);
        byte[] good = File.ReadAllBytes(file);
        File.WriteAllBytes(file, good[..(good.Length / 2)]);
        Assert.Contains(file, Assert.Throws<RunFolderException>(() => SnapshotFile.Read(file)).Message, StringComparison.Ordinal);
        File.WriteAllText(file, "not zipped");
        Assert.Throws<RunFolderException>(() => SnapshotFile.ReadSection(file));
    }
}

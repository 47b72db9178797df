using TmeSim.Engine;
using TmeSim.Engine.Extensions;
using TmeSim.Engine.Plan;
using TmeSim.Engine.State;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Measures;
using TmeSim.Reports.Domain;
using TmeSim.Reports.Figures;
using TmeSim.Scenarios;

namespace TmeSim.Extension.Tests;

/// <summary>
/// A kind of immune cells and a field that the engine does not know run, are hashed, resumed, measured and drawn like its own. A run
/// folder holds no rules: <c>report</c> and <c>compare</c> read its scenario without them and refuse it, so pictures of an extension are
/// made from snapshots.
/// </summary>
public sealed class RegulatoryTCellTests
{
    private static readonly ScenarioDefinition Plain = Read();
    private static readonly Lazy<byte[]> AtStart = new(() =>
    {
        using Simulation simulation = AfterBurnIn(RegulatoryTCells.Extension());
        using var stream = new MemoryStream();
        simulation.WriteState(stream);
        return stream.ToArray();
    });

    [Fact]
    public void Cells_EnterMoveSuppressAndDie_AndTheBooksAgree()
    {
        using Simulation with = Start(), without = AfterBurnIn(ModelExtension.None);

        LesionState lesion = with.Lesions[0];
        var cells = (TregStore)lesion.Stores[RegulatoryTCells.Kind];
        long Booked(KindBooking booking) => lesion.Ledger[Ledger.Of(0, booking)];
        Assert.True(cells.Count > 10);
        Assert.All((KindBooking[])[KindBooking.Entries, KindBooking.Deaths], b => Assert.True(Booked(b) > 0, b.ToString()));
        Assert.Equal(cells.Count, Booked(KindBooking.Entries) - Booked(KindBooking.Deaths) - Booked(KindBooking.Exits));
        Assert.All(
            Enumerable.Range(0, cells.Count), i => Assert.Equal(ImmuneCode.Of(RegulatoryTCells.Kind, i), lesion.Immune[cells.Site[i]]));
        Assert.Contains(cells.Activation.Span.ToArray(), a => a > 0.1f);
        Assert.True(Mean(with, FieldId.Suppressive) > 1.05 * Mean(without.Lesions[0], FieldId.Suppressive));
        Assert.True(Mean(lesion, RegulatoryTCells.Ccl22) > 0.01);
        Assert.NotEqual(without.StateHash(), with.StateHash());
    }

    /// <summary>One bit of one trait of one cell, and a trace of the field, show in the hash.</summary>
    [Fact]
    public void Hash_SeesTheTraitsAndTheField()
    {
        string plain = HashAfter(RegulatoryTCells.Extension(), 5);

        Assert.Equal(plain, HashAfter(RegulatoryTCells.Extension(), 5));
        Assert.NotEqual(plain, HashAfter(RegulatoryTCells.Extension(after: FlipABit), 5));
        Assert.NotEqual(plain, HashAfter(RegulatoryTCells.Extension(source: s => s.Add(s.Lesion.Cd8.Site[0], 1e-3)), 5));
    }

    [Fact]
    public void OneTwoThreeThreads_GiveTheSameBits()
    {
        SimulationPlan plan = Plain.Plan with
        {
            Extension = RegulatoryTCells.Extension(perMm2: 200),
            Tissue = new TissuePlan(416, 380, 1, 20),
            Time = Plain.Plan.Time with { BurnInHours = 0 },
            Lesions = [Plain.Plan.Lesions[0] with { RadiusUm = 2000 }],
        };
        string[] hashes = [.. ((int[])[1, 2, 3]).Select(threads =>
        {
            using var simulation = new Simulation(plan, 0, threads);
            Steps(simulation, 5);
            Assert.True(simulation.Lesions[0].Stores[RegulatoryTCells.Kind].Count > 1000);
            return simulation.StateHash();
        })];

        Assert.Single(hashes.Distinct());
    }

    /// <summary>From memory in the same simulation, and from a stream in another one.</summary>
    [Fact]
    public void Resumed_ItGoesOnWithTheSameBits()
    {
        using Simulation simulation = Start();
        using SimulationSnapshot captured = simulation.Capture();
        string expected = Arm(simulation);

        simulation.Restore(captured);
        Assert.Equal(expected, Arm(simulation));

        using Simulation other = Start();
        Assert.Equal(expected, Arm(other));

        using var plain = new Simulation(Plain.Plan, 0);
        Assert.Throws<InvalidDataException>(() => plain.ReadState(new MemoryStream(AtStart.Value)));

        static string Arm(Simulation simulation)
        {
            simulation.BeginArm(Plain.Arms[0]);
            Steps(simulation, 24);
            return simulation.StateHash();
        }
    }

    [Fact]
    public void Measured_EachHasAColumn()
    {
        ScenarioDefinition scenario = Plain with { Plan = Plain.Plan with { Extension = RegulatoryTCells.Extension() } };
        using Simulation simulation = Start();
        simulation.BeginArm(scenario.Arms[0]);
        var columns = new MeasureColumns(scenario);

        double[] row = new MeasureReader(columns, simulation).Read(simulation, 0, scenario.Arms[0].Parameters);

        double Of(string column) => row[columns.All.Select(c => c.Name).ToList().IndexOf(column) - MeasureColumns.Keys];
        Assert.Equal(simulation.Lesions[0].Stores[RegulatoryTCells.Kind].Count, Of("treg_cells"));
        Assert.Equal(simulation.Lesions[0].Cd8.Count, Of("cd8_cells"));
        Assert.InRange(Of("ccl22_mean"), 0.01, 10);
        Assert.NotEqual(Plain.ArmIdentity(0), scenario.ArmIdentity(0));
    }

    /// <summary>
    /// Through a snapshot: the third kind in colours of its own, the tenth field as a map. SnapshotFileTests has its table of points.
    /// </summary>
    [Fact]
    public void Drawn_TheTissueShowsTheKind_AndAMapTheField()
    {
        using Simulation simulation = Start();
        string path = Path.Combine(Path.GetTempPath(), $"tmesim-extension-{Guid.NewGuid():N}.bin.gz");
        try
        {
            SnapshotFile.Write(path, simulation, 0, Plain.Arms[0]);
            TissueSnapshot s = SnapshotFile.ReadSection(path);

            Assert.Equal(simulation.Lesions[0].Stores[RegulatoryTCells.Kind].Count, s.Immune.Count(code => code is 5 or 6));
            Figure tissue = TissueFigure.Create([s.Frame("Everything")], true, new ArmLooks(["Everything"]), new FigureOptions());
            Assert.Equal(2, tissue.Legend.Count(e => e.Label.StartsWith("regulatory T cell", StringComparison.Ordinal)));
            Assert.Contains(CellPalette.ImmuneColor(5), Colors(tissue));
            Assert.DoesNotContain(CellPalette.ImmuneColor(5), CellPalette.Immune);

            FieldInfo field = Assert.Single(s.FieldRows.Skip(FieldTable.All.Count));
            Assert.Equal(("ccl22", "half-max"), (field.Key, field.Unit));
            float[] values = s.Fields[(int)field.Id];
            Assert.True(values.Max() > 0.01f);
            var frame = new FieldFrame("Everything", s.TimeDays, s.Nx, s.Ny, s.SpacingUm, values, s.Parenchyma);
            Figure map = FieldFigure.Create([frame], field.Label, field.Unit, new ArmLooks(["Everything"]), new FigureOptions());
            HeatMapElement drawn = map.Panels.SelectMany(panel => panel!.Elements).OfType<HeatMapElement>().Single();
            Assert.Equal(values, drawn.Values);
            Assert.True(values.Select(v => drawn.Map.At((v - drawn.Min) / (drawn.Max - drawn.Min))).Distinct().Count() > 10);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void NamesThatAreTaken_AndTooManyKinds_AreRefused()
    {
        ModelExtension extension = RegulatoryTCells.Extension();
        Assert.Contains("'cd8'", Refused(extension with { Kinds = [extension.Kinds[0] with { Key = "cd8" }] }), StringComparison.Ordinal);
        Assert.Contains("'oxygen'", Refused(extension with { Fields = [extension.Fields[0] with { Key = "oxygen" }] }),
            StringComparison.Ordinal);
        ImmuneKind[] six = [.. Enumerable.Range(0, 6).Select(i => extension.Kinds[0] with { Key = $"k{i}" })];
        Assert.Contains("room for 7", Refused(new() { Version = "1", Kinds = six }), StringComparison.Ordinal);

        static string Refused(ModelExtension extension) =>
            Assert.Throws<ArgumentException>(() => new Simulation(Plain.Plan with { Extension = extension }, 0)).Message;
    }

    [Fact]
    public void WhatCannotBeRun_IsRefused()
    {
        ModelExtension plain = RegulatoryTCells.Extension();
        ImmuneKind kind = plain.Kinds[0];
        SignalField field = plain.Fields[0];
        foreach ((string said, ModelExtension extension) in ((string, ModelExtension)[])
        [
            ("version", plain with { Version = "" }),
            ("'a,b'", plain with { Kinds = [kind with { Key = "a,b" }] }),
            ("no class", plain with { Kinds = [kind with { Classes = [] }] }),
            ("diffusivity", plain with { Fields = [field with { DiffusivityUm2PerHour = 0 }] }),
            ("diffusivity", plain with { Fields = [field with { DiffusivityUm2PerHour = double.NaN }] }),
            ("decay", plain with { Fields = [field with { DecayPerHour = -0.1 }] }),
            ("room for 256", plain with { Fields = [.. Enumerable.Range(0, 250).Select(i => field with { Key = $"f{i}" })] }),
            ("Oxygen takes no", plain with { Sources = [(FieldId.Oxygen, _ => { })] }),
            ("takes no", plain with { Sources = [(FieldTable.Further(3), _ => { })] }),
        ])
        {
            string message = Assert.Throws<ArgumentException>(() => new Simulation(Plain.Plan with { Extension = extension }, 0)).Message;
            Assert.Contains(said, message, StringComparison.Ordinal);
        }

        ScenarioDefinition taken = Plain with { Plan = Plain.Plan with { Extension = plain with { Fields = [field with { Key = "pdl1" }] } } };
        Assert.Contains("'pdl1_mean'", Assert.Throws<ArgumentException>(() => new MeasureColumns(taken)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(double.NaN, 1)]
    [InlineData(double.PositiveInfinity, 1)]
    [InlineData(-1, 1)]
    [InlineData(20, double.NaN)]
    public void Move_NoSpeedOrExponent_IsRefused(double speed, double chemotaxis)
    {
        ModelExtension plain = RegulatoryTCells.Extension();
        ModelExtension moving = plain with
        {
            Kinds = [plain.Kinds[0] with { Step = step => step.Move(speed, RegulatoryTCells.Ccl22, chemotaxis) }],
        };
        Assert.Throws<ArgumentOutOfRangeException>(() => HashAfter(moving, 1));
    }

    /// <summary>All plain numbers, and the version for the rules; the hash of a scenario follows a changed plan.</summary>
    [Fact]
    public void Identity_CoversNumbersAndVersion()
    {
        ModelExtension plain = RegulatoryTCells.Extension();
        SignalField field = plain.Fields[0];
        string[] hashes = [.. ((ModelExtension[])
        [
            ModelExtension.None, plain, plain with { Version = "regulatory T cells 2" }, RegulatoryTCells.Extension(perMm2: 61),
            plain with { Fields = [field with { DecayPerHour = 0.5 }] }, plain with { Fields = [field with { DiffusivityUm2PerHour = 41_000 }] },
            plain with { Sources = [(FieldId.Myeloid, _ => { })] }, plain with { Sources = [] },
        ]).Select(e => (Plain with { Plan = Plain.Plan with { Extension = e } }).IdentityHash)];

        Assert.Equal(hashes.Length, hashes.Distinct().Count());
        Assert.Equal(Plain.IdentityHash, hashes[0]);
    }

    private static void FlipABit(KindStep step)
    {
        var cells = (TregStore)step.Cells;
        step.Set(cells.Activation, 0, BitConverter.UInt32BitsToSingle(BitConverter.SingleToUInt32Bits(cells.Activation[0]) ^ 1));
    }

    private static string HashAfter(ModelExtension extension, int steps)
    {
        using var simulation = new Simulation(Plain.Plan with { Extension = extension }, 0);
        Steps(simulation, steps);
        return simulation.StateHash();
    }

    // The end of the burn-in, from a stream.
    private static Simulation Start()
    {
        var simulation = new Simulation(Plain.Plan with { Extension = RegulatoryTCells.Extension() }, 0);
        simulation.ReadState(new MemoryStream(AtStart.Value));
        return simulation;
    }

    private static Simulation AfterBurnIn(ModelExtension extension)
    {
        var simulation = new Simulation(Plain.Plan with { Extension = extension }, 0);
        simulation.RunBurnIn();
        return simulation;
    }

    private static void Steps(Simulation simulation, int steps)
    {
        for (int i = 0; i < steps; i++)
        {
            simulation.Step();
        }
    }

    private static double Mean(Simulation simulation, FieldId field) => Mean(simulation.Lesions[0], field);

    private static double Mean(LesionState lesion, FieldId field) =>
        Enumerable.Range(0, lesion.Shape.Rows).Average(row =>
        {
            var levels = new float[lesion.Shape.Nx];
            lesion.Field(field).CopyRow(row, levels);
            return levels.Average();
        });

    private static IEnumerable<Rgb> Colors(Figure figure) =>
        from panel in figure.Panels
        from image in panel!.Elements.OfType<ImageElement>()
        from pixel in image.Rgba.Chunk(4)
        select new Rgb(pixel[0], pixel[1], pixel[2]);

    private static ScenarioDefinition Read()
    {
        ScenarioResult read = ScenarioReader.ReadFile(
            Path.Combine(AppContext.BaseDirectory, "scenarios", "every-mechanism.yaml"),
            new ScenarioOverrides { Sets = ["time.burn_in=2 d"] });
        Assert.True(read.IsValid, string.Join('\n', read.Diagnostics));
        return read.Definition!;
    }
}

using TmeSim.Reports.Domain;
using TmeSim.Reports.Figures;
using TmeSim.Reports.Tests.Domain;
using TmeSim.Reports.Tests.Domain.Trials;
using TmeSim.Reports.Plots;

namespace TmeSim.Reports.Tests.Plots;

public class TextRoomTests
{
    private static readonly ArmLooks NoLooks = new([]);

    [Theory]
    [CombinatorialRange]
    public void TimeCourse_AnyArmsAndNames_TextNeitherOverlapsNorLeavesTheFrame(int arms, bool longNames, int measures, int replicates)
    {
        string[] names = [.. Enumerable.Range(1, arms).Select(i => longNames ? Samples.LongName(i) : $"Arm {i}")];
        MeasureSeries[] series = [.. Enumerable.Range(1, measures).Select(m => Samples.Measure(longNames ? Samples.LongName(m) : $"Measure {m}", names, replicates))];
        Check(TimeCourseFigure.Create(series, Samples.Doses(names), new ArmLooks(names), new FigureOptions(longNames ? Samples.LongName(0) : "Title")));
    }

    [Fact]
    public void OddFigures_TextNeitherOverlapsNorLeavesTheFrame()
    {
        foreach ((string _, Figure figure) in Samples.Figures())
        {
            Check(figure);
        }
    }

    [Fact]
    public void Matrix_TextNeitherOverlapsNorLeavesTheFrame()
    {
        (string Name, Figure Figure)[] matrix = [.. Samples.Matrix()];
        Assert.InRange(matrix.Length, 240, 300);
        Assert.Equal(matrix.Length, matrix.Select(item => item.Name).Distinct().Count());
        foreach ((string name, Figure figure) in matrix)
        {
            Check(figure, name);
        }
    }

    [Fact]
    public void Sweeps_TextNeitherOverlapsNorLeavesTheFrame()
    {
        (string Name, Figure Figure)[] sweeps = [.. SweepSamples.Figures()];
        Assert.Equal(sweeps.Length, sweeps.Select(item => item.Name).Distinct().Count());
        foreach ((string name, Figure figure) in sweeps)
        {
            Check(figure, name);
            Assert.DoesNotMatch("\\b(NaN|Infinity)\\b|∞", SvgFile.Write(figure));
        }
    }

    [Fact]
    public void Trials_TextNeitherOverlapsNorLeavesTheFrame_AndBytesStay()
    {
        (string Name, Figure Figure)[] trials = [.. TrialSamples.Figures()];
        Assert.Equal(trials.Length, trials.Select(item => item.Name).Distinct().Count());
        Assert.Equal(trials.Select(item => SvgFile.Write(item.Figure)), TrialSamples.Figures().Select(item => SvgFile.Write(item.Figure)));
        foreach ((string name, Figure figure) in trials)
        {
            Check(figure, name);
            Assert.DoesNotMatch("\b(NaN|Infinity)\b|∞", SvgFile.Write(figure));
            var values = FigureValues.Of(figure);
            Assert.All(values.Rows, row => Assert.Equal(values.Columns.Count, row.Count));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(30)]
    public void ExtremeValuesAndManyArms_TextNeitherOverlapsNorLeavesTheFrame(int arms)
    {
        string[] names = [.. Enumerable.Range(1, arms).Select(i => $"Arm {i}")];
        foreach (Oddity odd in new[] { Oddity.None, Oddity.Extreme })
        {
            foreach ((string kind, Figure figure) in new SampleMatrix(names, odd, new FigureOptions()).Figures())
            {
                Check(figure, $"{kind}, {odd}");
                Assert.DoesNotMatch("\\b(NaN|Infinity)\\b|∞", SvgFile.Write(figure));
            }
        }
    }

    [Fact]
    public void AskedLayouts_TextNeitherOverlapsNorLeavesTheFrame()
    {
        foreach ((string name, Figure figure) in AskedLayouts())
        {
            Check(figure, name);
        }
    }

    /// <summary>Writes all samples for the eye of a reader: TMESIM_DUMP=folder.</summary>
    [Fact]
    public void Dump()
    {
        string? folder = Environment.GetEnvironmentVariable("TMESIM_DUMP");
        Assert.SkipWhen(folder is null, "TMESIM_DUMP names no folder");
        Directory.CreateDirectory(folder!);
        foreach ((string name, Figure figure) in Samples.Matrix().Concat(Samples.Figures()).Concat(AskedLayouts()).Concat(SweepSamples.Figures()))
        {
            File.WriteAllText(Path.Combine(folder!, name.Replace(' ', '-') + ".svg"), SvgFile.Write(figure));
        }
    }

    /// <summary>Writes the samples of trials as pictures: TMESIM_DUMP=folder.</summary>
    [Fact]
    public void DumpTrials()
    {
        string? folder = Environment.GetEnvironmentVariable("TMESIM_DUMP");
        Assert.SkipWhen(folder is null, "TMESIM_DUMP names no folder");
        Directory.CreateDirectory(folder!);
        foreach ((string name, Figure figure) in TrialSamples.Figures())
        {
            File.WriteAllBytes(Path.Combine(folder!, name + ".png"), PageDrawing.Png(figure, 120));
        }
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(123456.0)]
    [InlineData(-1e-9)]
    [InlineData(1e308)]
    public void ConstantOrMissingValues_TextNeitherOverlapsNorLeavesTheFrame(double value)
    {
        string[] arms = ["A", "B"];
        Check(TimeCourseFigure.Create([Samples.Measure("x", arms, 1, 10, (_, _) => value)], [], NoLooks, new FigureOptions("Constant")));
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(4, 3, 100)]
    [InlineData(12, 6, 40)]
    public void Montages_TextNeitherOverlapsNorLeavesTheFrame(int arms, int times, int width)
    {
        var keys = Enumerable.Range(0, arms * times).Select(i => (Arm: Samples.LongName(i / times), Time: i % times * 17.5)).ToArray();
        Check(TissueFigure.Create([.. keys.Select(key => Samples.Tissue(key.Arm, key.Time, width, 20))], true, NoLooks, new FigureOptions("Tissue")));
        Check(FieldFigure.Create([.. keys.Select(key => Samples.Field(key.Arm, key.Time, width, 20))], "Oxygen", "mmHg", NoLooks, new FigureOptions("Field")));
    }

    [Fact]
    public void NothingToDraw_StillMakesAFigure()
    {
        Check(TimeCourseFigure.Create([], [], NoLooks, new FigureOptions("")));
        Check(TimeCourseFigure.Create([new MeasureSeries("k", "", "", [new ArmSeries("", [], [])], [])], [], NoLooks, new FigureOptions("")));
        Check(TissueFigure.Create([], true, NoLooks, new FigureOptions("")));
        Check(FieldFigure.Create([], "", "", NoLooks, new FigureOptions("")));
        Check(CloneFigure.Create([], [], "", NoLooks, new FigureOptions("")));
        Check(ContrastFigure.Create([], "", 0.95, NoLooks, new FigureOptions("")));
        Check(ContrastFigure.Create([new ContrastMeasure("", "", [])], "", 0.95, NoLooks, new FigureOptions("")));
        Check(BurdenFigure.Create([], "", "", "", true, NoLooks, new FigureOptions("")));
        Check(WaterfallFigure.Create([], "", new ResponseRules([0.2], -0.3), NoLooks, new FigureOptions("")));
        Check(SpiderFigure.Create([], [], "", new ResponseRules([double.NaN], null), NoLooks, new FigureOptions("")));
        Check(SynergyFigure.Create([], "", "", "", NoLooks, new FigureOptions("")));
        Check(PhasePlaneFigure.Create([], ("", ""), ("", ""), NoLooks, new FigureOptions("")));
        Check(SpatialCurvesFigure.Create([], "", NoLooks, new FigureOptions("")));
        Check(SpatialCurvesFigure.Create([new SpatialFunction("", "", [], null)], "", NoLooks, new FigureOptions("")));
        Check(PharmacokineticsFigure.Create([], [], [], NoLooks, new FigureOptions("")));
        Check(PharmacokineticsFigure.Create([new DrugLevels("", "", [])], [new TargetOccupancy("", [])], [], NoLooks, new FigureOptions("")));
    }

    private static IEnumerable<(string Name, Figure Figure)> AskedLayouts()
    {
        foreach ((int columns, double? width, double? height) in new (int, double?, double?)[] { (1, 240, 60), (12, 240, 1200), (4, 500, null), (12, 2400, 100), (3, null, 60) })
        {
            foreach (bool longNames in new[] { false, true })
            {
                string[] names = [.. Enumerable.Range(1, 5).Select(i => longNames ? Samples.LongName(i) : $"Arm {i}")];
                foreach ((string kind, Figure figure) in new SampleMatrix(names, Oddity.None, new FigureOptions("Title", columns, width, height)).Figures())
                {
                    yield return ($"asked-{kind}-{columns}x{width}x{height}-{(longNames ? "long" : "short")}", figure);
                }
            }
        }
    }

    private static void Check(Figure figure, string name = "")
    {
        (double width, double height, SvgText[] texts) = SvgTexts.Of(SvgFile.Write(figure));
        for (int i = 0; i < texts.Length; i++)
        {
            Assert.True(texts[i].IsInside(width, height), $"{name}: {texts[i]} leaves the frame of {width} × {height}");
            if (texts[(i + 1)..].FirstOrDefault(texts[i].Overlaps) is { } other)
            {
                Assert.Fail($"{name}: {texts[i]} and {other} overlap");
            }
        }
    }

    private sealed class CombinatorialRangeAttribute : Xunit.v3.DataAttribute
    {
        public override ValueTask<IReadOnlyCollection<Xunit.ITheoryDataRow>> GetData(System.Reflection.MethodInfo testMethod, Xunit.Sdk.DisposalTracker disposalTracker)
        {
            var rows = new List<Xunit.ITheoryDataRow>();
            for (int arms = 1; arms <= 12; arms++)
            {
                rows.Add(new TheoryDataRow<int, bool, int, int>(arms, false, 1, 3));
                rows.Add(new TheoryDataRow<int, bool, int, int>(arms, true, 4, 1));
            }

            return new(rows);
        }

        public override bool SupportsDiscoveryEnumeration() => true;
    }
}

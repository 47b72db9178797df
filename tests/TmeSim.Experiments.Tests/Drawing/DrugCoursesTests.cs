using TmeSim.Experiments.Drawing;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Results;
using TmeSim.Experiments.Running;
using TmeSim.Experiments.Work;
using TmeSim.Reports.Figures;
using TmeSim.Scenarios;
using TmeSim.Scenarios.Diagnostics;
using TmeSim.Scenarios.Drugs;

namespace TmeSim.Experiments.Tests.Drawing;

/// <summary>The figure of drugs shows what the simulation computed at its rows, and the peaks between them.</summary>
public sealed class DrugCoursesTests(DrugCoursesTests.Treated treated) : IClassFixture<DrugCoursesTests.Treated>
{
    private const double Volume = 150, Absorption = 1, HalfLife = 10, OralMg = 100, InfusedMg = 1200;

    [Theory]
    [InlineData("atezolizumab", "Infusion")]
    [InlineData("nek9-inhibitor", "Oral")]
    public void Curve_AtRows_IsTheConcentrationOfTheTable(string drug, string arm)
    {
        (double[] days, double[] levels) = Curve(drug, arm);
        var table = TimeSeriesTable.Read(Path.Combine(treated.Folder, "timeseries.csv"));
        int column = table.Column(drug.Replace('-', '_') + "_mg_per_l");
        TimeSeriesRow[] rows = [.. table.Rows.Where(r => r.Arm == arm && r.TimeDays > 0)];
        Assert.Equal(10, rows.Length);
        foreach (TimeSeriesRow row in rows)
        {
            int at = Array.FindIndex(days, d => Math.Abs(d - row.TimeDays) < 1e-9);
            Assert.True(at >= 0, $"no point on day {row.TimeDays}");
            Assert.Equal(row.Values[column], levels[at], 1e-6 * row.Values[column]);
        }
    }

    /// <summary>Bateman functions of all doses added up, at their highest; rows are taken at the troughs.</summary>
    [Fact]
    public void OralDoses_ShowTheirPeaks()
    {
        double ke = Math.Log(2) / HalfLife;
        double At(double hours) => Enumerable.Range(0, 5).Select(n => hours - (24 * n)).Where(t => t > 0)
            .Sum(t => OralMg / Volume * Absorption / (Absorption - ke) * (Math.Exp(-ke * t) - Math.Exp(-Absorption * t)));
        double peak = Enumerable.Range(0, 120_000).Max(i => At(i / 1000.0));
        (_, double[] levels) = Curve("nek9-inhibitor", "Oral");
        Assert.Equal(peak, levels.Max(), 1e-6 * peak);
        Assert.True(peak > 3 * At(120));
    }

    /// <summary>The end of an infusion at a constant rate, by the weights of both exponentials.</summary>
    [Fact]
    public void Infusion_ShowsItsPeak()
    {
        var pk = (Engine.Plan.TwoCompartmentPlan)DrugLibrary.Find("atezolizumab")!.Plan.Pk;
        double v = pk.CentralVolumeL, k10 = pk.ClearanceLPerDay / v / 24, k12 = pk.ExchangeLPerDay / v / 24, k21 = pk.ExchangeLPerDay / pk.PeripheralVolumeL / 24;
        double sum = k10 + k12 + k21, root = Math.Sqrt((sum * sum) - (4 * k10 * k21)), alpha = (sum + root) / 2, beta = (sum - root) / 2, t = pk.InfusionHours;
        double peak = InfusedMg / t / v * (((alpha - k21) / (alpha * (alpha - beta)) * (1 - Math.Exp(-alpha * t))) + ((k21 - beta) / (beta * (alpha - beta)) * (1 - Math.Exp(-beta * t))));
        (double[] days, double[] levels) = Curve("atezolizumab", "Infusion");
        Assert.Equal(peak, levels.Max(), 1e-9 * peak);
        Assert.Equal(t / 24, days[Array.IndexOf(levels, levels.Max())], 1e-9);
    }

    /// <summary>The library has it that the NEK9 inhibitor stops at nine tenths, and that C/KD of both drugs of a target add.</summary>
    [Fact]
    public void Occupancy_IsThatOfTheEngine_WithTheLargestEffect()
    {
        (_, double[] levels) = Curve("nek9-inhibitor", "Oral");
        (_, double[] held) = Curve("NEK9", "Oral");
        Engine.Plan.DrugPlan drug = DrugLibrary.Find("nek9-inhibitor")!.Plan;
        Engine.Plan.DrugEffect effect = Assert.Single(drug.Effects);
        Assert.Equal(0.9, effect.MaxEffect);
        Assert.Equal(levels.Length, held.Length);
        foreach ((double level, double occupancy) in levels.Zip(held))
        {
            double x = level / drug.MolarMassKDa * 1000 * drug.Partition / effect.KdNm;
            Assert.Equal(90 * x / (1 + x), occupancy, 1e-4);
        }

        Assert.True(held.Max() > 80);
        Assert.Equal("occupancy at blood level", treated.Draw().Panels.OfType<Panel>().Single(p => p.Title == "NEK9").Y.Label);
    }

    [Fact]
    public void ReplicatesWithTheSameDoses_ShareALine_AndNoBandIsInTheLegend()
    {
        Figure figure = treated.Draw();
        Assert.Empty(figure.Panels.OfType<Panel>().SelectMany(p => p.Elements).OfType<BandElement>());
        Assert.All(figure.Legend, entry => Assert.Null(entry.Band));
        Assert.DoesNotContain("10–90", figure.Note, StringComparison.Ordinal);
    }

    /// <summary>A course that ended in one replicate alone: its concentrations fall on, and the arm gets a band.</summary>
    [Fact]
    public void ReplicateWhoseCourseEnded_HasItsOwnCourse()
    {
        string events = Path.Combine(treated.Folder, "events.csv");
        string[] lines = File.ReadAllLines(events);
        try
        {
            File.WriteAllLines(events, lines.Where(l => !(l.StartsWith("Oral,1,", StringComparison.Ordinal) && l.Split(',')[3] is "2" or "3" or "4")));
            Figure figure = treated.Draw(checks: false);
            Panel oral = figure.Panels.OfType<Panel>().Single(p => p.Title == "nek9-inhibitor"), infusion = figure.Panels.OfType<Panel>().Single(p => p.Title == "atezolizumab");
            BandElement band = Assert.Single(oral.Elements.OfType<BandElement>());
            Assert.Empty(infusion.Elements.OfType<BandElement>());
            int last = band.X.Count - 1;
            Assert.Equal(5, band.X[last], 1e-9);
            Assert.True(band.Low[last] < 0.2 * band.High[last]);
            Assert.Equal(["Oral"], figure.Legend.Where(e => e.Band is not null).Select(e => e.Group));
        }
        finally
        {
            File.WriteAllLines(events, lines);
        }
    }

    private (double[] X, double[] Y) Curve(string panel, string arm)
    {
        Panel drawn = treated.Draw().Panels.OfType<Panel>().Single(p => p.Title == panel);
        LineElement line = drawn.Elements.OfType<LineElement>().Single(l => l.Group == arm);
        return ([.. line.X.Select(x => x * drawn.DaysPerX!.Value)], [.. line.Y]);
    }

    /// <summary>Two replicates of an infusion and of an oral drug given daily, five days.</summary>
    public sealed class Treated : IDisposable
    {
        private readonly TemporaryFolder _folder = new();

        public Treated()
        {
            ScenarioResult read = ScenarioReader.ReadText(
                SmallScenario.WithArms("Small drugs", """
                    arms:
                      - name: Infusion
                        therapy: [{drug: atezolizumab, dose: 1200 mg, every: 3 weeks}]
                      - name: Oral
                        therapy: [{drug: nek9-inhibitor, dose: 100 mg, every: 1 d}]
                    """),
                overrides: new ScenarioOverrides { Sets = ["time.burn_in=0 d", "time.duration=5 d"] });
            Assert.True(read.IsValid, Diagnostic.FormatAll(read.Diagnostics));
            Folder = RunSession.Execute(
                new RunRequest { Scenario = read.Definition!, OutDirectory = _folder.Path, Figures = false }, new RunProgress(), TestContext.Current.CancellationToken).Folder;
        }

        internal string Folder { get; }

        public void Dispose() => _folder.Dispose();

        /// <param name="checks">The files are as their sums say.</param>
        internal Figure Draw(bool checks = true)
        {
            FinishedRun run = checks ? FinishedRun.Open(Folder) : FinishedRun.Trusted(Folder, Manifest.Parse(File.ReadAllText(Path.Combine(Folder, "manifest.json")))!);
            var results = new ResultSet("test", [new ScenarioRun(run, run.Scenario([]))]);
            return Assert.Single(new DrugCourses(results).Draw(new FigureRequest { Kind = FigureKind.Pharmacokinetics }, new Omissions())).Figure.Figure;
        }
    }
}

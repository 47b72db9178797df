using System.Globalization;
using System.Text;
using TmeSim.Engine;
using TmeSim.Engine.Plan;
using TmeSim.Engine.Radiation;
using TmeSim.Engine.State;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Tests;

/// <summary>Radiotherapy whose dose is a table over the lattice: 40 × 40 sites of 20 um.</summary>
public sealed class DoseMapTests : IDisposable
{
    private const string Square = "x_um,y_um,dose_gy\n0,0,6\n800,0,6\n0,800,6\n800,800,6\n";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Ramp_GivesItsMeanDose_AndTheDoseOfEachPlace()
    {
        RadiationCourse course = Course(Read("x_um,y_um,dose_gy\n800,0,12\n0,0,0\n0,800,0\n800,800,12\n"));
        double sum = 0;
        for (int i = 0; i < 1600; i++)
        {
            sum += course.FractionGy * course.Map!.At((i % 40 + 0.5) * 20, (i / 40 + 0.5) * 20, 10);
        }

        Assert.Equal(6, sum / 1600, 1e-12);
        Assert.Equal(12 * 0.25, course.FractionGy * course.Map!.At(200, 770, 10), 1e-12);
        Assert.Equal(0.75, course.Coverage, 1e-3);
        Assert.Equal((0, 12, 12), (6 * course.Map.At(-50, 0, 0), 6 * course.Map.At(800, 3, 3), 6 * course.Map.At(1e9, 0, 0)));
    }

    [Fact]
    public void HalfOfTheTile_HasItsCellsHit_TheOtherHasNone()
    {
        ScenarioDefinition scenario = Read("x_um,y_um,dose_share\n" + string.Concat(((double[])[0, 390, 410, 800]).SelectMany(x => ((double[])[0, 800]).Select(y =>
            string.Create(CultureInfo.InvariantCulture, $"{x},{y},{(x < 400 ? 1 : 0)}\n")))), dose: "20 Gy");
        Assert.Equal(0.5, Course(scenario).Coverage, 1e-12);
        using Simulation simulation = Irradiated(scenario, steps: 1);
        LesionState lesion = simulation.Lesions[0];
        int[] hit = new int[2], spared = new int[2];
        for (int row = 0; row < lesion.Shape.Rows; row++)
        {
            for (int x = 0; x < 40; x++)
            {
                // A cell that divides at the edge may have pushed one over it.
                int site = lesion.Shape.RowStart(row) + x, side = x < 20 ? 0 : 1;
                if (x is not (20 or 21) && lesion.ParenchymaCodes[site] is Parenchyma.Tumor)
                {
                    (lesion.Radiation!.Damage[site] > 0 ? hit : spared)[side]++;
                }
            }
        }

        // 20 Gy leave hardly a cell.
        Assert.True(hit[0] > 50 && spared[1] > 50, $"{hit[0]} {spared[1]}");
        Assert.Equal(0, hit[1]);
        Assert.InRange(spared[0], 0, hit[0] / 20);
    }

    [Fact]
    public void EvenMap_IsTheFullField()
    {
        using Simulation mapped = Irradiated(Read(Square), 30), plain = Irradiated(SmallScenario.Read($"arms[Atezo + Bev].therapy=[{{radiotherapy: {{fractions: 1, dose: 6 Gy}}}}]"), 30);
        Assert.Equal(plain.StateHash(), mapped.StateHash());
    }

    [Fact]
    public void RunFolder_KeepsTheMap_AndIsTheSameScenario()
    {
        ScenarioDefinition scenario = Read("# plan of Monday\ndose_gy,y_um,x_um,who\n3.3,0,0,a\n6.1,0,800,b\n0.7,800,0,c\n2,800,800,d\n");
        KeptFile kept = Assert.Single(scenario.Kept);
        using var other = new TemporaryFolder();
        Directory.CreateDirectory(Path.Combine(other.Path, "data"));
        File.WriteAllText(Path.Combine(other.Path, kept.Path), kept.Text);
        ScenarioResult again = ScenarioReader.ReadText(scenario.ResolvedYaml, "resolved.yaml", other.Path);
        Assert.True(again.IsValid, string.Join("\n", again.Diagnostics));
        Assert.Equal((scenario.IdentityHash, scenario.ResolvedYaml), (again.Definition!.IdentityHash, again.Definition.ResolvedYaml));
        Assert.NotEqual(scenario.IdentityHash, Read(Square).IdentityHash);
        Assert.Contains(scenario.Inputs, i => i.Path == "plan.csv");
    }

    [Fact]
    public void OtherDoseThanTheNamedOne_IsSaid_AndSurvivorsGoByTheMap()
    {
        // A map of 30 Gy under a course of 6 Gy; half of the tumour without dose.
        ScenarioResult hot = Try("x_um,y_um,dose_gy\n0,0,30\n800,0,30\n0,800,30\n800,800,30\n");
        Assert.Contains(hot.Diagnostics, d => d.ToString().Contains("the map goes from 30 to 30 Gy, and `dose` says 6 Gy", StringComparison.Ordinal));
        ScenarioDefinition full = hot.Definition!, half = Read("x_um,y_um,dose_share\n0,0,1\n399.9,0,1\n400.1,0,0\n800,0,0\n0,800,1\n399.9,800,1\n400.1,800,0\n800,800,0\n");
        double whole = FractionsDose.Of(full.Arms[1], Course(full), 1).Surviving;
        Assert.Equal(FractionsDose.Of(full.Arms[1], Course(full), 1, 5).Surviving, Left(full), 9);
        Assert.Equal(0.5 + (0.5 * whole), Left(half), 2);
        Assert.DoesNotContain(Try(Square).Diagnostics, d => d.ToString().Contains("the map goes from", StringComparison.Ordinal));

        static double Left(ScenarioDefinition scenario) => IrradiatedLesion.Of(scenario.Plan, scenario.Arms[1])[0].Surviving;
    }

    [Theory]
    [InlineData("", "it is empty")]
    [InlineData("x_um,y_um,dose_gy\n", "a header and no places")]
    [InlineData("x,y_um,dose_gy\n0,0,1\n", "it has no column 'x_um'; columns: x, y_um, dose_gy")]
    [InlineData("x_um,y_um,dose\n0,0,1\n", "it has no column 'dose_gy'")]
    [InlineData("x_um,y_um,dose_gy,dose_share\n0,0,1,1\n", "one of them is the dose")]
    [InlineData("x_um,x_um,y_um,dose_gy\n0,0,0,1\n", "it has the column 'x_um' twice")]
    [InlineData("x_um,y_um,dose_gy\n0,0\n", "line 2: 2 fields under a header of 3")]
    [InlineData("x_um,y_um,dose_gy\n0,zero,1\n", "line 2: 'zero' in column 'y_um' is no number")]
    [InlineData("x_um,y_um,dose_gy\n0,0,1\n0,,1\n", "line 3: a place is missing, or farther than a metre")]
    [InlineData("x_um,y_um,dose_gy\n0,1e999,1\n", "line 2: a place is missing, or farther than a metre")]
    [InlineData("x_um,y_um,dose_gy\n0,0,-1\n", "line 2: the dose is no number between 0 and 100 times")]
    [InlineData("x_um,y_um,dose_gy\n0,0,NaN\n", "line 2: the dose is no number")]
    [InlineData("x_um,y_um,dose_gy\n0,0,1e300\n", "line 2: the dose is no number")]
    [InlineData("x_um,y_um,dose_gy\n0,0,1\n800,0,1\n0,800,1\n", "there is no dose at x 800, y 800 um")]
    [InlineData("x_um,y_um,dose_gy\n0,0,1\n800,0,1\n0,800,1\n0,0,2\n", "line 5: the place stands in line 2 already")]
    [InlineData("x_um,y_um,dose_gy\n0,0,1\n0,800,1\n", "all places have the same x_um, and the tissue has 40 sites along x")]
    [InlineData("x_um,y_um,dose_gy\n0,1e7,1\n", "line 2: a place is missing, or farther than a metre")]
    [InlineData("x_um,y_um,dose_gy\n400,0,1\n790,0,1\n400,790,1\n790,790,1\n", "its places go from x 400 to 790 um")]
    [InlineData("x_um,y_um,dose_gy\n0,0,1\n80,0,1\n0,800,1\n80,800,1\n", "its places go from x 0 to 80 um, the tissue from 10 to 790")]
    public void TableThatIsNoMap_IsRefusedAtItsKey(string table, string message)
    {
        ScenarioResult read = Try(table);
        Assert.False(read.IsValid);
        Assert.Contains(read.Diagnostics, d => d.ToString().Contains(message, StringComparison.Ordinal) && d.ToString().Contains("dose_map", StringComparison.Ordinal));
    }

    [Fact]
    public void HugeHostileOrLostTable_IsRefused()
    {
        // Each place on lines of its own: three thousand crossings each way.
        var scattered = new StringBuilder("x_um,y_um,dose_gy\n");
        for (int i = 0; i < 3000; i++)
        {
            scattered.Append(CultureInfo.InvariantCulture, $"{i},{i},1\n");
        }

        Assert.Contains("its 3000 places lie on no grid: 3000 × 3000 × 1 lines", Refused(Try(scattered.ToString())), StringComparison.Ordinal);

        scattered.Clear().Append("x_um,y_um,z_um,dose_gy\n");
        for (int i = 0; i < 1 << 12; i++)
        {
            double at = i / 4.0;
            scattered.Append(CultureInfo.InvariantCulture, $"{at},{at},{at},1\n");
        }

        Assert.Contains("4096 × 4096 × 4096 lines cross in 68719476736 places", Refused(Try(scattered.ToString())), StringComparison.Ordinal);
        File.Delete(Path.Combine(_folder.Path, "plan.csv"));
        Assert.Contains("cannot read 'plan.csv'", Refused(Try(null)), StringComparison.Ordinal);
        using (FileStream sparse = File.Create(Path.Combine(_folder.Path, "plan.csv")))
        {
            sparse.SetLength(1L << 40);
        }

        Assert.Contains("a dose map has 268 MB at most", Refused(Scenario("6 Gy")), StringComparison.Ordinal);
        Assert.Contains("leave out 'coverage'", Refused(Try(Square, ", coverage: 0.5")), StringComparison.Ordinal);
        Assert.Contains("leave out 'penumbra'", Refused(Try(Square, ", penumbra: 1 mm")), StringComparison.Ordinal);
    }

    private static string Refused(ScenarioResult read)
    {
        Assert.False(read.IsValid);
        return string.Join('\n', read.Diagnostics);
    }

    private static RadiationCourse Course(ScenarioDefinition scenario) => scenario.Arms[1].Radiation[0];

    private static Simulation Irradiated(ScenarioDefinition scenario, int steps)
    {
        var simulation = new Simulation(scenario.Plan, 0);
        simulation.RunBurnIn(TestContext.Current.CancellationToken);
        simulation.BeginArm(scenario.Arms[1]);
        for (int i = 0; i < steps; i++)
        {
            simulation.Step();
        }

        return simulation;
    }

    private ScenarioDefinition Read(string table, string dose = "6 Gy")
    {
        File.WriteAllText(Path.Combine(_folder.Path, "plan.csv"), table);
        ScenarioResult read = Scenario(dose);
        Assert.True(read.IsValid, string.Join("\n", read.Diagnostics));
        return read.Definition!;
    }

    private ScenarioResult Try(string? table, string more = "")
    {
        if (table is not null)
        {
            File.WriteAllText(Path.Combine(_folder.Path, "plan.csv"), table);
        }

        return Scenario("6 Gy" + more);
    }

    private ScenarioResult Scenario(string dose) => ScenarioReader.ReadText(
        SmallScenario.WithArms("Small two arms", $"arms:\n  - name: Control\n  - name: Atezo + Bev\n    therapy: [{{radiotherapy: {{fractions: 1, dose: {dose}, dose_map: plan.csv}}}}]"), "small.yaml", _folder.Path);
}

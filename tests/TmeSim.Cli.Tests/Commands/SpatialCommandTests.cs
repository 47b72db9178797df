using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace TmeSim.Cli.Tests.Commands;

/// <summary>The spatial measures on a table of points that anyone may have.</summary>
public sealed class SpatialCommandTests : InFolder
{
    private static readonly string[] Grid = ["--x", "X", "--y", "Y", "--type", "Class", "--unit", "0.5 um", "--radius", "60 um", "--step", "20 um"];

    // A square grid of A, 20 um apart in half micrometres, and a B 5 um to the right of each.
    private string Points
    {
        get
        {
            var text = new StringBuilder("X,Y,Class\n");
            for (int i = 0; i < 400; i++)
            {
                text.Append(CultureInfo.InvariantCulture, $"{i % 20 * 40},{i / 20 * 40},A\n{(i % 20 * 40) + 10},{i / 20 * 40},B\n");
            }

            return Write("points.csv", text.ToString());
        }
    }

    [Fact]
    public void Table_IsMeasured_BesideItself()
    {
        string points = Points;
        (int code, string output, string error) = CliRun.Invoke(["spatial", points, .. Grid]);
        Assert.True(code == 0, error);
        string to = Path.Combine(Folder, "points-spatial");
        Assert.Equal([Path.Combine(to, "spatial.csv"), Path.Combine(to, "spatial_curves.csv")], output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Trim()));
        Dictionary<string, double> values = File.ReadLines(Path.Combine(to, "spatial.csv")).Skip(1).Select(l => l.Split(',')).ToDictionary(l => l[0], l => double.Parse(l[1], CultureInfo.InvariantCulture));
        Assert.Equal((800, 400, 400), (values["points"], values["A_count"], values["B_count"]));
        Assert.Equal(0.385 * 0.38, values["window_area_mm2"], 1e-9);
        Assert.Equal(400 / (0.385 * 0.38), values["A_density"], 1e-6);
        Assert.Equal((5.0, 5.0, 20.0), (values["nn_mean_um:A:B"], values["nn_median_um:B:A"], values["nn_mean_um:A:A"]));
        string[][] curves = [.. File.ReadLines(Path.Combine(to, "spatial_curves.csv")).Skip(1).Select(l => l.Split(','))];
        Assert.Equal(["K", "L"], curves.Select(c => c[0]).Distinct());
        Assert.Equal(["20", "40", "60"], curves.Select(c => c[4]).Distinct());
        Assert.Equal([("A", "A"), ("A", "B"), ("B", "B")], curves.Select(c => (c[1], c[2])).Distinct());
        Assert.All(curves.Where(c => c[0] == "L"), c => Assert.Equal(c[4], c[6]));

        // Again: refused, replaced when that is asked for, and silent.
        byte[] before = File.ReadAllBytes(Path.Combine(to, "spatial_curves.csv"));
        (code, output, error) = CliRun.Invoke(["spatial", points, .. Grid]);
        Assert.Equal((1, ""), (code, output));
        Assert.Contains("use --force", error, StringComparison.Ordinal);
        (code, output, error) = CliRun.Invoke(["spatial", points, .. Grid, "--force", "--quiet"]);
        Assert.Equal((0, "", ""), (code, output, error));
        Assert.Equal(before, File.ReadAllBytes(Path.Combine(to, "spatial_curves.csv")));
    }

    [Fact]
    public void OneType_ElsewhereAsJson()
    {
        string to = Path.Combine(Folder, "elsewhere");
        (int code, string output, string error) = CliRun.Invoke(["spatial", Points, .. Grid, "--cell", "B", "--edge", "border", "--out", to, "--json"]);
        Assert.True(code == 0, error);
        JsonNode last = JsonNode.Parse(output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1])!;
        Assert.Equal(("exported", 2), ((string)last["event"]!, last["files"]!.AsArray().Count));
        Assert.DoesNotContain(File.ReadLines(Path.Combine(to, "spatial.csv")), l => l.Contains('A', StringComparison.Ordinal));
        Assert.Contains(File.ReadLines(Path.Combine(to, "spatial_curves.csv")), l => l.StartsWith("K,B,B,border,20,", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("x_um,y_um\n1,2\n3,5\n", "it has fewer than three points")]
    [InlineData("x_um,y_um\n1,2\n3,5\n4,\n", "line 4: a coordinate is missing or not finite")]
    [InlineData("x_um,y_um\n1,2\n3,five\n4,1\n", "line 3: 'five' in column 'y_um' is no number")]
    [InlineData("x_um,y_um\n1,2\n1,5\n1,7\n", "the points lie on a line")]
    [InlineData("a,b\n1,2\n", "it has no column 'x_um' or 'x' or 'spatial_x'; columns: a, b")]
    [InlineData("", "it is empty")]
    [InlineData(null, "cannot read")]
    public void TableThatIsNone_IsRefused_AndNothingIsWritten(string? text, string message)
    {
        string points = text is null ? Path.Combine(Folder, "none.csv") : Write("points.csv", text);
        (int code, string output, string error) = CliRun.Invoke("spatial", points);
        Assert.Equal((1, ""), (code, output));
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetDirectories(Folder));
    }

    [Theory]
    [InlineData("--step", "300 um")]
    [InlineData("--edge", "isotropic", "--z", "Y")]
    [InlineData("--edge", "periodic")]
    [InlineData("--unit", "0 um")]
    public void Usage_Wrong_Is2(params string[] options) => Assert.Equal(2, CliRun.Invoke(["spatial", Points, "--x", "X", "--y", "Y", .. options]).Code);

    [Fact]
    public void UnknownOrTooManyTypes_AreNamed()
    {
        Assert.Contains("has no points of type 'C'; types: A, B", CliRun.Invoke(["spatial", Points, .. Grid, "--cell", "C"]).Error, StringComparison.Ordinal);
        string many = Write("many.csv", "x,y,type\n" + string.Concat(Enumerable.Range(0, 40).Select(i => FormattableString.Invariant($"{i},{i * i},t{i}\n"))));
        Assert.Contains("has 40 types, whose pairs are too many", CliRun.Invoke("spatial", many).Error, StringComparison.Ordinal);
    }
}

using System.Globalization;
using TmeSim.Analysis.Spatial;

namespace TmeSim.Analysis.Tests;

/// <summary>The shared point patterns and what R made of them; see Spatstat/golden.R.</summary>
internal static class Golden
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Spatstat");
    private static readonly (string Key, double R, double Value)[] Rows =
    [
        .. File.ReadLines(Path.Combine(Folder, "expected.csv")).Skip(2).Select(l => l.Split(','))
            .Select(f => (string.Join(' ', f[..4]), Number(f[4]), Number(f[5]))),
    ];

    public static BoxWindow Window { get; } = BoxWindow.Rectangle(100, -50, 1100, 750);

    public static BoxWindow Box { get; } = BoxWindow.Box(new TissuePoint(0, 10, -20), new TissuePoint(400, 310, 230));

    public static TissuePoint[] A { get; } = Points("a");

    public static TissuePoint[] B { get; } = Points("b");

    public static TissuePoint[] InBox { get; } =
        [.. File.ReadLines(Path.Combine(Folder, "points3d.csv")).Skip(1).Select(l => l.Split(',')).Select(f => new TissuePoint(Number(f[0]), Number(f[1]), Number(f[2])))];

    public static TissuePoint[] Of(string type) => type == "a" ? A : B;

    /// <summary>Radii and values of one function, e.g. "K a b translate".</summary>
    public static (double[] Radii, double[] Values) Curve(string key, double from = 0, double to = double.PositiveInfinity)
    {
        var rows = Rows.Where(r => r.Key == key && r.R >= from && r.R <= to).ToArray();
        Assert.NotEmpty(rows);
        return ([.. rows.Select(r => r.R)], [.. rows.Select(r => r.Value)]);
    }

    public static double Value(string key, double r = 0) => Rows.Single(row => row.Key == key && row.R == r).Value;

    /// <summary>Equal to a relative error; absolute where R has 0.</summary>
    public static void AssertEqual(double[] expected, double[] actual, double relative)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], Math.Max(Math.Abs(expected[i]), double.Epsilon) * relative + (expected[i] == 0 ? relative : 0));
        }
    }

    private static TissuePoint[] Points(string type) =>
        [.. File.ReadLines(Path.Combine(Folder, "points.csv")).Skip(1).Select(l => l.Split(',')).Where(f => f[2] == type).Select(f => new TissuePoint(Number(f[0]), Number(f[1])))];

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}

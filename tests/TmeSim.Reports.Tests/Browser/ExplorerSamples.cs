using TmeSim.Reports.Html;
using TmeSim.Reports.Html.Explorer;

namespace TmeSim.Reports.Tests.Browser;

/// <summary>A made-up sweep: points of two parameters in levels, one drawn at random and one in words, each in every arm.</summary>
internal static class ExplorerSamples
{
    public const int KillRate = 0;

    public const int Density = 1;

    public const int Pattern = 2;

    public const int Dose = 3;

    public const int Change = 4;

    public const int Cd8 = 5;

    public const int Time = 6;

    public static readonly string[] Arms = ["Control", Samples.Hostile, Samples.LongName(3)];

    private static readonly double[] Rates = [0.5, 1, 2, 4, 8];

    public static IReadOnlyList<ExplorerAxis> Axes { get; } =
    [
        new("cd8.kill_rate", "CD8 kill rate", "1/d", IsLog: true),
        new("immune.cd8", "CD8 density", "/mm²"),
        new("immune.pattern", "Pattern " + Samples.Hostile, "1", Words: ["inflamed", "excluded " + Samples.Hostile, "desert 😀"]),
        new("dose, \"mg\"", "Dose of atezolizumab every three weeks", "mg"),
        new("volume_change", "Change of volume at the end", "%", IsOutput: true),
        new("cd8_tumor", "CD8 in tumour", "/mm²", IsLog: true, IsOutput: true),
        new("time_to_progression", "Time to progression", "d", IsOutput: true),
    ];

    /// <summary>A sweep of so many points, each in three arms.</summary>
    public static SweepExplorer Create(int points) => new()
    {
        Title = "Runs of the sweep " + Samples.Hostile,
        Caption = "Each line is a point of the sweep in one arm: the mean over its replicates.",
        Axes = Axes,
        Rows = [.. Enumerable.Range(0, points).SelectMany(Point)],
    };

    public static ReportContent Content(int points = 60) => new()
    {
        Title = "Sweep " + Samples.Hostile,
        Run = new RunFacts("Scenario", 42, 2, "0.1.0", "7", "abc123", "tmesim sweep a.yaml"),
        Explorer = Create(points),
    };

    private static IEnumerable<ExplorerRow> Point(int point)
    {
        var random = new Random(point);
        double rate = Rates[point % 5], density = Math.Round(20 + (180 * random.NextDouble()), 2), dose = 300 * (point / 5 % 4);
        int pattern = random.Next(3);
        for (int arm = 0; arm < Arms.Length; arm++)
        {
            double strength = Math.Log2(rate * density / 20) * (arm + 1) * (3 - pattern) / 3;
            double change = Math.Round(120 - (14 * strength) + (20 * random.NextDouble()), 3);
            double cells = Math.Round(density * Math.Exp(random.NextDouble() - (0.8 * pattern)), 3);
            double time = change < 20 && point % 7 == 3 ? double.NaN : Math.Round(40 + (strength * 12) + (10 * random.NextDouble()), 1);
            yield return new ExplorerRow(Arms[arm], $"point {point}" + (point == 4 ? " " + Samples.Hostile : ""), [rate, density, pattern, dose, change, cells, time], 4);
        }
    }
}

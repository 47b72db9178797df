using System.Globalization;

namespace TmeSim.Analysis.Tests;

/// <summary>Tables that SciPy and NumPy made; see Sensitivity/Golden/golden.py.</summary>
internal static class GoldenTable
{
    /// <summary>Rows of a table without the line that names the versions.</summary>
    public static string[][] Read(string name) =>
        [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Sensitivity", "Golden", name)).Skip(1).Select(l => l.Split(','))];

    public static double Number(string text) => text switch
    {
        "inf" => double.PositiveInfinity,
        "-inf" => double.NegativeInfinity,
        "nan" => double.NaN,
        _ => double.Parse(text, CultureInfo.InvariantCulture),
    };
}

using System.Globalization;
using TmeSim.Analysis.Contrasts;
using TmeSim.Analysis.Survival;

namespace TmeSim.Analysis.Tests;

/// <summary>Data of trials and what R makes of them; see TrialStatistics/golden.R.</summary>
internal static class TrialGolden
{
    private static readonly Dictionary<string, double> Values = File.ReadLines(Name("expected.csv")).Skip(2).Select(l => l.Split(','))
        .ToDictionary(r => r[0], r => Number(r[1]), StringComparer.Ordinal);

    /// <summary>Remissions under 6-mercaptopurine (arm 0) and placebo (1).</summary>
    public static TrialData Leukaemia { get; } = new("leukaemia.csv");

    /// <summary>A drawn trial with ties, sites, competing events and responses.</summary>
    public static TrialData Patients { get; } = new("patients.csv");

    public static double Value(string key) => Values[key];

    public static double Number(string text) => text is "NA" or "" ? double.NaN : double.Parse(text, CultureInfo.InvariantCulture);

    public static string Name(string file) => Path.Combine(AppContext.BaseDirectory, "TrialStatistics", file);

    /// <summary>Equal to the value of R in all digits that rounding leaves; NaN stands for NA.</summary>
    public static void Same(string key, double actual, double tolerance = 1e-9) => Near(Values[key], actual, tolerance, key);

    /// <summary>Equal to a list of R.</summary>
    public static void Same(string key, IReadOnlyList<double> actual, double tolerance = 1e-9)
    {
        Assert.False(Values.ContainsKey($"{key}.{actual.Count}"), $"{key} has more than {actual.Count} values");
        foreach ((int i, double value) in actual.Index())
        {
            Same(actual.Count == 1 && Values.ContainsKey(key) ? key : $"{key}.{i}", value, tolerance);
        }
    }

    /// <summary>Equal to value, low and high of R.</summary>
    public static void Same(string key, Estimate actual, double tolerance = 1e-9) => Same(key, [actual.Value, actual.Low, actual.High], tolerance);

    public static void Near(double expected, double actual, double tolerance, string what)
    {
        bool same = double.IsNaN(expected) ? double.IsNaN(actual) : Math.Abs(actual - expected) <= tolerance * Math.Max(1e-3, Math.Abs(expected));
        Assert.True(same, $"{what}: {actual:R}, R says {expected:R}");
    }
}

/// <summary>Columns of a table.</summary>
internal sealed class TrialData
{
    private readonly string[] _names;
    private readonly string[][] _rows;

    public TrialData(string file)
    {
        string[] lines = File.ReadAllLines(TrialGolden.Name(file));
        (_names, _rows) = (lines[0].Split(','), [.. lines.Skip(1).Select(l => l.Split(','))]);
        if (_names.Contains("time"))
        {
            string state = _names.Single(n => n is "status" or "cause" or "event");
            Patients = [.. Column("time").Zip(Column(state), (t, s) => new FollowUp(t, s == 1))];
        }
    }

    /// <summary>Follow-up of all; of several causes the first is the event.</summary>
    public FollowUp[] Patients { get; } = [];

    public string[] Words(string name) => [.. _rows.Select(r => r[Array.IndexOf(_names, name)])];

    public double[] Column(string name) => [.. Words(name).Select(TrialGolden.Number)];

    public int[] Numbers(string name) => [.. Column(name).Select(v => (int)v)];

    public FollowUp[] Arm(int arm) => [.. Patients.Zip(Column("arm")).Where(p => p.Second == arm).Select(p => p.First)];

    /// <summary>Columns as rows of a model.</summary>
    public double[][] Rows(params string[] names)
    {
        double[][] columns = [.. names.Select(Column)];
        return [.. Enumerable.Range(0, _rows.Length).Select(i => columns.Select(c => c[i]).ToArray())];
    }
}

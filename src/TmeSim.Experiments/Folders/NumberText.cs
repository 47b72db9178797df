using System.Globalization;

namespace TmeSim.Experiments.Folders;

/// <summary>Numbers as readers get them; <see cref="Csv"/> writes them for programs.</summary>
internal static class NumberText
{
    /// <summary>Two decimals at most; empty when undefined.</summary>
    public static string Of(double value) => double.IsFinite(value) ? value.ToString("0.##", CultureInfo.InvariantCulture) : "";

    /// <summary>The day, or the first and the last of several, that replicates were read at.</summary>
    public static string Days((double First, double Last) days) => days.First == days.Last ? Of(days.Last)
        : $"{Of(days.First)}–{Of(days.Last)}";
}

using System.Text;

namespace TmeSim.Reports.Domain;

/// <summary>A curve in one line of terminal text.</summary>
public static class Sparkline
{
    private const string Blocks = "▁▂▃▄▅▆▇█";

    /// <summary>Draws values as blocks from the lowest to the highest; missing values are blanks, a constant is a flat line.</summary>
    /// <param name="values">Values in equal steps; those that are not finite are missing.</param>
    /// <param name="width">Most characters, at least 1; longer series are averaged in groups.</param>
    /// <param name="scale">Values of the lowest and the highest block, so that several curves can be compared; null for those of this curve.</param>
    public static string Create(IReadOnlyList<double> values, int width = 40, (double Low, double High)? scale = null)
    {
        double[] groups = Group(values, Math.Clamp(width, 1, Math.Max(1, values.Count)));
        double[] finite = [.. groups.Where(double.IsFinite)];
        if (finite.Length == 0)
        {
            return new string(' ', values.Count == 0 ? 0 : groups.Length);
        }

        (double low, double high) = scale ?? (finite.Min(), finite.Max());
        double range = high - low;
        var text = new StringBuilder(groups.Length);
        foreach (double value in groups)
        {
            double level = range > 0 ? (value - low) / range : 0;
            text.Append(double.IsFinite(value) ? Blocks[Math.Clamp((int)(level * Blocks.Length), 0, Blocks.Length - 1)] : ' ');
        }

        return text.ToString();
    }

    private static double[] Group(IReadOnlyList<double> values, int count)
    {
        double[] groups = new double[count];
        for (int i = 0; i < count; i++)
        {
            int first = (int)((long)i * values.Count / count);
            int end = (int)((long)(i + 1) * values.Count / count);
            double[] members = [.. Enumerable.Range(first, Math.Max(0, end - first)).Select(k => values[k]).Where(double.IsFinite)];
            groups[i] = members.Length == 0 ? double.NaN : members.Average();
        }

        return groups;
    }
}

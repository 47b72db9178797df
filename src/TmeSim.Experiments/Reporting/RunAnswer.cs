using System.Globalization;
using TmeSim.Analysis.Contrasts;
using TmeSim.Experiments.Results;

namespace TmeSim.Experiments.Reporting;

/// <summary>The result in a few sentences, for the top of a page: volumes of the arms, and how sure the largest difference is.</summary>
internal static class RunAnswer
{
    private const string Measure = "tumor_volume_change";

    /// <summary>Of the first lesion, which is named where there are several.</summary>
    /// <param name="endpoints">Endpoints of all arms and lesions.</param>
    /// <param name="contrasts">Differences from the controls.</param>
    public static string Of(EndpointTable endpoints, ContrastTable contrasts)
    {
        if (endpoints.Rows.Count == 0)
        {
            return "";
        }

        string lesion = endpoints.Rows[0].Lesion;
        string[] lesions = [.. endpoints.Rows.Select(r => r.Lesion).Distinct()];
        EndpointRow[] rows = [.. endpoints.Rows.Where(r => r.Lesion == lesion && double.IsFinite(r.Median)).OrderBy(r => r.Median)];
        if (rows.Length == 0)
        {
            return "No arm has a tumour volume to compare.";
        }

        string place = lesions.Length > 1 ? $"In lesion {lesion}, " : "";
        string day = Range(rows.Min(r => r.FirstDay), rows.Max(r => r.LastDay));
        string first = rows.Length switch
        {
            1 => $"the tumour volume changed by {Percent(rows[0].Median)} under {rows[0].Arm}",
            2 => $"the tumour volume changed by {Percent(rows[0].Median)} under {rows[0].Arm} and by {Percent(rows[1].Median)} under "
            + $"{rows[1].Arm}",
            _ => $"the tumour volume of {rows.Length} arms changed by between {Percent(rows[0].Median)} ({rows[0].Arm}) and "
            + $"{Percent(rows[^1].Median)} ({rows[^1].Arm})",
        };
        int replicates = rows.Max(r => r.Replicates);
        string text =
            $"{place}{(place.Length > 0 ? "on" : "On")} day {day} {first} "
            + $"({(replicates == 1 ? "one replicate" : $"medians of {replicates} replicates")}).";
        int early = rows.Max(r => r.ReadEarly);
        string ended = early > 0
            ? $" {early} of {replicates} replicates were read before the end because a tumour came near the wall." : "";
        return $"{text}{ended} {Largest(contrasts, lesion)}".TrimEnd();
    }

    private static string? Largest(ContrastTable contrasts, string lesion)
    {
        ArmContrastRow[] all = [.. contrasts.Rows.Where(r => r.Measure == Measure && r.Lesion == lesion
            && double.IsFinite(r.Difference.Mean))];
        if (all.MaxBy(r => Math.Abs(r.Difference.Mean)) is not { } row)
        {
            return null;
        }

        // An interval says nothing about having been chosen as the largest.
        ArmContrast d = row.Difference;
        string difference =
            $"{(all.Length > 1 ? $"The largest of {all.Length} differences, " : "")}{row.Arm} against {row.Control}: {Points(d.Mean)} "
            + "percentage points";
        return double.IsNaN(d.Lower) ? $"{difference}; too few replicates for an interval."
            : $"{difference}, 95 % interval {Points(d.Lower)} to {Points(d.Upper)} ({(d.IsPaired ? "paired" : "not paired")}, n = "
                + $"{d.Count}{(all.Length > 1 ? "; of this difference alone, not of having been chosen" : "")}){(d.Lower > 0 || d.Upper < 0 ? "" : ": not resolved")}.";
    }

    private static string Range(double first, double last) => first == last ? Number(last) : $"{Number(first)}–{Number(last)}";

    private static string Percent(double change) => string.Create(CultureInfo.InvariantCulture, $"{100 * change:+0;-0;0} %")
        .Replace('-', '−');

    private static string Points(double change) => string.Create(CultureInfo.InvariantCulture, $"{100 * change:+0;-0;0}").Replace('-', '−');

    private static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}

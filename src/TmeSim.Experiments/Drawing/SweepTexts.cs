using TmeSim.Reports.Figures;
using TmeSim.Reports.Html;

namespace TmeSim.Experiments.Drawing;

/// <summary>Texts that figures of sweeps share.</summary>
internal static class SweepTexts
{
    /// <summary>", lesion" where there are several.</summary>
    public static string Place(this SweepData data, int lesion) => data.Lesions.Count > 1 ? $", {data.Lesions[lesion]}" : "";

    /// <summary>A figure of a lesion under a heading that says what it shows.</summary>
    public static DrawnFigure Drawn(this SweepData data, string subject, int lesion, string what, Figure figure, string caption) =>
        new($"{data.Lesions[lesion]}{(subject.Length > 0 ? "-" : "")}{subject}",
            new ReportFigure($"{Sentence(what)}{data.Place(lesion)}", figure, caption));

    /// <summary>A title that says what the figure shows, or what came out.</summary>
    public static FigureOptions Options(this SweepData data, string what, int lesion) =>
        new(Sentence(what) + data.Place(lesion));

    /// <summary>With a capital letter where that changes no name.</summary>
    public static string Sentence(string text) => text.Length > 1 && char.IsAsciiLetterLower(text[1]) ? char.ToUpperInvariant(text[0]) + text[1..] : text;

    /// <summary>What stands behind a figure: "Dose by NLR: 27 points × 2 replicates; 3 of 108 runs missing."</summary>
    public static string Counts(this SweepData data, int lesion, params IReadOnlyList<SweepQuantity> quantities)
    {
        string gaps = data.Gaps(lesion, quantities);
        return $"{data.Scenario.Name}: {Number(data.Points, "point")} × {Number(data.Replicates, "replicate")}{(gaps.Length > 0 ? "; " + gaps : "")}.";
    }

    /// <summary>What is not there: "3 of 108 runs missing; 2 runs without a value"; empty for nothing.</summary>
    public static string Gaps(this SweepData data, int lesion, params IReadOnlyList<SweepQuantity> quantities)
    {
        int undefined = quantities.Select(q => data.Undefined(q, lesion)).DefaultIfEmpty(0).Max();
        int ended = quantities.Select(q => data.Ended(q, lesion)).DefaultIfEmpty(0).Max();
        return string.Join("; ", ((string[])
        [
            data.MissingRows > 0 ? $"{data.MissingRows} of {Number(data.Rows, "run")} missing" : "",
            data.FailedRows > 0 ? $"{data.FailedRows} of {Number(data.Rows, "run")} failed" : "",
            ended > 0 ? $"{Number(ended, "run")} without a value (a tumour came near the wall before its time)" : "",
            undefined > 0 ? $"{Number(undefined, "run")} without a value (not defined there)" : "",
        ]).Where(g => g.Length > 0));
    }

    public static string Number(int count, string noun) => $"{count} {noun}{(count == 1 ? "" : "s")}";
}

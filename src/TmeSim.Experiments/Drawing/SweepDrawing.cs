using TmeSim.Reports.Figures;
using TmeSim.Reports.Html;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Drawing;

/// <summary>A figure of a sweep with the parts of its file name.</summary>
/// <param name="Kind">Kind, one of <see cref="Kinds"/>.</param>
/// <param name="Subject">What it shows.</param>
/// <param name="Figure">Figure with heading and caption.</param>
internal sealed record SweepDrawing(string Kind, string Subject, ReportFigure Figure)
{
    public const string Response = "response";
    public const string HeatMap = "heatmap";
    public const string EffectMap = "effect";
    public const string BestArms = "bestarm";
    public const string RankCorrelations = "prcc";
    public const string Tornado = "tornado";
    public const string Parallel = "parallel";
    public const string Morris = "morris";
    public const string Sobol = "sobol";
    public const string Convergence = "convergence";

    /// <summary>All kinds: figures of an earlier drawing are told by them.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [Response, HeatMap, EffectMap, BestArms, RankCorrelations, Tornado, Parallel, Morris, Sobol, Convergence];

    // Arms stand side by side in these.
    private static readonly string[] Comparing = [Response, HeatMap, EffectMap, BestArms, Tornado, Parallel];

    public static SweepDrawing Of(SweepData data, string kind, string subject, int lesion, string heading, Figure figure, string caption)
    {
        // In the figure, not below it: files of figures go out alone.
        Figure shown = data.Fairness.Length > 0 && Comparing.Contains(kind) ? figure with { Note = $"{figure.Note} {data.Fairness}".TrimStart() } : figure;
        return new(kind, $"{data.Lesions[lesion]}{(subject.Length > 0 ? "-" : "")}{subject}", new ReportFigure(heading + data.Place(lesion), shown, caption));
    }
}

/// <summary>Texts that figures of sweeps share.</summary>
internal static class SweepTexts
{
    /// <summary>", lesion" where there are several.</summary>
    public static string Place(this SweepData data, int lesion) => data.Lesions.Count > 1 ? $", {data.Lesions[lesion]}" : "";

    public static FigureOptions Options(this SweepData data, string what, int lesion) => new($"{data.Scenario.Name}: {what}{data.Place(lesion)}");

    /// <summary>What stands behind a figure: "27 points × 2 replicates; 3 of 108 runs missing."</summary>
    public static string Counts(this SweepData data, int lesion, params IReadOnlyList<SweepQuantity> quantities)
    {
        string gaps = data.Gaps(lesion, quantities);
        return $"{Number(data.Points, "point")} × {Number(data.Replicates, "replicate")}{(gaps.Length > 0 ? "; " + gaps : "")}.";
    }

    /// <summary>What is not there: "3 of 108 runs missing; 2 runs without a value"; empty for nothing.</summary>
    public static string Gaps(this SweepData data, int lesion, params IReadOnlyList<SweepQuantity> quantities)
    {
        int undefined = quantities.Count == 0 ? 0 : quantities.Max(q => data.Undefined(q, lesion)), ended = quantities.Count == 0 ? 0 : quantities.Max(q => data.Ended(q, lesion));
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

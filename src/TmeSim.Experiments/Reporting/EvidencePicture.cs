using TmeSim.Analysis.Contrasts;
using TmeSim.Experiments.Evidence;
using TmeSim.Reports.Html;
using TmeSim.Scenarios.Parameters;

namespace TmeSim.Experiments.Reporting;

/// <summary>An observation against what is claimed of it, as a small picture.</summary>
internal static class EvidencePicture
{
    /// <summary>The signs of the pictures, one by one.</summary>
    public static IReadOnlyList<(IntervalPicture Picture, string Meaning)> Signs { get; } =
    [
        (Sign(0.5, PointMeaning.Agrees), "reproduced: value with its interval"),
        (Sign(0.5, PointMeaning.Disagrees), "contradicted"),
        (Sign(0.5, PointMeaning.Open), "undecided"),
        (Sign(double.NaN, PointMeaning.Open) with { ClaimedLow = 0.3, ClaimedHigh = 0.7 },
            "what is claimed; open to one side where only a direction is claimed"),
        (Sign(double.NaN, PointMeaning.Open) with { ClaimedLow = 0.3, ClaimedHigh = 0.7, Limits = [0.2, 0.8] },
            "dashed: where the tolerance ends, outside of a claimed range; of a direction, the smallest effect that matters"),
    ];

    /// <summary>The picture of a test.</summary>
    public static IntervalPicture Of(TestOutcome test)
    {
        ClaimedRange claimed = test.Test.Expected;
        double tolerance = claimed.Tolerance, outwards = claimed.IsDirection ? -tolerance : tolerance;
        PictureScale scale = Scale(test.Test);
        return new IntervalPicture(test.Observed.Value, test.Observed.Low, test.Observed.High, claimed.Low, claimed.High,
            Meaning(test.Verdict))
        {
            Limits = tolerance == 0 ? [] : [.. ((double[])[claimed.Low - outwards, claimed.High + outwards]).Where(v => double.IsFinite(v)
                && (scale != PictureScale.Ratio || v > 0))],
            Scale = scale, Unit = scale == PictureScale.Linear ? Unit(test.Test.What) : "ratio",
        };
    }

    private static IntervalPicture Sign(double value, PointMeaning meaning) =>
        new(value, value - 0.3, value + 0.3, double.NegativeInfinity, double.PositiveInfinity, meaning) { Limits = [], HasAxis = false,
            Floor = 0, Ceiling = 1 };

    private static PointMeaning Meaning(Verdict verdict) => verdict switch
    {
        Verdict.Reproduced => PointMeaning.Agrees,
        Verdict.Contradicted => PointMeaning.Disagrees,
        _ => PointMeaning.Open,
    };

    // A sum of logarithms is a ratio; so are hazard ratios.
    private static PictureScale Scale(EvidenceTest test) => test switch
    {
        RunTest run when run.Terms.All(t => t.IsLog) => PictureScale.LogRatio,
        TrialTest when test.What.Contains("hazard ratio", StringComparison.Ordinal) => PictureScale.Ratio,
        _ => PictureScale.Linear,
    };

    // "… [months]": long ones do not fit beside an axis, and stand in the column before.
    private static string Unit(string what)
    {
        int from = what.LastIndexOf('['), to = what.LastIndexOf(']');
        string unit = from >= 0 && to > from ? what[(from + 1)..to].Replace("mm2", "mm²", StringComparison.Ordinal).Replace("um2", "µm²",
            StringComparison.Ordinal) : "";
        return unit.Length > 9 ? "" : unit;
    }
}

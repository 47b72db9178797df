using TmeSim.Reports.Domain.Trials;
using TmeSim.Reports.Figures;

namespace TmeSim.Reports.Tests.Domain;

/// <summary>Made-up data of every kind of figure of clinical trials, with every oddity that they must survive.</summary>
internal static class TrialSamples
{
    /// <summary>Width of one column and of a page of a journal [px]: 89 and 183 mm.</summary>
    private static readonly FigureOptions Column = new(Width: 89 / 25.4 * 96), Page = new(Width: 183 / 25.4 * 96), Plain = new();

    public static IEnumerable<(string Name, Figure Figure)> Figures() => Survival().Select(item => ("trial-" + item.Name, item.Figure));

    private static IEnumerable<(string Name, Figure Figure)> Survival()
    {
        const string Summary = "HR 0.66 (95 % CI 0.50–0.87), stratified log-rank p = 0.003";
        Figure Draw(IReadOnlyList<SurvivalArm> arms, FigureOptions? options = null, string summary = Summary) => KaplanMeierFigure.Create(
            arms, "Overall survival", TrialTime.Months, summary, 0.95, new ArmLooks([.. arms.Select(arm => arm.Arm)]), options ?? Plain);

        foreach (int arms in new[] { 1, 2, 3, 6, 12 })
        {
            SurvivalArm[] all = [.. SweepSamples.Arms(arms).Select((arm, a) => Survival(arm, 300, 9 + (5 * a), 26))];
            yield return ($"km-{arms}", Draw(all));
            yield return ($"km-{arms}-column", Draw(all, Column));
        }

        SurvivalArm[] two = [.. SweepSamples.Arms(2).Select((arm, a) => Survival(arm, 300, 9 + (5 * a), 26))];
        yield return ("km-page", Draw(two, Page));
        yield return ("km-long", Draw([.. SweepSamples.Arms(4, true).Select((arm, a) => Survival(arm, 1500, 9 + (5 * a), 26))], null, Samples.LongName(1) + " " + Samples.LongName(2)));
        yield return ("km-long-column", Draw([.. SweepSamples.Arms(4, true).Select((arm, a) => Survival(arm, 15000, 9 + (5 * a), 26))], Column));
        yield return ("km-no-events", Draw([new SurvivalArm("A", [], [20, 22, 24], [.. TrialTime.Months.Ticks(24).Select(t => new RiskRow(t, 3, 0, 0))]) { Median = new(double.NaN) }, two[1]]));
        yield return ("km-empty-arm", Draw([two[0], new SurvivalArm("Nobody", [], [], [])]));
        yield return ("km-none", Draw([], null, ""));
        yield return ("km-narrow", Draw(two, new FigureOptions(Width: 240, Height: 60)));
        yield return ("km-no-table", Draw([.. two.Select(arm => arm with { Rows = [], CensorTimes = [] })], null, ""));
        yield return ("km-odd", Draw([new SurvivalArm("A", [new(0, 1), new(double.NaN, 0.5), new(3, double.NaN), new(4, 0.5, double.NaN, 0.6)], [double.NaN, double.PositiveInfinity, 5], [new(double.NaN, 1, 0, 0)])]));
    }

    private static SurvivalArm Survival(string arm, int patients, double median, double end)
    {
        // Quantiles of exponential times, censored by staggered entry.
        (double Time, bool Event)[] courses =
        [
            .. Enumerable.Range(0, patients).Select(i =>
            {
                double death = -median / Math.Log(2) * Math.Log(1 - ((((i * 0.6180339887) % 1) * 0.998) + 0.001)), follow = end * (0.4 + (0.6 * ((i * 0.754877666) % 1)));
                return (Math.Min(death, follow), death <= follow);
            }).OrderBy(c => c.Item1),
        ];
        var points = new List<SurvivalPoint> { new(0, 1, 1, 1) };
        double survival = 1, variance = 0;
        foreach ((int i, (double time, bool isEvent)) in courses.Index().Where(c => c.Item.Event))
        {
            int risk = patients - i;
            survival *= 1 - (1.0 / risk);
            variance += risk > 1 ? 1.0 / risk / (risk - 1) : 0;
            double half = 1.96 * survival * Math.Sqrt(variance);
            points.Add(new SurvivalPoint(time, survival, Math.Max(0, survival - half), Math.Min(1, survival + half)));
        }

        return new SurvivalArm(
            arm, points, [.. courses.Where(c => !c.Event).Select(c => c.Time)],
            [.. TrialTime.Months.Ticks(end).Select(t => new RiskRow(t, courses.Count(c => c.Time >= t), courses.Count(c => !c.Event && c.Time <= t), courses.Count(c => c.Event && c.Time <= t)))])
        {
            Median = new MedianTime(points.FirstOrDefault(p => p.Value <= 0.5, new(double.NaN, 0)).Time),
        };
    }
}

using TmeSim.Analysis.Contrasts;
using TmeSim.Analysis.Measures;
using TmeSim.Engine.Plan;
using TmeSim.Engine.State;
using TmeSim.Experiments.Drawing;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Results;
using TmeSim.Reports.Html;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Reporting;

/// <summary>Tables of a report.</summary>
internal static class ReportTables
{
    public static ReportTable Endpoints(EndpointTable endpoints)
    {
        bool lesions = endpoints.Rows.Select(r => r.Lesion).Distinct().Count() > 1;
        return new ReportTable(
            "Endpoints",
            [
                "Arm", .. lesions ? ["Lesion"] : (string[])[], "Replicates", "Day", "Volume change, median [10–90 %]",
                    $"Volume / {endpoints.Control}, same replicate", "Best response", "CD8 of the bed [/mm²]",
                "Below 10 mmHg [%]",
            ],
            [
                .. endpoints.Rows.Select(r => (ReportCell[])
                [
                    r.Arm, .. lesions ? [r.Lesion] : (ReportCell[])[], NumberText.Of(r.Replicates), new(r.DayText, r.LastDay),
                        new(r.ChangeText.Replace('-', '−'), r.Median), new(r.RatioText, r.RatioToControl),
                    r.ResponseText, NumberText.Of(r.Cd8PerMm2), NumberText.Of(100 * r.HypoxicFraction),
                ]),
            ],
            "Volumes from cell counts, relative to t = 0. All arms of a replicate are read on the last day that all of them have; the "
                + "ratio is the median over replicates of paired ratios. Best response: replicates by the sum of diameters of all lesions "
                + "at the assessment visits (CR, PR, SD, PD; NE: not evaluable)." + Sentence(endpoints.Remark)) { ArmColumn = 0 };
    }

    /// <summary>The table of contrasts; none where no arm has another to be compared with.</summary>
    public static IEnumerable<ReportTable> Contrasts(ContrastTable contrasts, ResultSet results) =>
        contrasts.Rows.Count > 0 ? [Table(contrasts, results)] : [];

    public static ReportTable Multipliers(ResultSet results) => new(
        "Multipliers of the burn-in",
        ["Replicate, lesion", .. MultiplierTable.All.Select(m => ReportTable.Head(m.Label, m.Unit))],
        [
            .. results.Runs.SelectMany(run => run.Run.Manifest.Baseline.Select(b => (ReportCell[])
            [
                $"{Prefix(results, run)}{b.Replicate}, {b.Lesion}",
                    .. MultiplierTable.All.Select(m => (ReportCell)ReportCell.Of(b.Multipliers.GetValueOrDefault(m.Key, double.NaN)).Text),
            ])),
        ],
        (Held(results) ? "Those of the reference patient, held from the start; division is that of the tumour from t = 0 on."
            : "Found by the burn-in, frozen at t = 0.") + " Shared by all arms of a replicate.");

    private static bool Held(ResultSet results) => results.Runs.SelectMany(r => r.Run.Manifest.Baseline).Any(b => b.Held);

    /// <summary>What radiotherapy is expected to leave of each irradiated lesion; none where no arm irradiates.</summary>
    public static IEnumerable<ReportTable> Radiotherapy(ResultSet results)
    {
        (string Arm, SurvivorsEntry Entry)[] all =
            [.. results.Arms.SelectMany(a => a.Source.Run.Manifest.Survivors.Where(s => s.Arm == a.Name).Select(s => (a.Label, s)))];
        bool artefact = all.Any(s => s.Entry is { TileSurvivors: < 1, LesionSurvivors: >= 1 });
        return all.Length == 0 ? [] :
        [
            new ReportTable(
                "Survivors to expect after radiotherapy",
                ["Arm", "Lesion", "Fractions", "BED [Gy]", "EQD2 [Gy]", "Simulated cells", "Of them survive", "Cells of the lesion",
                "Of them survive"],
                [
                    .. all.Select(s => (ReportCell[])
                    [
                        s.Arm, s.Entry.Lesion, NumberText.Of(s.Entry.Fractions), ReportCell.Of(s.Entry.BedGy),
                            ReportCell.Of(s.Entry.Eqd2Gy), NumberText.Of(s.Entry.TileCells),
                        new ReportCell(SurvivorText.Cells(s.Entry.TileSurvivors), s.Entry.TileSurvivors),
                        new ReportCell(SurvivorText.Cells(s.Entry.LesionCells), s.Entry.LesionCells),
                        new ReportCell(SurvivorText.Cells(s.Entry.LesionSurvivors), s.Entry.LesionSurvivors),
                    ]),
                ],
                $"Oxic cells, without a sensitiser, penumbra, regrowth or immune system; BED and EQD2 where the field is "
                + $"full.{(artefact ? $" Where fewer than one simulated cell is left and more of the lesion, the tile is cleared and the lesion is not: {char.ToLowerInvariant(SurvivorText.Artefact[0])}{SurvivorText.Artefact[1..]}." : "")}") { ArmColumn = 0 },
        ];
    }

    public static IEnumerable<BaselineRow> Baseline(ResultSet results) =>
        from run in results.Runs
        from entry in run.Run.Manifest.Baseline
        where !entry.Held
        from point in entry.SetPoints
        let place = run.Run.Manifest.Lesions.Count > 1 ? $"{entry.Lesion}, " : ""
        let shown = MeasureTable.ShownAs(point.Measure, point.Unit)
        select new BaselineRow(
            $"{shown.Label} ({Prefix(results, run)}{place}replicate {entry.Replicate})", shown.Unit == "%" ? "%" : point.Unit,
            point.Asked * shown.Scale,
            (point.Reached ?? double.NaN) * shown.Scale, point.Within);

    /// <summary>What is damaged in the folders of the runs, or cannot be checked.</summary>
    public static IEnumerable<string> Cautions(ResultSet results) =>
        results.Runs.SelectMany(run => run.Run.Cautions.Select(c => Prefix(results, run) + c));

    /// <summary>What a reader should know about the runs.</summary>
    public static IEnumerable<string> Warnings(ResultSet results) => Cautions(results).Concat(results.Runs.SelectMany(run =>
    {
        Manifest manifest = run.Run.Manifest;
        return manifest.Warnings
            .Concat(manifest.Missing.Count > 0 ? [$"The run is not complete: {manifest.Missing.Count} arm × replicate are missing."] : [])
            .Concat(EarlyEnds.Of(manifest))
            .Concat(SetPointCheck.Misses(manifest.Baseline))
            .Select(w => Prefix(results, run) + w);
    })).Distinct();

    private static string Sentence(string remark) => remark.Length > 0 ? " " + remark : "";

    private static ReportTable Table(ContrastTable contrasts, ResultSet results) => new(
        $"Differences on day {NumberText.Days((contrasts.FirstDay, contrasts.LastDay))}",
        ["Measure", .. results.Lesions.Count > 1 ? ["Lesion"] : (string[])[], "Arm", "Control", "Day", "Mean difference", "95 % interval",
        "Standard error", "n", "Replicates needed"],
        [
            .. contrasts.Rows.Select(r =>
            {
                (string label, string unit, double scale) = results.ShownAs(r.Measure);
                ArmContrast d = r.Difference;
                return (ReportCell[])
                [
                    ReportTable.Head(label, unit == "%" ? "points" : unit), .. results.Lesions.Count > 1 ? [r.Lesion] : (ReportCell[])[],
                        r.Arm, $"{r.Control}{(d.IsPaired ? "" : " (not paired)")}",
                    new ReportCell(NumberText.Days(r.Days), r.Days.Last), ReportCell.Of(d.Mean * scale),
                    ReportCell.Interval(d.Lower * scale, d.Upper * scale), ReportCell.Of(d.StandardError * scale), NumberText.Of(d.Count),
                    d.Needed is { } needed ? NumberText.Of(needed) : d.HasTooFew ? ReplicatesNeeded.TooFew : "",
                ];
            }),
        ],
        $"Paired by replicate where both arms began from the same state, t interval; Welch's for independent samples. The standard error "
            + "is that of the Monte-Carlo mean; \"needed\" are the replicates with which a two-sided test at 5 % finds the difference in "
            + "four of five cases; at most one comparison in five is given too small a number. It is given from "
            + $"{ReplicatesNeeded.MinReplicates} replicates on, and where the difference stands out enough against its error."
            + Sentence(contrasts.Remark)) { ArmColumn = results.Lesions.Count > 1 ? 2 : 1 };

    private static string Prefix(ResultSet results, ScenarioRun run) => results.Runs.Count > 1 ? $"{run.Scenario.Name}, " : "";
}

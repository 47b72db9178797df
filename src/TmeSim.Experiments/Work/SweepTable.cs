using System.Globalization;
using System.Text;
using TmeSim.Experiments.Designs;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Journal;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Work;

/// <summary>
/// sweep.csv: a row per point, arm, replicate and lesion in this order, with varied keys and outputs as columns. Made from the journals
/// alone, so it is the same however the sweep was interrupted, spread or merged. An output that a simulation did not reach, or that is not
/// defined, is empty.
/// </summary>
internal static class SweepTable
{
    /// <summary>Names of the columns that stand in every sweep, before the varied keys and after the outputs.</summary>
    public static readonly string[] KeyColumns = ["point", "arm", "replicate", "lesion"];

    private static readonly string[] TailColumns = ["status", "end_d", "run", "state_hash"];

    /// <summary>Columns of varied keys: label, and unit in brackets.</summary>
    public static IReadOnlyList<string> FactorColumns(IReadOnlyList<SweepFactor> factors) =>
        [.. factors.Select(f => f.Unit is "" or "1" ? f.Label : $"{f.Label} [{f.Unit}]")];

    /// <summary>The header.</summary>
    public static string Header(SweepPlan plan) =>
        string.Join(',', KeyColumns.Concat(FactorColumns(plan.Factors)).Concat(plan.Outputs.Select(o => o.Name)).Concat(TailColumns)
            .Select(Csv.Text));

    /// <summary>Writes the table.</summary>
    /// <param name="path">File.</param>
    /// <param name="scenario">Scenario; names arms and lesions.</param>
    /// <param name="points">Points.</param>
    /// <param name="results">Simulations.</param>
    /// <exception cref="RunFolderException">The file cannot be written; an old one is left as it was.</exception>
    public static void Write(string path, ScenarioDefinition scenario, SweepPoints points, SweepResults results) =>
        AtomicFile.Write(path, stream =>
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine(Header(points.Design.Plan));
        string[] arms = [.. scenario.Arms.Select(a => Csv.Text(a.Name))],
            lesions = [.. scenario.Plan.Lesions.Select(l => Csv.Text(l.Name))];
        int outputs = points.Design.Plan.Outputs.Count;
        for (int point = 0; point < points.Count; point++)
        {
            string levels = Levels(points.Design, point);
            for (int arm = 0; arm < arms.Length; arm++)
            {
                for (int replicate = 0; replicate < scenario.Replicates; replicate++)
                {
                    RunId run = points.Run(point, arm, replicate);
                    JournalRow? row = results.Find(run);
                    string status = row is null ? "missing" : row.Error is not null ? "failed" : row.EndedEarly ? "ended_early" : "done";
                    bool done = row is { Error: null };
                    for (int lesion = 0; lesion < lesions.Length; lesion++)
                    {
                        string values = string.Join(',', Enumerable.Range(0, outputs)
                            .Select(o => done ? Csv.Number(row!.Values[(lesion * outputs) + o]) : ""));
                        writer.WriteLine(string.Create(
                            CultureInfo.InvariantCulture,
                            $"{point},{arms[arm]},{replicate},{lesions[lesion]},{levels},{values},{status},{(done ? Csv.Number(row!.EndDays) : "")},{run},{(done ? row!.StateHash : "")}"));
                    }
                }
            }
        }
    });

    /// <summary>design.csv: the points with their varied keys.</summary>
    public static string Design(SweepDesign design)
    {
        var text = new StringBuilder(string.Join(',', ["point", .. FactorColumns(design.Factors).Select(Csv.Text)])).Append('\n');
        for (int point = 0; point < design.Count; point++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{point},{Levels(design, point)}\n");
        }

        return text.ToString();
    }

    private static string Levels(SweepDesign design, int point) =>
        string.Join(',', design.Levels(point).Select(l => double.IsNaN(l.Number) ? Csv.Text(l.Text) : Csv.Number(l.Number)));
}

using System.Globalization;
using System.Text.Json.Nodes;
using TmeSim.Experiments.Running;
using TmeSim.Experiments.Work;
using TmeSim.Scenarios;

namespace TmeSim.Cli.Progress;

/// <summary>What a sweep would take, for <c>--dry-run</c>.</summary>
internal static class SweepForecastText
{
    private const int Shown = 12;

    public static void Write(SweepForecast forecast, CliConsole console, bool json)
    {
        if (json)
        {
            console.Out.WriteLine(Json(forecast).ToJsonString());
            foreach (SweepFate fate in forecast.Fates())
            {
                console.Out.WriteLine(new JsonObject
                {
                    ["event"] = "row", ["point"] = fate.Point, ["place"] = fate.Place, ["arm"] = fate.Arm, ["replicate"] = fate.Replicate,
                        ["runs"] = Runs(fate.Reason), ["why"] = Why(fate),
                }.ToJsonString());
            }

            return;
        }

        TextWriter text = console.Out;
        text.WriteLine(forecast.Patients is { } patients
            ? $"trial: {patients.Count} patients, {forecast.Arms} arms = {forecast.Rows} courses; {patients.Screened} screened"
            : $"{forecast.Method}: {forecast.Points} points x {forecast.Arms} arms x {forecast.Replicates} replicates = {forecast.Rows} rows");
        foreach (SweepFactor factor in forecast.Factors.Where(f => f.Keys.Count > 1 || f.Without.Count > 0))
        {
            text.WriteLine(
                $"together:    {factor.Label} = "
                + $"{string.Join(", ", factor.Keys)}{(factor.Without.Count > 0 ? $"; not in {string.Join(", ", factor.Without)}" : "")}");
        }

        if (forecast.Fairness.Length > 0)
        {
            text.WriteLine(forecast.Fairness);
        }

        string same = forecast.Rows > forecast.Simulations
            ? $" ({forecast.Rows - forecast.Simulations} rows share one: what is varied does not touch their arm)" : "";
        text.WriteLine($"simulations: {forecast.Simulations}{same}, {forecast.ToRun} to run with {forecast.BurnIns} burn-ins");
        text.WriteLine($"time:        {Time(forecast)}, {forecast.Jobs} at once");
        text.WriteLine($"memory:      {ByteSize.Format(forecast.MemoryBytes)} of {ByteSize.Format(forecast.MemoryLimit)}");
        text.WriteLine(
            $"disk:        about {ByteSize.Format(forecast.DiskBytes)} in at most {forecast.Files} files, figures and report besides{(forecast.DiskFree is { } free ? $"; {ByteSize.Format(free)} are free" : "")}");
        text.WriteLine($"folder:      {forecast.Folder}");
        foreach (IGrouping<SweepReason, SweepFate> group in forecast.Fates().GroupBy(f => f.Reason).OrderBy(g => g.Key))
        {
            SweepFate[] all = [.. group];
            text.WriteLine($"{(Runs(group.Key) ? "run" : "skip")} {all.Length}: {Heading(group.Key)}");
            foreach (SweepFate fate in all.Take(Shown))
            {
                text.WriteLine(
                    (forecast.Patients is { } cohort ? $"  {cohort.Names[fate.Point]} ({fate.Place}), {fate.Arm}"
                    : $"  point {fate.Point.ToString(CultureInfo.InvariantCulture)} ({fate.Place}), {fate.Arm}, replicate {fate.Replicate}")
                    + $"{(fate.Detail.Length > 0 ? ": " + fate.Detail : "")}");
            }

            if (all.Length > Shown)
            {
                text.WriteLine($"  and {all.Length - Shown} more (--json lists all)");
            }
        }
    }

    private static string Time(SweepForecast forecast) =>
        forecast.Seconds is not { } s ? forecast.ToRun == 0 ? "none" : "unknown, since the simulations begun for it failed"
        : "about " + RunDisplay.Duration(s)
            + (forecast.CoreShare < 1
            ? $" with its cores free; {RunDisplay.Duration(s / forecast.CoreShare)} at the {100 * forecast.CoreShare:0} % of them that it "
            + "gets now" : "");

    private static JsonObject Json(SweepForecast f) => new()
    {
        ["event"] = "forecast", ["method"] = f.Method, ["factors"] = new JsonArray([.. f.Factors.Select(Json)]), ["fairness"] = f.Fairness,
            ["points"] = f.Points, ["arms"] = f.Arms, ["replicates"] = f.Replicates, ["rows"] = f.Rows, ["simulations"] = f.Simulations,
        ["to_run"] = f.ToRun, ["burn_ins"] = f.BurnIns, ["jobs"] = f.Jobs, ["seconds"] = f.Seconds, ["core_share"] = f.CoreShare,
        ["memory_bytes"] = f.MemoryBytes, ["disk_bytes"] = f.DiskBytes, ["disk_free_bytes"] = f.DiskFree, ["folder"] = f.Folder,
    };

    private static JsonObject Json(SweepFactor f) =>
        new() { ["label"] = f.Label, ["path"] = f.Path, ["keys"] = Texts(f.Keys), ["without"] = Texts(f.Without) };

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(t => (JsonNode)t)]);

    private static bool Runs(SweepReason reason) => reason is SweepReason.NotRun or SweepReason.Retried;

    private static string Why(SweepFate fate) => Heading(fate.Reason) + (fate.Detail.Length > 0 ? ": " + fate.Detail : "");

    private static string Heading(SweepReason reason) => reason switch
    {
        SweepReason.NotRun => "no journal holds it",
        SweepReason.Retried => "failed before, tried again",
        SweepReason.Finished => "finished",
        SweepReason.FailedBefore => "failed before; --retry-failed runs it again",
        SweepReason.OtherShard => "it belongs to another part",
        _ => "the same simulation as at an earlier point",
    };
}

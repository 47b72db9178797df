using System.Globalization;
using System.Text.Json.Nodes;
using TmeSim.Experiments.Evidence;
using TmeSim.Experiments.Running;
using TmeSim.Experiments.Work;
using TmeSim.Scenarios.Parameters;

namespace TmeSim.Cli.Commands;

/// <summary><c>tmesim evidence --parameters</c>: where each parameter comes from, and which assumptions matter.</summary>
internal static class EvidenceParameters
{
    private const int Shown = 15;

    /// <summary>Writes the parameters, or the ranking of the assumptions.</summary>
    /// <param name="console">Streams.</param>
    /// <param name="form">Text, csv or json.</param>
    /// <param name="ranking">What is ranked; null to list alone.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>Exit code.</returns>
    public static int Execute(CliConsole console, string form, ScreeningRequest? ranking, CancellationToken cancellation)
    {
        ParameterAudit audit;
        try
        {
            audit = ParameterAudit.Of(ParameterLibrary.All, ParameterReads.OfEveryMechanism());
        }
        catch (InvalidOperationException e)
        {
            console.Error.WriteLine("error: " + e.Message);
            return ExitCode.Damaged;
        }

        IReadOnlyList<ScreenedParameter> ranked = [];
        if (ranking is not null)
        {
            Experiments.Folders.AtomicFile.WriteText(Path.Combine(ranking.OutDirectory, "parameters.csv"), audit.Csv());
            ranked = ScreeningSession.Execute(ranking, new RunProgress(), cancellation);
        }

        console.Out.WriteLine((form switch
        {
            "json" => Json(audit, ranked),
            "csv" => ranking is null ? audit.Csv() : ScreeningSession.Csv(ranked),
            _ => ranking is null ? audit.Text() + audit.Answer : Text(ranked) + Path.Combine(ranking.OutDirectory, "ranking.csv"),
        }).TrimEnd());
        foreach (string fault in audit.Faults)
        {
            console.Error.WriteLine("error: " + fault);
        }

        return audit.Faults.Count == 0 ? ExitCode.Done : ExitCode.Damaged;
    }

    private static string Json(ParameterAudit audit, IReadOnlyList<ScreenedParameter> ranked)
    {
        JsonObject json = audit.Json();
        if (ranked.Count > 0)
        {
            json["ranking"] = ScreeningSession.Json(ranked);
        }

        return ParameterAudit.Text(json);
    }

    private static string Text(IReadOnlyList<ScreenedParameter> ranked)
    {
        var text = new System.Text.StringBuilder();
        foreach (IGrouping<string, ScreenedParameter> question in ranked.Where(p => p.Output == ScreeningSession.Ranked).GroupBy(p =>
            p.Question))
        {
            ScreenedParameter[] varied = [.. question.Where(p => p.Count > 0)];
            text.Append(CultureInfo.InvariantCulture,
                $"{question.Key}: {ScreeningSession.Ranked} per whole range, {varied.Length} assumptions of "
                + $"{question.Count()} that have a part in it\n  {"parameter",-34} {"from",9} {"to",9} {"mu*",7}  {"95 %",-16} "
                    + $"{"sigma",7}\n");
            foreach (ScreenedParameter p in varied.Take(Shown))
            {
                text.Append(CultureInfo.InvariantCulture,
                    $"  {p.Factor.Entry.Key,-34} {p.Factor.From,9:G3} {p.Factor.To,9:G3} {p.MeanAbsolute.Value,7:0.000}  "
                    + $"{Interval(p),-16} {p.Spread,7:0.000}\n");
            }
        }

        return text.ToString();
    }

    private static string Interval(ScreenedParameter p) => double.IsNaN(p.MeanAbsolute.Low) ? "too few"
        : string.Create(CultureInfo.InvariantCulture, $"{p.MeanAbsolute.Low:0.000} to {p.MeanAbsolute.High:0.000}");
}

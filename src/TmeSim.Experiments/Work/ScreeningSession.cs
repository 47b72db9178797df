using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using TmeSim.Analysis.Contrasts;
using TmeSim.Engine;
using TmeSim.Experiments.Drawing;
using TmeSim.Experiments.Evidence;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Results;
using TmeSim.Experiments.Running;
using TmeSim.Scenarios;
using TmeSim.Scenarios.Diagnostics;
using TmeSim.Scenarios.Parameters;

namespace TmeSim.Experiments.Work;

/// <summary>Assumptions that are to be ranked.</summary>
/// <param name="Questions">Name and text of each scenario: the first arm is the control, the last the therapy.</param>
public sealed record ScreeningRequest(IReadOnlyList<(string Name, string Text)> Questions)
{
    /// <summary>Trajectories if nothing else is asked for; intervals need six.</summary>
    public const int DefaultTrajectories = 10;

    /// <summary>Folder of the sweeps and tables.</summary>
    public required string OutDirectory { get; init; }

    /// <summary>Trajectories of Morris, 2 or more.</summary>
    public int Trajectories { get; init; } = DefaultTrajectories;

    /// <summary>Changes of all scenarios, path=value.</summary>
    public IReadOnlyList<string> Sets { get; init; } = [];

    /// <summary>Keys of the parameters that are ranked; null for all assumptions.</summary>
    public IReadOnlyList<string>? Keys { get; init; }

    /// <summary>Simulations at once; null for as many as cores.</summary>
    public int? Jobs { get; init; }

    /// <summary>Memory that may be taken [bytes]; null for what the machine gives.</summary>
    public long? MemoryBytes { get; init; }

    /// <summary>Told what is being run.</summary>
    public Action<string>? Notice { get; init; }
}

/// <summary>What an assumption does to an output of a question.</summary>
/// <param name="Question">Name of the question.</param>
/// <param name="Output">Output: a measure at the end of the therapy arm, or what the therapy changes in it.</param>
/// <param name="Factor">The parameter with its range.</param>
/// <param name="MeanAbsolute">μ*, in units of the output per whole range, with its interval.</param>
/// <param name="Mean">μ.</param>
/// <param name="Spread">σ.</param>
/// <param name="Count">Trajectories that tell; 0 for a parameter that is not varied.</param>
public sealed record ScreenedParameter(string Question, string Output, ScreeningFactor Factor, Estimate MeanAbsolute, Estimate Mean,
    double Spread, int Count);

/// <summary>
/// Ranks assumptions by elementary effects (Morris 1991) in small scenarios of therapy questions. Each question is a sweep in its own
/// folder, so
/// a session that was stopped goes on, and <c>tmesim report</c> draws it.
/// </summary>
public static class ScreeningSession
{
    /// <summary>Output that parameters are ranked by: what the therapy changes in the volume.</summary>
    public const string Ranked = "effect on tumor_volume_change";

    private const string Column = "question,output,rank,key,from,to,unit,mu_star,low,high,mu,sigma,n,left\n";
    private static readonly string[] Measures = ["tumor_volume_change", "cd8_bed_per_mm2"];

    /// <summary>Runs what is missing and writes ranking.csv.</summary>
    /// <returns>By question and output, from the parameter that matters most; then those that are not varied.</returns>
    /// <exception cref="ScenarioRefusedException">A scenario is not valid, or a simulation failed.</exception>
    /// <exception cref="RunFolderException">A folder cannot be used.</exception>
    /// <exception cref="OperationCanceledException">Stopped on request; finished simulations are kept.</exception>
    public static IReadOnlyList<ScreenedParameter> Execute(ScreeningRequest request, RunProgress progress,
        CancellationToken cancellation = default)
    {
        List<ScreenedParameter> all = [];
        foreach ((string name, string text) in request.Questions)
        {
            request.Notice?.Invoke($"{name}: which assumptions have a part in it");
            IReadOnlyList<ScreeningFactor> factors = ScreeningFactor.Of(text, request.Sets, request.Keys, request.Jobs
                ?? MachineCores.Count, cancellation);
            all.AddRange(Of(request, name, text, factors, progress, cancellation));
            AtomicFile.WriteText(Path.Combine(request.OutDirectory, "ranking.csv"), Csv(all) + Others(request));
        }

        return all;
    }

    // Lines of questions that are not asked now.
    private static string Others(ScreeningRequest request)
    {
        string path = Path.Combine(request.OutDirectory, "ranking.csv");
        return !File.Exists(path) ? "" : string.Concat(Folders.Csv.Lines(path).Skip(1)
            .Where(l => request.Questions.All(q => !l.StartsWith(q.Name + ",", StringComparison.Ordinal))).Select(l => l + "\n"));
    }

    /// <summary>ranking.csv.</summary>
    public static string Csv(IReadOnlyList<ScreenedParameter> ranking)
    {
        var text = new StringBuilder(Column);
        foreach ((ScreenedParameter p, int rank) in Places(ranking))
        {
            text.AppendJoin(',', p.Question, p.Output, rank > 0 ? rank.ToString(CultureInfo.InvariantCulture) : "", p.Factor.Entry.Key,
                Folders.Csv.Measured(p.Factor.From), Folders.Csv.Measured(p.Factor.To), Folders.Csv.Text(p.Factor.Entry.Unit),
                Folders.Csv.Measured(p.MeanAbsolute.Value), Folders.Csv.Measured(p.MeanAbsolute.Low),
                    Folders.Csv.Measured(p.MeanAbsolute.High),
                Folders.Csv.Measured(p.Mean.Value), Folders.Csv.Measured(p.Spread), p.Count.ToString(CultureInfo.InvariantCulture),
                Folders.Csv.Text(p.Factor.Left)).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>The ranking as JSON.</summary>
    public static JsonArray Json(IReadOnlyList<ScreenedParameter> ranking) => new([.. Places(ranking).Select(p => (JsonNode)new JsonObject
    {
        ["question"] = p.Item.Question, ["output"] = p.Item.Output, ["rank"] = p.Rank > 0 ? p.Rank : null,
            ["key"] = p.Item.Factor.Entry.Key,
        ["from"] = p.Item.Factor.From, ["to"] = p.Item.Factor.To, ["unit"] = p.Item.Factor.Entry.Unit,
        ["mu_star"] = Number(p.Item.MeanAbsolute.Value), ["low"] = Number(p.Item.MeanAbsolute.Low),
            ["high"] = Number(p.Item.MeanAbsolute.High),
        ["mu"] = Number(p.Item.Mean.Value), ["sigma"] = Number(p.Item.Spread), ["n"] = p.Item.Count,
        ["left"] = p.Item.Factor.Left.Length > 0 ? p.Item.Factor.Left : null,
    })]);

    private static IEnumerable<ScreenedParameter> Of(ScreeningRequest request, string name, string text,
        IReadOnlyList<ScreeningFactor> factors,
        RunProgress progress, CancellationToken cancellation)
    {
        ScreeningFactor[] varied = [.. factors.Where(f => f.Left.Length == 0)];
        string file = Path.Combine(request.OutDirectory, "questions", name + ".yaml");
        AtomicFile.WriteText(file, $"{text.TrimEnd()}\nsweep:\n  method: morris\n  trajectories: {request.Trajectories}\n  vary:\n"
            + string.Concat(varied.Select(f => f.Varied())) + $"  outputs: [{string.Join(", ", Measures.Select(m => m + "@end"))}]\n");
        ScenarioResult read = ScenarioReader.ReadFile(file, new ScenarioOverrides { Sets = request.Sets });
        ScenarioDefinition scenario = read.Definition ?? throw new ScenarioRefusedException([.. read.Diagnostics.Where(d =>
            d.Severity == DiagnosticSeverity.Error)]);
        var work = new SweepRequest
        {
            Scenario = scenario, OutDirectory = request.OutDirectory, Jobs = request.Jobs, MemoryBytes = request.MemoryBytes,
                Figures = false,
            Command = "tmesim evidence --parameters --rank",
        };
        request.Notice?.Invoke($"{name}: {varied.Length} of {factors.Count} assumptions, {scenario.Sweep!.Points} points");
        SweepOutcome done = SweepSession.Execute(work, progress, cancellation);
        cancellation.ThrowIfCancellationRequested();
        if (done.Failures.Count > 0)
        {
            throw new ScenarioRefusedException($"error: {name}: a simulation failed: {done.Failures[0].Place}: {done.Failures[0].Reason}");
        }

        var session = SweepSession.Plan(work, cancellation);
        var data = new SweepData(session.Scenario, session.Points, session.Results());
        ILookup<SweepQuantity, SensitivityRow> rows = SweepSensitivity.Of(data).Rows.Where(r => r.Arm == scenario.Arms.Count - 1
            && r.Lesion == 0)
            .ToLookup(r => r.Quantity);
        return [.. rows.OrderByDescending(g => g.Key.IsEffect && g.Key.Output == 0).SelectMany(g => Ranking(name, g.Key, [.. g], varied)),
            .. factors.Where(f => f.Left.Length > 0).Select(f => new ScreenedParameter(name, Ranked, f, Estimate.None, Estimate.None,
                double.NaN, 0))];
    }

    // In the units of the tables, as fractions.
    private static IEnumerable<ScreenedParameter> Ranking(string question, SweepQuantity quantity, SensitivityRow[] rows,
        ScreeningFactor[] varied)
    {
        string output = (quantity.IsEffect ? "effect on " : "") + Measures[quantity.Output];
        Estimate Scaled(Estimate e) => new(e.Value / quantity.Scale, e.Low / quantity.Scale, e.High / quantity.Scale);
        return varied.Select(f =>
        {
            SensitivityRow[] of = [.. rows.Where(r => r.Factor.Factor.Keys.Contains("parameters." + f.Entry.Key))];
            SensitivityRow Row(string statistic) => of.Single(r => r.Statistic == statistic);
            SensitivityRow most = Row(SensitivityStatistic.MeanAbsoluteEffect);
            return new ScreenedParameter(question, output, f, Scaled(most.Estimate), Scaled(Row(SensitivityStatistic.MeanEffect).Estimate),
                Row(SensitivityStatistic.EffectSpread).Estimate.Value / quantity.Scale, most.Count);
        }).OrderByDescending(p => double.IsFinite(p.MeanAbsolute.Value) ? p.MeanAbsolute.Value : -1);
    }

    private static IEnumerable<(ScreenedParameter Item, int Rank)> Places(IReadOnlyList<ScreenedParameter> ranking) =>
        ranking.GroupBy(p => (p.Question, p.Output)).SelectMany(g => g.Select((p, i) => (p, p.Count > 0 ? i + 1 : 0)));

    private static JsonValue? Number(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;
}

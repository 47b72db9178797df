using System.Globalization;
using TmeSim.Engine;
using TmeSim.Experiments.Results;
using TmeSim.Scenarios;
using TmeSim.Scenarios.Parameters;

namespace TmeSim.Experiments.Evidence;

/// <summary>An assumption with the range that it is varied over, or why it is not.</summary>
/// <param name="Entry">The parameter.</param>
/// <param name="From">Lower end, in its unit.</param>
/// <param name="To">Upper end.</param>
/// <param name="Left">Why it is not varied; empty where it is.</param>
public sealed record ScreeningFactor(ParameterEntry Entry, double From, double To, string Left)
{
    /// <summary>Factor below and above a value whose records give no spread.</summary>
    public const double Fold = 2;

    // Long enough for all that acts on a state to have acted; what comes later, such as visits, does not move cells.
    private const string Short = "time={burn_in: 3 d, duration: 4 d, record_every: 1 d}";

    /// <summary>The assumptions, each tried alone at both ends in a short run of the question: where no bit of the state changes it has no
    /// part there.</summary>
    /// <param name="question">Text of the scenario; its last arm is the therapy.</param>
    /// <param name="sets">Changes of it, path=value.</param>
    /// <param name="keys">Keys of the parameters; null for all assumptions.</param>
    /// <param name="jobs">Simulations at once, 1 or more.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="ScenarioRefusedException">The scenario is not valid.</exception>
    /// <exception cref="OperationCanceledException">Stopped on request.</exception>
    public static IReadOnlyList<ScreeningFactor> Of(string question, IReadOnlyList<string> sets, IReadOnlyList<string>? keys, int jobs,
        CancellationToken cancellation)
    {
        ScenarioDefinition asked = Read(question, sets) is { IsValid: true } whole ? whole.Definition!
            : throw new ScenarioRefusedException(Read(question, sets).Diagnostics);
        string like = Hash(Read(question, [.. sets, Short]).Definition!);
        ParameterEntry[] assumed = [.. ParameterLibrary.All.Where(e => keys is null ? e.Grade == Grade.Assumption : keys.Contains(e.Key))];
        return [.. assumed.AsParallel().AsOrdered().WithDegreeOfParallelism(jobs).WithCancellation(cancellation)
            .Select(e => Of(e, asked.Plan.Parameters[e.Parameter], question, sets, like))];
    }

    /// <summary>A line of a <c>vary:</c> block.</summary>
    public string Varied() => Entry.IsWhole ? $"    parameters.{Entry.Key}: [{Text(From)}, {Text(To)}]\n" : $"    parameters.{Entry.Key}: {{from: {Text(From)}, to: {Text(To)}, scale: log}}\n";

    private static ScreeningFactor Of(ParameterEntry entry, double value, string question, IReadOnlyList<string> sets, string like)
    {
        (double from, double to) = entry.Spread ?? (Math.Max(entry.Min, value / Fold), Math.Min(entry.Max, value * Fold));
        (from, to) = entry.IsWhole ? (Math.Ceiling(from), Math.Floor(to)) : (from, to);
        var factor = new ScreeningFactor(entry, from, to, "");
        if (value == 0 || from <= 0)
        {
            return factor with { Left = "is 0" };
        }

        ScenarioResult[] ends = [.. ((double[])[from, to]).Select(v =>
            Read(question, [.. sets, Short, $"parameters.{entry.Key}={factor.Text(v)}"]))];
        return ends.FirstOrDefault(e => !e.IsValid) is { } wrong ? factor with { Left = "cannot be moved alone: "
            + wrong.Diagnostics[0].Message }
            : ends.All(e => Hash(e.Definition!) == like) ? factor with { Left = "has no part in it" }
            : factor;
    }

    private string Text(double value) => Entry.Written(double.Parse(value.ToString("G6", CultureInfo.InvariantCulture),
        CultureInfo.InvariantCulture));

    private static ScenarioResult Read(string question, IReadOnlyList<string> sets) =>
        ScenarioReader.ReadText(question, "question.yaml", overrides: new ScenarioOverrides { Sets = sets });

    private static string Hash(ScenarioDefinition scenario)
    {
        using var simulation = new Simulation(scenario.Plan, 0);
        while (simulation.InBurnIn)
        {
            simulation.Step();
        }

        simulation.BeginArm(scenario.Arms[^1]);
        for (double hours = 0; hours < scenario.Plan.Time.DurationHours && !simulation.HasEnded; hours += scenario.Plan.Time.StepHours)
        {
            simulation.Step();
        }

        return simulation.StateHash();
    }
}

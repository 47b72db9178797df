using System.CommandLine;
using TmeSim.Engine.Plan;
using TmeSim.Engine.Radiation;
using TmeSim.Experiments.Designs;
using TmeSim.Experiments.Results;
using TmeSim.Experiments.Running;
using TmeSim.Scenarios;
using TmeSim.Scenarios.Diagnostics;

namespace TmeSim.Cli.Commands;

/// <summary><c>tmesim validate FILE…</c>: every mistake of scenarios at its place.</summary>
internal static class ValidateCommand
{
    public static Command Create(CliConsole console)
    {
        var files = new Argument<string[]>("FILE") { Description = "Scenarios (YAML)", Arity = ArgumentArity.OneOrMore };
        var command = new Command("validate", "Check scenarios and report every mistake with file, line and column");
        command.Arguments.Add(files);
        var options = new WorkOptions(command, WorkKind.Check, console);
        command.SetAction(parsed =>
        {
            bool good = true;
            foreach (string file in parsed.GetRequiredValue(files))
            {
                (ScenarioDefinition? scenario, IReadOnlyList<Diagnostic> diagnostics) = options.Read(parsed, file);
                good &= scenario is not null && IsDrawable(scenario, file, console);
                if (scenario is not null && !options.Quiet(parsed))
                {
                    int warnings = diagnostics.Count + (WarnOfMemory(scenario, file, console) ? 1 : 0);
                    console.Out.WriteLine(
                        $"{file}: valid, {Count(scenario.Arms.Count, "arm")}, {Count(scenario.Replicates, "replicate")}, "
                        + $"{ByteSize.Format(MemoryFit.ReplicateBytes(scenario.Plan, 1, scenario.Arms.Count > 1))} of memory for each "
                        + $"replicate at once{Varied(scenario)}{(warnings > 0 ? $", {Count(warnings, "warning")}" : "")}");
                    WriteSurvivors(scenario, console);
                }
            }

            return good ? ExitCode.Done : ExitCode.InvalidScenario;
        });
        return command;
    }

    // What only the statistics of a sample know: a distribution with nothing between its ends, too many keys for a sequence.
    private static bool IsDrawable(ScenarioDefinition scenario, string file, CliConsole console)
    {
        try
        {
            _ = scenario.Sweep is { } sweep ? SweepDesign.Of(sweep) : null;
            _ = scenario.Calibration?.Factors.Select(FactorScale.Of).ToArray();
            return true;
        }
        catch (ScenarioRefusedException e)
        {
            console.Error.WriteLine($"{file}: {e.Message}");
            return false;
        }
    }

    // What radiotherapy is expected to leave, where it is no warning too.
    private static void WriteSurvivors(ScenarioDefinition scenario, CliConsole console)
    {
        foreach (ArmPlan arm in scenario.Arms)
        {
            foreach (IrradiatedLesion lesion in IrradiatedLesion.Of(scenario.Plan, arm))
            {
                console.Out.WriteLine($"  {arm.Name}: {SurvivorText.Of(scenario.Plan, arm, lesion)}");
            }
        }
    }

    private static string Varied(ScenarioDefinition scenario) =>
        (scenario.Sweep is { } sweep ? $", sweep of {Count(sweep.Points, "point")} ({sweep.Method.Name()})" : "")
        + (scenario.Calibration is { } fit
            ? $", calibration of {Count(fit.Factors.Count, "key")} to {Count(fit.Targets.Count, "value")}" : "");

    // A scenario for a larger machine is no mistake.
    private static bool WarnOfMemory(ScenarioDefinition scenario, string file, CliConsole console)
    {
        var fit = MemoryFit.Plan(scenario, 1, null, scenario.Arms.Count > 1, MachineMemory.Limit);
        if (!fit.Fits)
        {
            console.Error.WriteLine($"{file}: warning: too large for this machine: {fit.Refusal(scenario.Plan)}");
        }

        return !fit.Fits;
    }

    private static string Count(int n, string word) => $"{n} {word}{(n == 1 ? "" : "s")}";
}

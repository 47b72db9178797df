using TmeSim.Experiments.Checkpoints;
using TmeSim.Experiments.Folders;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Work;

/// <summary>
/// A branch of an arm of a run: an ordinary run of an ordinary scenario (<see cref="ScenarioReader.ReadBranch"/>), whose arm goes on from the
/// states that the other run kept where there are some, with the same bits as without them.
/// </summary>
public static class BranchedRun
{
    /// <summary>What a scenario asks for, which may go on from a run (<see cref="ScenarioDefinition.From"/>).</summary>
    /// <exception cref="RunFolderException">It names a run that is none, or a time that the run does not have.</exception>
    public static RunRequest Of(ScenarioDefinition scenario)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        if (scenario.From is not { } from)
        {
            return new RunRequest { Scenario = scenario };
        }

        var run = StoppedRun.Of(from.Run);
        return ScenarioReader.ReadFile(run.ScenarioPath).Definition is { } original ? Request(run, original, from.Branch, scenario)
            : throw new RunFolderException($"{run.ScenarioPath} is no scenario any more");
    }

    /// <summary>What is asked for.</summary>
    /// <param name="run">The run.</param>
    /// <param name="scenario">Its scenario.</param>
    /// <param name="branch">Where it branches.</param>
    /// <param name="branched">Scenario of the branch.</param>
    /// <exception cref="RunFolderException">The time is not one of the run.</exception>
    public static RunRequest Request(StoppedRun run, ScenarioDefinition scenario, ScenarioBranch branch, ScenarioDefinition branched)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(branch);
        ArgumentNullException.ThrowIfNull(branched);
        double at = branch.AtHours, step = scenario.Plan.Time.StepHours, end = scenario.Plan.Time.DurationHours;
        if (at > end || Math.Abs(at - (Math.Round(at / step) * step)) > 1e-6)
        {
            throw new RunFolderException($"{branch.At}: the run has no such time; its steps of {NumberText.Of(step)} h end on day {NumberText.Of(end / 24)}");
        }

        int arm = scenario.Arms.Select(a => a.Name).ToList().IndexOf(branch.Arm);
        return new RunRequest
        {
            Scenario = branched,
            Origin = new BranchOrigin(run.Folder, scenario, arm, at),
            BranchedFrom = new BranchEntry(run.Folder, scenario.IdentityHash, branch.Arm, at / 24),
        };
    }
}

using TmeSim.Scenarios;

namespace TmeSim.Experiments.Work;

/// <summary>
/// Makes a reference patient: a run of the scenario as it stands, then runs that hold what it found and say how far it is off. Every one is
/// a run folder, so what is finished is not run again.
/// </summary>
public static class ReferenceSession
{
    /// <summary>Rounds of holding and moving: the first takes most of the difference away, the others what chance leaves.</summary>
    public const int Rounds = 3;

    /// <param name="request">Run of the scenario.</param>
    /// <param name="file">Its name, for the block.</param>
    /// <param name="held">The request with further changes of keys and another seed.</param>
    /// <param name="execute">Runs a scenario under a display; null when it did not come to its end, which ends the work.</param>
    /// <returns>The block; null when a run did not come to its end.</returns>
    /// <exception cref="RunFolderException">No reference patient can be made from the scenario.</exception>
    public static ReferenceBlock? Execute(
        RunRequest request, string file, Func<IReadOnlyList<string>, ulong, RunRequest> held, Func<RunRequest, RunOutcome?> execute)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(held);
        ArgumentNullException.ThrowIfNull(execute);
        ReferenceBlock.Check(request.Scenario);
        if (execute(request) is not { } first)
        {
            return null;
        }

        ReferenceBlock block = ReferenceBlock.Found(request.Scenario, file, first.Manifest.Baseline);
        for (int round = 1; round <= Rounds; round++)
        {
            ulong seed = unchecked(request.Scenario.Plan.Seed + (ulong)round);
            if (execute(held(block.Sets(), seed)) is not { } run)
            {
                return null;
            }

            block = block.Corrected(run.Manifest.Baseline);
        }

        return block;
    }
}

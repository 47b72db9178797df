using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Journal;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Work;

/// <summary>What is made of the simulations of points, arms and replicates, once the journals hold them.</summary>
internal abstract class SweepProduct
{
    /// <summary>Command that does such work, and word in the name of its folder.</summary>
    public abstract string Verb { get; }

    /// <summary>Files that it writes at most, figures and report left out.</summary>
    public abstract int Files { get; }

    /// <summary>Checks, before anything is run, what only this product asks for.</summary>
    /// <exception cref="ScenarioRefusedException">The scenario asks for what there is not.</exception>
    public virtual void Check(ScenarioDefinition scenario)
    {
    }

    /// <summary>Puts aside what a folder holds of other work over the same keys; says where, null for nothing.</summary>
    public virtual string? MoveAside(SweepFolder folder, string design, ScenarioDefinition scenario) => null;

    /// <summary>How the results look so far, a sentence; null for nothing to say.</summary>
    /// <param name="session">The work.</param>
    /// <param name="results">Simulations that are finished.</param>
    public virtual string? Running(SweepSession session, SweepResults results) => null;

    /// <summary>Writes tables, manifest and report.</summary>
    /// <param name="session">The work.</param>
    /// <param name="results">Its simulations, finished or not.</param>
    /// <param name="outcome">How it stands.</param>
    public abstract SweepOutcome Write(SweepSession session, SweepResults results, SweepOutcome outcome);
}

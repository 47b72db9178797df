using TmeSim.Engine;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Measures;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Checkpoints;

/// <summary>
/// The states of a run that a branch of one of its arms can go on from: those that it keeps and those it left when it was stopped, up to the
/// time of the branch.
/// </summary>
/// <param name="run">Folder of the run.</param>
/// <param name="scenario">Its scenario.</param>
/// <param name="arm">Index of the arm.</param>
/// <param name="atHours">Time of the branch [h].</param>
internal sealed class BranchOrigin(string run, ScenarioDefinition scenario, int arm, double atHours)
{
    private readonly MeasureColumns _columns = new(scenario);

    /// <summary>Goes on from the latest state that can be used.</summary>
    /// <param name="branched">Scenario of the branch.</param>
    /// <param name="to">Index of the arm in it.</param>
    /// <param name="replicate">Number of the replicate.</param>
    /// <param name="fresh">Gives a simulation that nothing was read into.</param>
    /// <param name="atZero">Gives one at t = 0.</param>
    /// <param name="notice">Takes what the user should know.</param>
    /// <returns>The simulation and what the arm gave up to then; null where it has to begin.</returns>
    public ArmAtWork? Continue(
        ScenarioDefinition branched, int to, int replicate, Func<Simulation> fresh, Func<Simulation> atZero, Action<string> notice)
    {
        foreach (string file in States(replicate))
        {
            try
            {
                return StateFile.Read(file, head => Refusal(head, replicate), (head, progress, state) =>
                {
                    ArmProgress given = In(branched, progress ?? throw new InvalidDataException("its rows are missing"));
                    bool laysFields = branched.Arms[to].Radiation.Count > scenario.Arms[arm].Radiation.Count;
                    Simulation simulation = laysFields ? atZero() : fresh();
                    simulation.BranchArm(branched.Arms[to], scenario.Arms[arm], state);
                    notice($"{branched.Arms[to].Name}, replicate {replicate} goes on from day {NumberText.Of(head.TimeD)} of {scenario.Arms[arm].Name} ({file})"
                        + (laysFields ? ", after its burn-in, on whose tumour the fields are laid" : ""));
                    return new ArmAtWork(simulation, given);
                });
            }
            catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
            {
                notice($"{file} is not used: {e.Message.TrimEnd('.')}");
            }
        }

        notice($"{branched.Arms[to].Name}, replicate {replicate} is simulated from its start, with the same bits: the run has no state of {scenario.Arms[arm].Name} "
            + $"on day {NumberText.Of(atHours / 24)} or before it (output: {{checkpoints: [...]}} keeps some)");
        return null;
    }

    private IEnumerable<string> States(int replicate)
    {
        string begin = CheckpointFolder.OfArm(scenario, arm, replicate);
        return from folder in (string[])[ResultFiles.States, ResultFiles.Checkpoints]
               let states = new CheckpointFolder(run, folder)
               from file in states.Latest(begin)
               let step = CheckpointFolder.StepOf(file)
               where HoursAt(step) <= atHours + 1e-6
               orderby step descending
               select file;
    }

    private double HoursAt(long step) => (step * scenario.Plan.Time.StepHours) - scenario.Plan.Time.BurnInHours;

    private string? Refusal(CheckpointHead head, int replicate) => head.Differs(scenario, CheckpointHead.Arm, arm, head.Output, replicate);

    // Drugs that come new have not been given; columns of other arms are left out. Fingerprints within an arm hold its courses, so those of the
    // other arm are not this one's.
    private ArmProgress In(ScenarioDefinition branched, ArmProgress progress)
    {
        string[] names = [.. _columns.Measures.Select(m => m.Name)];
        int[] places = [.. new MeasureColumns(branched).Measures.Select(m => Array.IndexOf(names, m.Name))];
        return progress.Rows.All(r => r.Values.Length == names.Length)
            ? progress with
            {
                Rows = [.. progress.Rows.Select(r => r with { Values = [.. places.Select(p => p < 0 ? 0 : r.Values[p])] })],
                Probes = [.. progress.Probes.Where(p => p.TimeDays == 0)],
                Files = [],
            }
            : throw new InvalidDataException("its rows have other columns");
    }
}

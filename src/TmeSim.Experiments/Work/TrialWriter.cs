using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Journal;
using TmeSim.Experiments.Trials;

namespace TmeSim.Experiments.Work;

/// <summary>Tables, numbers and report of a trial.</summary>
internal sealed class TrialWriter : SweepProduct
{
    public override string Verb => "trial";

    public override SweepOutcome Write(SweepSession session, SweepResults results, SweepOutcome outcome)
    {
        TrialReading reading = new(session.Scenario, session.Points, results);
        string table = session.Folder.In(ResultFiles.Patients);
        AtomicFile.WriteText(table, reading.Table.Csv());
        AtomicFile.WriteText(session.Folder.In(ResultFiles.Visits), reading.Visits());
        return outcome with { TablePath = table };
    }
}

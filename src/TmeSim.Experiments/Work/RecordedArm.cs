using TmeSim.Engine;
using TmeSim.Engine.State;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Measures;
using TmeSim.Experiments.Results;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Work;

/// <summary>Where a simulation parts from what a folder recorded of it.</summary>
/// <param name="Arm">Name of the arm.</param>
/// <param name="Replicate">Number of the replicate, from 0.</param>
/// <param name="SameUntilD">Last time at which everything recorded was the same [d]; null for none.</param>
/// <param name="TimeD">First time at which something differs [d].</param>
/// <param name="Lesion">First lesion that differs; empty for the patient.</param>
/// <param name="Process">The first process of a step that writes one of the parts that differ; empty where no fingerprint was compared.</param>
/// <param name="What">What differs, in words: parts of the state in its order, columns with both values.</param>
public sealed record Parting(string Arm, int Replicate, double? SameUntilD, double TimeD, string Lesion, string Process, string What);

/// <summary>What a run folder recorded of an arm in a replicate, against which the same simulation is held while it runs again.</summary>
internal sealed class RecordedArm
{
    private const int Shown = 6;
    private readonly ScenarioDefinition _scenario;
    private readonly ResultTables _tables;
    private readonly string[] _header;
    private readonly Dictionary<(string Lesion, string Time), string> _rows;
    private readonly StateHashEntry[] _probes;
    private readonly string[] _events;
    private readonly int _arm, _replicate;

    public RecordedArm(FinishedRun run, ScenarioDefinition scenario, ResultTables tables, BlockLines rows, BlockLines events, DoneEntry done)
    {
        var key = new ArmReplicate(done.Arm, done.Replicate);
        (_scenario, _tables, _replicate) = (scenario, tables, done.Replicate);
        _arm = scenario.Arms.Select(a => a.Name).ToList().IndexOf(done.Arm);
        _header = Csv.Split(rows.Header);
        _rows = rows[key].ToDictionary(line => Csv.Leading(line, 4) is [_, _, var lesion, var time] ? (lesion, time) : ("", line));
        _events = [.. events[key]];
        _probes = [.. run.Manifest.StateHashes.Where(h => (h.Arm, h.Replicate) == (done.Arm, done.Replicate))];
    }

    /// <summary>Index of the arm in the scenario.</summary>
    public int Arm => _arm;

    /// <summary>Rows that were the same so far.</summary>
    public int Rows { get; private set; }

    /// <summary>Fingerprints that were the same so far.</summary>
    public int States { get; private set; }

    private double? SameUntil { get; set; }

    /// <summary>Holds the state now against what was recorded at this time.</summary>
    /// <param name="simulation">Between steps.</param>
    /// <param name="rows">Its rows of this time; none where none is due.</param>
    /// <param name="states">Hold the fingerprint too, where there is one of this time.</param>
    /// <returns>What differs; null for nothing.</returns>
    public Parting? Compare(Simulation simulation, IEnumerable<MeasureRow> rows, bool states = true)
    {
        double day = simulation.TimeHours / 24;
        int before = Rows + States;
        string process = "";
        string? parts = !states || Probe(day) is not { } probe ? null : Parts(simulation, probe, out process);
        (string Lesion, string Text)[] columns = [.. rows.Select(Columns).OfType<(string, string)>()];
        if (parts is null && columns.Length == 0)
        {
            SameUntil = Rows + States > before ? day : SameUntil;
            return null;
        }

        string lesion = columns.Length > 0 ? columns[0].Lesion : parts is not null && parts.Contains('/') ? parts[..parts.IndexOf('/')] : "";
        string[] words = [.. (string[])(parts is null ? [] : [$"of the state {parts}"]), .. columns.Select(c => c.Text)];
        return new Parting(_scenario.Arms[_arm].Name, _replicate, SameUntil, day, lesion, process, string.Join("; ", words));
    }

    /// <summary>Holds events up to now against those recorded.</summary>
    /// <param name="simulation">At the end.</param>
    /// <param name="isOver">The arm is over: nothing else may have been recorded.</param>
    public Parting? CompareEvents(Simulation simulation, bool isOver)
    {
        string[] now = [.. simulation.Events.Select(e => _tables.Event(_arm, _replicate, e))];
        int first = Enumerable.Range(0, now.Length).FirstOrDefault(i => i >= _events.Length || now[i] != _events[i], now.Length);
        if (first == now.Length && (!isOver || _events.Length == now.Length))
        {
            return null;
        }

        string was = first < _events.Length ? $"'{_events[first]}' was recorded" : "nothing was recorded";
        string here = first < now.Length ? $"'{now[first]}' happens" : "nothing happens";
        double day = first < now.Length ? simulation.Events[first].TimeHours / 24 : simulation.TimeHours / 24;
        return new Parting(_scenario.Arms[_arm].Name, _replicate, SameUntil, day, "", "", $"events: {here} where {was}");
    }

    private StateHashEntry? Probe(double day) => _probes.FirstOrDefault(p => p.TimeD == day);

    private string? Parts(Simulation simulation, StateHashEntry recorded, out string process)
    {
        process = "";
        StateProbe now = StateProbe.Of(simulation);
        if (now.Hash == recorded.Hash)
        {
            States++;
            return null;
        }

        if (recorded.Parts?.Split(' ') is not { } parts)
        {
            return "something (the folder has no fingerprints of its parts)";
        }

        StatePart[] named = [.. simulation.StateParts()];
        string[] differ = [.. named.Zip(now.Parts.Split(' ').Zip(parts)).Where(p => p.Second.First != p.Second.Second).Select(p => p.First.Name)];
        process = parts.Length == named.Length && PartWriters.First(differ, _scenario.Arms[_arm].Radiation.Count > 0) is { } first ? PartWriters.Name(first) : "";
        return parts.Length != named.Length ? "the number of its parts" : differ.Length == 0 ? "something that no part holds"
            : string.Join(", ", differ.Take(Shown)) + (differ.Length > Shown ? $" and {differ.Length - Shown} more of {named.Length} parts" : "");
    }

    private (string Lesion, string Text)? Columns(MeasureRow row)
    {
        string line = _tables.Row(_arm, _replicate, row), lesion = _scenario.Plan.Lesions[row.Lesion].Name;
        if (!_rows.TryGetValue((lesion, Csv.Number(row.TimeDays)), out string? recorded))
        {
            return (lesion, $"{lesion} has no row then");
        }

        if (recorded == line)
        {
            Rows++;
            return null;
        }

        string[] now = Csv.Split(line), was = Csv.Split(recorded);
        string[] differ = [.. Enumerable.Range(0, Math.Min(now.Length, Math.Min(was.Length, _header.Length))).Where(i => now[i] != was[i])
            .Select(i => $"{_header[i]} {now[i]} where {was[i]} was recorded")];
        return (lesion, $"{lesion}: {string.Join(", ", differ.Take(Shown))}{(differ.Length > Shown ? $" and {differ.Length - Shown} more columns" : "")}");
    }
}

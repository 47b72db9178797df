using System.Text;
using System.Text.Json.Nodes;
using TmeSim.Engine;
using TmeSim.Engine.Plan;
using TmeSim.Scenarios.Parameters;

namespace TmeSim.Experiments.Evidence;

/// <summary>Where every parameter comes from, and what is wrong with that.</summary>
/// <param name="Entries">The parameters.</param>
/// <param name="Faults">A sentence for each that has no source, or that nothing reads; empty for none.</param>
public sealed record ParameterAudit(IReadOnlyList<ParameterEntry> Entries, IReadOnlyList<string> Faults)
{
    /// <summary>Looks through parameters.</summary>
    /// <param name="entries">The parameters.</param>
    /// <param name="read">Those that a simulation reads.</param>
    public static ParameterAudit Of(IReadOnlyList<ParameterEntry> entries, IReadOnlySet<Parameter> read) => new(entries,
    [
        .. entries.Where(e => string.IsNullOrWhiteSpace(e.Source)).Select(e => $"{e.Key} has no source"),
        .. entries.Where(e => !Enum.IsDefined(e.Grade)).Select(e => $"{e.Key} has no grade"),
        .. entries.Where(e => !read.Contains(e.Parameter)).Select(e => $"{e.Key} is read by nothing"),
    ]);

    /// <summary>How many there are of each grade, a sentence.</summary>
    public string Answer => $"{Entries.Count} parameters: " + string.Join(", ", Enum.GetValues<Grade>().Select(g =>
        $"{Entries.Count(e => e.Grade == g)} {Word(g)}")) + (Faults.Count == 0 ? "; each has a source and is read."
            : $"; {Faults.Count} without a source, a grade or a reader.");

    /// <summary>A line each: key, value, grade, source.</summary>
    public string Text()
    {
        var text = new StringBuilder();
        int key = Entries.Max(e => e.Key.Length), value = Entries.Max(e => Value(e).Length);
        foreach (ParameterEntry e in Entries)
        {
            text.Append(e.Key.PadRight(key + 2)).Append(Value(e).PadRight(value
                + 2)).Append(Word(e.Grade).PadRight(12)).Append(e.Source).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>parameters.csv.</summary>
    public string Csv()
    {
        var text = new StringBuilder("key,value,unit,allowed_low,allowed_high,spread_low,spread_high,grade,source,text\n");
        foreach (ParameterEntry e in Entries)
        {
            text.AppendJoin(',', e.Key, Folders.Csv.Number(e.Value), Folders.Csv.Text(e.Unit), Folders.Csv.Number(e.Min),
                Folders.Csv.Number(e.Max),
                e.Spread is { } s ? Folders.Csv.Number(s.Low) : "", e.Spread is { } t ? Folders.Csv.Number(t.High) : "", Word(e.Grade),
                Folders.Csv.Text(e.Source), Folders.Csv.Text(e.Text)).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>All of it.</summary>
    public JsonObject Json() => new()
    {
        ["format"] = "tmesim-parameters/1", ["model_version"] = Simulation.ModelVersion,
        ["faults"] = new JsonArray([.. Faults.Select(f => (JsonNode)f)]),
        ["parameters"] = new JsonArray([.. Entries.Select(e => (JsonNode)new JsonObject
        {
            ["key"] = e.Key, ["value"] = e.Value, ["unit"] = e.Unit, ["allowed"] = new JsonArray(e.Min, e.Max),
            ["spread"] = e.Spread is { } s ? new JsonArray(s.Low, s.High) : null, ["grade"] = Word(e.Grade), ["source"] = e.Source,
                ["text"] = e.Text,
        })]),
    };

    /// <summary>JSON as people read it.</summary>
    public static string Text(JsonObject json) => json.ToJsonString(Trials.TrialFiles.Readable) + "\n";

    private static string Value(ParameterEntry entry) => entry.Written(entry.Value);

    private static string Word(Grade grade) => grade.ToString().ToLowerInvariant();
}

using TmeSim.Scenarios.Diagnostics;
using TmeSim.Scenarios.Yaml;

namespace TmeSim.Scenarios.Reading;

/// <summary>Reads <c>from:</c>, which names the run, arm and time that a scenario goes on from. It is read before anything else: the rest of such a file says what changes.</summary>
internal sealed class FromBlock(DiagnosticSink sink)
{
    private static readonly string[] Keys = ["run", "arm", "at"];

    /// <summary>What it names; null after an error.</summary>
    public ScenarioFrom? Read(YamlEntry entry)
    {
        if (entry.Value is not YamlMapping block)
        {
            sink.Error(entry.Value.Mark, "from", "from names a run, an arm and a time: {run: DIR, arm: NAME, at: 6 weeks}");
            return null;
        }

        foreach (YamlEntry other in block.Entries.Where(e => !Keys.Contains(e.Key)))
        {
            sink.Error(other.KeyMark, "from." + Excerpt.Of(other.Key), $"from has no key '{Excerpt.Of(other.Key)}'{Suggestion.Clause(other.Key, Keys, "keys")}");
        }

        string? run = Text(block, "run"), arm = Text(block, "arm"), at = Text(block, "at");
        if (at is not null && ScenarioBranch.Hours(at) is null)
        {
            sink.Error(block["at"]!.Mark, "from.at", $"'{Excerpt.Of(at)}' is no time after t = 0; write one with its unit, for example 6 weeks");
        }

        string? folder = run is null ? null : Folder(block["run"]!.Mark, run);
        return sink.HasErrors ? null : new ScenarioFrom(folder!, new ScenarioBranch(arm!, at!, Name: null));
    }

    private string? Text(YamlMapping block, string key)
    {
        if (block[key] is YamlScalar { IsNull: false, Text.Length: > 0 } scalar)
        {
            return scalar.Text;
        }

        sink.Error(block[key]?.Mark ?? block.Mark, "from." + key, $"from needs {(key == "run" ? "the folder of a run" : key == "arm" ? "the name of an arm of it" : "a time after t = 0")}: `{key}:`");
        return null;
    }

    private string? Folder(Mark mark, string run)
    {
        if (mark.Source.Directory is null && !Path.IsPathRooted(run))
        {
            sink.Error(mark, "from.run", "the folder of a run needs a folder to start from, and this text was not read from a file");
            return null;
        }

        try
        {
            return Path.GetFullPath(Path.Combine(mark.Source.Directory ?? "", run));
        }
        catch (Exception e) when (e is ArgumentException or IOException or NotSupportedException)
        {
            sink.Error(mark, "from.run", $"'{Excerpt.Of(run)}' is not the name of a folder");
            return null;
        }
    }
}

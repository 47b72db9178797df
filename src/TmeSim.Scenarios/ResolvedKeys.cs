using System.Globalization;
using TmeSim.Scenarios.Diagnostics;
using TmeSim.Scenarios.Yaml;

namespace TmeSim.Scenarios;

/// <summary>The keys of a resolved scenario with their values as texts, to see in what two scenarios differ.</summary>
public static class ResolvedKeys
{
    /// <summary>Every key with a single value or a plain list, by its path; members of lists by name or drug, else by number.</summary>
    /// <param name="resolvedYaml"><see cref="ScenarioDefinition.ResolvedYaml"/>.</param>
    public static IReadOnlyDictionary<string, string> Of(string resolvedYaml)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        if (YamlLoader.Load(new SourceText("resolved.yaml", resolvedYaml), new DiagnosticSink()) is { } root)
        {
            Add(values, "", root);
        }

        return values;
    }

    private static void Add(Dictionary<string, string> values, string path, YamlNode node)
    {
        switch (node)
        {
            case YamlMapping map:
                foreach (YamlEntry entry in map.Entries)
                {
                    Add(values, path.Length == 0 ? entry.Key : $"{path}.{entry.Key}", entry.Value);
                }

                break;
            case YamlSequence list when list.Items.All(i => i is YamlScalar):
                values[path] = string.Join(" × ", list.Items.Cast<YamlScalar>().Select(i => i.Text));
                break;
            case YamlSequence list:
                foreach ((int i, YamlNode item) in list.Items.Index())
                {
                    Add(values, $"{path}[{Member(item) ?? i.ToString(CultureInfo.InvariantCulture)}]", item);
                }

                break;
            case YamlScalar scalar:
                values[path] = scalar.Text;
                break;
        }
    }

    private static string? Member(YamlNode node) =>
        node is YamlMapping map && (map["name"] ?? map["drug"]) is YamlScalar { Text: var text } ? text : null;
}

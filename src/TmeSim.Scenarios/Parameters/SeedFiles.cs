using System.Reflection;
using TmeSim.Scenarios.Diagnostics;
using TmeSim.Scenarios.Yaml;

namespace TmeSim.Scenarios.Parameters;

/// <summary>The seed files inside this assembly.</summary>
internal static class SeedFiles
{
    /// <summary>Root nodes of the files of a folder, in the order of their names.</summary>
    /// <exception cref="InvalidOperationException">A seed file is not valid YAML: a fault of the build.</exception>
    public static IEnumerable<YamlNode> Read(string folder)
    {
        Assembly assembly = typeof(SeedFiles).Assembly;
        string prefix = $"seeds/{folder}/";
        foreach (string name in assembly.GetManifestResourceNames().Where(n => n.StartsWith(prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal))
        {
            using StreamReader reader = new(assembly.GetManifestResourceStream(name)!);
            yield return Parse(name, reader.ReadToEnd());
        }
    }

    /// <summary>Root node of a text.</summary>
    /// <exception cref="InvalidOperationException">It is not valid YAML.</exception>
    public static YamlNode Parse(string name, string text)
    {
        DiagnosticSink sink = new();
        YamlNode? root = YamlLoader.Load(new SourceText(name, text), sink);
        return root is null || sink.HasErrors ? throw new InvalidOperationException(Diagnostic.FormatAll(sink.Sorted())) : root;
    }

    /// <summary>Text of a scalar that must be there.</summary>
    /// <exception cref="InvalidOperationException">It is not.</exception>
    public static string Text(YamlNode node, string key) =>
        (node as YamlMapping)?[key] is YamlScalar { IsNull: false } scalar ? scalar.Text : throw Fault(node, $"'{key}' is missing");

    public static InvalidOperationException Fault(YamlNode node, string message) =>
        new($"{node.Mark.Source.Name}:{node.Mark.Line}: {message}");
}

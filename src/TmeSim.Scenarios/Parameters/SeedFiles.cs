using System.Reflection;
using TmeSim.Scenarios.Diagnostics;
using TmeSim.Scenarios.Files;
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
    public static YamlNode Parse(string name, string text) => Parse(new SourceText(name, text), new DiagnosticSink());

    /// <summary>Root node of a file of the user's.</summary>
    /// <exception cref="InvalidOperationException">It cannot be read, is too large or is not valid YAML.</exception>
    public static YamlNode ParseFile(string path)
    {
        DiagnosticSink sink = new();
        bool handed = path == HandedStream.StandardInput;
        return Parse(SourceFile.Read(handed ? path : Path.GetFullPath(path), handed ? "standard input" : path, sink), sink);
    }

    private static YamlNode Parse(SourceText? source, DiagnosticSink sink)
    {
        YamlNode? root = source is null ? null : YamlLoader.Load(source, sink);
        return root is null || sink.HasErrors ? throw new InvalidOperationException(Diagnostic.FormatAll(sink.Sorted())) : root;
    }

    /// <summary>Text of a scalar that must be there.</summary>
    /// <exception cref="InvalidOperationException">It is not.</exception>
    public static string Text(YamlNode node, string key) =>
        (node as YamlMapping)?[key] switch
        {
            YamlScalar { IsNull: false } scalar => scalar.Text,
            null or YamlScalar => throw Fault(node, $"'{key}' is missing"),
            YamlNode other => throw Fault(other, $"'{key}' is a {(other is YamlMapping ? "block of keys" : "list")}; a text is wanted"),
        };

    /// <summary>A member of an enumeration by its name in small letters; null for what is none.</summary>
    public static T? Named<T>(string text)
        where T : struct, Enum => Array.FindIndex(Enum.GetNames<T>(), n => n.Equals(text, StringComparison.OrdinalIgnoreCase)) is var at
            and >= 0 ? Enum.GetValues<T>()[at] : null;

    public static InvalidOperationException Fault(YamlNode node, string message) =>
        new($"{node.Mark.Source.Name}:{node.Mark.Line}: {message}");
}

using TmeSim.Scenarios.Diagnostics;
using TmeSim.Scenarios.Keys;
using TmeSim.Scenarios.Yaml;

namespace TmeSim.Scenarios.Reading;

/// <summary>
/// Follows <c>base:</c> and overlays the files. Nodes keep their marks, so a diagnostic points into the file where the value stands.
/// </summary>
internal sealed class BaseFiles(DiagnosticSink sink, List<InputFile> inputs)
{
    /// <summary>Longest chain of files.</summary>
    public const int MaxChain = 16;

    /// <summary>The scenario of a text with all its bases below it, or null after an error.</summary>
    /// <param name="source">Text of the overlaying file.</param>
    /// <param name="chain">Full paths of the files above it, itself included.</param>
    public YamlMapping? Load(SourceText source, IReadOnlyList<string> chain)
    {
        YamlNode? node = YamlLoader.Load(source, sink);
        if (node is null)
        {
            return null;
        }

        if (node is not YamlMapping root)
        {
            sink.Error(node.Mark, null, $"a scenario is a block of keys; begin with `schema: {ScenarioKeys.SchemaName}`");
            return null;
        }

        if (root["base"] is not YamlScalar { IsNull: false } named)
        {
            return root;
        }

        YamlMapping? below = Base(named, source, chain);
        return below is null ? null : WithoutBase((YamlMapping)Overlay.Merge(below, root, ScenarioKeys.Root));
    }

    private YamlMapping? Base(YamlScalar named, SourceText source, IReadOnlyList<string> chain)
    {
        if (source.Directory is null)
        {
            sink.Error(named.Mark, "base", "a base needs a folder to start from, and this text was not read from a file");
            return null;
        }

        string path;
        try
        {
            path = Path.GetFullPath(Path.Combine(source.Directory, named.Text));
        }
        catch (Exception e) when (e is ArgumentException or IOException or NotSupportedException)
        {
            sink.Error(named.Mark, "base", $"'{Excerpt.Of(named.Text)}' is not a file name");
            return null;
        }

        if (chain.Contains(path))
        {
            sink.Error(named.Mark, "base",
                $"'{named.Text}' leads back to a file that is being read: {string.Join(" → ", chain.Append(path).Select(Path.GetFileName))}");
            return null;
        }

        if (chain.Count >= MaxChain)
        {
            sink.Error(named.Mark, "base", $"more than {MaxChain} files on top of each other");
            return null;
        }

        SourceText? text = SourceFile.Read(path, named.Text, sink, named.Mark);
        if (text is null)
        {
            return null;
        }

        inputs.Add(new InputFile(named.Text, text.Sha256));
        return Load(text, [.. chain, path]);
    }

    private static YamlMapping WithoutBase(YamlMapping root)
    {
        YamlMapping copy = new(root.Mark);
        foreach (YamlEntry entry in root.Entries.Where(e => e.Key != "base"))
        {
            copy.TryAdd(entry.Key, entry.KeyMark, entry.Value);
        }

        return copy;
    }
}

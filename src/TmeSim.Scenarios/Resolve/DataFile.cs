using TmeSim.Scenarios.Diagnostics;
using TmeSim.Scenarios.Reading;
using TmeSim.Scenarios.Yaml;

namespace TmeSim.Scenarios.Resolve;

/// <summary>A table that a scenario names.</summary>
internal static class DataFile
{
    /// <summary>Its text, and its path from the scenario's own folder, with forward slashes, also for a file that a base names; null after
    /// an error.</summary>
    /// <param name="file">Name as written.</param>
    /// <param name="rootDirectory">Folder of the scenario; null for a text that was not read from a file.</param>
    /// <param name="sink">Takes mistakes.</param>
    /// <param name="inputs">Takes the file with its sum; null to leave it out.</param>
    public static (SourceText Text, string Name)? Read(ScalarValue file, string? rootDirectory, DiagnosticSink sink,
        List<InputFile>? inputs)
    {
        if ((file.Mark.Source.Directory ?? rootDirectory) is not string directory)
        {
            sink.Error(file.Mark, file.Path, "a data file needs a folder to start from, and this text was not read from a file");
            return null;
        }

        string path;
        try
        {
            path = Path.GetFullPath(Path.Combine(directory, file.Text));
        }
        catch (Exception e) when (e is ArgumentException or IOException or NotSupportedException)
        {
            sink.Error(file.Mark, file.Path, $"'{Excerpt.Of(file.Text)}' is not a file name");
            return null;
        }

        SourceText? text = SourceFile.Read(path, file.Text, sink, file.Mark);
        if (text is null || !TextGuard.Check(text, sink))
        {
            return null;
        }

        string name = rootDirectory is null ? file.Text : Path.GetRelativePath(rootDirectory, path).Replace('\\', '/');
        inputs?.Add(new InputFile(name, text.Sha256));
        return (text, name);
    }
}

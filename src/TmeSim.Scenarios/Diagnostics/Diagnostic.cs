using System.Text;

namespace TmeSim.Scenarios.Diagnostics;

/// <summary>Whether a scenario can run in spite of what a diagnostic says.</summary>
public enum DiagnosticSeverity
{
    /// <summary>Worth a look; the scenario runs.</summary>
    Warning,

    /// <summary>The scenario cannot run.</summary>
    Error,
}

/// <summary>One thing that is wrong in a scenario, at the place where it stands.</summary>
/// <param name="Severity">Error or warning.</param>
/// <param name="File">File that holds the mistake; <c>--set</c> for an option, whose ordinal is then the line.</param>
/// <param name="Line">Line, from 1.</param>
/// <param name="Column">Column in characters, from 1.</param>
/// <param name="Path">Key path such as <c>lesions[primary].tumor.radius</c>; null when the mistake has none.</param>
/// <param name="Message">What is wrong, what is allowed, and what to write instead.</param>
/// <param name="Excerpt">The source line with a caret under the column, two lines; null when there is none.</param>
public sealed record Diagnostic(
    DiagnosticSeverity Severity, string File, int Line, int Column, string? Path, string Message, string? Excerpt)
{
    /// <summary>Compiler-like text, <c>file.yaml:12:7: error: …</c>, followed by the excerpt.</summary>
    public string Format()
    {
        StringBuilder text = new();
        text.Append(File).Append(':').Append(Line).Append(':').Append(Column).Append(": ")
            .Append(Severity == DiagnosticSeverity.Error ? "error: " : "warning: ");
        if (Path is not null)
        {
            text.Append(Path).Append(": ");
        }

        text.Append(Message);
        if (Excerpt is not null)
        {
            text.Append('\n').Append(Excerpt);
        }

        return text.ToString();
    }

    /// <summary>
    /// Text of a list of diagnostics, errors and warnings in file order, at most <paramref name="limit"/> of them,
    /// with the count of the rest.
    /// </summary>
    public static string FormatAll(IReadOnlyList<Diagnostic> diagnostics, int limit = 50)
    {
        StringBuilder text = new();
        foreach (Diagnostic diagnostic in diagnostics.Take(limit))
        {
            text.Append(diagnostic.Format()).Append('\n');
        }

        if (diagnostics.Count > limit)
        {
            text.Append("… and ").Append(diagnostics.Count - limit).Append(" more\n");
        }

        return text.ToString();
    }
}

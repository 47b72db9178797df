namespace TmeSim.Scenarios.Diagnostics;

/// <summary>Collects diagnostics. Keeps at most <see cref="Capacity"/> of them, so a hostile file cannot fill the memory.</summary>
internal sealed class DiagnosticSink
{
    public const int Capacity = 1000;

    private readonly List<(Diagnostic Diagnostic, int FileOrder)> _items = [];
    private readonly List<string> _files = [];
    private int _dropped;

    public bool HasErrors { get; private set; }

    public void Error(Mark mark, string? path, string message) => Add(DiagnosticSeverity.Error, mark, path, message);

    public void Warn(Mark mark, string? path, string message) => Add(DiagnosticSeverity.Warning, mark, path, message);

    /// <summary>All diagnostics: by file in the order in which files were first complained about, then by place.</summary>
    public IReadOnlyList<Diagnostic> Sorted()
    {
        if (_items.Count == 0)
        {
            return [];
        }

        List<Diagnostic> sorted = [.. _items
            .OrderBy(i => i.FileOrder).ThenBy(i => i.Diagnostic.Line).ThenBy(i => i.Diagnostic.Column)
            .Select(i => i.Diagnostic)];
        if (_dropped > 0)
        {
            Diagnostic last = sorted[^1];
            sorted.Add(last with { Path = null, Excerpt = null, Message = $"{_dropped} more mistakes are not listed" });
        }

        return sorted;
    }

    private void Add(DiagnosticSeverity severity, Mark mark, string? path, string message)
    {
        HasErrors |= severity == DiagnosticSeverity.Error;
        if (_items.Count >= Capacity)
        {
            _dropped++;
            return;
        }

        int file = _files.IndexOf(mark.Source.Name);
        if (file < 0)
        {
            file = _files.Count;
            _files.Add(mark.Source.Name);
        }

        _items.Add((new Diagnostic(severity, mark.Source.Name, mark.Line, mark.Column, path, message,
            mark.Source.Excerpt(mark.Line, mark.Column)), file));
    }
}

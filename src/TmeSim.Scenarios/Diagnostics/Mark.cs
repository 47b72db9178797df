namespace TmeSim.Scenarios.Diagnostics;

/// <summary>A place in a source text, line and column from 1.</summary>
internal readonly record struct Mark(SourceText Source, int Line, int Column);

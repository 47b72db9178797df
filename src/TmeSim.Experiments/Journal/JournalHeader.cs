using System.Text.Json;

namespace TmeSim.Experiments.Journal;

/// <summary>First line of a journal: what the values of its rows are.</summary>
/// <param name="ModelVersion">Version of the model that made them.</param>
/// <param name="Outputs">Names of outputs.</param>
/// <param name="Series">Columns of the time series beside the keys.</param>
/// <param name="Lesions">Number of lesions.</param>
/// <param name="RecordHours">Interval of the rows that outputs and series are taken from [h].</param>
/// <param name="Names">Hash of the names that columns are called after, of clones and drugs; empty when no such column is kept.</param>
internal sealed record JournalHeader(int ModelVersion, IReadOnlyList<string> Outputs, IReadOnlyList<string> Series, int Lesions,
    double RecordHours, string Names)
{
    private const string Format = "tmesim-journal/1";

    /// <summary>Values of one mean the same as values of the other.</summary>
    public bool Agrees(JournalHeader other) =>
        ModelVersion == other.ModelVersion && Lesions == other.Lesions && RecordHours == other.RecordHours
            && (Names == other.Names || Names.Length == 0 || other.Names.Length == 0);

    public bool IsSame(JournalHeader other) =>
        Agrees(other) && Names == other.Names && Outputs.SequenceEqual(other.Outputs) && Series.SequenceEqual(other.Series);

    public byte[] ToLine() => JournalLine.Seal(JsonSerializer.SerializeToUtf8Bytes(
        new HeaderText(Format, ModelVersion, Lesions, RecordHours, Names, Outputs, Series), JournalJson.Default.HeaderText));

    /// <summary>Reads the text of a line without its checksum; null when it is no header.</summary>
    public static JournalHeader? Parse(ReadOnlyMemory<byte> text) =>
        JournalLine.Read(text, JournalJson.Default.HeaderText) is { Journal: Format } h
            ? new(h.Model, h.Outputs, h.Series, h.Lesions, h.RecordH, h.Names) : null;

    /// <summary>The keys of the line, in snake case.</summary>
    internal sealed record HeaderText(string Journal, int Model, int Lesions, double RecordH, string Names, IReadOnlyList<string> Outputs,
        IReadOnlyList<string> Series);
}

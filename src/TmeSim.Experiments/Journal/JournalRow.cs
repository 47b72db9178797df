using System.Buffers.Text;
using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using TmeSim.Experiments.Folders;

namespace TmeSim.Experiments.Journal;

/// <summary>One line of a journal: what came of a simulation.</summary>
/// <param name="Run">Which one.</param>
/// <param name="Error">Why it failed; null when it did not.</param>
/// <param name="Values">Outputs of lesion 0, then of lesion 1 …, in the order of the header; NaN where undefined; empty after a
/// failure.</param>
/// <param name="EndDays">Time of the last row [d].</param>
/// <param name="StateHash">Fingerprint of the state at the end.</param>
/// <param name="WallSeconds">Time it took, burn-in left out [s].</param>
/// <param name="SeriesEnd">Length of the file of time series after this run [bytes].</param>
public sealed record JournalRow(RunId Run, string? Error, IReadOnlyList<double> Values, double EndDays, string StateHash,
    double WallSeconds, long SeriesEnd)
{
    /// <summary>A tumour came near the wall: the simulation stopped before its duration.</summary>
    public bool EndedEarly { get; init; }

    /// <summary>What a run keeps of it for manifest and tables; null in a sweep.</summary>
    internal FinishedArm? Arm { get; init; }

    /// <summary>The line with its checksum and line feed.</summary>
    internal byte[] ToLine() => JournalLine.Seal(JsonSerializer.SerializeToUtf8Bytes(
        new RowText(
            Run.ToString(), [.. Values.Select(v => double.IsFinite(v) ? v : (double?)null)], EndDays, StateHash, Math.Round(WallSeconds, 3),
            SeriesEnd, Error, EndedEarly, Arm),
        JournalJson.Default.RowText));

    /// <summary>Reads the text of a line without its checksum; null when it is no row.</summary>
    internal static JournalRow? Parse(ReadOnlyMemory<byte> text) =>
        JournalLine.Read(text, JournalJson.Default.RowText) is { } r && RunId.Parse(r.Run) is { } run
            ? new JournalRow(run, r.Error, [.. r.Values.Select(v => v ?? double.NaN)], r.EndD, r.State, r.WallS,
                r.Series) { EndedEarly = r.EndedEarly, Arm = r.Arm }
            : null;

    /// <summary>The keys of the line, in snake case.</summary>
    internal sealed record RowText(
        [property: JsonPropertyOrder(-2)] string Run,
        double?[] Values,
        double EndD,
        [property: JsonPropertyOrder(2)] string State,
        [property: JsonPropertyOrder(2)] double WallS,
        [property: JsonPropertyOrder(2)] long Series,
        [property: JsonPropertyOrder(-1), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] string? Error = null,
        [property: JsonPropertyOrder(1), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool EndedEarly = false,
        [property: JsonPropertyOrder(3), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] FinishedArm? Arm = null);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(JournalRow.RowText))]
[JsonSerializable(typeof(JournalHeader.HeaderText))]
internal sealed partial class JournalJson : JsonSerializerContext;

/// <summary>Lines of text that know when they are damaged: eight hexadecimal digits of a CRC-32C, a blank, the text, a line feed.</summary>
internal static class JournalLine
{
    private const int Prefix = 9;

    public static byte[] Seal(ReadOnlySpan<byte> text)
    {
        byte[] line = new byte[Prefix + text.Length + 1];
        Encoding.ASCII.GetBytes(Checksum(text).ToString("x8", CultureInfo.InvariantCulture), line);
        line[8] = (byte)' ';
        text.CopyTo(line.AsSpan(Prefix));
        line[^1] = (byte)'\n';
        return line;
    }

    /// <summary>The text of a line given without its line feed; null when the checksum is not that of the text.</summary>
    public static ReadOnlyMemory<byte>? Open(ReadOnlyMemory<byte> line)
    {
        ReadOnlySpan<byte> bytes = line.Span;
        return bytes.Length > Prefix && bytes[8] == ' ' && Utf8Parser.TryParse(bytes[..8], out uint sum, out int read, 'x') && read == 8
            && sum == Checksum(bytes[Prefix..])
            ? line[Prefix..] : null;
    }

    /// <summary>What the text of a line says; null when it is something else.</summary>
    public static T? Read<T>(ReadOnlyMemory<byte> text, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(text.Span, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static uint Checksum(ReadOnlySpan<byte> text)
    {
        uint sum = uint.MaxValue;
        foreach (byte b in text)
        {
            sum = BitOperations.Crc32C(sum, b);
        }

        return ~sum;
    }
}

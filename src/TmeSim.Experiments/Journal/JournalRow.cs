using System.Buffers.Text;
using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using TmeSim.Engine.State;
using TmeSim.Experiments.Folders;

namespace TmeSim.Experiments.Journal;

/// <summary>One line of a journal: what came of a simulation.</summary>
/// <param name="Run">Which one.</param>
/// <param name="Error">Why it failed; null when it did not.</param>
/// <param name="Values">Outputs of lesion 0, then of lesion 1 …, in the order of the header; NaN where undefined; empty after a failure.</param>
/// <param name="EndDays">Time of the last row [d].</param>
/// <param name="StateHash">Fingerprint of the state at the end.</param>
/// <param name="WallSeconds">Time it took, burn-in left out [s].</param>
/// <param name="SeriesEnd">Length of the file of time series after this run [bytes].</param>
public sealed record JournalRow(RunId Run, string? Error, IReadOnlyList<double> Values, double EndDays, string StateHash, double WallSeconds, long SeriesEnd)
{
    /// <summary>A tumour came near the wall: the simulation stopped before its duration.</summary>
    public bool EndedEarly { get; init; }

    /// <summary>What a run keeps of it for manifest and tables; null in a sweep.</summary>
    internal FinishedArm? Arm { get; init; }

    /// <summary>The line with its checksum and line feed.</summary>
    internal byte[] ToLine()
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("run", Run.ToString());
            if (Error is not null)
            {
                json.WriteString("error", Error);
            }

            json.WriteStartArray("values");
            foreach (double value in Values)
            {
                if (double.IsFinite(value))
                {
                    json.WriteNumberValue(value);
                }
                else
                {
                    json.WriteNullValue();
                }
            }

            json.WriteEndArray();
            json.WriteNumber("end_d", EndDays);
            if (EndedEarly)
            {
                json.WriteBoolean("ended_early", true);
            }

            json.WriteString("state", StateHash);
            json.WriteNumber("wall_s", Math.Round(WallSeconds, 3));
            json.WriteNumber("series", SeriesEnd);
            if (Arm is not null)
            {
                json.WritePropertyName("arm");
                JsonSerializer.Serialize(json, Arm, ManifestJson.Default.FinishedArm);
            }

            json.WriteEndObject();
        }

        return JournalLine.Seal(stream.ToArray());
    }

    /// <summary>Reads the text of a line without its checksum; null when it is no row.</summary>
    internal static JournalRow? Parse(ReadOnlyMemory<byte> text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            JsonElement root = document.RootElement;
            return RunId.Parse(root.GetProperty("run").GetString()!) is not { } run ? null : new JournalRow(
                run,
                root.TryGetProperty("error", out JsonElement error) ? error.GetString() : null,
                [.. root.GetProperty("values").EnumerateArray().Select(v => v.ValueKind == JsonValueKind.Null ? double.NaN : v.GetDouble())],
                root.GetProperty("end_d").GetDouble(),
                root.GetProperty("state").GetString()!,
                root.GetProperty("wall_s").GetDouble(),
                root.GetProperty("series").GetInt64())
            {
                EndedEarly = root.TryGetProperty("ended_early", out JsonElement early) && early.GetBoolean(),
                Arm = root.TryGetProperty("arm", out JsonElement arm) ? arm.Deserialize(ManifestJson.Default.FinishedArm) : null,
            };
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }
}

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
        return bytes.Length > Prefix && bytes[8] == ' ' && Utf8Parser.TryParse(bytes[..8], out uint sum, out int read, 'x') && read == 8 && sum == Checksum(bytes[Prefix..])
            ? line[Prefix..] : null;
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

using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TmeSim.Experiments.Exports.Formats;

/// <summary>An array of Zarr 2 in a folder: chunks in row-major order, little-endian, compressed by zlib.</summary>
internal sealed class ZarrArray
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true };
    private readonly string _folder;
    private readonly string _separator;

    /// <summary>Makes the folder and says what the array is.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="shape">Length along each axis.</param>
    /// <param name="chunks">Length of a chunk along each axis.</param>
    /// <param name="type">Type as NumPy calls it, as in &lt;f4; |O for texts.</param>
    /// <param name="separator">Between the numbers of a chunk: . or /.</param>
    public ZarrArray(string folder, IReadOnlyList<long> shape, IReadOnlyList<long> chunks, string type, string separator = ".")
    {
        (_folder, _separator) = (folder, separator);
        Directory.CreateDirectory(folder);
        JsonNode? fill = type == "|O" ? null : type is ['<', 'f', ..] ? "NaN" : 0;
        Put(folder, ".zarray", new JsonObject
        {
            ["zarr_format"] = 2,
            ["shape"] = Numbers(shape),
            ["chunks"] = Numbers(chunks),
            ["dtype"] = type,
            ["compressor"] = new JsonObject { ["id"] = "zlib", ["level"] = 1 },
            ["fill_value"] = fill,
            ["order"] = "C",
            ["filters"] = type == "|O" ? new JsonArray(new JsonObject { ["id"] = "vlen-utf8" }) : null,
            ["dimension_separator"] = separator,
        });
    }

    /// <summary>Makes a group of a folder.</summary>
    public static void Group(string folder, JsonObject? attributes = null)
    {
        Directory.CreateDirectory(folder);
        Put(folder, ".zgroup", new JsonObject { ["zarr_format"] = 2 });
        if (attributes is not null)
        {
            Attributes(folder, attributes);
        }
    }

    /// <summary>Writes the attributes of a group or array.</summary>
    public static void Attributes(string folder, JsonObject attributes) => Put(folder, ".zattrs", attributes);

    /// <summary>Writes a chunk, a whole one: at the far edges with values beyond the shape.</summary>
    public void Write(ReadOnlySpan<byte> content, params ReadOnlySpan<long> chunk)
    {
        string[] numbers = new string[Math.Max(1, chunk.Length)];
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = FormattableString.Invariant($"{(chunk.Length == 0 ? 0 : chunk[i])}");
        }

        string path = Path.Combine(_folder, string.Join(_separator == "/" ? Path.DirectorySeparatorChar : '.', numbers));
        if (_separator == "/")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        }

        using var zip = new ZLibStream(new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16), CompressionLevel.Fastest);
        zip.Write(content);
    }

    /// <summary>Texts as the filter vlen-utf8 packs them, empty ones behind them up to the length of a chunk.</summary>
    public static byte[] Texts(IReadOnlyList<string> values, int length)
    {
        using var packed = new MemoryStream();
        using var writer = new BinaryWriter(packed);
        writer.Write(length);
        for (int i = 0; i < length; i++)
        {
            byte[] text = i < values.Count ? Encoding.UTF8.GetBytes(values[i]) : [];
            writer.Write(text.Length);
            writer.Write(text);
        }

        return packed.ToArray();
    }

    private static JsonArray Numbers(IReadOnlyList<long> values) => [.. values.Select(v => (JsonNode)v)];

    private static void Put(string folder, string name, JsonObject json) => File.WriteAllText(Path.Combine(folder, name), json.ToJsonString(Readable));
}

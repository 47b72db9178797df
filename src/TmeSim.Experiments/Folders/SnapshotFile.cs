using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using TmeSim.Engine.Fields;

namespace TmeSim.Experiments;

/// <summary>
/// A snapshot on disk: gzip over one line of JSON (UTF-8, ended by a line feed) and then the arrays that the line lists, in
/// that order, little-endian, without gaps. Types are those of NumPy: u1, u2, f4; each array has nx · ny · nz elements,
/// x fastest, then y, then z. Fields are arrays named <c>field:oxygen</c> and so on, with their unit.
/// </summary>
/// <remarks>In Python: <c>b = gzip.open(f).read(); h, _, raw = b.partition(b"\n"); json.loads(h)["arrays"]</c>, then <c>numpy.frombuffer</c>.</remarks>
public static class SnapshotFile
{
    private const string Format = "tmesim-snapshot/1";
    private const string FieldPrefix = "field:";

    /// <summary>Writes a snapshot, whole or not at all.</summary>
    public static void Write(string path, TissueSnapshot snapshot) => AtomicFile.Write(path, stream =>
    {
        using var zip = new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true);
        SnapshotArray[] arrays =
        [
            new("parenchyma", "u1", "0 empty, 1 hepatocyte, 2 tumour cell, 3 dying, 4 necrotic"),
            new("immune", "u1", "0 none, 1 CD8, 2 exhausted CD8, 3 macrophage CD163-, 4 macrophage CD163+"),
            new("clone", "u2", "index of the clone, 0 the founder"),
            new("vessel_perfusion", "f4", "1"),
            .. FieldTable.All.Select(f => new SnapshotArray(FieldPrefix + f.Key, "f4", f.Unit)),
        ];
        var header = new SnapshotHeader(
            Format, snapshot.Arm, snapshot.Replicate, snapshot.Lesion, snapshot.TimeDays, snapshot.Nx, snapshot.Ny, snapshot.Nz, snapshot.SpacingUm, arrays);
        zip.Write(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(header, SnapshotJson.Default.SnapshotHeader) + "\n"));
        zip.Write(snapshot.Parenchyma);
        zip.Write(snapshot.Immune);
        zip.Write(MemoryMarshal.AsBytes<ushort>(snapshot.CloneIndex));
        zip.Write(MemoryMarshal.AsBytes<float>(snapshot.VesselPerfusion));
        foreach (float[] field in snapshot.Fields)
        {
            zip.Write(MemoryMarshal.AsBytes<float>(field));
        }
    });

    /// <summary>Reads a snapshot.</summary>
    /// <exception cref="RunFolderException">The file is missing, cut short or no snapshot.</exception>
    public static TissueSnapshot Read(string path)
    {
        try
        {
            using var zip = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
            using var buffer = new MemoryStream();
            zip.CopyTo(buffer);
            return Parse(buffer.ToArray());
        }
        catch (Exception e) when (e is IOException or InvalidDataException or JsonException or ArgumentException or UnauthorizedAccessException)
        {
            throw new RunFolderException($"cannot read the snapshot {path}: {e.Message}", e);
        }
    }

    private static TissueSnapshot Parse(byte[] bytes)
    {
        int end = Array.IndexOf(bytes, (byte)'\n');
        SnapshotHeader? h = end < 0 ? null : JsonSerializer.Deserialize(bytes.AsSpan(0, end), SnapshotJson.Default.SnapshotHeader);
        if (h is null || h.Format != Format)
        {
            throw new InvalidDataException($"it does not begin as a {Format}");
        }

        int sites = checked(h.Nx * h.Ny * h.Nz), at = end + 1;
        T[] Next<T>()
            where T : unmanaged
        {
            int length = sites * Marshal.SizeOf<T>();
            T[] array = MemoryMarshal.Cast<byte, T>(bytes.AsSpan(at, length)).ToArray();
            at += length;
            return array;
        }

        return new TissueSnapshot
        {
            Arm = h.Arm,
            Replicate = h.Replicate,
            Lesion = h.Lesion,
            TimeDays = h.TimeD,
            Nx = h.Nx,
            Ny = h.Ny,
            Nz = h.Nz,
            SpacingUm = h.SpacingUm,
            Parenchyma = Next<byte>(),
            Immune = Next<byte>(),
            CloneIndex = Next<ushort>(),
            VesselPerfusion = Next<float>(),
            Fields = [.. FieldTable.All.Select(_ => Next<float>())],
        };
    }
}

internal sealed record SnapshotHeader(
    string Format, string Arm, int Replicate, string Lesion, double TimeD, int Nx, int Ny, int Nz, double SpacingUm, IReadOnlyList<SnapshotArray> Arrays);

internal sealed record SnapshotArray(string Name, string Type, string Unit);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(SnapshotHeader))]
internal sealed partial class SnapshotJson : JsonSerializerContext;

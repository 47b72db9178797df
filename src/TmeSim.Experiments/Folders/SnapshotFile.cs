using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using TmeSim.Engine;
using TmeSim.Engine.Fields;
using TmeSim.Engine.Lattice;
using TmeSim.Engine.Plan;
using TmeSim.Scenarios;

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

    /// <summary>Sites along an edge of a section at most: more than a figure can show.</summary>
    public const int SectionSites = 1024;

    /// <summary>Layers of a stack at most.</summary>
    public const int StackLayers = 12;

    /// <summary>Sites along an edge of a layer of a stack at most.</summary>
    public const int StackSites = 512;

    /// <summary>Writes the tissue of a lesion as it is, whole or not at all; row by row, without a copy of it.</summary>
    /// <param name="path">File.</param>
    /// <param name="simulation">A simulation between steps.</param>
    /// <param name="lesion">Index of the lesion.</param>
    /// <param name="arm">The arm it runs: name and thresholds of exhausted and CD163+ cells.</param>
    /// <returns>Size and SHA-256 of the file, taken while it was written.</returns>
    /// <exception cref="RunFolderException">The file cannot be written.</exception>
    public static FileSum Write(string path, Simulation simulation, int lesion, ArmPlan arm) => AtomicFile.WriteSummed(path, stream =>
    {
        LesionState state = simulation.Lesions[lesion];
        LatticeShape shape = state.Shape;
        SnapshotArray[] arrays =
        [
            new("parenchyma", "u1", "0 empty, 1 hepatocyte, 2 tumour cell, 3 dying, 4 necrotic"),
            new("immune", "u1", "0 none, 1 CD8, 2 exhausted CD8, 3 macrophage CD163-, 4 macrophage CD163+"),
            new("clone", "u2", "index of the clone, 0 the founder"),
            new("vessel_perfusion", "f4", "1"),
            .. FieldTable.All.Select(f => new SnapshotArray(FieldPrefix + f.Key, "f4", f.Unit)),
        ];
        var header = new SnapshotHeader(
            Format, arm.Name, simulation.Replicate, simulation.Plan.Lesions[lesion].Name, simulation.TimeHours / 24, shape.Nx, shape.Ny, shape.Nz, shape.SpacingUm, arrays);
        var rows = new TissueRows(state, arm.Parameters);
        using (var cells = new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true))
        {
            cells.Write(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(header, SnapshotJson.Default.SnapshotHeader) + "\n"));
            WriteRows(cells, shape, row => rows.Parenchyma(row));
            WriteRows(cells, shape, row => rows.Immune(row));
            WriteRows(cells, shape, row => MemoryMarshal.AsBytes(rows.Clones(row)));
            WriteRows(cells, shape, row => MemoryMarshal.AsBytes(rows.Perfusion(row)));
        }

        // A second member of the same gzip file: the bits of floats hardly get smaller, and trying would take most of the time.
        using var fields = new GZipStream(stream, CompressionLevel.NoCompression, leaveOpen: true);
        foreach (FieldInfo field in FieldTable.All)
        {
            WriteRows(fields, shape, row => MemoryMarshal.AsBytes(rows.Field(field.Id, row)));
        }
    });

    /// <summary>Reads a snapshot.</summary>
    /// <exception cref="RunFolderException">The file is missing, cut short or no snapshot.</exception>
    public static TissueSnapshot Read(string path) => Read(path, h => new Section(0, h.Nz, 1));

    /// <summary>
    /// Reads what a figure shows: the middle layer, and of lattices with more than <see cref="SectionSites"/> sites along an edge
    /// every second, third … site along x and y.
    /// </summary>
    /// <exception cref="RunFolderException">The file is missing, cut short or no snapshot.</exception>
    public static TissueSnapshot ReadSection(string path) =>
        Read(path, h => new Section(h.Nz / 2, 1, (Math.Max(h.Nx, h.Ny) + SectionSites - 1) / SectionSites));

    /// <summary>Reads what stands in the first line of a snapshot.</summary>
    /// <exception cref="RunFolderException">The file is missing or no snapshot.</exception>
    internal static SnapshotHeader ReadHeader(string path) => Open(path, Header);

    /// <summary>
    /// Reads what an interactive page can hold: at most <see cref="StackLayers"/> layers, evenly spread, and of lattices with more than
    /// <see cref="StackSites"/> sites along an edge every second, third … site along x and y.
    /// </summary>
    /// <exception cref="RunFolderException">The file is missing, cut short or no snapshot.</exception>
    public static TissueSnapshot ReadStack(string path) => Read(path, h =>
    {
        int between = (h.Nz + StackLayers - 1) / StackLayers, layers = (h.Nz + between - 1) / between;
        return new Section((h.Nz - 1 - ((layers - 1) * between)) / 2, layers, (Math.Max(h.Nx, h.Ny) + StackSites - 1) / StackSites, between);
    });

    private static void WriteRows(Stream stream, LatticeShape shape, RowReader row)
    {
        for (int i = 0; i < shape.Rows; i++)
        {
            stream.Write(row(i));
        }
    }

    private static TissueSnapshot Read(string path, Func<SnapshotHeader, Section> choose) => Open(path, stream => Parse(stream, choose));

    private static T Open<T>(string path, Func<Stream, T> read)
    {
        try
        {
            using FileStream file = RegularFile.OpenRead(path);
            using var zip = new BufferedStream(new GZipStream(file, CompressionMode.Decompress), 1 << 16);
            return read(zip);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or JsonException or ArgumentException or OverflowException or UnauthorizedAccessException)
        {
            throw new RunFolderException($"cannot read the snapshot {path}: {e.Message}", e);
        }
    }

    private static TissueSnapshot Parse(Stream stream, Func<SnapshotHeader, Section> choose)
    {
        SnapshotHeader h = Header(stream);
        Section section = choose(h);
        int nx = section.Length(h.Nx), ny = section.Length(h.Ny);
        T[] Next<T>()
            where T : unmanaged
        {
            var array = new T[checked(nx * ny * section.Layers)];
            var row = new T[h.Nx];
            int at = 0;
            for (int z = 0; z < h.Nz; z++)
            {
                for (int y = 0; y < h.Ny; y++)
                {
                    stream.ReadExactly(MemoryMarshal.AsBytes(row.AsSpan()));
                    for (int x = 0; section.Has(y, z) && x < h.Nx; x += section.Every)
                    {
                        array[at++] = row[x];
                    }
                }
            }

            return array;
        }

        return new TissueSnapshot
        {
            Arm = h.Arm,
            Replicate = h.Replicate,
            Lesion = h.Lesion,
            TimeDays = h.TimeD,
            Nx = nx,
            Ny = ny,
            Nz = section.Layers,
            SpacingUm = h.SpacingUm * section.Every,
            FirstLayer = section.FirstLayer,
            LayersBetween = section.Between,
            LatticeLayers = h.Nz,
            Every = section.Every,
            Parenchyma = Next<byte>(),
            Immune = Next<byte>(),
            CloneIndex = Next<ushort>(),
            VesselPerfusion = Next<float>(),
            Fields = [.. FieldTable.All.Select(_ => Next<float>())],
        };
    }

    private static SnapshotHeader Header(Stream stream)
    {
        const int longest = 1 << 16;
        var line = new List<byte>();
        for (int next = stream.ReadByte(); next is >= 0 and not '\n' && line.Count < longest; next = stream.ReadByte())
        {
            line.Add((byte)next);
        }

        SnapshotHeader? h = line.Count is 0 or longest ? null : JsonSerializer.Deserialize(CollectionsMarshal.AsSpan(line), SnapshotJson.Default.SnapshotHeader);
        return h is not null && h.Format == Format && h.Nx > 0 && h.Ny > 0 && h.Nz > 0 ? h : throw new InvalidDataException($"it does not begin as a {Format}");
    }

    private delegate ReadOnlySpan<byte> RowReader(int row);

    /// <summary>Some layers of a lattice, every n-th from the first, and in them every n-th site along x and y.</summary>
    private readonly record struct Section(int FirstLayer, int Layers, int Every, int Between = 1)
    {
        public int Length(int size) => (size + Every - 1) / Every;

        public bool Has(int y, int z) => z >= FirstLayer && z < FirstLayer + (Layers * Between) && (z - FirstLayer) % Between == 0 && y % Every == 0;
    }
}

internal sealed record SnapshotHeader(
    string Format, string Arm, int Replicate, string Lesion, double TimeD, int Nx, int Ny, int Nz, double SpacingUm, IReadOnlyList<SnapshotArray> Arrays);

internal sealed record SnapshotArray(string Name, string Type, string Unit);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(SnapshotHeader))]
internal sealed partial class SnapshotJson : JsonSerializerContext;

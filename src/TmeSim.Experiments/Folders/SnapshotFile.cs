using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using TmeSim.Engine;
using TmeSim.Engine.Lattice;
using TmeSim.Engine.Plan;
using TmeSim.Engine.State;
using TmeSim.Scenarios.Files;

namespace TmeSim.Experiments.Folders;

/// <summary>
/// A snapshot on disk: gzip over one line of JSON (UTF-8, ended by a line feed) and then the arrays that the line lists, in
/// that order, little-endian, without gaps. Types are those of NumPy: u1, u2, u4, u8, f4. An array has nx · ny · nz elements,
/// x fastest, then y, then z, unless the line gives it a length: then it is a column of a list of cells or vessels, whose
/// <c>…_site</c> is the place x + nx · (y + ny · z). Fields are arrays named <c>field:oxygen</c> and so on, with their unit. With the
/// plan of the arm this is all that the sources of the fields are made of.
/// </summary>
/// <remarks>
/// In Python: <c>b = gzip.open(f).read(); h, _, raw = b.partition(b"\n"); json.loads(h)["arrays"]</c>, then <c>numpy.frombuffer</c>. Files
/// of the first format (tmesim-snapshot/1) have neither lists nor layers of stroma, MHC-I and PD-L1, but an array <c>vessel_perfusion</c>
/// with 0 where no vessel is; they are read too.
/// </remarks>
public static class SnapshotFile
{
    private const string Format = "tmesim-snapshot/2";
    private const string FirstFormat = "tmesim-snapshot/1";
    private const string RadiationSignal = "radiation_signal";

    /// <summary>Sites along an edge of a section at most: more than a figure can show.</summary>
    public const int SectionSites = 1024;

    /// <summary>Layers of a stack at most.</summary>
    public const int StackLayers = 12;

    /// <summary>Sites along an edge of a layer of a stack at most.</summary>
    public const int StackSites = 512;

    /// <summary>Writes the tissue of a lesion, of several tiles the first, as it is, whole or not at all; row by row, without a copy of it.</summary>
    /// <param name="path">File.</param>
    /// <param name="simulation">A simulation between steps.</param>
    /// <param name="lesion">Index of the lesion.</param>
    /// <param name="arm">The arm it runs: name and thresholds of exhausted and CD163+ cells.</param>
    /// <returns>Size and SHA-256 of the file, taken while it was written.</returns>
    /// <exception cref="RunFolderException">The file cannot be written.</exception>
    public static FileSum Write(string path, Simulation simulation, int lesion, ArmPlan arm) => AtomicFile.WriteSummed(path, stream =>
    {
        LesionState state = simulation.Lesions[simulation.TissueOf(lesion)];
        LatticeShape shape = state.Shape;
        IReadOnlyList<SnapshotList> lists = SnapshotLists.Of(state);
        (string Name, string Unit, SiteArray<float> Values)[] traits =
        [
            ("mhc1", "relative to rest, 0 without a tumour cell", state.Mhc1),
            ("pdl1", "molecules/um2, 0 without a tumour cell", state.Pdl1),
            ("stroma", "1", state.Stroma),
            .. state.Radiation is { } radiation ? [(RadiationSignal, "1 = a dying cell", radiation.Signal)]
            : Array.Empty<(string, string, SiteArray<float>)>(),
        ];
        SnapshotArray[] arrays =
        [
            new("parenchyma", "u1", "0 empty, 1 hepatocyte, 2 tumour cell, 3 dying, 4 necrotic, 5 septum or sinusoidal track"),
            new("immune", "u1", string.Join(", ", state.Kinds.SelectMany(k => k.Classes).Select((c, i) => $"{i + 1} {c.Note}")
            .Prepend("0 none"))),
            new("clone", "u2", "index of the clone, 0 the founder"),
            .. lists.Select(l => l.Entry),
            .. traits.Select(t => new SnapshotArray(t.Name, "f4", t.Unit)),
            .. state.FieldRows.Select(f => new SnapshotArray(SnapshotHeader.FieldPrefix + f.Key, "f4", f.Unit)),
        ];
        var header = new SnapshotHeader(
            Format, arm.Name, simulation.Replicate, simulation.Plan.Lesions[lesion].Name, simulation.TimeHours / 24, shape.Nx, shape.Ny,
            shape.Nz, shape.SpacingUm, arrays)
        {
            Levels = SnapshotLevels.Of(simulation, state),
            FurtherCodes = state.Kinds.Count == ImmuneKinds.All.Count
                ? null
                : [.. ImmuneKinds.CodesOf(state.Kinds).Skip(ImmuneKinds.Codes.Count)],
        };
        var rows = new TissueRows(state, arm.Parameters);
        using (var cells = new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true))
        {
            cells.Write(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(header, SnapshotJson.Default.SnapshotHeader) + "\n"));
            WriteRows(cells, shape, row => rows.Parenchyma(row));
            WriteRows(cells, shape, row => rows.Immune(row));
            WriteRows(cells, shape, row => MemoryMarshal.AsBytes(rows.Clones(row)));
            foreach (SnapshotList list in lists)
            {
                cells.Write(list.Content);
            }

            foreach ((_, _, SiteArray<float> values) in traits)
            {
                WriteRows(cells, shape, row => MemoryMarshal.AsBytes(rows.Floats(values, row)));
            }
        }

        // A second member of the same gzip file: the bits of floats hardly get smaller, and trying would take most of the time.
        using var fields = new GZipStream(stream, CompressionLevel.NoCompression, leaveOpen: true);
        foreach (FieldInfo field in state.FieldRows)
        {
            WriteRows(fields, shape, row => MemoryMarshal.AsBytes(rows.Floats(state.Field(field.Id), row)));
        }
    });

    /// <summary>Reads a snapshot.</summary>
    /// <exception cref="RunFolderException">The file is missing, cut short or no snapshot.</exception>
    public static TissueSnapshot Read(string path) => Read(path, h => new SnapshotSection(0, h.Nz, 1));

    /// <summary>
    /// Reads what a figure shows: the middle layer (a plane along its own two axes), and of lattices with more than <see cref="SectionSites"/> sites along an edge every second, third … site along x and y.
    /// </summary>
    /// <exception cref="RunFolderException">The file is missing, cut short or no snapshot.</exception>
    public static TissueSnapshot ReadSection(string path) =>
        ReadDrawn(path, h => new SnapshotSection(h.Nz / 2, 1, (Math.Max(h.Nx, h.Ny) + SectionSites - 1) / SectionSites));

    /// <summary>Reads what stands in the first line of a snapshot.</summary>
    /// <exception cref="RunFolderException">The file is missing or no snapshot.</exception>
    internal static SnapshotHeader ReadHeader(string path) => Open(path, Header);

    /// <summary>
    /// Reads what an interactive page can hold: at most <see cref="StackLayers"/> layers, evenly spread, and of lattices with more than
    /// <see cref="StackSites"/> sites along an edge every second, third … site along x and y.
    /// </summary>
    /// <exception cref="RunFolderException">The file is missing, cut short or no snapshot.</exception>
    public static TissueSnapshot ReadStack(string path) => ReadDrawn(path, h =>
    {
        int between = (h.Nz + StackLayers - 1) / StackLayers, layers = (h.Nz + between - 1) / between;
        return new SnapshotSection((h.Nz - 1 - ((layers - 1) * between)) / 2, layers,
            (Math.Max(h.Nx, h.Ny) + StackSites - 1) / StackSites, between);
    });

    /// <summary>
    /// The whole snapshot in slabs of at most <paramref name="sites"/> sites (at least a row), one in memory at a time, in the order of their
    /// sites. The file is read once for each.
    /// </summary>
    /// <exception cref="RunFolderException">The file is missing, cut short or no snapshot.</exception>
    internal static IEnumerable<TissueSnapshot> ReadSlabs(string path, int sites)
    {
        SnapshotHeader header = ReadHeader(path);
        long layer = (long)header.Nx * header.Ny;
        if (layer > sites)
        {
            int rows = Math.Max(1, sites / header.Nx);
            return from z in Enumerable.Range(0, header.Nz)
                   from band in Enumerable.Range(0, (header.Ny + rows - 1) / rows)
                   select Read(path, _ => new SnapshotSection(z, 1, 1, 1, band * rows, rows));
        }

        int layers = (int)Math.Min(header.Nz, sites / layer);
        return Enumerable.Range(0, (header.Nz + layers - 1) / layers).Select(i => i * layers)
            .Select(z => Read(path, h => new SnapshotSection(z, Math.Min(layers, h.Nz - z), 1)));
    }

    private static void WriteRows(Stream stream, LatticeShape shape, RowReader row)
    {
        for (int i = 0; i < shape.Rows; i++)
        {
            stream.Write(row(i));
        }
    }

    private static TissueSnapshot Read(string path, Func<SnapshotHeader, SnapshotSection> choose) =>
        Open(path, stream => Parse(stream, Header(stream), choose));

    // A plane is drawn along its two axes, whichever they are.
    private static TissueSnapshot ReadDrawn(string path, Func<SnapshotHeader, SnapshotSection> choose) =>
        Open(path, stream => Parse(stream, Header(stream).LongAxesFirst(), choose));

    private static T Open<T>(string path, Func<Stream, T> read)
    {
        try
        {
            using FileStream file = RegularFile.OpenRead(path);
            using var zip = new BufferedStream(new GZipStream(file, CompressionMode.Decompress), 1 << 16);
            return read(zip);
        }
        catch (Exception e) when (IsUnreadable(e))
        {
            throw Unreadable(path, e);
        }
    }

    internal static bool IsUnreadable(Exception e) =>
        e is IOException or InvalidDataException or JsonException or ArgumentException or OverflowException or UnauthorizedAccessException;

    internal static RunFolderException Unreadable(string path, Exception e) => new($"cannot read the snapshot {path}: {e.Message}", e);

    private static TissueSnapshot Parse(Stream stream, SnapshotHeader h, Func<SnapshotHeader, SnapshotSection> choose)
    {
        SnapshotSection section = choose(h);
        var arrays = SnapshotArrays.Read(stream, h, section);
        VesselList? vessels = h.Levels is null ? null : arrays.Vessels();
        return new TissueSnapshot
        {
            Arm = h.Arm,
            Replicate = h.Replicate,
            Lesion = h.Lesion,
            TimeDays = h.TimeD,
            Nx = section.Length(h.Nx),
            Ny = section.Height(h.Ny),
            Nz = section.Layers,
            SpacingUm = h.SpacingUm * section.Every,
            FirstLayer = section.FirstLayer,
            FirstRow = section.FirstRow,
            LatticeRows = h.Ny,
            ListsCd8States = Cd8StateCodes.AreIn(h),
            LayersBetween = section.Between,
            LatticeLayers = h.Nz,
            Every = section.Every,
            Parenchyma = arrays.Sites<byte>("parenchyma"),
            Immune = arrays.Sites<byte>("immune"),
            CloneIndex = arrays.Sites<ushort>("clone"),
            VesselPerfusion = vessels is null ? [.. arrays.Sites<float>("vessel_perfusion").Select(p => p > 0 ? p : float.NaN)]
            : arrays.AtSites(vessels.Site, vessels.Perfusion),
            Codes = h.Codes,
            FieldRows = h.FieldRows,
            Fields = [.. h.FieldRows.Select(f => arrays.Sites<float>(SnapshotHeader.FieldPrefix + f.Key))],
            Detail = vessels is null ? null : new SnapshotDetail
            {
                Stroma = arrays.Sites<float>("stroma"),
                Mhc1 = arrays.Sites<float>("mhc1"),
                Pdl1 = arrays.Sites<float>("pdl1"),
                RadiationSignal = h.Arrays.Any(a => a.Name == RadiationSignal) ? arrays.Sites<float>(RadiationSignal) : null,
                Cd8 = arrays.Cd8(),
                Macrophages = arrays.Macrophages(),
                Vessels = vessels,
                Levels = h.Levels!,
            },
        };
    }

    internal static SnapshotHeader Header(Stream stream)
    {
        const int longest = 1 << 20;
        var line = new List<byte>();
        for (int next = stream.ReadByte(); next is >= 0 and not '\n' && line.Count < longest; next = stream.ReadByte())
        {
            line.Add((byte)next);
        }

        SnapshotHeader? h = line.Count is 0 or longest ? null
            : JsonSerializer.Deserialize(CollectionsMarshal.AsSpan(line), SnapshotJson.Default.SnapshotHeader);
        bool known = h is not null && (h.Format == FirstFormat || (h.Format == Format && h.Levels is not null));
        return known && h!.Nx > 0 && h.Ny > 0 && h.Nz > 0 && h.Arrays is not null ? h
            : throw new InvalidDataException($"it does not begin as a {Format}");
    }

    private delegate ReadOnlySpan<byte> RowReader(int row);
}

using System.Globalization;
using System.Runtime.InteropServices;
using System.Security;
using System.Text;
using TmeSim.Experiments.Folders;

namespace TmeSim.Experiments.Exports.Formats;

/// <summary>
/// A snapshot as VTK image data (.vti): a cell of the image is a site, its size in um; numbers of cells and vessels are arrays over sites, NaN
/// where there is none. Arrays go through as they are read.
/// </summary>
internal static class VtkImage
{
    private static readonly (string List, string Site)[] Lists =
    [
        ("cd8_exhaustion", "cd8_site"), ("macrophage_cd163", "macrophage_site"), ("vessel_density", "vessel_site"),
        ("vessel_maturity", "vessel_site"), ("vessel_perfusion", "vessel_site"),
    ];

    /// <summary>Writes an image.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="snapshot">What to read, behind its first line.</param>
    /// <exception cref="RunFolderException">The snapshot is damaged.</exception>
    public static void Write(Stream stream, SnapshotStream snapshot)
    {
        stream.Write(Encoding.UTF8.GetBytes(Head(snapshot)));
        Dictionary<string, int[]> sites = [];
        foreach (SnapshotArray array in snapshot.Header.Arrays)
        {
            if (array.Length is null)
            {
                stream.Write(BitConverter.GetBytes(Bytes(snapshot, array)));
                snapshot.ReadThrough(array, bytes => stream.Write(bytes));
                continue;
            }

            byte[] list = snapshot.ReadList(array);
            if (array.Name.EndsWith("_site", StringComparison.Ordinal))
            {
                sites[array.Name] = Array.ConvertAll(MemoryMarshal.Cast<byte, uint>(list).ToArray(), s => (int)s);
            }
            else if (SiteOf(array) is { } site)
            {
                stream.Write(BitConverter.GetBytes(Bytes(snapshot, array)));
                Spread(stream, snapshot.Sites, sites[site], MemoryMarshal.Cast<byte, float>(list));
            }
        }

        stream.Write("\n  </AppendedData>\n</VTKFile>\n"u8);
    }

    /// <summary>Images of one tissue by their time, for ParaView (.pvd).</summary>
    /// <param name="images">Time [d] and file of each.</param>
    public static string Collection(IEnumerable<(double TimeDays, string File)> images)
    {
        var text = new StringBuilder("<?xml version=\"1.0\"?>\n<VTKFile type=\"Collection\" version=\"0.1\" byte_order=\"LittleEndian\">\n  <Collection>\n");
        foreach ((double time, string file) in images)
        {
            text.Append(CultureInfo.InvariantCulture, $"    <DataSet timestep=\"{time:R}\" part=\"0\" file=\"{SecurityElement.Escape(file)}\"/>\n");
        }

        return text.Append("  </Collection>\n</VTKFile>\n").ToString();
    }

    private static string Head(SnapshotStream snapshot)
    {
        SnapshotHeader h = snapshot.Header;
        string extent = string.Create(CultureInfo.InvariantCulture, $"0 {h.Nx} 0 {h.Ny} 0 {h.Nz}");
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""
            <?xml version="1.0"?>
            <VTKFile type="ImageData" version="1.0" byte_order="LittleEndian" header_type="UInt64">
              <ImageData WholeExtent="{extent}" Origin="0 0 0" Spacing="{h.SpacingUm:R} {h.SpacingUm:R} {h.SpacingUm:R}">
                <FieldData>
                  <DataArray type="Float64" Name="TimeValue" NumberOfTuples="1" format="ascii">{h.TimeD:R}</DataArray>
                </FieldData>
                <Piece Extent="{extent}">
                  <CellData Scalars="parenchyma">

            """);
        long offset = 0;
        foreach (SnapshotArray array in h.Arrays.Where(a => a.Length is null || SiteOf(a) is not null))
        {
            string type = array.Type switch { "u1" => "UInt8", "u2" => "UInt16", "u4" => "UInt32", "u8" => "UInt64", _ => "Float32" };
            string name = array.Name.StartsWith(SnapshotHeader.FieldPrefix, StringComparison.Ordinal) ? array.Name[SnapshotHeader.FieldPrefix.Length..] : array.Name;
            text.Append(CultureInfo.InvariantCulture,
                $"        <DataArray type=\"{type}\" Name=\"{SecurityElement.Escape(name)}\" format=\"appended\" offset=\"{offset}\"/>\n");
            offset += sizeof(ulong) + (long)Bytes(snapshot, array);
        }

        return text.Append("      </CellData>\n    </Piece>\n  </ImageData>\n  <AppendedData encoding=\"raw\">\n_").ToString();
    }

    private static ulong Bytes(SnapshotStream snapshot, SnapshotArray array) =>
        (ulong)snapshot.Sites * (ulong)(array.Length is null ? SnapshotList.Width(array.Type) : sizeof(float));

    private static string? SiteOf(SnapshotArray array) => Lists.Where(l => l.List == array.Name && array.Length is not null).Select(l => l.Site).FirstOrDefault();

    private static void Spread(Stream stream, long sites, ReadOnlySpan<int> at, ReadOnlySpan<float> values)
    {
        Span<float> piece = new float[1 << 14];
        int next = 0;
        for (long first = 0; first < sites; first += piece.Length)
        {
            Span<float> part = piece[..(int)Math.Min(piece.Length, sites - first)];
            part.Fill(float.NaN);
            for (; next < at.Length && at[next] < first + part.Length; next++)
            {
                part[(int)(at[next] - first)] = values[next];
            }

            stream.Write(MemoryMarshal.AsBytes(part));
        }
    }
}

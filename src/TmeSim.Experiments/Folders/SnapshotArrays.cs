using System.Runtime.InteropServices;

namespace TmeSim.Experiments.Folders;

/// <summary>
/// Some layers of a lattice, every n-th from the first, and in them every n-th site along x and y, or a band of rows with all their sites.
/// </summary>
/// <param name="FirstLayer">First layer.</param>
/// <param name="Layers">Number of layers.</param>
/// <param name="Every">Every n-th site along x and y; 1 where rows are chosen.</param>
/// <param name="Between">Every n-th layer.</param>
/// <param name="FirstRow">First row of each layer.</param>
/// <param name="Rows">Number of rows of each layer at most; 0 for all.</param>
internal readonly record struct SnapshotSection(int FirstLayer, int Layers, int Every, int Between = 1, int FirstRow = 0, int Rows = 0)
{
    public int Length(int size) => (size + Every - 1) / Every;

    public int Height(int size) => Rows > 0 ? Math.Min(Rows, size - FirstRow) : Length(size);

    public bool Has(int y, int z) => z >= FirstLayer && z < FirstLayer + (Layers * Between) && (z - FirstLayer) % Between == 0
        && (Rows > 0 ? y >= FirstRow && y < FirstRow + Rows : y % Every == 0);
}

/// <summary>The arrays of a snapshot by name, those over sites cut to a section, lists without what lies outside of it.</summary>
internal sealed class SnapshotArrays
{
    private readonly SnapshotHeader _header;
    private readonly SnapshotSection _section;
    private readonly Dictionary<string, byte[]> _content = new(StringComparer.Ordinal);

    private SnapshotArrays(SnapshotHeader header, SnapshotSection section) => (_header, _section) = (header, section);

    private int SiteCount => checked(_section.Length(_header.Nx) * _section.Height(_header.Ny) * _section.Layers);

    /// <summary>Reads all arrays.</summary>
    /// <exception cref="InvalidDataException">A type or length is none.</exception>
    /// <exception cref="EndOfStreamException">The file is cut short.</exception>
    public static SnapshotArrays Read(Stream stream, SnapshotHeader header, SnapshotSection section)
    {
        var arrays = new SnapshotArrays(header, section);
        foreach (SnapshotArray array in header.Arrays)
        {
            int width = SnapshotList.Width(array.Type);
            arrays._content[array.Name] = array.Length is int length ? List(stream, length, width, header) : arrays.Section(stream, width);
        }

        return arrays;
    }

    /// <summary>An array over the sites of the section.</summary>
    /// <exception cref="InvalidDataException">The file does not hold it.</exception>
    public T[] Sites<T>(string name)
        where T : unmanaged
    {
        T[] values = MemoryMarshal.Cast<byte, T>(Content(name)).ToArray();
        _content.Remove(name);
        return values.Length == SiteCount ? values
            : throw new InvalidDataException($"'{name}' is of another type or length than it should be");
    }

    /// <summary>Values of a list as an array over sites, NaN where the list has none.</summary>
    public float[] AtSites(int[] sites, float[] values)
    {
        float[] all = new float[SiteCount];
        Array.Fill(all, float.NaN);
        for (int i = 0; i < sites.Length; i++)
        {
            all[sites[i]] = values[i];
        }

        return all;
    }

    public Cd8List Cd8()
    {
        (int[] rows, int[] sites) = Rows("cd8_site");
        return new Cd8List(sites, Column<ulong>("cd8_id", rows), Column<float>("cd8_exhaustion", rows), Column<byte>("cd8_engaged", rows),
            Column<byte>("cd8_reactive", rows),
            _content.ContainsKey(SnapshotLists.StateName) ? Column<byte>(SnapshotLists.StateName, rows) : new byte[rows.Length]);
    }

    public MacrophageList Macrophages()
    {
        (int[] rows, int[] sites) = Rows("macrophage_site");
        return new MacrophageList(sites, Column<ulong>("macrophage_id", rows), Column<float>("macrophage_cd163", rows));
    }

    public VesselList Vessels()
    {
        (int[] rows, int[] sites) = Rows("vessel_site");
        return new VesselList(sites, Column<float>("vessel_density", rows), Column<float>("vessel_maturity", rows),
            Column<float>("vessel_perfusion", rows));
    }

    private byte[] Content(string name) => _content.TryGetValue(name, out byte[]? content) ? content
        : throw new InvalidDataException($"it has no array '{name}'");

    // Rows of a list that lie in the section, and their places in it.
    private (int[] Rows, int[] Sites) Rows(string name)
    {
        ReadOnlySpan<uint> places = MemoryMarshal.Cast<byte, uint>(Content(name));
        long layer = (long)_header.Nx * _header.Ny;
        int width = _section.Length(_header.Nx), height = _section.Height(_header.Ny);
        var (rows, sites) = (new List<int>(), new List<int>());
        for (int i = 0; i < places.Length; i++)
        {
            int x = (int)(places[i] % _header.Nx), y = (int)(places[i] % layer / _header.Nx), z = checked((int)(places[i] / layer));
            if (z >= _header.Nz)
            {
                throw new InvalidDataException($"'{name}' holds the site {places[i]}, which lies outside the lattice");
            }

            if (_section.Has(y, z) && x % _section.Every == 0)
            {
                rows.Add(i);
                sites.Add((x / _section.Every) + (
                    width * (((y - _section.FirstRow) / _section.Every) + (height * ((z - _section.FirstLayer) / _section.Between)))));
            }
        }

        return ([.. rows], [.. sites]);
    }

    private T[] Column<T>(string name, int[] rows)
        where T : unmanaged
    {
        ReadOnlySpan<T> all = MemoryMarshal.Cast<byte, T>(Content(name));
        var values = new T[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            values[i] = rows[i] < all.Length ? all[rows[i]]
                : throw new InvalidDataException($"'{name}' is shorter than the list of its sites");
        }

        return values;
    }

    private static byte[] List(Stream stream, int length, int width, SnapshotHeader header)
    {
        // At most one cell of a kind stands at a site.
        byte[] content = length >= 0 && length <= (long)header.Nx * header.Ny * header.Nz ? new byte[checked(length * width)]
            : throw new InvalidDataException($"a list has {length} elements");
        stream.ReadExactly(content);
        return content;
    }

    // Row by row: of a large lattice only the section is held.
    private byte[] Section(Stream stream, int width)
    {
        var array = new byte[checked(SiteCount * width)];
        var row = new byte[checked(_header.Nx * width)];
        int at = 0;
        for (int z = 0; z < _header.Nz; z++)
        {
            for (int y = 0; y < _header.Ny; y++)
            {
                bool whole = _section.Every == 1 && _section.Has(y, z);
                stream.ReadExactly(whole ? array.AsSpan(at, row.Length) : row);
                at += whole ? row.Length : 0;
                for (int x = 0; !whole && _section.Has(y, z) && x < _header.Nx; x += _section.Every)
                {
                    row.AsSpan(x * width, width).CopyTo(array.AsSpan(at));
                    at += width;
                }
            }
        }

        return array;
    }
}

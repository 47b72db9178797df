using System.IO.Compression;
using TmeSim.Scenarios.Files;

namespace TmeSim.Experiments.Folders;

/// <summary>A snapshot read once from its beginning to its end, for what is written while it is read. Failures are those of reading alone.</summary>
internal sealed class SnapshotStream : IDisposable
{
    private readonly string _path;
    private readonly BufferedStream _stream;

    private SnapshotStream(string path, BufferedStream stream, SnapshotHeader header) => (_path, _stream, Header) = (path, stream, header);

    /// <summary>The first line.</summary>
    public SnapshotHeader Header { get; }

    /// <summary>Sites of the lattice.</summary>
    public long Sites => (long)Header.Nx * Header.Ny * Header.Nz;

    /// <summary>Opens a snapshot behind its first line, a plane along its own two axes.</summary>
    /// <exception cref="RunFolderException">The file is missing or no snapshot.</exception>
    public static SnapshotStream Open(string path)
    {
        BufferedStream? stream = null;
        try
        {
            stream = new BufferedStream(new GZipStream(RegularFile.OpenRead(path), CompressionMode.Decompress), 1 << 16);
            return new SnapshotStream(path, stream, SnapshotFile.Header(stream).LongAxesFirst());
        }
        catch (Exception e) when (SnapshotFile.IsUnreadable(e))
        {
            stream?.Dispose();
            throw SnapshotFile.Unreadable(path, e);
        }
    }

    /// <summary>Reads the next bytes.</summary>
    /// <exception cref="RunFolderException">The file is cut short or damaged.</exception>
    public void Read(Span<byte> bytes)
    {
        try
        {
            _stream.ReadExactly(bytes);
        }
        catch (Exception e) when (SnapshotFile.IsUnreadable(e))
        {
            throw SnapshotFile.Unreadable(_path, e);
        }
    }

    /// <summary>All of the next array that is a list of cells.</summary>
    /// <exception cref="RunFolderException">The file is cut short, or the length is none.</exception>
    public byte[] ReadList(SnapshotArray array)
    {
        if (array.Length is not { } length || length < 0 || length > Sites)
        {
            throw SnapshotFile.Unreadable(_path, new InvalidDataException($"a list has {array.Length} elements"));
        }

        var bytes = new byte[length * SnapshotList.Width(array.Type)];
        Read(bytes);
        return bytes;
    }

    /// <summary>Reads the next array, over sites or a list, in pieces, and hands them on.</summary>
    /// <exception cref="RunFolderException">The file is cut short.</exception>
    public void ReadThrough(SnapshotArray array, Action<ReadOnlySpan<byte>> take)
    {
        long left = (array.Length ?? Sites) * SnapshotList.Width(array.Type);
        var piece = new byte[1 << 16];
        while (left > 0)
        {
            Span<byte> next = piece.AsSpan(0, (int)Math.Min(left, piece.Length));
            Read(next);
            take(next);
            left -= next.Length;
        }
    }

    public void Dispose() => _stream.Dispose();
}

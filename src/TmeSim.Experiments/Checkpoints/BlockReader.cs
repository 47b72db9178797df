using System.Buffers.Binary;
using System.Text;
using TmeSim.Experiments.Folders;

namespace TmeSim.Experiments.Checkpoints;

/// <summary>Reads what <see cref="BlockWriter"/> wrote. A block is handed on after its sum was found right, never before.</summary>
internal sealed class BlockReader
{
    private const int SumBytes = 32;
    private readonly Stream _stream;
    private readonly byte[] _head = new byte[BlockWriter.HeadBytes];
    private byte[] _bytes = [];
    private string _name = "";
    private int _length, _taken;
    private ulong _number;

    /// <param name="stream">A file, from its first byte on.</param>
    /// <exception cref="InvalidDataException">It begins as something else, or its first block is damaged.</exception>
    public BlockReader(Stream stream)
    {
        _stream = stream;
        byte[] magic = new byte[BlockWriter.Magic.Length];
        int read = stream.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false);
        string text = Encoding.ASCII.GetString(magic.AsSpan(0, read));
        if (text != BlockWriter.Magic)
        {
            throw new InvalidDataException(text.StartsWith(BlockWriter.Kind, StringComparison.Ordinal) && text.EndsWith("\r\n", StringComparison.Ordinal)
                ? $"it has the format {text.TrimEnd()}, and this version of TmeSim reads {BlockWriter.Magic.TrimEnd()}"
                : $"it does not begin as a {BlockWriter.Magic.TrimEnd()}");
        }

        Load();
    }

    /// <summary>Bytes of the part that comes next, read as they are asked for.</summary>
    /// <exception cref="InvalidDataException">Another part comes.</exception>
    public Stream Part(string name) => _name == name ? new PartStream(this, name)
        : throw new InvalidDataException($"it is damaged: its part '{name.TrimEnd()}' is missing");

    /// <summary>The next part has this name.</summary>
    public bool IsAt(string name) => _name == name;

    /// <summary>All of a part.</summary>
    public byte[] All(string name)
    {
        using var all = new MemoryStream();
        using Stream part = Part(name);
        part.CopyTo(all);
        return all.ToArray();
    }

    /// <summary>Sees to it that the file ends here.</summary>
    /// <exception cref="InvalidDataException">It does not.</exception>
    public void Finish()
    {
        if (_name != BlockWriter.End || _length > 0 || _stream.ReadByte() >= 0)
        {
            throw new InvalidDataException("it is damaged: it goes on where it should end");
        }
    }

    private void Load()
    {
        Fill(_head);
        int length = BinaryPrimitives.ReadInt32LittleEndian(_head.AsSpan(4));
        if (length is < 0 or > BlockWriter.MaxBytes)
        {
            throw new InvalidDataException($"it is damaged: block {_number} has a wrong length");
        }

        // No more than what a block may have, and what the file still holds.
        if (_stream.CanSeek && length > _stream.Length - _stream.Position - SumBytes)
        {
            throw new InvalidDataException("it is cut short");
        }

        _bytes = _bytes.Length >= length ? _bytes : new byte[length];
        byte[] sum = new byte[SumBytes];
        Fill(_bytes.AsSpan(0, length));
        Fill(sum);
        if (!BlockWriter.Sum(_number, _head, _bytes.AsSpan(0, length)).AsSpan().SequenceEqual(sum))
        {
            throw new InvalidDataException($"it is damaged: the SHA-256 of block {_number} is not that of its bytes");
        }

        _number++;
        (_name, _length, _taken) = (Encoding.ASCII.GetString(_head.AsSpan(0, 4)), length, 0);
    }

    private void Fill(Span<byte> bytes)
    {
        if (_stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
        {
            throw new InvalidDataException("it is cut short");
        }
    }

    private int Take(string name, Span<byte> buffer)
    {
        while (_name == name && _taken == _length)
        {
            Load();
        }

        if (_name != name)
        {
            return 0;
        }

        int length = Math.Min(buffer.Length, _length - _taken);
        _bytes.AsSpan(_taken, length).CopyTo(buffer);
        _taken += length;
        return length;
    }

    private sealed class PartStream(BlockReader reader, string name) : ReadOnlyStream
    {
        public override int Read(Span<byte> buffer) => buffer.IsEmpty ? 0 : reader.Take(name, buffer);
    }
}

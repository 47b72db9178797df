using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using TmeSim.Experiments.Folders;

namespace TmeSim.Experiments.Checkpoints;

/// <summary>
/// Writes named parts as blocks: four letters, length, bytes, and the SHA-256 of all of it with the number of the block, so that none can be
/// damaged, left out, repeated or moved unnoticed. A long part is several blocks; at the end stands a block without bytes.
/// </summary>
internal sealed class BlockWriter(Stream stream)
{
    /// <summary>First bytes of a file: name and version of the format.</summary>
    public const string Magic = Kind + "1\r\n";

    /// <summary>What the magic of any version begins with.</summary>
    public const string Kind = "tmesim-state/";

    /// <summary>Name of the block at the end.</summary>
    public const string End = "end ";

    /// <summary>Bytes of a block at most, so that a reader never needs room for more.</summary>
    public const int MaxBytes = 1 << 22;

    /// <summary>Letters of a name and the length.</summary>
    public const int HeadBytes = 8;

    private ulong _number;

    /// <summary>Writes a part.</summary>
    /// <param name="name">Four letters.</param>
    /// <param name="content">Writes its bytes.</param>
    public void Part(string name, Action<Stream> content)
    {
        using var part = new PartStream(this, name);
        content(part);
        part.Flush();
    }

    /// <summary>Ends the file.</summary>
    public void Finish() => Block(End, []);

    /// <summary>SHA-256 of a block.</summary>
    internal static byte[] Sum(ulong number, ReadOnlySpan<byte> head, ReadOnlySpan<byte> bytes)
    {
        using var sum = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> place = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(place, number);
        sum.AppendData(place);
        sum.AppendData(head);
        sum.AppendData(bytes);
        return sum.GetHashAndReset();
    }

    private void Block(string name, ReadOnlySpan<byte> bytes)
    {
        if (_number == 0)
        {
            stream.Write(Encoding.ASCII.GetBytes(Magic));
        }

        Span<byte> head = stackalloc byte[HeadBytes];
        Encoding.ASCII.GetBytes(name, head);
        BinaryPrimitives.WriteInt32LittleEndian(head[4..], bytes.Length);
        stream.Write(head);
        stream.Write(bytes);
        stream.Write(Sum(_number++, head, bytes));
    }

    /// <summary>Collects what is written into blocks of full length.</summary>
    private sealed class PartStream(BlockWriter writer, string name) : WriteOnlyStream
    {
        private readonly byte[] _bytes = new byte[MaxBytes];
        private int _filled;

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            while (buffer.Length > 0)
            {
                int length = Math.Min(buffer.Length, _bytes.Length - _filled);
                buffer[..length].CopyTo(_bytes.AsSpan(_filled));
                buffer = buffer[length..];
                _filled += length;
                if (_filled == _bytes.Length)
                {
                    Flush();
                }
            }
        }

        public override void Flush()
        {
            if (_filled > 0)
            {
                writer.Block(name, _bytes.AsSpan(0, _filled));
                _filled = 0;
            }
        }
    }
}

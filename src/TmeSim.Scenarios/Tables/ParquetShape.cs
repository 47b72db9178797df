using System.Buffers.Binary;

namespace TmeSim.Scenarios.Tables;

/// <summary>
/// Looks through the structure of a Parquet file, its footer and the heads of its pages (Thrift, compact), before it is read: lists are no longer
/// than the bytes behind them. Readers believe counts, and go over what is not there for hours.
/// </summary>
internal sealed class ParquetShape
{
    private const int Tail = 8, MostDepth = 32, MostFooter = 1 << 30;

    // Types of values.
    private const int True = 1, False = 2, Byte = 3, Int16 = 4, Int64 = 6, Double = 7, Binary = 8, List = 9, Set = 10, Map = 11, Struct = 12, Uuid = 13;

    // Places in the footer: rows groups, their columns, what these say.
    private static readonly int[] ColumnData = [4, 1, 3];
    private readonly byte[] _bytes;
    private readonly List<int> _path = [];
    private readonly List<Chunk> _chunks = [];
    private int _at;
    private Chunk _chunk;
    private long _pageBytes;

    private ParquetShape(byte[] bytes) => _bytes = bytes;

    /// <summary>Checks a file.</summary>
    /// <param name="stream">The file; its position is where it was afterwards.</param>
    /// <exception cref="TableFileException">It is damaged.</exception>
    public static void Check(Stream stream)
    {
        long length = stream.Length, before = stream.Position;
        byte[] tail = Part(stream, length - Tail, Tail);
        long footer = BinaryPrimitives.ReadUInt32LittleEndian(tail);
        if (footer > Math.Min(length - Tail, MostFooter) || !tail.AsSpan(4).SequenceEqual("PAR1"u8))
        {
            throw Damage("its end is not that of a Parquet file");
        }

        var shape = new ParquetShape(Part(stream, length - Tail - footer, (int)footer));
        shape.Fields(0);
        foreach (Chunk chunk in shape._chunks)
        {
            Pages(stream, chunk);
        }

        stream.Position = before;
    }

    private static void Pages(Stream stream, Chunk chunk)
    {
        long at = chunk.Dictionary > 0 ? Math.Min(chunk.Dictionary, chunk.Data) : chunk.Data;
        if (at < 0 || chunk.Bytes < 0 || at > stream.Length - chunk.Bytes)
        {
            throw Damage("a column lies outside of the file");
        }

        long end = at + chunk.Bytes;
        while (at < end)
        {
            // A head is some tens of bytes, and more where it holds extremes of long texts.
            var head = new ParquetShape(Part(stream, at, (int)Math.Min(1 << 16, end - at)));
            head.Fields(0);
            if (head._pageBytes < 0 || head._pageBytes > end - at - head._at)
            {
                throw Damage("a page is longer than its column");
            }

            at += head._at + head._pageBytes;
        }
    }

    private static byte[] Part(Stream stream, long at, int length)
    {
        byte[] bytes = new byte[length];
        stream.Position = at >= 0 ? at : throw Damage("it is too short");
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static TableFileException Damage(string what) => new("it is no Parquet file, or damaged: " + what);

    private void Fields(int depth)
    {
        _chunk = IsIn(ColumnData) ? default : _chunk;
        int id = 0;
        while (true)
        {
            int head = One(), type = head & 15;
            if (type == 0)
            {
                break;
            }

            id = head >> 4 is > 0 and var step ? id + step : (int)Number();
            _path.Add(id);
            if (type is not (True or False))
            {
                Value(type, depth);
            }

            _path.RemoveAt(_path.Count - 1);
        }

        if (IsIn(ColumnData))
        {
            _chunks.Add(_chunk);
        }
    }

    private void Value(int type, int depth)
    {
        switch (type)
        {
            case True or False or Byte:
                Skip(1);
                break;
            case >= Int16 and <= Int64:
                Whole(Number());
                break;
            case Double:
                Skip(8);
                break;
            case Uuid:
                Skip(16);
                break;
            case Binary:
                Skip(Size());
                break;
            case List or Set:
                int head = One();
                Elements(head >> 4 is var few and < 15 ? few : Size(), head & 15, 0, depth);
                break;
            case Map:
                long pairs = Size();
                int types = pairs == 0 ? 0x33 : One();
                Elements(pairs, types >> 4, types & 15, depth);
                break;
            case Struct when depth < MostDepth:
                Fields(depth + 1);
                break;
            default:
                throw Damage("a value has a type that there is not");
        }
    }

    private void Elements(long count, int type, int second, int depth)
    {
        if (count > _bytes.Length - _at || depth >= MostDepth)
        {
            throw Damage($"a list says that it has {count} members, which the file cannot hold");
        }

        for (long i = 0; i < count; i++)
        {
            Value(type, depth + 1);
            if (second > 0)
            {
                Value(second, depth + 1);
            }
        }
    }

    // What is needed to find the pages, and of a page what comes behind its head.
    private void Whole(long value)
    {
        if (_path is [3])
        {
            _pageBytes = value;
        }
        else if (_path.Count == ColumnData.Length + 1 && _path.Take(ColumnData.Length).SequenceEqual(ColumnData))
        {
            _chunk = _path[^1] switch
            {
                7 => _chunk with { Bytes = value },
                9 => _chunk with { Data = value },
                11 => _chunk with { Dictionary = value },
                _ => _chunk,
            };
        }
    }

    private bool IsIn(int[] path) => _path.SequenceEqual(path);

    private int One() => _at < _bytes.Length ? _bytes[_at++] : throw Damage("its structure is cut short");

    private void Skip(long length) => _at = length <= _bytes.Length - _at ? _at + (int)length : throw Damage("its structure is cut short");

    // Zigzag.
    private long Number() => Varint() is var v ? (long)(v >> 1) ^ -(long)(v & 1) : 0;

    private long Size() => Varint() is var v and <= int.MaxValue ? (long)v : throw Damage("a length is out of range");

    private ulong Varint()
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            int b = One();
            value |= (ulong)(b & 127) << shift;
            if (b < 128)
            {
                return value;
            }
        }

        throw Damage("a number is too long");
    }

    private readonly record struct Chunk(long Bytes, long Data, long Dictionary);
}

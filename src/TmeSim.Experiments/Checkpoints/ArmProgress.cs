using System.Text;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Measures;

namespace TmeSim.Experiments.Checkpoints;

/// <summary>What an arm has given so far, beside its state.</summary>
/// <param name="Steps">Steps since t = 0.</param>
/// <param name="WallSeconds">Time they took [s].</param>
/// <param name="Books">Counts of every tissue when the arm began.</param>
/// <param name="Probes">Fingerprints so far.</param>
/// <param name="Rows">Rows so far, by time and lesion.</param>
/// <param name="Files">Files of its own so far.</param>
internal sealed record ArmProgress(
    long Steps, double WallSeconds, long[][] Books, IReadOnlyList<StateProbe> Probes, IReadOnlyList<MeasureRow> Rows,
    IReadOnlyList<FileEntry> Files)
{
    /// <summary>Writes it, little-endian.</summary>
    public void Write(Stream stream)
    {
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        writer.Write(Steps);
        writer.Write(WallSeconds);
        List(writer, Books, books => List(writer, books, writer.Write));
        List(writer, Probes, p =>
        {
            writer.Write(p.TimeDays);
            writer.Write(p.Hash);
            writer.Write(p.Parts);
        });
        List(writer, Rows, r =>
        {
            writer.Write(r.TimeDays);
            writer.Write(r.Lesion);
            List(writer, r.Values, writer.Write);
        });
        List(writer, Files, f =>
        {
            writer.Write(f.Path);
            writer.Write(f.Size);
            writer.Write(f.Sha256);
            writer.Write(f.Arm!);
            writer.Write(f.Replicate!.Value);
        });
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It is something else.</exception>
    public static ArmProgress Read(byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes), Encoding.UTF8);
        try
        {
            var progress = new ArmProgress(
                reader.ReadInt64(),
                reader.ReadDouble(),
                List(reader, 4, () => List(reader, sizeof(long), reader.ReadInt64)),
                List(reader, 10, () => new StateProbe(reader.ReadDouble(), reader.ReadString(), reader.ReadString())),
                List(reader, 16, () => new MeasureRow(reader.ReadDouble(), reader.ReadInt32(), List(reader, sizeof(double), reader.ReadDouble))),
                List(reader, 15, () => new FileEntry(
                    reader.ReadString(), reader.ReadInt64(), reader.ReadString(), reader.ReadString(), reader.ReadInt32(), null)));
            return reader.BaseStream.Position == bytes.Length ? progress : throw new InvalidDataException("its rows go on where they should end");
        }
        catch (Exception e) when (e is EndOfStreamException or FormatException or ArgumentException or OverflowException)
        {
            throw new InvalidDataException("its rows cannot be read: " + e.Message, e);
        }
    }

    private static void List<T>(BinaryWriter writer, IReadOnlyCollection<T> items, Action<T> write)
    {
        writer.Write(items.Count);
        foreach (T item in items)
        {
            write(item);
        }
    }

    // A count is believed as far as there are bytes for it.
    private static T[] List<T>(BinaryReader reader, int leastBytes, Func<T> read)
    {
        int count = reader.ReadInt32();
        if (count < 0 || count > (reader.BaseStream.Length - reader.BaseStream.Position) / leastBytes)
        {
            throw new InvalidDataException("its rows are damaged: a count is out of range");
        }

        var items = new T[count];
        for (int i = 0; i < count; i++)
        {
            items[i] = read();
        }

        return items;
    }
}

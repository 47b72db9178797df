using TmeSim.Experiments.Folders;
using TmeSim.Scenarios.Files;

namespace TmeSim.Experiments.Checkpoints;

/// <summary>
/// A state on disk: what it is of (JSON), of an arm what it gave so far, and the state itself, as blocks with a length and a SHA-256 each
/// (<see cref="BlockWriter"/>). Written under a temporary name, flushed and renamed: it is there whole or not at all.
/// </summary>
internal static class StateFile
{
    private const string Head = "head", Rows = "rows", State = "data";

    /// <summary>Bytes that a file takes for a state of so many.</summary>
    public static long Bytes(long stateBytes) => stateBytes + ((stateBytes / BlockWriter.MaxBytes + 4) * (BlockWriter.HeadBytes + 32L)) + (1 << 12);

    /// <summary>Writes a state.</summary>
    /// <returns>Size and SHA-256 of the file.</returns>
    /// <exception cref="RunFolderException">It cannot be written; nothing is left behind.</exception>
    public static FileSum Write(string path, CheckpointHead head, ArmProgress? progress, Action<Stream> state) =>
        AtomicFile.WriteSummed(path, stream =>
        {
            var blocks = new BlockWriter(stream);
            blocks.Part(Head, part => part.Write(head.ToBytes()));
            if (progress is not null)
            {
                blocks.Part(Rows, progress.Write);
            }

            blocks.Part(State, state);
            blocks.Finish();
        });

    /// <summary>Reads what a file is of.</summary>
    /// <exception cref="InvalidDataException">It is damaged, cut short or no state.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static CheckpointHead ReadHead(string path)
    {
        using FileStream file = RegularFile.OpenRead(path);
        return CheckpointHead.Parse(new BlockReader(file).All(Head));
    }

    /// <summary>Reads a state.</summary>
    /// <param name="path">File.</param>
    /// <param name="refuse">Says why it is not what is wanted; null when it is.</param>
    /// <param name="take">Takes head, what the arm gave so far and the state, which it reads to its end.</param>
    /// <exception cref="InvalidDataException">It is refused, damaged or cut short. What was taken is then of no use.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static T Read<T>(string path, Func<CheckpointHead, string?> refuse, Func<CheckpointHead, ArmProgress?, Stream, T> take)
    {
        using FileStream file = RegularFile.OpenRead(path);
        return Read(file, refuse, take);
    }

    /// <inheritdoc cref="Read{T}(string, Func{CheckpointHead, string?}, Func{CheckpointHead, ArmProgress?, Stream, T})"/>
    public static T Read<T>(Stream file, Func<CheckpointHead, string?> refuse, Func<CheckpointHead, ArmProgress?, Stream, T> take)
    {
        var blocks = new BlockReader(file);
        var head = CheckpointHead.Parse(blocks.All(Head));
        if (refuse(head) is { } why)
        {
            throw new InvalidDataException(why);
        }

        ArmProgress? progress = blocks.IsAt(Rows) ? ArmProgress.Read(blocks.All(Rows)) : null;
        using Stream state = blocks.Part(State);
        T taken = take(head, progress, state);
        if (state.ReadByte() >= 0)
        {
            throw new InvalidDataException("its state goes on where it should end");
        }

        blocks.Finish();
        return taken;
    }
}

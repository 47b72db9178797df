using TmeSim.Engine;
using TmeSim.Engine.State;
using TmeSim.Experiments.Folders;

namespace TmeSim.Experiments.Running;

/// <summary>The state at t = 0 that all arms of a replicate start from: a copy in memory, or a file when two states do not fit.</summary>
internal abstract class BranchPoint : IDisposable
{
    /// <summary>Keeps the present state.</summary>
    /// <param name="simulation">A simulation at t = 0.</param>
    /// <param name="file">Names the file of a replicate; null keeps the state in memory.</param>
    /// <exception cref="RunFolderException">The file cannot be written; nothing is left behind.</exception>
    public static BranchPoint Of(Simulation simulation, Func<int, string>? file) =>
        file is null ? new InMemory(simulation.Capture()) : new OnDisk(simulation, file(simulation.Replicate));

    /// <summary>Brings the state back, bit for bit.</summary>
    /// <exception cref="RunFolderException">The file cannot be read or is damaged.</exception>
    public abstract void Restore(Simulation simulation);

    public abstract void Dispose();

    private sealed class InMemory(SimulationSnapshot snapshot) : BranchPoint
    {
        public override void Restore(Simulation simulation) => simulation.Restore(snapshot);

        public override void Dispose() => snapshot.Dispose();
    }

    private sealed class OnDisk : BranchPoint
    {
        private readonly FileStream _stream;
        private readonly string _path;

        public OnDisk(Simulation simulation, string path)
        {
            _path = path;
            long bytes = SimulationMemory.Of(simulation.Plan).StateBytes;
            FileStream? stream = null;
            try
            {
                // Room is asked for at once: a full disk is known now, not an hour later.
                stream = new FileStream(path, new FileStreamOptions
                {
                    Mode = FileMode.Create,
                    Access = FileAccess.ReadWrite,
                    Share = FileShare.Read,
                    BufferSize = 0,
                    PreallocationSize = bytes,
                    Options = FileOptions.DeleteOnClose | FileOptions.SequentialScan,
                });
                simulation.WriteState(stream);
                _stream = stream;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                stream?.Dispose();
                throw new RunFolderException(
                    $"cannot keep the state at t = 0 ({ByteSize.Format(bytes)}) in {path}: {e.Message.TrimEnd('.')}; free space on that "
                    + "disk, choose another one with --out, or run one arm at a time with --arm", e);
            }
            catch
            {
                stream?.Dispose();
                throw;
            }
        }

        public override void Restore(Simulation simulation)
        {
            try
            {
                _stream.Position = 0;
                simulation.ReadState(_stream);
            }
            catch (Exception e) when (e is IOException or InvalidDataException)
            {
                throw new RunFolderException(
                    $"cannot read back the state at t = 0 from {_path}: {e.Message.TrimEnd('.')}; run the same command to go on with the "
                    + "arms that are missing", e);
            }
        }

        public override void Dispose() => _stream.Dispose();
    }
}

using PureHDF.VOL.Native;

namespace TmeSim.Experiments.Exports.Formats;

/// <summary>
/// Holds the chunk that is written, for chunks that come whole and one after the other: the library's own cache holds all until the end.
/// </summary>
internal sealed class OneChunkCache : IWritingChunkCache
{
    private (ulong Index, Memory<byte> Content)? _chunk;
    private Action<ulong, Memory<byte>>? _write;

    /// <inheritdoc/>
    public Memory<byte> GetChunk(ulong chunkIndex, Func<Memory<byte>> chunkAllocator, Action<ulong, Memory<byte>> chunkWriter)
    {
        _write = chunkWriter;
        if (_chunk is not { } chunk || chunk.Index != chunkIndex)
        {
            Flush(chunkWriter);
            _chunk = (chunkIndex, chunkAllocator());
        }

        return _chunk.Value.Content;
    }

    /// <summary>Writes the chunk, which is complete. What is left to the end of the file would come behind the index of the chunks.</summary>
    public void Complete() => Flush(_write);

    /// <inheritdoc/>
    public void Flush(Action<ulong, Memory<byte>>? chunkWriter = null)
    {
        if (_chunk is { } chunk)
        {
            _chunk = null;
            chunkWriter?.Invoke(chunk.Index, chunk.Content);
        }
    }
}

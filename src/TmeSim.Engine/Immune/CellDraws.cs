using System.Runtime.CompilerServices;
using TmeSim.Engine.Lattice;
using TmeSim.Engine.Numerics;

namespace TmeSim.Engine.Immune;

/// <summary>A block of four random words for each cell of a store, drawn together because vector lanes make that cheap.</summary>
/// <param name="runner">Threads; null for the caller's alone.</param>
internal sealed unsafe class CellDraws(RowRunner? runner = null)
{
    /// <summary>Blocks that a thread should have to draw: each takes some nanoseconds.</summary>
    private const int DrawsPerBlock = 4096;

    private uint[] _words = new uint[4 * 64];
    private ulong[] _ids = [];

    /// <summary>The block of cell i.</summary>
    public PhiloxBlock this[int i]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(_words[4 * i], _words[4 * i + 1], _words[4 * i + 2], _words[4 * i + 3]);
    }

    /// <summary>The words of all blocks, four a cell, for loops.</summary>
    public uint[] Words => _words;

    /// <summary>Draws for lineages, as <see cref="StepContext.Draw(ulong, Purpose, uint)"/>.</summary>
    public void Draw(ulong[] ids, int count, Purpose purpose, in StepContext context, uint subStep = 0)
    {
        if (_words.Length < 4 * count)
        {
            _words = new uint[4 * ids.Length];
        }

        fixed (uint* words = _words)
        fixed (ulong* from = ids)
        {
            var drawing = new Drawing(words, from, context.Step, ((uint)purpose << 16) | subStep, context.Key);
            if (runner is null)
            {
                drawing.Run(0, count);
            }
            else
            {
                runner.Run(drawing, count, DrawsPerBlock);
            }
        }
    }

    /// <summary>Draws for sites, as <see cref="StepContext.Draw(int, Purpose, uint)"/>.</summary>
    public void Draw(int[] sites, int count, Purpose purpose, in StepContext context)
    {
        if (_ids.Length < count)
        {
            _ids = new ulong[sites.Length];
        }

        for (int i = 0; i < count; i++)
        {
            _ids[i] = (uint)sites[i];
        }

        Draw(_ids, count, purpose, context);
    }

    /// <summary>Follows the store when it removes cell i by moving the last one there.</summary>
    public void Remove(int i, int last) => _words.AsSpan(4 * last, 4).CopyTo(_words.AsSpan(4 * i, 4));

    private readonly struct Drawing(uint* words, ulong* ids, uint step, uint last, RandomKey key) : IRowKernel
    {
        public void Run(int first, int end) => PhiloxBatch.Lineages(words + 4 * first, ids + first, end - first, step, last, key);
    }
}

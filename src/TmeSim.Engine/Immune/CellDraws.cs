using System.Runtime.CompilerServices;
using TmeSim.Engine.Numerics;

namespace TmeSim.Engine.Immune;

/// <summary>A block of four random words for each cell of a store, drawn together because vector lanes make that cheap.</summary>
internal sealed unsafe class CellDraws
{
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
            PhiloxBatch.Lineages(words, from, count, context.Step, ((uint)purpose << 16) | subStep, context.Key);
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
}

using System.Numerics;

namespace TmeSim.Engine;

/// <summary>The sites whose event bits are set, in their order; clears each bit word as it is read.</summary>
/// <param name="bits">Sixteen sites a word (<see cref="LesionWorkspace.EventBits"/>).</param>
internal ref struct EventSites(Span<ushort> bits)
{
    private readonly Span<ushort> _bits = bits;
    private int _next;
    private uint _set;

    /// <summary>Site with an event.</summary>
    public int Current { get; private set; }

    public readonly EventSites GetEnumerator() => this;

    public bool MoveNext()
    {
        if (_set == 0)
        {
            int skipped = _bits[_next..].IndexOfAnyExcept((ushort)0);
            if (skipped < 0)
            {
                return false;
            }

            _next += skipped;
            _set = _bits[_next];
            _bits[_next++] = 0;
        }

        Current = 16 * (_next - 1) + BitOperations.TrailingZeroCount(_set);
        _set &= _set - 1;
        return true;
    }
}

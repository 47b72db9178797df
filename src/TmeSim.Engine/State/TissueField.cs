using System.Buffers;
using System.Runtime.CompilerServices;
using TmeSim.Engine.Lattice;
using TmeSim.Engine.Multigrid;

namespace TmeSim.Engine.State;

/// <summary>
/// Levels of a field at the sites of tissue. Oxygen, drugs and the fields of an extension are kept for each of them; secreted signals on
/// a lattice of twice the spacing where their reach allows it (MODEL.md 8), and interpolated wherever they are read.
/// </summary>
public sealed class TissueField : IDisposable
{
    private static readonly SpreadPass Spreading = SpreadPass.Create(LaneWidths.Widest);
    private readonly SignalLattice? _signals;
    private SiteArray<float>? _levels;
    private FieldSlot? _slot;

    internal TissueField(LatticeShape tissue, SignalLattice? signals)
    {
        Tissue = tissue;
        _signals = signals is { IsCoarse: true } ? signals : null;
        Values = new SiteArray<float>(Lattice.Length);
        _levels = _signals is null ? Values : null;
    }

    /// <summary>The sites of tissue.</summary>
    public LatticeShape Tissue { get; }

    /// <summary>The sites that values are kept for: those of the tissue, or those of the signals.</summary>
    public LatticeShape Lattice => _signals?.Shape ?? Tissue;

    /// <summary>Kept on a lattice of twice the spacing.</summary>
    public bool IsCoarse => _signals is not null;

    /// <summary>Level at a site of tissue.</summary>
    public float this[int site]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _signals is null ? Values[site] : _signals.At(Values, site);

        internal set
        {
            Forget();
            Values[_signals?.Cell(site) ?? site] = value;
            _signals?.CloseRows(Values);
        }
    }

    /// <summary>Levels at the sites of a row of tissue (<see cref="LatticeShape.RowStart"/>).</summary>
    /// <param name="row">0 to rows of the tissue − 1.</param>
    /// <param name="levels">Gets them; at least as long as the row.</param>
    /// <exception cref="ArgumentException">Too short.</exception>
    public unsafe void CopyRow(int row, Span<float> levels)
    {
        if (_signals is null)
        {
            Values.Span.Slice(Tissue.RowStart(row), Tissue.Nx).CopyTo(levels);
            return;
        }

        // Interpolation writes whole registers, so it has a place of its own.
        if (levels.Length < Tissue.Nx)
        {
            throw new ArgumentException($"{levels.Length} elements, a row has {Tissue.Nx}", nameof(levels));
        }

        float[] buffer = ArrayPool<float>.Shared.Rent(Tissue.Nx + LatticeShape.RowAlignment);
        fixed (float* to = buffer)
        {
            Spreading.Row(_signals, Values, row, to);
        }

        buffer.AsSpan(0, Tissue.Nx).CopyTo(levels);
        ArrayPool<float>.Shared.Return(buffer);
    }

    /// <summary>Levels on <see cref="Lattice"/>.</summary>
    internal SiteArray<float> Values { get; }

    /// <summary>
    /// Levels at all sites of tissue as cells read them, which may be finer than what is interpolated (<see cref="Fields.OwnLevels"/>);
    /// rubbish in the halo of a coarse field. Good until the field changes or the slot takes another one. Not for several threads at once.
    /// </summary>
    internal SiteArray<float> Levels(FieldSlot slot, RowRunner runner)
    {
        if (_levels is null)
        {
            slot.Take(this);
            Spreading.Run(_signals!, Values, slot.Array, runner);
            (_slot, _levels) = (slot, slot.Array);
        }

        return _levels;
    }

    /// <summary>Levels at all sites of tissue of a field for which <see cref="Levels"/> was asked before.</summary>
    internal SiteArray<float> Present => _levels ?? throw new InvalidOperationException("the field is not interpolated");

    /// <summary>Levels at the sites of a row of tissue as <see cref="Seen"/> has them.</summary>
    /// <param name="row">0 to rows of the tissue − 1.</param>
    /// <param name="buffer">At least as long as the row; they stand in it where they are not kept.</param>
    internal ReadOnlySpan<float> SeenRow(int row, Span<float> buffer)
    {
        if (_levels is { } levels)
        {
            return levels.Span.Slice(Tissue.RowStart(row), Tissue.Nx);
        }

        CopyRow(row, buffer);
        return buffer[..Tissue.Nx];
    }

    /// <summary>Level at a site as <see cref="Present"/> has it, or interpolated where nobody asked for that.</summary>
    internal float Seen(int site) => _levels is { } levels ? levels[site] : this[site];

    /// <summary>Interpolated levels are not good any more.</summary>
    internal void Forget()
    {
        if (_signals is not null)
        {
            _slot?.Leave(this);
            (_slot, _levels) = (null, null);
        }
    }

    /// <summary>Whoever wrote <see cref="Values"/> says so.</summary>
    internal void Changed()
    {
        Forget();
        _signals?.CloseRows(Values);
    }

    public void Dispose() => Values.Dispose();
}

/// <summary>Scratch memory that holds the levels of one signal at a time.</summary>
/// <param name="array">One element a site of tissue.</param>
internal sealed class FieldSlot(SiteArray<float> array)
{
    private TissueField? _holder;

    public SiteArray<float> Array => array;

    /// <summary>The levels of the one that holds it are lost.</summary>
    public void Take(TissueField? holder)
    {
        TissueField? before = _holder;
        _holder = null;
        before?.Forget();
        _holder = holder;
    }

    public void Leave(TissueField field) => _holder = _holder == field ? null : _holder;
}

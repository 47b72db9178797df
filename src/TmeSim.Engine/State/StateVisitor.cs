using TmeSim.Engine.Lattice;

namespace TmeSim.Engine.State;

/// <summary>
/// Goes over everything that a simulation is made of, as <see cref="Simulation"/> and its parts describe it in their <c>Visit</c>. Copying,
/// transfer to a stream, fingerprint, memory and disposal are visitors, so what is described once is known to all of them. The order of
/// a description is the order of the fingerprint.
/// </summary>
internal abstract class StateVisitor
{
    /// <summary>True for one that puts something else in the place of what is there.</summary>
    public virtual bool Restores => false;

    /// <summary>What comes from here on belongs to a part of this name, until the next one is named.</summary>
    public virtual void Part(string name)
    {
    }

    /// <summary>Arrays from here on are over this lattice.</summary>
    public virtual void Lattice(LatticeShape shape)
    {
    }

    /// <summary>One value a site.</summary>
    public abstract void Sites<T>(SiteArray<T> sites)
        where T : unmanaged;

    /// <summary>A field, on its own lattice.</summary>
    public virtual void Field(TissueField field)
    {
        Lattice(field.Lattice);
        Sites(field.Values);
        Lattice(field.Tissue);
        if (Restores)
        {
            field.Changed();
        }
    }

    /// <summary>One bit a site.</summary>
    public virtual void Bits(SiteBits bits) => Sites(bits.Words);

    /// <summary>A block of values of fixed length; types with padding are not allowed.</summary>
    public virtual void Values<T>(Span<T> values)
        where T : unmanaged
    {
    }

    /// <summary>
    /// A number: the one to keep comes back. Numbers of one type that follow each other are one block of the fingerprint.
    /// </summary>
    public virtual T Number<T>(T value)
        where T : unmanaged
    {
        Values(new Span<T>(ref value));
        return value;
    }

    /// <summary>What goes along but is no part of the fingerprint: it follows from the rest or has been told only.</summary>
    public virtual T Aside<T>(T value)
        where T : unmanaged => value;

    /// <summary>How many of something follow, 0 to <paramref name="max"/>; no part of the fingerprint.</summary>
    public virtual int Count(int count, long max) => count;

    /// <summary>A text; no part of the fingerprint.</summary>
    public virtual string Text(string text) => text;

    /// <summary>What follows from the plan and must be the same wherever the state goes.</summary>
    public virtual void Same<T>(T value, string what)
        where T : unmanaged, IEquatable<T>
    {
    }

    /// <summary>Cells of a store, at most one a site.</summary>
    public virtual void Cells(CellStore store)
    {
    }

    /// <summary>
    /// Immune cells: the stores, and the overlay that says which cell stands at a site (<see cref="LesionState.Immune"/>).
    /// </summary>
    public virtual void Immune(SiteArray<int> overlay, IReadOnlyList<CellStore> stores)
    {
        Sites(overlay);
        foreach (CellStore store in stores)
        {
            Cells(store);
        }
    }
}

/// <summary>Bytes of the arrays over sites of what is visited, for a lattice of any size.</summary>
internal sealed class StateSize : StateVisitor
{
    private long _perElement, _perSignal;
    private int _bitArrays;

    public override unsafe void Sites<T>(SiteArray<T> sites) => _perElement += sizeof(T);

    public override void Bits(SiteBits bits) => _bitArrays++;

    public override void Field(TissueField field)
    {
        _perElement += field.IsCoarse ? 0 : sizeof(float);
        _perSignal += field.IsCoarse ? sizeof(float) : 0;
    }

    /// <summary>Bytes for so many elements, halo included.</summary>
    /// <param name="length">Of the lattice of the tissue.</param>
    /// <param name="signalLength">Of a coarser one of the signals.</param>
    public long Bytes(int length, int signalLength) => (_perElement * length) + (_perSignal * signalLength)
        + (_bitArrays * SiteBits.WordsFor(length) * (long)sizeof(ulong));
}

/// <summary>Gives the arrays over sites back.</summary>
internal sealed class StateDisposal : StateVisitor
{
    public override void Sites<T>(SiteArray<T> sites) => sites.Dispose();

    public override void Field(TissueField field) => field.Dispose();
}

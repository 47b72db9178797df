using TmeSim.Engine.Fields;
using TmeSim.Engine.Lattice;
using TmeSim.Engine.Multigrid;
using TmeSim.Engine.State;
using TmeSim.Engine.Stroma;

namespace TmeSim.Engine;

/// <summary>Scratch memory of one lesion, shared by its processes. Nothing in it outlives a step but what can be made again.</summary>
/// <remarks>
/// The arrays in which oxygen is solved are free afterwards: first the sums of immune cells that signals are made of stand in them, then
/// signals as cells read them.
/// </remarks>
internal sealed class LesionWorkspace : IDisposable
{
    private const int TargetSlack = 64;
    private readonly bool _ownSignals;
    private readonly FieldSlot[] _slots;
    private SiteArray<float>? _siteSources;

    /// <param name="shape">The lattice of the tissue.</param>
    /// <param name="runner">Threads.</param>
    /// <param name="signals">The lattice of the signals; null for that of the tissue.</param>
    public LesionWorkspace(LatticeShape shape, RowRunner runner, SignalLattice? signals = null)
    {
        _ownSignals = signals is null;
        Signals = signals ?? new SignalLattice(shape, coarse: false);
        Solver = new MultigridSolver(shape, runner);
        Diagonal = new SiteArray<float>(shape.Length);
        Source = new SiteArray<float>(shape.Length);
        SignalSolver = (Signals.IsCoarse ? Solver.OnNextLevel() : null) ?? Solver;
        SignalDiagonal = SignalSolver.Diagonal ?? Diagonal;
        SignalSource = SignalSolver.Rhs ?? Source;
        Cells = new CellSums(Signals, Signals.IsCoarse ? [Diagonal, Source, Solver.Spare] : null);
        _slots = [new FieldSlot(Diagonal), new FieldSlot(Source), new FieldSlot(Solver.Spare)];
        Permeability = new PermeabilityMap(shape);
        Wanted = new SiteBits(shape.Length);
        Contested = new SiteBits(shape.Length);
        Targets = new SiteBits(shape.Length + TargetSlack);
        EventBits = new ushort[Words(shape)];
    }

    /// <summary>The lattice of the signals.</summary>
    public SignalLattice Signals { get; }

    public MultigridSolver Solver { get; }

    /// <summary>Diagonal over the tissue.</summary>
    public SiteArray<float> Diagonal { get; }

    /// <summary>Right-hand side over the tissue.</summary>
    public SiteArray<float> Source { get; }

    /// <summary>Solver on the lattice of the signals; couplings are those of the spacing of the tissue.</summary>
    public MultigridSolver SignalSolver { get; }

    /// <summary>Diagonal over the lattice of the signals.</summary>
    public SiteArray<float> SignalDiagonal { get; }

    /// <summary>Right-hand side over the lattice of the signals.</summary>
    public SiteArray<float> SignalSource { get; }

    /// <summary>Immune cells by site of the lattice of the signals.</summary>
    public CellSums Cells { get; }

    /// <summary>What an extension adds to a signal, by site of tissue; made when asked for.</summary>
    public SiteArray<float> SiteSources => _siteSources ??= new SiteArray<float>(Source.Length);

    /// <summary>What the matrix lets through, by site.</summary>
    public PermeabilityMap Permeability { get; }

    /// <summary>Sites that a moving cell wants. Clear between uses.</summary>
    public SiteBits Wanted { get; }

    /// <summary>Sites that more than one moving cell wants. Clear between uses.</summary>
    public SiteBits Contested { get; }

    /// <summary>Tumour cells that CD8 T cells can see, for one step; a word longer than the lattice, so that reads may run past it.</summary>
    public SiteBits Targets { get; }

    /// <summary>
    /// One bit per site, sixteen sites a word: rows start on a word, so threads on different rows never share one. Zero between uses.
    /// </summary>
    public ushort[] EventBits { get; }

    /// <summary>Levels of a field at all sites of tissue, until the fields are solved again; one thread at a time.</summary>
    /// <remarks>IFN-γ and the suppressive signal, which two kinds of cells read, stay; the others make room for each other.</remarks>
    public SiteArray<float> Levels(LesionState lesion, FieldId id, RowRunner runner) =>
        lesion.Field(id).Levels(_slots[id switch { FieldId.Ifng => 0, FieldId.Suppressive => 1, _ => 2 }], runner);

    /// <summary>Before the arrays serve a solution: no levels stand in them any more.</summary>
    public void ForgetLevels()
    {
        foreach (FieldSlot slot in _slots)
        {
            slot.Take(null);
        }
    }

    /// <summary>The sites whose event bits are set, in their order; clears the bits.</summary>
    public EventSites TakeEvents() => new(EventBits);

    /// <summary>True when the event bit of a site is set.</summary>
    public bool IsMarked(int site) => (EventBits[site >> 4] & (1 << (site & 15))) != 0;

    /// <summary>Sets the event bit of a site; one thread at a time.</summary>
    public void Mark(int site) => EventBits[site >> 4] |= (ushort)(1 << (site & 15));

    /// <summary>Clears the event bit of a site; one thread at a time.</summary>
    public void Unmark(int site) => EventBits[site >> 4] &= (ushort)~(1 << (site & 15));

    /// <summary>Bytes of the work memory of a lesion: arrays over sites, bits and the solver.</summary>
    public static long Bytes(LatticeShape shape, bool coarseSignals, int threads) =>
        (2L * sizeof(float) * shape.Length) + PermeabilityMap.Bytes(shape) + (2L * sizeof(ulong) * SiteBits.WordsFor(shape.Length))
        + (sizeof(ulong) * (long)SiteBits.WordsFor(shape.Length + TargetSlack))
        + (Words(shape) * sizeof(ushort)) + MultigridMemory.Bytes(shape, threads) + SignalLattice.Bytes(shape, coarseSignals)
        + (coarseSignals ? 0 : (long)CellSums.Arrays * sizeof(float) * shape.Length);

    private static long Words(LatticeShape shape) => (shape.Length + 15L) / 16;

    public void Dispose()
    {
        Solver.Dispose();
        Diagonal.Dispose();
        Source.Dispose();
        Cells.Dispose();
        Permeability.Dispose();
        Wanted.Dispose();
        Contested.Dispose();
        Targets.Dispose();
        _siteSources?.Dispose();
        if (_ownSignals)
        {
            Signals.Dispose();
        }
    }
}

using TmeSim.Engine.Lattice;
using TmeSim.Engine.Multigrid;
using TmeSim.Engine.Stroma;

namespace TmeSim.Engine;

/// <summary>Scratch memory of one lesion, shared by its processes. Nothing in it outlives a step but what can be made again.</summary>
internal sealed class LesionWorkspace : IDisposable
{
    private const int TargetSlack = 64;

    public LesionWorkspace(LatticeShape shape, RowRunner runner)
    {
        Solver = new MultigridSolver(shape, runner);
        Diagonal = new SiteArray<float>(shape.Length);
        Source = new SiteArray<float>(shape.Length);
        Permeability = new PermeabilityMap(shape);
        Wanted = new SiteBits(shape.Length);
        Contested = new SiteBits(shape.Length);
        Targets = new SiteBits(shape.Length + TargetSlack);
        EventBits = new ushort[Words(shape)];
    }

    public MultigridSolver Solver { get; }

    public SiteArray<float> Diagonal { get; }

    public SiteArray<float> Source { get; }

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

    /// <summary>The sites whose event bits are set, in their order; clears the bits.</summary>
    public EventSites TakeEvents() => new(EventBits);

    /// <summary>True when the event bit of a site is set.</summary>
    public bool IsMarked(int site) => (EventBits[site >> 4] & (1 << (site & 15))) != 0;

    /// <summary>Sets the event bit of a site; one thread at a time.</summary>
    public void Mark(int site) => EventBits[site >> 4] |= (ushort)(1 << (site & 15));

    /// <summary>Clears the event bit of a site; one thread at a time.</summary>
    public void Unmark(int site) => EventBits[site >> 4] &= (ushort)~(1 << (site & 15));

    /// <summary>Bytes of the work memory of a lesion: three site arrays, bits and the solver.</summary>
    public static long Bytes(LatticeShape shape, int threads) =>
        (2L * sizeof(float) * shape.Length) + PermeabilityMap.Bytes(shape) + (2L * sizeof(ulong) * SiteBits.WordsFor(shape.Length))
        + (sizeof(ulong) * (long)SiteBits.WordsFor(shape.Length + TargetSlack))
        + (Words(shape) * sizeof(ushort)) + MultigridMemory.Bytes(shape, threads);

    private static long Words(LatticeShape shape) => (shape.Length + 15L) / 16;

    public void Dispose()
    {
        Solver.Dispose();
        Diagonal.Dispose();
        Source.Dispose();
        Permeability.Dispose();
        Wanted.Dispose();
        Contested.Dispose();
        Targets.Dispose();
    }
}

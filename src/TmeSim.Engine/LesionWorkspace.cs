using TmeSim.Engine.Fields;
using TmeSim.Engine.Lattice;

namespace TmeSim.Engine;

/// <summary>Scratch memory of one lesion, shared by its processes. Nothing in it outlives a step.</summary>
internal sealed class LesionWorkspace : IDisposable
{
    public LesionWorkspace(LatticeShape shape, RowRunner runner)
    {
        Solver = new MultigridSolver(shape, runner);
        Diagonal = new SiteArray<float>(shape.Length);
        Source = new SiteArray<float>(shape.Length);
        Claims = new SiteArray<int>(shape.Length);
        EventBits = new ushort[(shape.Length + 15) / 16];
    }

    public MultigridSolver Solver { get; }

    public SiteArray<float> Diagonal { get; }

    public SiteArray<float> Source { get; }

    /// <summary>Claimant of a site, index + 1; all zero between uses.</summary>
    public SiteArray<int> Claims { get; }

    /// <summary>One bit per site, sixteen sites a word: rows start on a word, so threads on different rows never share one. Zero between uses.</summary>
    public ushort[] EventBits { get; }

    public void Dispose()
    {
        Solver.Dispose();
        Diagonal.Dispose();
        Source.Dispose();
        Claims.Dispose();
    }
}

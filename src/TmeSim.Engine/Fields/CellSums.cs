using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using TmeSim.Engine.Immune;
using TmeSim.Engine.Lattice;
using TmeSim.Engine.Multigrid;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Fields;

/// <summary>
/// Immune cells on the lattice of the signals. Each is shared out to the coarse sites around it with the weights that interpolation reads
/// them with, so that its centre is where it stands. Sums are of whole numbers: they do not depend on the order of cells.
/// </summary>
internal sealed class CellSums : IDisposable
{
    /// <summary>Arrays over the signals' lattice.</summary>
    public const int Arrays = 3;

    /// <summary>A cell of full output, as the sums count it. At most eight fall on one site, which is below 2³¹.</summary>
    public const float Unit = 1 << 26;

    /// <summary>Elements that a thread should have to clear.</summary>
    private const int ClearedPerBlock = 1 << 14;

    private readonly SiteArray<float>[] _own = [];

    /// <param name="lattice">The lattice of the signals.</param>
    /// <param name="scratch">
    /// Three arrays over the tissue to work in between the solution of oxygen and the first interpolation of a signal; null for own
    /// memory.
    /// </param>
    public CellSums(SignalLattice lattice, SiteArray<float>[]? scratch)
    {
        Lattice = lattice;
        SiteArray<float>[] arrays = scratch
            ?? (_own = [.. Enumerable.Range(0, Arrays).Select(_ => new SiteArray<float>(lattice.Shape.Length))]);
        (M1, M2, Cd8) = (arrays[0], arrays[1], arrays[2]);
    }

    public SignalLattice Lattice { get; }

    /// <summary>
    /// Σ (1 − p) of macrophages, p their CD163 score, in parts of <see cref="Unit"/>: whole numbers in the memory of floats. Elements after
    /// the length of the signals' lattice are not used.
    /// </summary>
    public SiteArray<float> M1 { get; }

    /// <summary>Σ p of macrophages, as <see cref="M1"/>.</summary>
    public SiteArray<float> M2 { get; }

    /// <summary>Output of CD8 T cells relative to <see cref="Cd8Unit"/>, as <see cref="M1"/>.</summary>
    public SiteArray<float> Cd8 { get; }

    /// <summary>Output of a CD8 T cell that counts as one [half-maximal constants/h].</summary>
    public float Cd8Unit { get; private set; }

    /// <summary>Sums the cells of a lesion as they stand now.</summary>
    /// <param name="lesion">The lesion.</param>
    /// <param name="contact">Output of an engaged CD8 T cell that is not exhausted.</param>
    /// <param name="idle">Output of one that is not engaged.</param>
    /// <param name="runner">Threads.</param>
    public void Sum(LesionState lesion, float contact, float idle, RowRunner runner)
    {
        runner.Run(new Clearing(this), Lattice.Shape.Length, ClearedPerBlock);
        Cd8Unit = MathF.Max(contact, idle);
        float perUnit = Cd8Unit > 0 ? 1 / Cd8Unit : 0;
        if (runner.Threads > 1)
        {
            Add<On>(lesion, contact * perUnit, idle * perUnit, runner);
        }
        else
        {
            Add<Off>(lesion, contact * perUnit, idle * perUnit, runner);
        }
    }

    public void Dispose()
    {
        foreach (SiteArray<float> sums in _own)
        {
            sums.Dispose();
        }
    }

    private void Add<TShared>(LesionState lesion, float contact, float idle, RowRunner runner)
        where TShared : struct, ISwitch
    {
        runner.Run(new MacrophageKernel<TShared>(lesion, this), lesion.Macrophages.Count, 4 * Moves.CellsPerBlock);
        runner.Run(new Cd8Kernel<TShared>(lesion, this, contact, idle), lesion.Cd8.Count, 4 * Moves.CellsPerBlock);
    }

    // To the nearest whole number; none is below 0.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Whole(Vector128<float> amounts) =>
        Vector128.ConvertToInt32Native(amounts + Vector128.Create(0.5f));

    private readonly struct Clearing(CellSums sums) : IRowKernel
    {
        public void Run(int first, int end)
        {
            sums.M1.Writable[first..end].Clear();
            sums.M2.Writable[first..end].Clear();
            sums.Cd8.Writable[first..end].Clear();
        }
    }

    private readonly unsafe struct MacrophageKernel<TShared>(LesionState lesion, CellSums sums) : IRowKernel
        where TShared : struct, ISwitch
    {
        public void Run(int first, int end)
        {
            int[] sites = lesion.Macrophages.Site.Values;
            float[] score = lesion.Macrophages.Score.Values;
            int* m1 = (int*)sums.M1.Pointer, m2 = (int*)sums.M2.Pointer;
            for (int plane = 0; plane < sums.Lattice.SharedPlanes; plane++)
            {
                for (int i = first; i < end; i++)
                {
                    SignalShares shares = sums.Lattice.Shares(sites[i], plane);
                    Vector128<float> parts = shares.Weights * Vector128.Create(Unit);
                    shares.Add<TShared>(m1, Whole(parts * Vector128.Create(1 - score[i])));
                    shares.Add<TShared>(m2, Whole(parts * Vector128.Create(score[i])));
                }
            }
        }
    }

    private readonly unsafe struct Cd8Kernel<TShared>(LesionState lesion, CellSums sums, float contact, float idle) : IRowKernel
        where TShared : struct, ISwitch
    {
        public void Run(int first, int end)
        {
            Cd8Store cells = lesion.Cd8;
            int[] sites = cells.Site.Values, target = cells.Target.Values;
            float[] exhaustion = cells.Exhaustion.Values;
            int* output = (int*)sums.Cd8.Pointer;
            for (int plane = 0; plane < sums.Lattice.SharedPlanes; plane++)
            {
                for (int i = first; i < end; i++)
                {
                    float amount = (target[i] != 0 ? contact * (1 - exhaustion[i]) : idle) * Unit;
                    SignalShares shares = sums.Lattice.Shares(sites[i], plane);
                    shares.Add<TShared>(output, Whole(shares.Weights * Vector128.Create(amount)));
                }
            }
        }
    }
}

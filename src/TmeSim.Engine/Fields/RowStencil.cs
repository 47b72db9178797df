using System.Runtime.CompilerServices;

namespace TmeSim.Engine.Fields;

/// <summary>A constant that the compiler folds: one kernel source, no branch in the loop.</summary>
internal interface ISwitch;

internal readonly struct On : ISwitch;

internal readonly struct Off : ISwitch;

/// <summary>Largest sizes seen, per lane.</summary>
internal struct SweepMaxima<TLane>
    where TLane : struct, ILanes<TLane>
{
    public TLane Residual, Value;

    public readonly SweepSizes Largest() => new() { Residual = TLane.Largest(Residual), Value = TLane.Largest(Value) };
}

/// <summary>
/// The five- or seven-point stencil on one row, with couplings that may differ by column and row:
/// r = rhs − d·c + Σ k_f (c_f − c). Differences come first, so that at k = 200,000 the large terms do not cancel,
/// and both sides of a face compute the same flux with opposite sign.
/// </summary>
/// <remarks>
/// Columns where all couplings are the same k take k Σ (c_f − c), a third fewer operations. Which columns do is counted in
/// blocks of 16 at every register width, so that the widths agree in every bit.
/// </remarks>
/// <typeparam name="TLane">Width of the registers.</typeparam>
/// <typeparam name="TInner">On when the inner axis is open (3D).</typeparam>
internal static unsafe class RowStencil<TLane, TInner>
    where TLane : struct, ILanes<TLane>
    where TInner : struct, ISwitch
{
    /// <summary>One damped Jacobi sweep: target = c + weight · r / (d + Σ k_f).</summary>
    /// <typeparam name="TMeasure">On to find the sizes of r / diagonal and c on the way.</typeparam>
    public static void Sweep<TMeasure>(in StencilRow row, float weight, float* target, ref SweepMaxima<TLane> maxima)
        where TMeasure : struct, ISwitch
    {
        SweepMaxima<TLane> sizes = maxima;
        TLane damping = TLane.Splat(weight), k = TLane.Splat(row.K), faces = TLane.Splat(row.Faces), all = TLane.Splat(row.AllFaces);
        int x = 0, count = row.Count;
        for (; x < row.UniformFirst; x += TLane.Width)
        {
            TLane centre = TLane.Load(row.Centre + x);
            TLane step = Balance(row, x, centre) / Denominator(row, x, faces);
            Finish<TMeasure>(centre, step, damping, target + x, count - x, ref sizes);
        }

        float* c = row.Centre, sl = row.SlabLow, sh = row.SlabHigh, il = row.InnerLow, ih = row.InnerHigh;
        float* d = row.Diagonal, rhs = row.Rhs;
        for (; x < row.UniformEnd; x += TLane.Width)
        {
            TLane centre = TLane.Load(c + x), diagonal = TLane.Load(d + x);
            TLane differences = (TLane.Load(c + x - 1) - centre) + (TLane.Load(c + x + 1) - centre)
                + ((TLane.Load(sl + x) - centre) + (TLane.Load(sh + x) - centre));
            if (typeof(TInner) == typeof(On))
            {
                differences += (TLane.Load(il + x) - centre) + (TLane.Load(ih + x) - centre);
            }

            TLane step = (TLane.Load(rhs + x) - diagonal * centre + k * differences) / (diagonal + all);
            if (typeof(TMeasure) == typeof(On))
            {
                sizes.Residual = TLane.MaxAbs(sizes.Residual, step);
                sizes.Value = TLane.MaxAbs(sizes.Value, centre);
            }

            TLane.Store(TLane.Flush(centre + damping * step), target + x);
        }

        for (; x < count; x += TLane.Width)
        {
            TLane centre = TLane.Load(row.Centre + x);
            TLane step = Balance(row, x, centre) / Denominator(row, x, faces);
            Finish<TMeasure>(centre, step, damping, target + x, count - x, ref sizes);
        }

        maxima = sizes;
    }

    /// <summary>The first sweep of a correction, from zero: target = weight · rhs / (d + Σ k_f).</summary>
    public static void SweepFromZero(in StencilRow row, float weight, float* target)
    {
        TLane damping = TLane.Splat(weight), faces = TLane.Splat(row.Faces);
        for (int x = 0; x < row.Count; x += TLane.Width)
        {
            TLane step = TLane.Load(row.Rhs + x) / Denominator(row, x, faces);
            TLane.Store(TLane.Flush(damping * step), target + x);
        }
    }

    /// <summary>target = share · r, or target += share · r when <typeparamref name="TAdd"/> is on.</summary>
    public static void Residual<TAdd>(in StencilRow row, float share, float* target)
        where TAdd : struct, ISwitch
    {
        TLane part = TLane.Splat(share), k = TLane.Splat(row.K);
        int x = 0, count = row.Count;
        for (; x < row.UniformFirst; x += TLane.Width)
        {
            Collect<TAdd>(part * Balance(row, x, TLane.Load(row.Centre + x)), target + x);
        }

        float* c = row.Centre, sl = row.SlabLow, sh = row.SlabHigh, il = row.InnerLow, ih = row.InnerHigh;
        float* d = row.Diagonal, rhs = row.Rhs;
        for (; x < row.UniformEnd; x += TLane.Width)
        {
            TLane centre = TLane.Load(c + x);
            TLane differences = (TLane.Load(c + x - 1) - centre) + (TLane.Load(c + x + 1) - centre)
                + ((TLane.Load(sl + x) - centre) + (TLane.Load(sh + x) - centre));
            if (typeof(TInner) == typeof(On))
            {
                differences += (TLane.Load(il + x) - centre) + (TLane.Load(ih + x) - centre);
            }

            Collect<TAdd>(part * (TLane.Load(rhs + x) - TLane.Load(d + x) * centre + k * differences), target + x);
        }

        for (; x < count; x += TLane.Width)
        {
            Collect<TAdd>(part * Balance(row, x, TLane.Load(row.Centre + x)), target + x);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLane Balance(in StencilRow row, int x, TLane centre)
    {
        TLane flux = TLane.Load(row.XLow + x) * (TLane.Load(row.Centre + x - 1) - centre)
            + TLane.Load(row.XHigh + x) * (TLane.Load(row.Centre + x + 1) - centre);
        flux += TLane.Splat(row.KSlabLow) * (TLane.Load(row.SlabLow + x) - centre)
            + TLane.Splat(row.KSlabHigh) * (TLane.Load(row.SlabHigh + x) - centre);
        if (typeof(TInner) == typeof(On))
        {
            flux += TLane.Splat(row.KInnerLow) * (TLane.Load(row.InnerLow + x) - centre)
                + TLane.Splat(row.KInnerHigh) * (TLane.Load(row.InnerHigh + x) - centre);
        }

        return TLane.Load(row.Rhs + x) - TLane.Load(row.Diagonal + x) * centre + flux;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLane Denominator(in StencilRow row, int x, TLane faces) =>
        TLane.Load(row.Diagonal + x) + (TLane.Load(row.XLow + x) + TLane.Load(row.XHigh + x) + faces);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish<TMeasure>(TLane centre, TLane step, TLane damping, float* target, int left, ref SweepMaxima<TLane> sizes)
        where TMeasure : struct, ISwitch
    {
        if (typeof(TMeasure) == typeof(On))
        {
            sizes.Residual = TLane.MaxAbs(sizes.Residual, TLane.Keep(step, left));
            sizes.Value = TLane.MaxAbs(sizes.Value, TLane.Keep(centre, left));
        }

        TLane.Store(TLane.Flush(centre + damping * step), target);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Collect<TAdd>(TLane value, float* target)
        where TAdd : struct, ISwitch =>
        TLane.Store(typeof(TAdd) == typeof(On) ? TLane.Load(target) + value : value, target);
}

using System.Runtime.CompilerServices;
using TmeSim.Engine.Numerics;

namespace TmeSim.Engine.Multigrid;

/// <summary>A constant that the compiler folds: one kernel source, no branch in the loop.</summary>
internal interface ISwitch;

internal readonly struct On : ISwitch;

internal readonly struct Off : ISwitch;

/// <summary>Largest sizes seen, per lane.</summary>
internal struct SweepMaxima<TLane>
    where TLane : struct, ILanes<TLane>
{
    public TLane Residual, Value;

    /// <summary>The largest of the negative results, as positive numbers.</summary>
    public TLane Below;

    public readonly SweepSizes Largest() =>
        new() { Residual = TLane.Largest(Residual), Value = TLane.Largest(Value), Below = TLane.Largest(Below) };
}

/// <summary>
/// The five- or seven-point stencil on one row: r = rhs − d·c + Σ k_f (c_f − c). Differences come first, so that at k = 200,000
/// the large terms do not cancel.
/// </summary>
/// <remarks>
/// Almost all columns have the same coupling k on all sides and take k Σ (c_f − c); beside a narrow last cell each column has
/// couplings of its own. Which columns do is counted in blocks of 16 at every register width, so that the widths agree in every bit.
/// Loops read whole registers and run past the row's end into its padding, where nothing is read afterwards.
/// </remarks>
/// <typeparam name="TLane">Width of the registers.</typeparam>
/// <typeparam name="TInner">On when the inner axis is open (3D).</typeparam>
/// <typeparam name="TVarying">On when the diagonal differs between sites; off saves its load and a division.</typeparam>
internal static unsafe class RowStencil<TLane, TInner, TVarying>
    where TLane : struct, ILanes<TLane>
    where TInner : struct, ISwitch
    where TVarying : struct, ISwitch
{
    /// <summary>One damped Jacobi sweep: target = c + weight · r / (d + Σ k_f).</summary>
    /// <typeparam name="TMeasure">On to find the sizes of r / diagonal and c on the way, and with the flush of what is below 0
    /// after.</typeparam>
    /// <typeparam name="TFlush">On to make values below 1e-30 zero.</typeparam>
    public static void Sweep<TMeasure, TFlush>(in StencilRow row, float weight, float* target, ref SweepMaxima<TLane> maxima)
        where TMeasure : struct, ISwitch
        where TFlush : struct, ISwitch
    {
        TLane size = default, value = default, lowest = default;
        int uniform = row.Uniform;
        if (uniform > 0)
        {
            float inverse = 1 / (row.SameDiagonal + row.All);
            SweepUniform<TMeasure, TFlush>(
                row.Centre, row.SlabLow, row.SlabHigh, row.InnerLow, row.InnerHigh, row.Diagonal, row.Rhs, uniform, TLane.Splat(row.K),
                TLane.Splat(row.All), TLane.Splat(row.SameDiagonal), TLane.Splat(typeof(TVarying) == typeof(On) ? weight : weight * inverse),
                target, ref size, ref value, ref lowest);
            if (typeof(TMeasure) == typeof(On) && typeof(TVarying) == typeof(Off))
            {
                size *= TLane.Splat(inverse);
            }
        }

        if (uniform < row.Count)
        {
            TLane damping = TLane.Splat(weight);
            for (int x = uniform; x < row.Count; x += TLane.Width)
            {
                TLane centre = TLane.Load(row.Centre + x);
                TLane step = Balance(row, x, centre) / Denominator(row, x);
                if (typeof(TMeasure) == typeof(On))
                {
                    size = TLane.MaxAbs(size, TLane.Keep(step, row.Count - x));
                    value = TLane.MaxAbs(value, TLane.Keep(centre, row.Count - x));
                }

                TLane swept = Swept<TFlush>(centre + damping * step);
                TLane.Store(swept, target + x);
                if (typeof(TMeasure) == typeof(On) && typeof(TFlush) == typeof(On))
                {
                    lowest = TLane.Min(TLane.Keep(swept, row.Count - x), lowest);
                }
            }
        }

        if (typeof(TMeasure) == typeof(On))
        {
            maxima.Residual = TLane.MaxAbs(maxima.Residual, size);
            maxima.Value = TLane.MaxAbs(maxima.Value, value);
            maxima.Below = TLane.MaxAbs(maxima.Below, lowest);
        }
    }

    /// <summary>
    /// The part of a sweep over columns that have the same coupling on all sides, with what all rows of a level share given in registers.
    /// </summary>
    /// <param name="c">The row.</param>
    /// <param name="sl">The row of the slab below.</param>
    /// <param name="sh">The row of the slab above.</param>
    /// <param name="il">The row below in its slab; not read without an inner axis.</param>
    /// <param name="ih">The row above in its slab; not read without an inner axis.</param>
    /// <param name="d">Diagonal; not read where it is the same everywhere.</param>
    /// <param name="rhs">Right-hand side.</param>
    /// <param name="uniform">Columns to sweep.</param>
    /// <param name="k">Coupling to each neighbour.</param>
    /// <param name="all">Sum of the couplings.</param>
    /// <param name="same">The diagonal where it is the same everywhere.</param>
    /// <param name="damping">Weight of the sweep, divided by diagonal and couplings where these are the same everywhere.</param>
    /// <param name="target">The swept row.</param>
    /// <param name="size">Grows to the largest residual, over the diagonal where that varies.</param>
    /// <param name="value">Grows to the largest value before the sweep.</param>
    /// <param name="lowest">Falls to the lowest value after it.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SweepUniform<TMeasure, TFlush>(float* c, float* sl, float* sh, float* il, float* ih, float* d, float* rhs,
        int uniform, TLane k, TLane all, TLane same, TLane damping, float* target, ref TLane size, ref TLane value, ref TLane lowest)
        where TMeasure : struct, ISwitch
        where TFlush : struct, ISwitch
    {
        int x = 0;
        for (; x <= uniform - TLane.Width; x += TLane.Width)
        {
            TLane centre = TLane.Load(c + x), diagonal = Diagonal(d + x, same);
            TLane step = TLane.Load(rhs + x) - diagonal * centre + k * Differences(c + x, sl + x, sh + x, il + x, ih + x, centre);
            if (typeof(TVarying) == typeof(On))
            {
                step /= diagonal + all;
            }

            if (typeof(TMeasure) == typeof(On))
            {
                size = TLane.MaxAbs(size, step);
                value = TLane.MaxAbs(value, centre);
            }

            TLane swept = Swept<TFlush>(centre + damping * step);
            TLane.Store(swept, target + x);
            if (typeof(TMeasure) == typeof(On) && typeof(TFlush) == typeof(On))
            {
                lowest = TLane.Min(swept, lowest);
            }
        }

        if (x < uniform)
        {
            TLane centre = TLane.Load(c + x), diagonal = Diagonal(d + x, same);
            TLane step = TLane.Load(rhs + x) - diagonal * centre + k * Differences(c + x, sl + x, sh + x, il + x, ih + x, centre);
            if (typeof(TVarying) == typeof(On))
            {
                step /= diagonal + all;
            }

            if (typeof(TMeasure) == typeof(On))
            {
                size = TLane.MaxAbs(size, TLane.Keep(step, uniform - x));
                value = TLane.MaxAbs(value, TLane.Keep(centre, uniform - x));
            }

            TLane swept = Swept<TFlush>(centre + damping * step);
            TLane.Store(swept, target + x);
            if (typeof(TMeasure) == typeof(On) && typeof(TFlush) == typeof(On))
            {
                lowest = TLane.Min(TLane.Keep(swept, uniform - x), lowest);
            }
        }
    }

    /// <summary>The first sweep of a correction, from zero: target = weight · rhs / (d + Σ k_f).</summary>
    public static void SweepFromZero(in StencilRow row, float weight, float* target)
    {
        int uniform = row.Uniform;
        TLane all = TLane.Splat(row.All),
            damping = TLane.Splat(typeof(TVarying) == typeof(On) ? weight : weight / (row.SameDiagonal + row.All));
        for (int x = 0; x < uniform; x += TLane.Width)
        {
            TLane step = TLane.Load(row.Rhs + x);
            TLane.Store(damping * (typeof(TVarying) == typeof(On) ? step / (TLane.Load(row.Diagonal + x) + all) : step), target + x);
        }

        for (int x = uniform; x < row.Count; x += TLane.Width)
        {
            TLane.Store(TLane.Splat(weight) * (TLane.Load(row.Rhs + x) / Denominator(row, x)), target + x);
        }
    }

    /// <summary>target = share · r, or target += share · r when <typeparamref name="TAdd"/> is on.</summary>
    public static void Residual<TAdd>(in StencilRow row, float share, float* target)
        where TAdd : struct, ISwitch
    {
        TLane part = TLane.Splat(share), k = TLane.Splat(row.K), same = TLane.Splat(row.SameDiagonal);
        int uniform = row.Uniform;
        float* c = row.Centre, sl = row.SlabLow, sh = row.SlabHigh, il = row.InnerLow, ih = row.InnerHigh, d = row.Diagonal, rhs = row.Rhs;
        for (int x = 0; x < uniform; x += TLane.Width)
        {
            TLane centre = TLane.Load(c + x);
            TLane residual = TLane.Load(rhs + x) - Diagonal(d + x, same) * centre
                + k * Differences(c + x, sl + x, sh + x, il + x, ih + x, centre);
            Collect<TAdd>(part * residual, target + x);
        }

        for (int x = uniform; x < row.Count; x += TLane.Width)
        {
            Collect<TAdd>(part * Balance(row, x, TLane.Load(row.Centre + x)), target + x);
        }
    }

    /// <summary>
    /// Residual of two neighbouring rows, its mean on the coarse row between them, and the first sweep there, in registers.
    /// All columns of all three rows are uniform, and each coarse cell covers two columns.
    /// </summary>
    /// <param name="row">The lower of the two rows.</param>
    /// <param name="next">The higher one.</param>
    /// <param name="coarse">The coarse row; its right-hand side is written.</param>
    /// <param name="weight">Damping of the first sweep.</param>
    /// <param name="target">What the sweep leaves.</param>
    public static void Restrict(in StencilRow row, in StencilRow next, in StencilRow coarse, float weight, float* target) =>
        RestrictUniform(
            row.SlabLow, row.Centre, next.Centre, next.SlabHigh, row.Diagonal, next.Diagonal, row.Rhs, next.Rhs, coarse.Diagonal,
            coarse.Rhs, coarse.Count, TLane.Splat(row.K), TLane.Splat(row.SameDiagonal), TLane.Splat(coarse.All),
            TLane.Splat(typeof(TVarying) == typeof(On) ? weight : weight / (coarse.SameDiagonal + coarse.All)), target);

    /// <summary><see cref="Restrict"/> of rows by their pointers, with what all rows of both levels share given in registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RestrictUniform(float* below, float* c0, float* c1, float* above, float* d0, float* d1, float* rhs0, float* rhs1,
        float* d, float* rhs, int count, TLane k, TLane same, TLane all, TLane damping, float* target)
    {
        TLane quarter = TLane.Splat(0.25f);
        for (int x = 0; x < count; x += TLane.Width)
        {
            int low = 2 * x, high = low + TLane.Width;
            TLane first = Pair(below + low, c0 + low, c1 + low, above + low, d0 + low, d1 + low, rhs0 + low, rhs1 + low, k, same);
            TLane second = Pair(below + high, c0 + high, c1 + high, above + high, d0 + high, d1 + high, rhs0 + high, rhs1 + high, k, same);
            TLane mean = TLane.Flush(quarter * TLane.PairSum(first, second));
            TLane.Store(mean, rhs + x);
            TLane.Store(damping * (typeof(TVarying) == typeof(On) ? mean / (TLane.Load(d + x) + all) : mean), target + x);
        }
    }

    /// <summary>Sum of the residuals of two neighbouring rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLane Pair(float* below, float* c0, float* c1, float* above, float* d0, float* d1, float* rhs0, float* rhs1,
        TLane k, TLane same)
    {
        TLane centre0 = TLane.Load(c0), centre1 = TLane.Load(c1);
        TLane differences0 = (TLane.Load(c0 - 1) - centre0) + (TLane.Load(c0 + 1) - centre0)
            + ((TLane.Load(below) - centre0) + (centre1 - centre0));
        TLane differences1 = (TLane.Load(c1 - 1) - centre1) + (TLane.Load(c1 + 1) - centre1)
            + ((centre0 - centre1) + (TLane.Load(above) - centre1));
        return (TLane.Load(rhs0) - Diagonal(d0, same) * centre0 + k * differences0)
            + (TLane.Load(rhs1) - Diagonal(d1, same) * centre1 + k * differences1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLane Diagonal(float* diagonal, TLane same) => typeof(TVarying) == typeof(On) ? TLane.Load(diagonal) : same;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLane Differences(float* c, float* slabLow, float* slabHigh, float* innerLow, float* innerHigh, TLane centre)
    {
        TLane sum = (TLane.Load(c - 1) - centre) + (TLane.Load(c + 1) - centre)
            + ((TLane.Load(slabLow) - centre) + (TLane.Load(slabHigh) - centre));
        return typeof(TInner) == typeof(On)
            ? sum + ((TLane.Load(innerLow) - centre) + (TLane.Load(innerHigh) - centre))
            : sum;
    }

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

        return TLane.Load(row.Rhs + x) - Diagonal(row.Diagonal + x, TLane.Splat(row.SameDiagonal)) * centre + flux;
    }

    private static TLane Denominator(in StencilRow row, int x) =>
        Diagonal(row.Diagonal + x, TLane.Splat(row.SameDiagonal))
        + (TLane.Load(row.XLow + x) + TLane.Load(row.XHigh + x) + TLane.Splat(row.Faces));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLane Swept<TFlush>(TLane value)
        where TFlush : struct, ISwitch => typeof(TFlush) == typeof(On) ? TLane.Flush(value) : value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Collect<TAdd>(TLane value, float* target)
        where TAdd : struct, ISwitch =>
        TLane.Store(typeof(TAdd) == typeof(On) ? TLane.Load(target) + value : value, target);
}

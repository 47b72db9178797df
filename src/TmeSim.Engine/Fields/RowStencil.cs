using System.Runtime.CompilerServices;

namespace TmeSim.Engine.Fields;

/// <summary>A constant that the compiler folds: one kernel source, no branch in the loop.</summary>
internal interface ISwitch;

internal readonly struct On : ISwitch;

internal readonly struct Off : ISwitch;

/// <summary>
/// The five- or seven-point stencil on one row, with couplings that may differ by column and row:
/// r = rhs − d·c + Σ k_f (c_f − c). Differences come first, so that at k = 200,000 the large terms do not cancel,
/// and both sides of a face compute the same flux with opposite sign.
/// </summary>
/// <typeparam name="TLane">Width of the registers.</typeparam>
/// <typeparam name="TInner">On when the inner axis is open (3D).</typeparam>
internal static unsafe class RowStencil<TLane, TInner>
    where TLane : struct, ILanes<TLane>
    where TInner : struct, ISwitch
{
    /// <summary>One damped Jacobi sweep: target = c + weight · r / (d + Σ k_f).</summary>
    /// <typeparam name="TMeasure">On to find the sizes of r / diagonal and c on the way.</typeparam>
    public static void Sweep<TMeasure>(in StencilRow row, float weight, float* target, ref SweepSizes sizes)
        where TMeasure : struct, ISwitch
    {
        TLane ksl = TLane.Splat(row.KSlabLow), ksh = TLane.Splat(row.KSlabHigh);
        TLane kil = TLane.Splat(row.KInnerLow), kih = TLane.Splat(row.KInnerHigh);
        float rowSum = row.KSlabLow + row.KSlabHigh;
        TLane faces = TLane.Splat(typeof(TInner) == typeof(On) ? rowSum + (row.KInnerLow + row.KInnerHigh) : rowSum);
        TLane damping = TLane.Splat(weight), residualSize = TLane.Splat(0), valueSize = residualSize;
        float* c = row.Centre, sl = row.SlabLow, sh = row.SlabHigh, il = row.InnerLow, ih = row.InnerHigh;
        float* xl = row.XLow, xh = row.XHigh, d = row.Diagonal, rhs = row.Rhs;
        int count = row.Count;
        for (int x = 0; x < count; x += TLane.Width)
        {
            TLane centre = TLane.Load(c + x), diagonal = TLane.Load(d + x);
            TLane kl = TLane.Load(xl + x), kh = TLane.Load(xh + x);
            TLane flux = kl * (TLane.Load(c + x - 1) - centre) + kh * (TLane.Load(c + x + 1) - centre);
            flux += ksl * (TLane.Load(sl + x) - centre) + ksh * (TLane.Load(sh + x) - centre);
            if (typeof(TInner) == typeof(On))
            {
                flux += kil * (TLane.Load(il + x) - centre) + kih * (TLane.Load(ih + x) - centre);
            }

            TLane step = (TLane.Load(rhs + x) - diagonal * centre + flux)
                * TLane.RoughReciprocal(diagonal + (kl + kh) + faces);
            if (typeof(TMeasure) == typeof(On))
            {
                TLane size = step;
                TLane value = centre;
                if (x + TLane.Width > count)
                {
                    size = TLane.Keep(size, count - x);
                    value = TLane.Keep(value, count - x);
                }

                residualSize = TLane.MaxAbs(residualSize, size);
                valueSize = TLane.MaxAbs(valueSize, value);
            }

            TLane.Store(TLane.Flush(centre + damping * step), target + x);
        }

        if (typeof(TMeasure) == typeof(On))
        {
            sizes.Residual = SweepSizes.Larger(sizes.Residual, TLane.Largest(residualSize));
            sizes.Value = SweepSizes.Larger(sizes.Value, TLane.Largest(valueSize));
        }
    }

    /// <summary>The first sweep of a correction, from zero: target = weight · rhs / (d + Σ k_f).</summary>
    public static void SweepFromZero(in StencilRow row, float weight, float* target)
    {
        float rowSum = row.KSlabLow + row.KSlabHigh;
        TLane faces = TLane.Splat(typeof(TInner) == typeof(On) ? rowSum + (row.KInnerLow + row.KInnerHigh) : rowSum);
        TLane damping = TLane.Splat(weight);
        for (int x = 0; x < row.Count; x += TLane.Width)
        {
            TLane couplings = TLane.Load(row.XLow + x) + TLane.Load(row.XHigh + x);
            TLane step = TLane.Load(row.Rhs + x) * TLane.RoughReciprocal(TLane.Load(row.Diagonal + x) + couplings + faces);
            TLane.Store(TLane.Flush(damping * step), target + x);
        }
    }

    /// <summary>target = share · r, or target += share · r when <typeparamref name="TAdd"/> is on.</summary>
    public static void Residual<TAdd>(in StencilRow row, float share, float* target)
        where TAdd : struct, ISwitch
    {
        TLane ksl = TLane.Splat(row.KSlabLow), ksh = TLane.Splat(row.KSlabHigh);
        TLane kil = TLane.Splat(row.KInnerLow), kih = TLane.Splat(row.KInnerHigh);
        TLane part = TLane.Splat(share);
        float* c = row.Centre, sl = row.SlabLow, sh = row.SlabHigh, il = row.InnerLow, ih = row.InnerHigh;
        float* xl = row.XLow, xh = row.XHigh, d = row.Diagonal, rhs = row.Rhs;
        int count = row.Count;
        for (int x = 0; x < count; x += TLane.Width)
        {
            TLane centre = TLane.Load(c + x);
            TLane flux = TLane.Load(xl + x) * (TLane.Load(c + x - 1) - centre)
                + TLane.Load(xh + x) * (TLane.Load(c + x + 1) - centre);
            flux += ksl * (TLane.Load(sl + x) - centre) + ksh * (TLane.Load(sh + x) - centre);
            if (typeof(TInner) == typeof(On))
            {
                flux += kil * (TLane.Load(il + x) - centre) + kih * (TLane.Load(ih + x) - centre);
            }

            TLane residual = part * (TLane.Load(rhs + x) - TLane.Load(d + x) * centre + flux);
            TLane.Store(typeof(TAdd) == typeof(On) ? TLane.Load(target + x) + residual : residual, target + x);
        }
    }
}

using System.Runtime.CompilerServices;
using TmeSim.Engine.Numerics;

namespace TmeSim.Engine.Multigrid;

/// <summary>Transfers between a row of a level and a row of the next coarser one.</summary>
internal static unsafe class RowTransfer<TLane>
    where TLane : struct, ILanes<TLane>
{
    /// <summary>coarse[X] = mean of the fine cells it covers, values below 1e-30 made zero; the last one by its shares.</summary>
    public static void Average(float* fine, AxisMetric metric, float* coarse)
    {
        int cells = metric.CoarseCells, last = cells - 1;
        TLane factor = TLane.Splat(0.5f);
        for (int x = 0; x < cells; x += TLane.Width)
        {
            TLane.Store(TLane.Flush(factor * TLane.PairSum(fine, x)), coarse + x);
        }

        if (metric.UniformTransfer == metric.Cells)
        {
            return;
        }

        float mean = fine[2 * last] * metric.Share[2 * last];
        coarse[last] = 2 * last + 1 < metric.Cells ? mean + fine[2 * last + 1] * metric.Share[2 * last + 1] : mean;
    }

    /// <summary>target = share · source, or added to it.</summary>
    public static void Accumulate(float* source, float share, bool add, int count, float* target)
    {
        TLane part = TLane.Splat(share);
        for (int x = 0; x < count; x += TLane.Width)
        {
            TLane value = part * TLane.Load(source + x);
            TLane.Store(add ? TLane.Load(target + x) + value : value, target + x);
        }
    }

    /// <summary>target = near · a + far · b.</summary>
    public static void Blend(float* a, float near, float* b, float far, int count, float* target)
    {
        TLane wa = TLane.Splat(near), wb = TLane.Splat(far);
        for (int x = 0; x < count; x += TLane.Width)
        {
            TLane.Store(wa * TLane.Load(a + x) + wb * TLane.Load(b + x), target + x);
        }
    }

    /// <summary>
    /// target[x] = fine[x] + interpolated coarse row. Writes the ghosts of the coarse row, which needs room for one on either side.
    /// </summary>
    /// <param name="fine">The row to correct.</param>
    /// <param name="coarse">Row of the coarse correction.</param>
    /// <param name="metric">The fine axis.</param>
    /// <param name="coarseMetric">The coarse axis.</param>
    /// <param name="target">The corrected row.</param>
    public static void AddInterpolated(float* fine, float* coarse, AxisMetric metric, AxisMetric coarseMetric, float* target)
    {
        int count = metric.Cells, coarseLast = coarseMetric.Cells - 1;
        coarse[-1] = coarseMetric.TransferLow * coarse[0];
        coarse[coarseLast + 1] = coarseMetric.TransferHigh * coarse[coarseLast];
        int uniform = metric.UniformTransfer == count ? count : metric.UniformTransfer / 16 * 16;
        TLane threeQuarters = TLane.Splat(0.75f), quarter = TLane.Splat(0.25f);
        int x = 0;
        for (; x < uniform; x += TLane.Width)
        {
            TLane correction = threeQuarters * TLane.SpreadNear(coarse, x) + quarter * TLane.SpreadFar(coarse, x);
            TLane.Store(TLane.Load(fine + x) + correction, target + x);
        }

        float* near = metric.Near, far = metric.Far;
        for (x = uniform; x < count; x += TLane.Width)
        {
            TLane correction = TLane.Load(near + x) * TLane.SpreadNear(coarse, x) + TLane.Load(far + x) * TLane.SpreadFar(coarse, x);
            TLane.Store(TLane.Load(fine + x) + correction, target + x);
        }
    }

    /// <summary>
    /// target[x] = fine[x] + interpolation between two coarse rows. Every fine cell lies a quarter of a coarse one from the centre of
    /// its own; the coarse rows have their ghosts.
    /// </summary>
    /// <param name="fine">The row to correct.</param>
    /// <param name="own">The coarse row that it lies in.</param>
    /// <param name="near">Weight of that row.</param>
    /// <param name="other">The coarse row on its other side.</param>
    /// <param name="far">Weight of that row.</param>
    /// <param name="count">Sites of the fine row.</param>
    /// <param name="target">The corrected row.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddInterpolated(float* fine, float* own, float near, float* other, float far, int count, float* target)
    {
        TLane wa = TLane.Splat(near), wb = TLane.Splat(far), threeQuarters = TLane.Splat(0.75f), quarter = TLane.Splat(0.25f);
        for (int x = 0; x < count; x += TLane.Width)
        {
            TLane.Spread(own, wa, other, wb, x, out TLane inside, out TLane outside);
            TLane.Store(TLane.Load(fine + x) + (threeQuarters * inside + quarter * outside), target + x);
        }
    }
}

namespace TmeSim.Engine.Fields;

/// <summary>Transfers between a row of a level and a row of the next coarser one.</summary>
internal static unsafe class RowTransfer<TLane>
    where TLane : struct, ILanes<TLane>
{
    /// <summary>coarse[X] = mean of the fine cells it covers; the last one by its shares.</summary>
    public static void Average(float* fine, AxisMetric metric, float* coarse)
    {
        int cells = metric.CoarseCells, last = cells - 1;
        TLane half = TLane.Splat(0.5f);
        for (int x = 0; x < cells; x += TLane.Width)
        {
            TLane.Store(half * TLane.PairSum(fine, x), coarse + x);
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

    /// <summary>target[x] = fine[x] + interpolated coarse row. <paramref name="coarse"/> needs a finite element on either side.</summary>
    public static void AddInterpolated(float* fine, float* coarse, AxisMetric metric, float* target)
    {
        coarse[-1] = 0;
        coarse[metric.CoarseCells] = 0;
        int count = metric.Cells;
        float* near = metric.Near, far = metric.Far;
        for (int x = 0; x < count; x += TLane.Width)
        {
            TLane correction = TLane.Load(near + x) * TLane.SpreadNear(coarse, x) + TLane.Load(far + x) * TLane.SpreadFar(coarse, x);
            TLane.Store(TLane.Load(fine + x) + correction, target + x);
        }
    }
}

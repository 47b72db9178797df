using TmeSim.Engine.Lattice;
using TmeSim.Engine.Numerics;

namespace TmeSim.Engine.Multigrid;

/// <summary>
/// Interpolates a signal to the sites of tissue, compiled for a register width: the bits of <see cref="SignalLattice.At"/> at every width.
/// </summary>
internal abstract class SpreadPass
{
    public static SpreadPass Create(LaneWidth width) => LaneWidths.Make<Factory, SpreadPass>(width, default);

    /// <summary>Interpolates to all rows of tissue.</summary>
    public abstract void Run(SignalLattice lattice, SiteArray<float> values, SiteArray<float> levels, RowRunner runner);

    /// <summary>Interpolates to one row of tissue.</summary>
    /// <param name="lattice">The lattice of the signal, a coarse one.</param>
    /// <param name="values">Its levels there.</param>
    /// <param name="row">The row.</param>
    /// <param name="levels">Levels at the sites of the row; written in whole registers.</param>
    public abstract unsafe void Row(SignalLattice lattice, SiteArray<float> values, int row, float* levels);

    private readonly struct Factory : ILaneFactory<SpreadPass>
    {
        public SpreadPass Create<TLane>()
            where TLane : struct, ILanes<TLane> => new SpreadPass<TLane>();
    }
}

/// <inheritdoc/>
internal sealed unsafe class SpreadPass<TLane> : SpreadPass
    where TLane : struct, ILanes<TLane>
{
    public override void Run(SignalLattice lattice, SiteArray<float> values, SiteArray<float> levels, RowRunner runner) =>
        runner.Run(new Kernel(this, lattice, values, levels), lattice.Tissue.Rows);

    public override void Row(SignalLattice lattice, SiteArray<float> values, int row, float* levels)
    {
        SignalRows rows = lattice.Around(row);
        float* c = values.Pointer, near = lattice.X.Near, far = lattice.X.Far;
        float* own = c + rows.OwnOwn, side = c + rows.OwnOther;
        TLane nearY = TLane.Splat(rows.NearY), farY = TLane.Splat(rows.FarY);
        if (!rows.IsDeep)
        {
            for (int x = 0; x < lattice.Tissue.Nx; x += TLane.Width)
            {
                TLane.Spread(own, nearY, side, farY, x, out TLane inside, out TLane outside);
                TLane.Store(TLane.Load(near + x) * inside + TLane.Load(far + x) * outside, levels + x);
            }

            return;
        }

        float* deep = c + rows.OtherOwn, corner = c + rows.OtherOther;
        TLane nearZ = TLane.Splat(rows.NearZ), farZ = TLane.Splat(rows.FarZ);
        for (int x = 0; x < lattice.Tissue.Nx; x += TLane.Width)
        {
            TLane.Spread(own, nearY, side, farY, x, out TLane inside, out TLane outside);
            TLane.Spread(deep, nearY, corner, farY, x, out TLane insideDeep, out TLane outsideDeep);
            inside = nearZ * inside + farZ * insideDeep;
            outside = nearZ * outside + farZ * outsideDeep;
            TLane.Store(TLane.Load(near + x) * inside + TLane.Load(far + x) * outside, levels + x);
        }
    }

    // Two rows under one coarse row, which read it and the weights along x once.
    private static void Pair(SignalLattice lattice, SiteArray<float> values, int row, float* levels)
    {
        SignalRows low = lattice.Around(row), high = lattice.Around(row + 1);
        float* c = values.Pointer, near = lattice.X.Near, far = lattice.X.Far, next = levels + lattice.Tissue.Stride;
        float* own = c + low.OwnOwn, below = c + low.OwnOther, above = c + high.OwnOther;
        TLane nearLow = TLane.Splat(low.NearY), farLow = TLane.Splat(low.FarY), nearHigh = TLane.Splat(high.NearY),
            farHigh = TLane.Splat(high.FarY);
        int sites = lattice.Tissue.Nx;
        for (int x = 0; x < sites; x += TLane.Width)
        {
            TLane inner = TLane.Load(near + x), outer = TLane.Load(far + x);
            TLane.Spread(own, nearLow, below, farLow, x, out TLane inside, out TLane outside);
            TLane.Store(inner * inside + outer * outside, levels + x);
            TLane.Spread(own, nearHigh, above, farHigh, x, out inside, out outside);
            TLane.Store(inner * inside + outer * outside, next + x);
        }
    }

    private readonly struct Kernel(SpreadPass pass, SignalLattice lattice, SiteArray<float> values, SiteArray<float> levels) : IRowKernel
    {
        public void Run(int first, int end)
        {
            bool planar = lattice.Tissue.Nz == 1;
            for (int row = first; row < end; row++)
            {
                float* to = levels.Pointer + lattice.Tissue.RowStart(row);
                if (planar && row % 2 == 0 && row + 1 < end)
                {
                    Pair(lattice, values, row++, to);
                }
                else
                {
                    pass.Row(lattice, values, row, to);
                }
            }
        }
    }
}

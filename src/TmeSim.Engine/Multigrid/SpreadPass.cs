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

    private readonly struct Kernel(SpreadPass pass, SignalLattice lattice, SiteArray<float> values, SiteArray<float> levels) : IRowKernel
    {
        public void Run(int first, int end)
        {
            for (int row = first; row < end; row++)
            {
                pass.Row(lattice, values, row, levels.Pointer + lattice.Tissue.RowStart(row));
            }
        }
    }
}

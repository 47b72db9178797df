using TmeSim.Engine.Immune;
using TmeSim.Engine.Lattice;
using TmeSim.Engine.Multigrid;
using TmeSim.Engine.Numerics;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Stroma;

/// <summary>
/// What the matrix lets through, by site (<see cref="StromaGate.Permeability"/>). Matrix changes once a day, T cells ask a dozen times a
/// step, and a power takes longer than the rest of a hop; so it is kept, and renewed when matrix or gate have changed. It is kept in parts of
/// <see cref="HopGate.Parts"/>.
/// </summary>
internal sealed class PermeabilityMap(LatticeShape shape) : IDisposable
{
    private const int Parts = HopGate.Parts;
    private readonly SiteArray<ushort> _values = new(shape.Length);
    private readonly Pass _pass = LaneWidths.Make<Factory, Pass>(LaneWidths.Widest, default);
    private int _version = -1;
    private StromaGate _gate;

    /// <summary>Bytes of the map of a lattice.</summary>
    public static long Bytes(LatticeShape shape) => (long)sizeof(ushort) * shape.Length;

    /// <summary>Probability by site for the matrix as it is now; rubbish in the halo.</summary>
    /// <param name="lesion">The lesion, always the same.</param>
    /// <param name="gate">The gate in force.</param>
    /// <param name="runner">Threads to renew the map with.</param>
    public SiteArray<ushort> Of(LesionState lesion, in StromaGate gate, RowRunner runner)
    {
        if (_version != lesion.StromaVersion || _gate != gate)
        {
            (_version, _gate) = (lesion.StromaVersion, gate);
            _pass.Run(lesion, gate, _values, runner);
        }

        return _values;
    }

    public void Dispose() => _values.Dispose();

    /// <summary>The pass over the matrix, compiled for a register width. All widths give the same bits.</summary>
    private abstract class Pass
    {
        public abstract void Run(LesionState lesion, in StromaGate gate, SiteArray<ushort> values, RowRunner runner);
    }

    private sealed class Pass<TLane> : Pass
        where TLane : struct, ILanes<TLane>
    {
        public override void Run(LesionState lesion, in StromaGate gate, SiteArray<ushort> values, RowRunner runner) =>
            runner.Run(new Renewing<TLane>(lesion, gate, values), lesion.Shape.Rows);
    }

    private readonly struct Factory : ILaneFactory<Pass>
    {
        public Pass Create<TLane>()
            where TLane : struct, ILanes<TLane> => new Pass<TLane>();
    }

    /// <summary>Row by row; a register may run past the end of a row, into padding.</summary>
    private readonly unsafe struct Renewing<TLane>(LesionState lesion, StromaGate gate, SiteArray<ushort> values) : IRowKernel
        where TLane : struct, ILanes<TLane>
    {
        public void Run(int first, int end)
        {
            float* densities = lesion.Stroma.Pointer, probability = stackalloc float[TLane.Width];
            ushort* to = values.Pointer;
            for (int row = first; row < end; row++)
            {
                int start = lesion.Shape.RowStart(row), stop = start + lesion.Shape.Nx;
                for (int site = start; site < stop; site += TLane.Width)
                {
                    TLane.Store(gate.Permeability(TLane.Load(densities + site)), probability);
                    for (int i = 0; i < TLane.Width; i++)
                    {
                        to[site + i] = (ushort)(probability[i] * Parts + 0.5f);
                    }
                }
            }
        }
    }
}

using TmeSim.Engine.Lattice;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Stroma;

/// <summary>
/// What the matrix lets through, by site (<see cref="StromaGate.Permeability"/>). Matrix changes once a day, T cells ask a dozen times a
/// step, and a power takes longer than the rest of a hop; so it is kept, and renewed when matrix or gate have changed.
/// </summary>
internal sealed class PermeabilityMap(LatticeShape shape) : IDisposable
{
    private readonly SiteArray<float> _values = new(shape.Length);
    private int _version = -1;
    private StromaGate _gate;

    /// <summary>Bytes of the map of a lattice.</summary>
    public static long Bytes(LatticeShape shape) => (long)sizeof(float) * shape.Length;

    /// <summary>Probability 0–1 by site for the matrix as it is now; rubbish in the halo.</summary>
    /// <param name="lesion">The lesion, always the same.</param>
    /// <param name="gate">The gate in force.</param>
    /// <param name="runner">Threads to renew the map with.</param>
    public SiteArray<float> Of(LesionState lesion, in StromaGate gate, RowRunner runner)
    {
        if (_version != lesion.StromaVersion || _gate != gate)
        {
            (_version, _gate) = (lesion.StromaVersion, gate);
            runner.Run(new Renewing(lesion, gate, _values), shape.Rows);
        }

        return _values;
    }

    public void Dispose() => _values.Dispose();

    private readonly struct Renewing(LesionState lesion, StromaGate gate, SiteArray<float> values) : IRowKernel
    {
        public void Run(int first, int end)
        {
            for (int row = first; row < end; row++)
            {
                int start = lesion.Shape.RowStart(row);
                for (int site = start; site < start + lesion.Shape.Nx; site++)
                {
                    values[site] = gate.Permeability(lesion.Stroma[site]);
                }
            }
        }
    }
}

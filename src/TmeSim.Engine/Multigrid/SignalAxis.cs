using TmeSim.Engine.Lattice;

namespace TmeSim.Engine.Multigrid;

/// <summary>Interpolation along one axis by site of tissue: weights of the coarse site it lies in and of the one on its outer side.</summary>
internal sealed unsafe class SignalAxis : IDisposable
{
    private readonly SiteArray<float> _weights;

    /// <param name="sites">Sites of tissue along the axis.</param>
    public SignalAxis(int sites)
    {
        int padded = AxisMetric.Padded(sites);
        _weights = new SiteArray<float>(2 * padded);
        Near = _weights.Pointer;
        Far = Near + padded;
        Other = new int[sites];
        Kept = new float[sites];
    }

    /// <summary>Weight of the coarse site that a site lies in.</summary>
    public float* Near { get; }

    /// <summary>Weight of the coarse site on its outer side.</summary>
    public float* Far { get; }

    /// <summary>That site, or the own one where there is none.</summary>
    public int[] Other { get; }

    /// <summary>Share of a cell that counts for the coarse site it lies in.</summary>
    public float[] Kept { get; }

    /// <summary>Sets the weights.</summary>
    /// <param name="tissue">The axis of the tissue.</param>
    /// <param name="own">That of the signals.</param>
    /// <param name="folded">A ghost counts for the site at the wall; otherwise it is read beyond the row.</param>
    public void Set(AxisMetric tissue, AxisMetric own, bool folded)
    {
        for (int i = 0; i < Other.Length; i++)
        {
            int side = (i >> 1) + ((i & 1) == 0 ? -1 : 1);
            bool outside = side < 0 || side >= own.Cells;
            (Near[i], Far[i], Other[i], Kept[i]) = (tissue.Near[i], tissue.Far[i], outside ? i >> 1 : side, outside ? 1 : tissue.Near[i]);
            if (outside && folded)
            {
                Near[i] += Far[i] * (side < 0 ? own.TransferLow : own.TransferHigh);
                Far[i] = 0;
            }
        }
    }

    public void Dispose() => _weights.Dispose();
}

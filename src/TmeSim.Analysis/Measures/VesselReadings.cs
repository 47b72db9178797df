using TmeSim.Analysis.Spatial;
using TmeSim.Engine.State;

namespace TmeSim.Analysis.Measures;

/// <summary>Vessels of the tumour bed, whatever their order in the store: counts, and sums in fixed point.</summary>
internal sealed class VesselReadings
{
    private const int One = 1 << 24;
    private readonly int _count;
    private readonly long _maturity;
    private readonly double _area;

    public VesselReadings(LesionState lesion)
    {
        long perfusion = 0;
        for (int i = 0; i < lesion.Vessels.Count; i++)
        {
            if (lesion.ParenchymaCodes[lesion.Vessels.Site[i]] != Parenchyma.Hepatocyte)
            {
                _count++;
                Perfused += lesion.Vessels.Perfusion[i] > VesselMetrics.PerfusedAbove ? 1 : 0;
                perfusion += (long)(lesion.Vessels.Perfusion[i] * One);
                _maturity += (long)(lesion.Vessels.Maturity[i] * One);
            }
        }

        Perfusion = (double)perfusion / One;
        _area = lesion.TumorBedSites * lesion.Shape.SiteAreaMm2;
    }

    /// <summary>Density [/mm²]; NaN without a bed.</summary>
    public double PerMm2 => _count / _area;

    /// <summary>Vessels above the threshold of perfusion.</summary>
    public double Perfused { get; }

    /// <summary>Sum of perfusion.</summary>
    public double Perfusion { get; }

    /// <summary>Mean perfusion; NaN without vessels.</summary>
    public double PerfusionMean => Perfusion / _count;

    /// <summary>Mean maturity; NaN without vessels.</summary>
    public double MaturityMean => (double)_maturity / One / _count;
}

using TmeSim.Analysis.Spatial;

namespace TmeSim.Analysis.Tests;

public class VesselMetricsTests
{
    [Fact]
    public void Density_CountsAndWeighs()
    {
        VesselDensity density = VesselMetrics.Density([1, 0.5f, 0.25f, 0.75f], 0.5, 0.5);
        Assert.Equal(new VesselDensity(8, 4, 5), density);
        Assert.True(double.IsNaN(VesselMetrics.Density([1], 0, 0.5).PerMm2));
    }

    [Fact]
    public void MeanDistance_OnARow_IsKnown()
    {
        // Vessel at site 0 of a row of five tumour cells: 0, 20, 40, 60, 80.
        TissuePoint[] row = RipleyKTests.Lattice(5, 1, 20);
        Assert.Equal(40, VesselMetrics.MeanDistance(row, [row[0]], 2));
        Assert.Equal(double.PositiveInfinity, VesselMetrics.MeanDistance(row, [], 2));
        Assert.True(double.IsNaN(VesselMetrics.MeanDistance([], row, 2)));
    }
}

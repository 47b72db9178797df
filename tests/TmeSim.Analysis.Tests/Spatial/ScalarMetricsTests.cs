namespace TmeSim.Analysis.Tests;

public class Cd163RatioTests
{
    [Fact]
    public void Ratio_IsSymmetricAndKnowsEmptyTypes()
    {
        Assert.Equal(0, Cd163Ratio.Log2(40, 40));
        Assert.Equal(1, Cd163Ratio.Log2(40, 40 / 2) - Math.Log2(40.5 / 41), 1e-12);
        Assert.Equal(Cd163Ratio.Log2(3, 80), -Cd163Ratio.Log2(80, 3), 1e-12);
        Assert.Equal(Math.Log2(21), Cd163Ratio.Log2(10, 0), 1e-12);
        Assert.True(double.IsNaN(Cd163Ratio.Log2(0, 0)));
    }
}

public class HypoxicFractionTests
{
    [Fact]
    public void Share_IsStrictlyBelow()
    {
        float[] oxygen = [1, 2.5f, 4.9f, 5, 9, 10, 40, 60];
        Assert.Equal([5 / 8.0, 3 / 8.0, 1 / 8.0], ((double[])[10, 5, 2.5]).Select(t => HypoxicFraction.Of(oxygen, t)));
        Assert.True(double.IsNaN(HypoxicFraction.Of([], 10)));
    }
}

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

public class IfngScoreTests
{
    private static readonly IfngComponents[] Cohort = [new(0.1, 100, 1, 0.2, 20), new(0.5, 300, 1.4, 0.2, 80), new(2, 500, 2, 0.2, 300)];

    [Fact]
    public void Formula_IsTheMeanOfLogarithms()
    {
        double expected = (Math.Log(1.5) + Math.Log(2.5) + Math.Log(2.4) + Math.Log(1.2) + Math.Log(1 + (80.0 / 93))) / 5;
        Assert.Equal(expected, IfngScore.Of(Cohort[1]), 1e-12);
        Assert.Equal(0, IfngScore.Of(default));
        Assert.True(double.IsNaN(IfngScore.Of(new(double.NaN, 1, 1, 1, 1))));
    }

    [Fact]
    public void Cohort_IsOnOneScale()
    {
        double[] scores = IfngScore.OverCohort(Cohort);
        Assert.Equal(0, scores.Sum(), 1e-12);
        Assert.True(scores[0] < scores[1] && scores[1] < scores[2]);

        // z-scores of n - 1 have squares that add to n - 1; the constant part counts 0, so four parts in the same order bound the mean.
        Assert.InRange(scores[2], 0, 0.8 * 2 / Math.Sqrt(3));

        // Units of a part do not matter much where 1 is small, and order and company do: another sample moves all of them.
        Assert.NotEqual(scores[0], IfngScore.OverCohort([.. Cohort, new(9, 900, 3, 1, 900)])[0]);
        Assert.Equal(scores.Reverse(), IfngScore.OverCohort([.. Cohort.Reverse()]).Select(s => s), (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public void UndefinedSamples_DoNotMoveTheScale()
    {
        double[] scores = IfngScore.OverCohort([.. Cohort, new(double.NaN, 1, 1, 1, 1)]);
        Assert.Equal(IfngScore.OverCohort(Cohort), scores[..3]);
        Assert.True(double.IsNaN(scores[3]));
        Assert.Equal([0, 0], IfngScore.OverCohort([Cohort[0], Cohort[0]]));
    }
}

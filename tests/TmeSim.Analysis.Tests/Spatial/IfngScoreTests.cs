using TmeSim.Analysis.Spatial;

namespace TmeSim.Analysis.Tests;

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

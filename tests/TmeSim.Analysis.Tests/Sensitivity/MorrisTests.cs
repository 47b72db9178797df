using TmeSim.Analysis.Sensitivity;

namespace TmeSim.Analysis.Tests;

public class MorrisTests
{
    [Theory]
    [InlineData(1, 2)]
    [InlineData(5, 4)]
    [InlineData(40, 10)]
    public void Trajectories_StepOnceInEachFactor_OnTheGrid(int dimensions, int levels)
    {
        double[] points = MorrisDesign.Points(25, dimensions, levels, 3);
        Assert.Equal(25 * (dimensions + 1) * dimensions, points.Length);
        Assert.All(points, v => Assert.Equal(Math.Round(v * (levels - 1)) / (levels - 1), v));
        double delta = levels / (2.0 * (levels - 1));
        for (int t = 0; t < 25; t++)
        {
            var changed = new List<int>();
            for (int row = t * (dimensions + 1); row < (t + 1) * (dimensions + 1) - 1; row++)
            {
                for (int d = 0; d < dimensions; d++)
                {
                    double step = points[(row + 1) * dimensions + d] - points[row * dimensions + d];
                    if (step != 0)
                    {
                        changed.Add(d);
                        Assert.Equal(delta, Math.Abs(step), 1e-15);
                    }
                }
            }

            Assert.Equal(Enumerable.Range(0, dimensions), changed.Order());
        }
    }

    [Fact]
    public void Design_UsesLevelsDirectionsAndOrdersAlike()
    {
        // 12 000 starts over 4 levels and first steps over 3 factors: chi-square below its 99.99 % points 21.1 and 18.4.
        double[] points = MorrisDesign.Points(12_000, 3, 4, 8);
        var levels = new int[4];
        var first = new int[3];
        for (int t = 0; t < 12_000; t++)
        {
            levels[(int)Math.Round(points[t * 12] * 3)]++;
            first[Enumerable.Range(0, 3).Single(d => points[t * 12 + d] != points[t * 12 + 3 + d])]++;
        }

        Assert.InRange(levels.Sum(n => (n - 3000.0) * (n - 3000.0) / 3000), 0, 21.1);
        Assert.InRange(first.Sum(n => (n - 4000.0) * (n - 4000.0) / 4000), 0, 18.4);
    }

    [Fact]
    public void FewerTrajectories_AreTheFirstOnes_AndKeysDiffer()
    {
        double[] points = MorrisDesign.Points(10, 4, 6, 1);
        Assert.Equal(points[..(4 * 5 * 4)], MorrisDesign.Points(4, 4, 6, 1));
        Assert.NotEqual(points, MorrisDesign.Points(10, 4, 6, 2));
    }

    [Fact]
    public void LinearOutput_HasItsSlopes_WithoutSpread()
    {
        double[] slopes = [3, -2, 0, 0.5];
        double[] points = MorrisDesign.Points(20, 4, 4, 5);
        MorrisEffect[] effects = MorrisEffects.Of(points, Outputs(points, 4, x => 7 + slopes.Zip(x, (a, b) => a * b).Sum()), 4);
        for (int d = 0; d < 4; d++)
        {
            Assert.Equal(slopes[d], effects[d].Mean.Value, 1e-12);
            Assert.Equal(Math.Abs(slopes[d]), effects[d].MeanAbsolute.Value, 1e-12);
            Assert.Equal(Math.Abs(slopes[d]), effects[d].MeanAbsolute.Low, 1e-12);
            Assert.Equal(Math.Abs(slopes[d]), effects[d].MeanAbsolute.High, 1e-12);
            Assert.Equal(0, effects[d].StandardDeviation, 1e-12);
            Assert.Equal(20, effects[d].Count);
        }
    }

    [Fact]
    public void EffectsThatCancel_ShowInTheirSizes()
    {
        // (x - 1/2)² on levels 0, 1/3, 2/3, 1 with steps of 2/3: every effect is ±1/3.
        double[] points = MorrisDesign.Points(200, 2, 4, 2);
        MorrisEffect effect = MorrisEffects.Of(points, Outputs(points, 2, x => (x[0] - 0.5) * (x[0] - 0.5)), 2)[0];
        Assert.Equal(1.0 / 3, effect.MeanAbsolute.Value, 1e-12);
        Assert.InRange(Math.Abs(effect.Mean.Value), 0, 0.1);
        Assert.Equal(1.0 / 3, effect.StandardDeviation, 0.01);
    }

    [Fact]
    public void Interaction_HasTheMeanAndSpreadOfTheOtherFactor()
    {
        // y = x₁ x₂: the effect of x₁ is x₂, uniform over 0, 1/3, 2/3, 1: mean 1/2, sd √(5/36). 4000 trajectories, 4 standard errors.
        double[] points = MorrisDesign.Points(4000, 2, 4, 6);
        MorrisEffect effect = MorrisEffects.Of(points, Outputs(points, 2, x => x[0] * x[1]), 2)[0];
        double sd = Math.Sqrt(5.0 / 36);
        Assert.InRange(effect.Mean.Value, 0.5 - 4 * sd / Math.Sqrt(4000), 0.5 + 4 * sd / Math.Sqrt(4000));
        Assert.Equal(sd, effect.StandardDeviation, 0.01);

        // With so many, both intervals are the normal one of a mean.
        double half = 1.96 * effect.StandardDeviation / Math.Sqrt(4000);
        Assert.Equal(effect.Mean.Value - half, effect.Mean.Low, 0.01 * half);
        Assert.Equal(effect.MeanAbsolute.Value - half, effect.MeanAbsolute.Low, 0.03 * half);
        Assert.Equal(effect.MeanAbsolute.Value + half, effect.MeanAbsolute.High, 0.03 * half);
    }

    [Fact]
    public void OutputsThatAreNotNumbers_DropTheEffectsThatTouchThem()
    {
        double[] points = MorrisDesign.Points(10, 3, 4, 5);
        double[] outputs = Outputs(points, 3, x => x[0] + 2 * x[1] + 3 * x[2]);
        outputs[0] = double.NaN; // start of trajectory 0: one effect
        outputs[6] = double.PositiveInfinity; // middle of trajectory 1: two
        MorrisEffect[] effects = MorrisEffects.Of(points, outputs, 3);
        Assert.Equal(27, effects.Sum(e => e.Count));
        for (int d = 0; d < 3; d++)
        {
            Assert.Equal(d + 1, effects[d].Mean.Value, 1e-12);
            Assert.Equal(d + 1, effects[d].MeanAbsolute.High, 1e-12);
        }

        Array.Fill(outputs, double.NaN);
        Assert.All(MorrisEffects.Of(points, outputs, 3), e => Assert.True(double.IsNaN(e.Mean.Value) && double.IsNaN(e.MeanAbsolute.Low) && e.Count == 0));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void FewTrajectories_HaveNoInterval(int trajectories)
    {
        double[] points = MorrisDesign.Points(trajectories, 2, 4, 5);
        MorrisEffect effect = MorrisEffects.Of(points, Outputs(points, 2, x => -x[0]), 2)[0];
        Assert.Equal(-1, effect.Mean.Value, 1e-12);
        Assert.Equal(1, effect.MeanAbsolute.Value, 1e-12);
        Assert.All([effect.Mean.Low, effect.Mean.High, effect.MeanAbsolute.Low, effect.MeanAbsolute.High], end => Assert.True(double.IsNaN(end)));
        Assert.Equal(trajectories == 1, double.IsNaN(effect.StandardDeviation));
    }

    [Fact]
    public void BadInput_SaysWhatIsAllowed()
    {
        Says("even number of levels", () => MorrisDesign.Points(4, 2, 3, 1));
        Says("at least one point", () => MorrisDesign.Points(0, 2, 4, 1));
        Says("at least one dimension", () => MorrisDesign.Points(4, 0, 4, 1));
        double[] points = MorrisDesign.Points(2, 2, 4, 1);
        Says("3 rows of 2 each: 5 outputs", () => MorrisEffects.Of(points, new double[5], 2));
        Says("0 outputs", () => MorrisEffects.Of([], [], 2));
        points[2] = points[0];
        points[3] = points[1];
        Says("rows 0 and 1", () => MorrisEffects.Of(points, new double[6], 2));

        static void Says(string text, Func<object> make) => Assert.Contains(text, Assert.Throws<ArgumentException>(make).Message);
    }

    private static double[] Outputs(double[] points, int dimensions, Func<double[], double> f) => [.. points.Chunk(dimensions).Select(f)];
}

using TmeSim.Analysis.Sensitivity;

namespace TmeSim.Analysis.Tests;

public class SobolIndicesTests
{
    private static readonly double[] IshigamiFirst = [0.313905, 0.442411, 0];
    private static readonly double[] IshigamiTotal = [0.557589, 0.442411, 0.243684];

    [Fact]
    public void Design_SwapsOneFactorAtATime()
    {
        const int k = 5;
        double[] points = SaltelliDesign.Points(8, k, 3), pairs = SobolSequence.Points(8, 2 * k, 3);
        for (int block = 0; block < 8; block++)
        {
            double[] a = pairs[(2 * block * k)..((2 * block + 1) * k)], b = pairs[((2 * block + 1) * k)..((2 * block + 2) * k)];
            double[][] rows = [.. points[(block * 7 * k)..((block + 1) * 7 * k)].Chunk(k)];
            Assert.Equal(a, rows[0]);
            Assert.Equal(b, rows[6]);
            for (int d = 0; d < k; d++)
            {
                double[] expected = [.. a];
                expected[d] = b[d];
                Assert.Equal(expected, rows[d + 1]);
            }
        }

        Assert.Equal(points[..(4 * 7 * k)], SaltelliDesign.Points(4, k, 3));
    }

    [Fact]
    public void Ishigami_AnalyticIndicesLieInTheIntervals()
    {
        // 200 keys, 256 blocks each. If intervals held the truth in exactly 95 % of keys, fewer than 178 of 200 would be a false alarm in 0.02 % of
        // designs of this test per index; a Sobol sequence makes them wide rather than narrow.
        const int keys = 200;
        (int[] first, int[] total) = (new int[3], new int[3]);
        for (ulong key = 0; key < keys; key++)
        {
            SobolIndexResult result = SobolIndices.Of(Outputs(256, 3, key, Ishigami), 3, 100, key);
            for (int d = 0; d < 3; d++)
            {
                SobolIndex s = result.Factors[d];
                first[d] += s.First.Low <= IshigamiFirst[d] && IshigamiFirst[d] <= s.First.High ? 1 : 0;
                total[d] += s.Total.Low <= IshigamiTotal[d] && IshigamiTotal[d] <= s.Total.High ? 1 : 0;
            }
        }

        Assert.All([.. first, .. total], hits => Assert.InRange(hits, 178, keys));
    }

    [Fact]
    public void Ishigami_ManyBlocks_AreCloseToTheAnalyticIndices()
    {
        SobolIndexResult result = SobolIndices.Of(Outputs(8192, 3, 1, Ishigami), 3, 100, 1);
        for (int d = 0; d < 3; d++)
        {
            Assert.Equal(IshigamiFirst[d], result.Factors[d].First.Value, 0.01);
            Assert.Equal(IshigamiTotal[d], result.Factors[d].Total.Value, 0.01);
        }

        Assert.Equal(3.5, result.Mean, 0.01); // a/2
        Assert.Equal(13.844588, result.Variance, 0.1); // a²/8 + bπ⁴/5 + b²π⁸/18 + 1/2
        Assert.Equal(8192, result.Blocks);
    }

    [Fact]
    public void GFunction_EqualsTheAnalyticIndices()
    {
        // V_i = 1/(3 (1 + a_i)²), V = Π(1 + V_i) − 1, S_i = V_i / V, ST_i = V_i Π_{j≠i}(1 + V_j) / V.
        double[] a = [0, 1, 4.5, 9, 99, 99, 99, 99];
        double[] v = [.. a.Select(x => 1 / (3 * (1 + x) * (1 + x)))];
        double product = v.Aggregate(1.0, (p, x) => p * (1 + x));
        SobolIndexResult result = SobolIndices.Of(Outputs(4096, 8, 5, x => x.Zip(a, (u, c) => (Math.Abs(4 * u - 2) + c) / (1 + c)).Aggregate((p, q) => p * q)), 8, 200, 5);
        for (int d = 0; d < 8; d++)
        {
            SobolIndex s = result.Factors[d];
            double first = v[d] / (product - 1), total = v[d] * product / (1 + v[d]) / (product - 1);
            Assert.InRange(first, s.First.Low, s.First.High);
            Assert.InRange(total, s.Total.Low, s.Total.High);
            Assert.Equal(first, s.First.Value, 0.02);
            Assert.Equal(total, s.Total.Value, 0.02);
        }
    }

    [Fact]
    public void Convergence_IntervalsShrinkWithTheRootOfN()
    {
        var parts = SobolIndices.Convergence(Outputs(4096, 3, 2, Ishigami), 3, 1000, 2);
        Assert.Equal([512, 1024, 2048, 4096], parts.Select(p => p.BaseSamples));
        for (int d = 0; d < 3; d++)
        {
            double[] widths = [.. parts.Select(p => p.Result.Factors[d].Total.High - p.Result.Factors[d].Total.Low)];
            Assert.Equal(widths.OrderDescending(), widths);

            // 1/√8, within 4 times the error of the ratio: 5 % from 1000 bootstrap samples on either side, 6 % from the spread of 512 blocks.
            Assert.InRange(widths[3] / widths[0] * Math.Sqrt(8), 0.7, 1.3);
        }

        Assert.Equal(SobolIndices.Of(Outputs(1024, 3, 2, Ishigami), 3, 1000, 2).Factors, parts[1].Result.Factors);
        Assert.Equal([1], SobolIndices.Convergence(Outputs(1, 3, 2, Ishigami), 3, 40, 2).Select(p => p.BaseSamples));
    }

    [Fact]
    public void LargeMeanOrScale_ChangesNothing()
    {
        SobolIndex[] plain = [.. SobolIndices.Of(Outputs(128, 3, 4, Ishigami), 3, 50, 4).Factors];
        foreach ((double shift, double scale, double error) in new[] { (1e6, 1.0, 1e-7), (0, 1e200, 1e-12), (0, 1e-200, 1e-12) })
        {
            SobolIndexResult moved = SobolIndices.Of(Outputs(128, 3, 4, x => shift + scale * Ishigami(x)), 3, 50, 4);
            for (int d = 0; d < 3; d++)
            {
                Assert.Equal(plain[d].First.Value, moved.Factors[d].First.Value, error);
                Assert.Equal(plain[d].Total.High, moved.Factors[d].Total.High, error);
            }
        }
    }

    [Fact]
    public void BlocksWithoutANumber_AreDroppedAndCounted()
    {
        double[] outputs = Outputs(64, 3, 4, Ishigami);
        SobolIndexResult without = SobolIndices.Of(outputs.AsSpan(0, 60 * 5), 3, 50, 4);
        outputs[60 * 5] = double.NaN;
        outputs[62 * 5 - 1] = double.NegativeInfinity;
        outputs[62 * 5 + 2] = double.NaN;
        outputs[63 * 5 + 2] = double.NaN;
        outputs[63 * 5 + 3] = double.NaN;
        SobolIndexResult with = SobolIndices.Of(outputs, 3, 50, 4);
        Assert.Equal((60, 4), (with.Blocks, with.Dropped));
        Assert.Equal(without.Factors, with.Factors);

        Array.Fill(outputs, double.NaN);
        SobolIndexResult none = SobolIndices.Of(outputs, 3, 50, 4);
        Assert.Equal((0, 64), (none.Blocks, none.Dropped));
        Assert.True(double.IsNaN(none.Mean) && double.IsNaN(none.Variance) && none.Factors.All(f => double.IsNaN(f.First.Value) && double.IsNaN(f.Total.High)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.1)]
    [InlineData(-1e300)]
    public void ConstantOutput_HasNoIndices(double value)
    {
        double[] outputs = new double[128 * 5];
        Array.Fill(outputs, value);
        SobolIndexResult result = SobolIndices.Of(outputs, 3, 50, 4);
        Assert.Equal(0, result.Variance);
        Assert.Equal(value, result.Mean, Math.Abs(value) * 1e-12);
        Assert.All(result.Factors, f => Assert.True(double.IsNaN(f.First.Value) && double.IsNaN(f.First.Low) && double.IsNaN(f.Total.Value) && double.IsNaN(f.Total.High)));
    }

    [Fact]
    public void FactorWithoutEffect_HasExactlyNone()
    {
        SobolIndex idle = SobolIndices.Of(Outputs(64, 2, 4, x => x[0]), 2, 50, 4).Factors[1];
        Assert.Equal(new SobolIndex(new(0, 0, 0), new(0, 0, 0)), idle);
    }

    [Fact]
    public void BadInput_SaysWhatIsAllowed()
    {
        Says("write 64 or 128", () => SaltelliDesign.Points(100, 3, 1));
        Says("up to 512 factors", () => SaltelliDesign.Points(8, 513, 1));
        Says("blocks of 5 rows: 7 outputs", () => SobolIndices.Of(new double[7], 3, 50, 1));
        Says("0 outputs", () => SobolIndices.Of([], 3, 50, 1));
        Says("at least 40 bootstrap samples", () => SobolIndices.Of(new double[10], 3, 1, 1));
        Assert.Equal(8 * 514 * 512, SaltelliDesign.Points(8, 512, 1).Length);

        static void Says(string text, Func<object> make) => Assert.Contains(text, Assert.Throws<ArgumentException>(make).Message);
    }

    /// <summary>Ishigami and Homma 1990 with a = 7, b = 0.1, on the unit cube.</summary>
    private static double Ishigami(double[] u)
    {
        double x1 = Math.PI * (2 * u[0] - 1), x2 = Math.PI * (2 * u[1] - 1), x3 = Math.PI * (2 * u[2] - 1);
        return Math.Sin(x1) + 7 * Math.Sin(x2) * Math.Sin(x2) + 0.1 * x3 * x3 * x3 * x3 * Math.Sin(x1);
    }

    private static double[] Outputs(int count, int dimensions, ulong key, Func<double[], double> f) =>
        [.. SaltelliDesign.Points(count, dimensions, key).Chunk(dimensions).Select(f)];
}

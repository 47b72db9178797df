using TmeSim.Analysis.Sensitivity;

namespace TmeSim.Analysis.Tests;

public class ParameterDistributionTests
{
    public static TheoryData<ParameterDistribution> Examples =>
    [
        new UniformDistribution(-3, 5),
        new LogUniformDistribution(0.01, 30),
        new TriangularDistribution(1, 2, 5),
        new TriangularDistribution(1, 1, 5),
        new NormalDistribution(5, 2, 0, 10),
        new NormalDistribution(0, 1, 3, 4),
        new LogNormalDistribution(2, 3, 0.5, 20),
        new BetaDistribution(0.4, 0.15),
        new BetaDistribution(7, 1, 2, 10),
    ];

    [Fact]
    public void QuantilesAndDensities_EqualSciPy()
    {
        string[][] rows = GoldenTable.Read("distributions.csv");
        Assert.True(rows.Length > 390);
        foreach (string[] row in rows)
        {
            double[] p = [.. row[1..5].Select(GoldenTable.Number)];
            ParameterDistribution d = Make(row[0], p);
            double at = GoldenTable.Number(row[6]), expected = GoldenTable.Number(row[7]);
            double actual = row[5] == "quantile" ? d.Quantile(at) : d.LogDensity(at);
            double error = Math.Abs(actual - expected) / Math.Max(1e-3, Math.Abs(expected));
            Assert.True(error < 1e-9, $"{string.Join(' ', row)}: {actual:r}, relative error {error:g2}");
        }
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void Quantile_StaysInRange_AndGrows(ParameterDistribution d)
    {
        double last = d.Quantile(0);
        Assert.InRange(last, d.Low, d.Low + 1e-4 * (d.High - d.Low));
        for (int i = 1; i <= 500; i++)
        {
            double x = d.Quantile(i / 500.0);
            Assert.InRange(x, last, d.High);
            Assert.True(x > last);
            last = x;
        }

        Assert.InRange(last, d.High - 1e-4 * (d.High - d.Low), d.High);
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void Density_IsTheSlopeOfTheShare_AndAddsUpToOne(ParameterDistribution d)
    {
        // Midpoint rule between quantiles: each piece holds 1/1000 of the whole.
        double total = 0;
        for (int i = 0; i < 1000; i++)
        {
            double from = d.Quantile(i / 1000.0), to = d.Quantile((i + 1) / 1000.0);
            double piece = Math.Exp(d.LogDensity(0.5 * (from + to))) * (to - from);
            if (i is > 10 and < 990)
            {
                Assert.Equal(0.001, piece, 1e-6);
            }

            total += piece;
        }

        Assert.Equal(1, total, 2e-3);
        Assert.Equal(double.NegativeInfinity, d.LogDensity(d.Low - 1e-9));
        Assert.Equal(double.NegativeInfinity, d.LogDensity(d.High + 1e-9));
        Assert.Equal(double.NegativeInfinity, d.LogDensity(double.NaN));
    }

    [Theory]
    [InlineData(-1e-300)]
    [InlineData(1.0000000001)]
    [InlineData(double.NaN)]
    public void UnitOutsideItsRange_IsAnError(double unit) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new UniformDistribution(0, 1).Quantile(unit));

    [Fact]
    public void UnboundedEnds_GiveFiniteValues()
    {
        var normal = new NormalDistribution(1, 2);
        Assert.Equal(1 - 2 * 8.29236108, normal.Quantile(0), 1e-6);
        Assert.Equal(1 + 2 * 8.20953615, normal.Quantile(1), 1e-6);
        var logNormal = new LogNormalDistribution(1, 2);
        Assert.True(logNormal.Quantile(0) > 0);
        Assert.True(double.IsFinite(logNormal.Quantile(1)));
        Assert.Equal(double.NegativeInfinity, logNormal.LogDensity(0));
    }

    [Fact]
    public void LogNormal_HasTheAskedMeanAndSd()
    {
        var d = new LogNormalDistribution(3, 1.2);
        const int n = 200_000;
        double[] x = [.. Enumerable.Range(0, n).Select(i => d.Quantile((i + 0.5) / n))];
        double mean = x.Average();
        Assert.Equal(3, mean, 1e-3);
        Assert.Equal(1.2, Math.Sqrt(x.Average(v => (v - mean) * (v - mean))), 2e-3);
        Assert.Equal(Math.Exp(d.LogMean), d.Quantile(0.5), 1e-12);
    }

    [Theory]
    [InlineData(0.5, 0.4999)]
    [InlineData(0.001, 0.03)]
    [InlineData(0.999, 0.03)]
    [InlineData(0.5, 0.0002)]
    public void Beta_ExtremeShapes_StayInRange(double mean, double sd)
    {
        var d = new BetaDistribution(mean, sd);
        double last = 0;
        for (int i = 0; i <= 200; i++)
        {
            double x = d.Quantile(i / 200.0);
            Assert.InRange(x, last, 1);
            last = x;
        }

        Assert.All([0, 0.5, 1.0], x => Assert.False(double.IsNaN(d.LogDensity(x)) || double.IsPositiveInfinity(d.LogDensity(x))));
    }

    [Fact]
    public void BadParameters_SayWhatIsAllowed()
    {
        Says("from a lower to a higher finite number", () => new UniformDistribution(2, 2));
        Says("from a lower to a higher finite number", () => new UniformDistribution(0, double.PositiveInfinity));
        Says("from a lower to a higher finite number", () => new UniformDistribution(double.NaN, 1));
        Says("from a lower to a higher finite number", () => new UniformDistribution(-1e308, 1e308));
        Says("minimum above 0, not 0", () => new LogUniformDistribution(0, 1));
        Says("between 0 and 1, not at 2", () => new TriangularDistribution(0, 2, 1));
        Says("sd above 0, not 1 and 0", () => new NormalDistribution(1, 0));
        Says("must lie below the upper one", () => new NormalDistribution(1, 1, 3, 2));
        Says("widen the range", () => new NormalDistribution(0, 1, 7, 9));
        Says("widen the range", () => new LogNormalDistribution(1, 0.01, 2));
        Says("mean and sd above 0", () => new LogNormalDistribution(-1, 1));
        Says("0 or more and in order", () => new LogNormalDistribution(1, 1, -1));
        Says("between 0 and 1, ends excluded, not at 1", () => new BetaDistribution(1, 0.1));
        Says("between 0.0001265 and 0.4 (sd² below", () => new BetaDistribution(0.2, 0.5));
        Says("not at 0", () => new BetaDistribution(0.2, 0));
        Says("not at NaN", () => new BetaDistribution(0.2, double.NaN));

        // The bounds of the message are the bounds of the check.
        Assert.Throws<ArgumentException>(() => new BetaDistribution(0.2, 0.4));
        Assert.Equal(0.39999, new BetaDistribution(0.2, 0.39999).Sd);
        Assert.Equal(0.0001266, new BetaDistribution(0.2, 0.0001266).Sd);
        Assert.Throws<ArgumentException>(() => new BetaDistribution(0.2, 0.0001264));

        static void Says(string text, Func<object> make) => Assert.Contains(text, Assert.Throws<ArgumentException>(make).Message);
    }

    private static ParameterDistribution Make(string kind, double[] p) => kind switch
    {
        "uniform" => new UniformDistribution(p[0], p[1]),
        "loguniform" => new LogUniformDistribution(p[0], p[1]),
        "triangular" => new TriangularDistribution(p[0], p[1], p[2]),
        "normal" => new NormalDistribution(p[0], p[1], p[2], p[3]),
        "lognormal" => new LogNormalDistribution(p[0], p[1], p[2], p[3]),
        "beta" => new BetaDistribution(p[0], p[1], p[2], p[3]),
        _ => throw new ArgumentException(kind),
    };
}

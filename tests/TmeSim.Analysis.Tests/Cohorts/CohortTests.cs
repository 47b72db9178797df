using TmeSim.Analysis.Cohorts;
using TmeSim.Analysis.Sensitivity;

namespace TmeSim.Analysis.Tests.Cohorts;

public sealed class CohortTests
{
    [Fact]
    public void Draws_OfASequence_AreItsScrambledPoints()
    {
        double[] points = SobolSequence.Points(64, 5, 9);
        PatientDraws draws = new(9, 5, isSequence: true);
        for (int i = 0; i < 64; i++)
        {
            Assert.Equal(points[(i * 5)..((i * 5) + 5)], draws.Of(i));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Patient_KeepsItsShares_WhenVariablesAreAdded(bool sequence)
    {
        double[] few = new PatientDraws(3, 2, sequence).Of(17), many = new PatientDraws(3, 6, sequence).Of(17);
        Assert.Equal(few, many[..2]);
        Assert.All(many, s => Assert.InRange(s, double.Epsilon, 1 - 1e-16));
        Assert.NotEqual(few, new PatientDraws(4, 2, sequence).Of(17));
    }

    [Fact]
    public void RandomDraws_AreUniformAndIndependent()
    {
        const int n = 20_000;
        PatientDraws draws = new(5, 2, isSequence: false);
        double[][] all = [.. Enumerable.Range(0, n).Select(draws.Of)];
        double bound = 4 / Math.Sqrt(12.0 * n);
        Assert.InRange(all.Average(s => s[0]), 0.5 - bound, 0.5 + bound);
        Assert.InRange(all.Average(s => (s[0] - 0.5) * (s[1] - 0.5)) * 12, -4 / Math.Sqrt(n), 4 / Math.Sqrt(n));
    }

    [Fact]
    public void Traits_DoNotShareDrawsWithTheClinic()
    {
        const int n = 2000;
        PatientDraws draws = new(5, 8, isSequence: false);
        double[][] traits = [.. Enumerable.Range(0, n).Select(draws.Of)];
        for (int trait = 0; trait < 8; trait++)
        {
            for (int purpose = 0; purpose < 8; purpose++)
            {
                double r = Enumerable.Range(0, n).Average(i => (traits[i][trait] - 0.5) * (PatientDraws.Share(5, i, purpose) - 0.5)) * 12;
                Assert.InRange(r, -5 / Math.Sqrt(n), 5 / Math.Sqrt(n));
            }
        }
    }

    [Theory]
    [InlineData(0.6)]
    [InlineData(-0.8)]
    public void Copula_GivesTheRankCorrelationOfItsScores(double r)
    {
        GaussianCopula copula = new([1, r, 0, r, 1, 0.2, 0, 0.2, 1], 3);
        PatientDraws draws = new(1, 3, isSequence: true);
        const int n = 4096;
        double[] x = new double[n], y = new double[n], z = new double[n];
        for (int i = 0; i < n; i++)
        {
            double[] shares = draws.Of(i);
            copula.Apply(shares);
            (x[i], y[i], z[i]) = (shares[0], shares[1], shares[2]);
        }

        Assert.Equal(6 / Math.PI * Math.Asin(r / 2), Correlation(x, y), 0.02);
        Assert.Equal(6 / Math.PI * Math.Asin(0.1), Correlation(y, z), 0.02);
        Assert.Equal(0, Correlation(x, z), 0.02);
    }

    [Fact]
    public void Copula_OfContradictingCorrelations_SaysFromWhichVariableOn()
    {
        // a and b alike, b and c alike, a and c opposite.
        var wrong = Assert.Throws<NotPositiveDefiniteException>(() => new GaussianCopula([1, 0.9, -0.9, 0.9, 1, 0.9, -0.9, 0.9, 1], 3));
        Assert.Equal(2, wrong.Variable);
        Assert.Throws<ArgumentException>(() => new GaussianCopula([1, 0.5, 0.4, 1], 2));
        Assert.Throws<ArgumentException>(() => new GaussianCopula([1, 0, 0], 2));
    }

    [Fact]
    public void LogitNormal_HasItsMedianAndLogOdds()
    {
        LogitNormalDistribution d = new(0.4, 0.8);
        Assert.Equal(0.4, d.Quantile(0.5), 1e-12);
        double upper = d.Quantile(0.841344746068543);
        Assert.Equal(0.8, Math.Log(upper / (1 - upper)) - Math.Log(0.4 / 0.6), 1e-9);
        Assert.InRange(new LogitNormalDistribution(0.4, 0.8, 0.35, 0.5).Quantile(1), 0.49, 0.5);
        Assert.Equal(1, Integral(d, 0, 1), 1e-3);
        Assert.Throws<ArgumentException>(() => new LogitNormalDistribution(1.2, 0.8));
    }

    [Fact]
    public void Mixture_HasTheSharesOfItsComponents()
    {
        MixtureDistribution d = new([(3, new UniformDistribution(0, 1)), (1, new UniformDistribution(10, 14))]);
        Assert.Equal(0.5, d.Quantile(0.375), 1e-9);
        Assert.Equal(12, d.Quantile(0.875), 1e-9);
        Assert.Equal(0.75 * 1, Math.Exp(d.LogDensity(0.3)), 1e-12);
        Assert.Equal((0, 14), (d.Low, d.High));
        Assert.Throws<ArgumentException>(() => new MixtureDistribution([]));
        Assert.Throws<ArgumentException>(() => new MixtureDistribution([(0, new UniformDistribution(0, 1))]));
    }

    private static double Integral(ParameterDistribution d, double from, double to)
    {
        const int steps = 4000;
        double width = (to - from) / steps;
        return Enumerable.Range(0, steps).Sum(i => Math.Exp(d.LogDensity(from + ((i + 0.5) * width)))) * width;
    }

    // Shares are uniform: their plain correlation is that of ranks.
    private static double Correlation(double[] a, double[] b) => a.Zip(b, (x, y) => (x - 0.5) * (y - 0.5)).Average() * 12;
}

using TmeSim.Analysis.Sensitivity;
using TmeSim.Engine.Numerics;

namespace TmeSim.Analysis.Tests;

public class PartialRankCorrelationTests
{
    private static readonly double[][] Golden = [.. GoldenTable.Read("prcc.csv").Select(r => r.Select(GoldenTable.Number).ToArray())];

    [Fact]
    public void GoldenTableWithTies_EqualsRegressionOfRanks()
    {
        (double[][] columns, double[] y) = GoldenData();
        RankCorrelation[] partial = PartialRankCorrelation.Of(columns, y);
        for (int i = 0; i < 4; i++)
        {
            double[] expected = Golden[60 + i];
            AssertClose(expected[..4], [partial[i].Coefficient.Value, partial[i].Coefficient.Low, partial[i].Coefficient.High, partial[i].P]);
            RankCorrelation raw = Spearman.Of(columns[i], y);
            AssertClose(expected[4..], [raw.Coefficient.Value, raw.P]);
            Assert.Equal(60, partial[i].Count);
        }

        // x2 only follows x1: its raw correlation is beyond doubt, the partial one is not there.
        Assert.True(Spearman.Of(columns[1], y).P < 1e-4);
        Assert.True(partial[1].P > 0.05 && partial[1].Coefficient.Low < 0 && partial[1].Coefficient.High > 0);
        Assert.True(partial[0].P < 1e-4);

        static void AssertClose(double[] expected, double[] actual) =>
            Assert.All(expected.Zip(actual), p => Assert.InRange(Math.Abs(p.Second - p.First), 0, 1e-9 * Math.Abs(p.First)));
    }

    [Fact]
    public void TwoFactors_FollowTheFormulaOfPartialCorrelation()
    {
        (double[][] columns, double[] y) = GoldenData();
        double a = Spearman.Of(columns[0], y).Coefficient.Value, b = Spearman.Of(columns[1], y).Coefficient.Value, ab = Spearman.Of(columns[0], columns[1]).Coefficient.Value;
        Assert.Equal((a - b * ab) / Math.Sqrt((1 - b * b) * (1 - ab * ab)), PartialRankCorrelation.Of(columns[..2], y)[0].Coefficient.Value, 1e-12);
    }

    [Fact]
    public void MonotoneFunctionOfOneFactor_IsOne_WhateverItsShape()
    {
        double[] x = [.. Uniforms(1, 50)];
        RankCorrelation up = PartialRankCorrelation.Of([x], x.Select(Math.Exp).ToArray())[0];
        Assert.Equal(1, up.Coefficient.Value, 1e-12);
        Assert.Equal(1, up.Coefficient.Low, 1e-6);
        Assert.InRange(up.P, 0, 1e-12);
        Assert.Equal(-1, PartialRankCorrelation.Of([x], x.Select(v => 1 / v).ToArray())[0].Coefficient.Value, 1e-12);

        // Nothing is left of the output for another factor.
        RankCorrelation[] both = PartialRankCorrelation.Of([x, Uniforms(2, 50)], x.Select(Math.Exp).ToArray());
        Assert.Equal(1, both[0].Coefficient.Value, 1e-9);
        Assert.True(double.IsNaN(both[1].Coefficient.Value));
    }

    [Fact]
    public void MonotoneTransforms_ChangeNothing()
    {
        (double[][] columns, double[] y) = GoldenData();
        RankCorrelation[] plain = PartialRankCorrelation.Of(columns, y);
        double[][] moved = [[.. columns[0].Select(v => v * v * v)], columns[1], [.. columns[2].Select(v => -v)], columns[3]];
        RankCorrelation[] other = PartialRankCorrelation.Of(moved, y.Select(Math.Exp).ToArray());
        Assert.Equal(plain[0].Coefficient.Value, other[0].Coefficient.Value, 1e-12);
        Assert.Equal(plain[2].Coefficient.Value, -other[2].Coefficient.Value, 1e-12);
        Assert.Equal(plain[2].Coefficient.Low, -other[2].Coefficient.High, 1e-12);
    }

    [Fact]
    public void NoEffect_IsRejectedAtTheNominalRate_AndIntervalsCover()
    {
        // 2000 independent data sets of 30 rows, 3 factors: 5 % ± 4 standard errors of rejections (a false alarm in 1 of 10 000).
        int rejected = 0, covered = 0;
        for (uint set = 0; set < 2000; set++)
        {
            RankCorrelation r = PartialRankCorrelation.Of([Uniforms(4 * set, 30), Uniforms(4 * set + 1, 30), Uniforms(4 * set + 2, 30)], Uniforms(4 * set + 3, 30))[0];
            rejected += r.P <= 0.05 ? 1 : 0;
            covered += r.Coefficient.Low <= 0 && r.Coefficient.High >= 0 ? 1 : 0;
        }

        Assert.InRange(rejected, 100 - 39, 100 + 39);
        Assert.InRange(covered, 1900 - 39, 1900 + 39);
    }

    [Fact]
    public void RowsWithNaN_AreLeftOut()
    {
        (double[][] columns, double[] y) = GoldenData();
        RankCorrelation[] fewer = PartialRankCorrelation.Of([.. columns.Select(c => c[2..])], y.AsSpan(2));
        y[0] = double.NaN;
        columns[3][1] = double.NaN;
        Assert.Equal(fewer, PartialRankCorrelation.Of(columns, y));
        Assert.Equal(58, fewer[0].Count);
    }

    [Fact]
    public void Infinities_RankAtTheEnds()
    {
        (double[][] columns, double[] y) = GoldenData();
        RankCorrelation[] plain = PartialRankCorrelation.Of(columns, y);
        y[Array.IndexOf(y, y.Max())] = double.PositiveInfinity;
        Assert.Equal(plain, PartialRankCorrelation.Of(columns, y));
    }

    [Fact]
    public void ConstantColumn_IsLeftOut()
    {
        (double[][] columns, double[] y) = GoldenData();
        RankCorrelation[] plain = PartialRankCorrelation.Of(columns, y);
        RankCorrelation[] with = PartialRankCorrelation.Of([columns[0], Enumerable.Repeat(0.3, 60).ToArray(), .. columns[1..]], y);
        Assert.True(double.IsNaN(with[1].Coefficient.Value) && double.IsNaN(with[1].P));
        Assert.Equal<RankCorrelation[]>(plain, [with[0], .. with[2..]]);
        Assert.All(PartialRankCorrelation.Of(columns, new double[60]), r => Assert.True(double.IsNaN(r.Coefficient.Value)));
    }

    [Fact]
    public void CollinearColumns_CannotBeToldApart_AndTheOthersAreStillCorrected()
    {
        (double[][] columns, double[] y) = GoldenData();
        RankCorrelation[] plain = PartialRankCorrelation.Of(columns, y);
        RankCorrelation[] with = PartialRankCorrelation.Of([columns[0], columns[1], columns[0].Select(v => -v * v).ToArray(), columns[2], columns[3]], y);
        Assert.True(double.IsNaN(with[0].Coefficient.Value) && double.IsNaN(with[2].Coefficient.Value));
        foreach ((RankCorrelation a, RankCorrelation b) in new[] { (plain[1], with[1]), (plain[2], with[3]), (plain[3], with[4]) })
        {
            Assert.Equal(a.Coefficient.Value, b.Coefficient.Value, 1e-10);
            Assert.Equal(a.Coefficient.High, b.Coefficient.High, 1e-10);
            Assert.Equal(a.P, b.P, 1e-10);
        }
    }

    [Fact]
    public void TooFewRows_GiveNothing()
    {
        Assert.True(double.IsNaN(PartialRankCorrelation.Of([[]], [])[0].Coefficient.Value));
        Assert.True(double.IsNaN(PartialRankCorrelation.Of([[1]], [1])[0].Coefficient.Value));
        Assert.True(double.IsNaN(PartialRankCorrelation.Of([[1, 2]], [1, 2])[0].Coefficient.Value));
        RankCorrelation three = PartialRankCorrelation.Of([[1, 2, 3]], [1, 3, 2])[0];
        Assert.Equal(0.5, three.Coefficient.Value, 1e-12);
        Assert.Equal(2.0 / 3, three.P, 1e-12); // t = 1/√3 with one degree of freedom: 1 − (2/π) arctan(1/√3)
        Assert.True(double.IsNaN(three.Coefficient.Low));
        Assert.All(PartialRankCorrelation.Of([Uniforms(1, 5), Uniforms(2, 5), Uniforms(3, 5), Uniforms(4, 5)], Uniforms(5, 5)), r => Assert.True(double.IsNaN(r.Coefficient.Value)));
    }

    [Fact]
    public void ManyFactorsAndRows_FindTheOnesThatMatter()
    {
        const int k = 60, n = 3000;
        double[] points = SobolSequence.Points(4096, k, 3);
        double[][] columns = [.. Enumerable.Range(0, k).Select(d => Enumerable.Range(0, n).Select(i => points[i * k + d]).ToArray())];
        double[] noise = Uniforms(9, n);
        double[] y = [.. Enumerable.Range(0, n).Select(i => 2 * columns[10][i] - columns[41][i] + noise[i])];
        RankCorrelation[] r = PartialRankCorrelation.Of(columns, y);
        Assert.Equal([10, 41], Enumerable.Range(0, k).Where(d => r[d].P < 1e-6));
        Assert.True(r[10].Coefficient.Value > 0.8 && r[41].Coefficient.Value < -0.6);
    }

    [Fact]
    public void ColumnsThatDoNotFit_AreAnError()
    {
        Assert.Throws<ArgumentException>(() => PartialRankCorrelation.Of([], [1.0]));
        Assert.Contains("factor 1 has 2 values where the output has 3", Assert.Throws<ArgumentException>(() => PartialRankCorrelation.Of([[1, 2, 3], [1, 2]], [1, 2, 3])).Message);
    }

    private static (double[][] Columns, double[] Output) GoldenData() =>
        ([.. Enumerable.Range(0, 4).Select(c => Golden[..60].Select(r => r[c]).ToArray())], [.. Golden[..60].Select(r => r[4])]);

    private static double[] Uniforms(uint set, int count)
    {
        var stream = new PhiloxStream(RandomKey.Create(77, 0, 0), set, 0, 0);
        var values = new double[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = stream.NextDouble();
        }

        return values;
    }
}

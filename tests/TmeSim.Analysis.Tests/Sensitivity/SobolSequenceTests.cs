using TmeSim.Analysis.Sensitivity;

namespace TmeSim.Analysis.Tests;

public class SobolSequenceTests
{
    [Fact]
    public void EightDimensions_EqualSciPy()
    {
        string[][] rows = GoldenTable.Read("sobol-8.csv");
        double[] expected = [.. rows.SelectMany(r => r.Select(v => GoldenTable.Number(v) / 256))];
        Assert.Equal(expected, SobolSequence.Points(256, 8));
    }

    [Fact]
    public void AllDimensions_EqualSciPy_AtEachDirectionNumber()
    {
        double[] points = SobolSequence.Points(4096, SobolSequence.MaximumDimensions);
        string[][] rows = GoldenTable.Read("sobol-1024.csv");
        Assert.Equal(16, rows.Length);
        foreach (string[] row in rows)
        {
            double[] expected = [.. row.Skip(1).Select(v => GoldenTable.Number(v) / 4096)];
            Assert.Equal(expected, points.AsSpan((int)GoldenTable.Number(row[0]) * 1024, 1024).ToArray());
        }
    }

    [Fact]
    public void OnePoint_IsTheOrigin_OrAnywhere()
    {
        Assert.Equal([0, 0, 0], SobolSequence.Points(1, 3));
        Assert.All(SobolSequence.Points(1, 500, 3), v => Assert.InRange(v, 1e-12, 1 - 1e-12));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0xDEADBEEFUL)]
    [InlineData(ulong.MaxValue)]
    public void Scrambled_EveryElementaryBoxHoldsItsShare(ulong key)
    {
        // The first two dimensions are a (0, m, 2)-net, the first three a (1, m, 3)-net.
        const int m = 8;
        double[] points = SobolSequence.Points(1 << m, 3, key);
        for (int k = 0; k <= m; k++)
        {
            Assert.All(Boxes(points, k, m - k, 0), n => Assert.Equal(1, n));
            for (int l = 0; k + l < m; l++)
            {
                Assert.All(Boxes(points, k, l, m - 1 - k - l), n => Assert.Equal(2, n));
            }
        }
    }

    [Fact]
    public void Scrambled_EveryAxisIsStratified_AndOpen()
    {
        const int count = 64;
        double[] points = SobolSequence.Points(count, SobolSequence.MaximumDimensions, 7);
        for (int d = 0; d < SobolSequence.MaximumDimensions; d++)
        {
            int[] parts = [.. Enumerable.Range(0, count).Select(i => (int)(points[i * SobolSequence.MaximumDimensions + d] * count)).Order()];
            Assert.Equal(Enumerable.Range(0, count), parts);
        }

        Assert.All(points, v => Assert.True(v > 0 && v < 1));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(11UL)]
    public void FewerPointsOrDimensions_AreTheFirstOnes(ulong? key)
    {
        double[] many = SobolSequence.Points(128, 20, key);
        Assert.Equal(many[..(64 * 20)], SobolSequence.Points(64, 20, key));
        double[] narrow = SobolSequence.Points(128, 3, key);
        for (int i = 0; i < 128; i++)
        {
            Assert.Equal(many[(i * 20)..(i * 20 + 3)], narrow[(i * 3)..(i * 3 + 3)]);
        }
    }

    [Fact]
    public void Keys_MakeEachPointUniform_AndDimensionsIndependent()
    {
        // Kolmogorov-Smirnov over 4000 keys at a false-alarm rate of 1e-4 (2.23/√n) for three points, and a correlation at 3.9 standard errors.
        const int keys = 4000;
        foreach (int point in new[] { 0, 1, 15 })
        {
            var first = new double[keys];
            double cross = 0;
            for (int key = 0; key < keys; key++)
            {
                double[] points = SobolSequence.Points(16, 2, (ulong)key);
                first[key] = points[2 * point];
                cross += (points[2 * point] - 0.5) * (points[2 * point + 1] - 0.5) * 12;
            }

            Array.Sort(first);
            double gap = Enumerable.Range(0, keys).Max(i => Math.Max((i + 1.0) / keys - first[i], first[i] - (double)i / keys));
            Assert.InRange(gap, 0, 2.23 / Math.Sqrt(keys));
            Assert.InRange(Math.Abs(cross) / keys, 0, 3.9 / Math.Sqrt(keys));
        }
    }

    [Fact]
    public void Scrambling_EachDigitHasACoinOfItsOwnAfterEachPrefix()
    {
        // Coins of digit 10 after all 512 prefixes, of 200 keys: each pair of prefixes agrees in half of the keys (a shift would make it all).
        // 130 816 pairs within 100 ± 45, over 6 standard deviations: a false alarm in fewer than 1 of 10⁴ designs of the test.
        var coins = new bool[512, 200];
        for (int key = 0; key < 200; key++)
        {
            for (uint prefix = 0; prefix < 512; prefix++)
            {
                coins[prefix, key] = ((uint)(OwenScramble.Unit(prefix << 23, OwenScramble.Tree((ulong)key, 3)) * (1UL << 32)) >> 22 & 1) != 0;
            }
        }

        for (int a = 0; a < 512; a++)
        {
            for (int b = 0; b < a; b++)
            {
                int same = 0;
                for (int key = 0; key < 200; key++)
                {
                    same += coins[a, key] == coins[b, key] ? 1 : 0;
                }

                Assert.InRange(same, 55, 145);
            }
        }
    }

    [Theory]
    [InlineData(0, 2, "write 1")]
    [InlineData(-4, 2, "write 1")]
    [InlineData(100, 2, "write 64 or 128")]
    [InlineData(int.MaxValue, 1, "write 1073741824")]
    [InlineData(8, 0, "at least one dimension")]
    [InlineData(8, 1025, "up to 1024 dimensions")]
    [InlineData(1 << 30, 1000, "more than one array holds")]
    public void BadSize_SaysWhatIsAllowed(int count, int dimensions, string text) =>
        Assert.Contains(text, Assert.Throws<ArgumentException>(() => SobolSequence.Points(count, dimensions)).Message);

    private static int[] Boxes(double[] points, int k0, int k1, int k2)
    {
        var counts = new int[1 << (k0 + k1 + k2)];
        for (int i = 0; i < points.Length; i += 3)
        {
            int box = (int)(points[i] * (1 << k0));
            box = (box << k1) | (int)(points[i + 1] * (1 << k1));
            counts[(box << k2) | (int)(points[i + 2] * (1 << k2))]++;
        }

        return counts;
    }
}

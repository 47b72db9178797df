using TmeSim.Analysis.Contrasts;
using TmeSim.Engine.Numerics;

namespace TmeSim.Analysis.Tests;

/// <summary>Intervals of differences between arms, of single means, and of the sign-flip test, over samples with a known difference. False alarms: 1e-4 per assertion.</summary>
public class SampleMeanCoverageTests
{
    private const double Difference = 0.3;

    /// <summary>Normal differences, from two replicates on: exact for pairs; Welch's freedom is an approximation that covers a little more with few replicates.</summary>
    [Theory]
    [InlineData(2, 2, 0.99)]
    [InlineData(4, 4, 0.97)]
    [InlineData(4, 12, 0.97)]
    [InlineData(8, 8, 0.96)]
    public void Contrasts_HoldTheDifference(int treated, int control, double most)
    {
        Coverage paired = new("paired"), independent = new("Welch");
        for (int k = 0; k < Coverage.Repetitions; k++)
        {
            var stream = new PhiloxStream(RandomKey.Create(0x436F6E74, 0, 0), (uint)k, (uint)treated, (uint)control);
            double[] a = [.. Normals(ref stream, treated).Select(z => Difference + z)], b = [.. Normals(ref stream, control).Select(z => 2 * z)];
            Add(independent, ArmContrast.Independent(a, b));
            Add(paired, ArmContrast.Paired(a, b.AsSpan(0, treated)));
        }

        paired.IsBetween(0.94, 0.96);
        independent.IsBetween(0.93, most);
    }

    /// <summary>Skewed volumes: differences of log-normal arms that share half of their spread.</summary>
    [Theory]
    [InlineData(4)]
    [InlineData(8)]
    public void PairedContrast_OfSkewedVolumes_CoversNearlyAsMuch(int replicates)
    {
        var coverage = new Coverage("paired, log-normal");
        for (int k = 0; k < Coverage.Repetitions; k++)
        {
            var stream = new PhiloxStream(RandomKey.Create(0x536B6577, 0, 0), (uint)k, (uint)replicates, 0);
            double[] shared = Normals(ref stream, replicates), a = Normals(ref stream, replicates), b = Normals(ref stream, replicates);
            Add(coverage, ArmContrast.Paired([.. a.Zip(shared, (x, z) => (1 + Difference) * Volume(x + z))], [.. b.Zip(shared, (x, z) => Volume(x + z))]));
        }

        coverage.IsBetween(0.93, 0.97);

        // Mean 1, sd of logs 0.4.
        static double Volume(double normal) => Math.Exp((0.4 * normal / Math.Sqrt(2)) - 0.08);
    }

    /// <summary>The test inverts exactly: 95 % or a little more, by the steps of 2⁻ⁿ; below six pairs the interval is the whole line.</summary>
    [Theory]
    [InlineData(5, 1, 1)]
    [InlineData(6, 0.96, 0.98)]
    [InlineData(8, 0.95, 0.96)]
    [InlineData(12, 0.95, 0.955)]
    public void SignFlip_HoldsTheDifference(int pairs, double least, double most)
    {
        var coverage = new Coverage("sign flip");
        for (int k = 0; k < Coverage.Repetitions; k++)
        {
            var stream = new PhiloxStream(RandomKey.Create(0x466C6970, 0, 0), (uint)k, (uint)pairs, 0);
            SignFlipResult result = SignFlipTest.Run([.. Normals(ref stream, pairs).Select(z => Difference + z)]);
            coverage.Add(result.Lower, result.Upper, Difference);
        }

        coverage.IsBetween(least, most);
    }

    private static void Add(Coverage coverage, ArmContrast c) => coverage.Add(c.Lower, c.Upper, Difference);

    private static double[] Normals(ref PhiloxStream stream, int count)
    {
        var normals = new double[count];
        for (int i = 0; i < count; i++)
        {
            normals[i] = stream.NextNormal();
        }

        return normals;
    }
}

using TmeSim.Engine.Immune;
using TmeSim.Engine.Lattice;
using TmeSim.Engine.Multigrid;
using TmeSim.Engine.Numerics;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Tests.Immune;

/// <summary>The way of a hop against the rule as it is written down: face by face, until the draw is used up.</summary>
public sealed unsafe class HopTests
{
    [Theory]
    [InlineData(20, 13, 1, 1f)]
    [InlineData(20, 13, 1, 0f)]
    [InlineData(20, 13, 1, 2.5f)]
    [InlineData(20, 1, 13, 1f)]
    [InlineData(9, 7, 5, 1f)]
    [InlineData(9, 7, 5, 0.5f)]
    [InlineData(31, 1, 1, 1f)]
    [InlineData(1, 1, 1, 1f)]
    public void Target_EveryDraw_IsThatOfTheRule(int nx, int ny, int nz, float beta)
    {
        const float Floor = 0.05f, Wall = 0.7f;
        var shape = new LatticeShape(nx, ny, nz, 20);
        using var codes = new SiteArray<byte>(shape.Length);
        using var field = new SiteArray<float>(shape.Length);
        var random = new PhiloxStream(RandomKey.Create(8, 0, 0), 0, 0, 0);
        codes.Writable.Fill(Parenchyma.Wall);
        field.Writable.Fill(float.NaN);
        int[] sites = [.. Enumerable.Range(0, shape.Rows).SelectMany(row => Enumerable.Range(shape.RowStart(row), nx))];
        foreach (int site in sites)
        {
            (codes[site], field[site]) = (Parenchyma.Tumor, random.NextInt(9) == 0 ? 0 : (float)random.NextDouble());
        }

        var hop = new Hop(shape, beta, Floor, Wall);
        foreach (int site in sites)
        {
            foreach (float u in (float[])[0, 0.25f, 0.5f, (float)random.NextDouble(), (float)random.NextDouble(), 1 - 1f / (1 << 24)])
            {
                Assert.Equal(Plain(site, u), hop.Target(field.Pointer, codes.Pointer, site, u));
            }
        }

        // In lanes: every third cell of a store, at sites in any order.
        int[] stands = [.. sites.Concat(sites).Concat(sites)], cells = [.. Enumerable.Range(0, sites.Length).Select(k => 3 * k)];
        uint[] words = [.. Enumerable.Range(0, 4 * stands.Length).Select(_ => random.Next())];
        foreach (LaneWidth width in Enum.GetValues<LaneWidth>())
        {
            var targets = new int[stands.Length];
            fixed (int* from = stands, list = cells, to = targets)
            fixed (uint* draws = words)
            {
                HopTargets.Create(width, hop).Run(field.Pointer, codes.Pointer, list, cells.Length, from, draws, to);
            }

            Assert.Equal(cells.Select(c => Plain(stands[c], Draws.Uniform(words[4 * c + 1]))), cells.Select(c => targets[c]));
            Assert.All(Enumerable.Range(0, stands.Length).Except(cells), c => Assert.Equal(0, targets[c]));
        }

        int Plain(int site, float u)
        {
            float here = field[site] + Floor;
            float[] weights = [.. shape.FaceOffsets.Select(face => field[site + face] + Floor)
                .Zip(shape.FaceOffsets, (level, face) => codes[site + face] == Parenchyma.Wall ? field[site] * Wall + Floor : level)
                .Select(there => beta == 0 ? 1 : beta == 1 ? there / here : DetMath.Pow(there / here, beta))];
            float left = u * weights.Aggregate(0f, (sum, w) => sum + w);
            for (int j = 0; j < weights.Length; j++)
            {
                left -= weights[j];
                if (left < 0)
                {
                    return site + shape.FaceOffsets[j];
                }
            }

            return weights.Length == 0 ? site : site + shape.FaceOffsets[^1];
        }
    }
}

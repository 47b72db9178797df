using TmeSim.Analysis.Spatial;

namespace TmeSim.Analysis.Tests;

public class MixingScoreTests
{
    [Fact]
    public void Contacts_AreCountedOnce_ASharedPlaceIncluded()
    {
        // Row of sites 20 um apart: T, T + I, I, -, I.
        TissuePoint[] tumor = [new(10, 10), new(30, 10)], immune = [new(30, 10), new(50, 10), new(90, 10)];
        var score = MixingScore.Of(tumor, immune, 2);
        Assert.Equal((3L, 1L), (score.TumorImmune, score.ImmuneImmune));
        Assert.Equal(3, score.Value);
    }

    [Fact]
    public void Reach_TakesInTheMooreNeighbourhoodAndNoMore()
    {
        TissuePoint[] block = RipleyKTests.Lattice(5, 5, 20);
        Assert.Equal(9, MixingScore.Of(block, [block[12]], 2).TumorImmune);
        Assert.Equal(27, MixingScore.Of([.. Enumerable.Range(0, 5).SelectMany(z => block.Select(p => p with { Z = 20 * z }))], [block[12] with { Z = 40 }], 3, 35).TumorImmune);
        Assert.Equal(72, MixingScore.Of([], block, 2).ImmuneImmune); // 40 along the axes, 32 diagonal
    }

    [Fact]
    public void NoContacts_AreUndefinedOrInfinite()
    {
        Assert.True(double.IsNaN(MixingScore.Of([new(0, 0)], [new(100, 0)], 2).Value));
        Assert.Equal(double.PositiveInfinity, MixingScore.Of([new(0, 0)], [new(0, 0)], 2).Value);
        Assert.Equal(0, MixingScore.Of([new(500, 0)], [new(0, 0), new(20, 0)], 2).Value);
        Assert.Throws<ArgumentOutOfRangeException>(() => MixingScore.Of([], [], 2, 0));
    }
}

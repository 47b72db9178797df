using TmeSim.Analysis.Spatial;

namespace TmeSim.Analysis.Tests;

public class MorisitaHornTests
{
    [Fact]
    public void SharedPoints_EqualVegan()
    {
        foreach (double side in (double[])[50, 100, 200])
        {
            int[] a = QuadratCounts.Of(Golden.A, Golden.Window, side), b = QuadratCounts.Of(Golden.B, Golden.Window, side);
            Assert.Equal(Golden.Value("morisita_horn a b none", side), MorisitaHorn.Of(a, b), 1e-12);
        }
    }

    [Fact]
    public void Identical_IsOne_Disjoint_IsZero_ScalingChangesNothing()
    {
        int[] a = [3, 0, 7, 1], b = [0, 5, 0, 0], c = [1, 2, 4, 9];
        Assert.Equal(1, MorisitaHorn.Of(a, a), 1e-15);
        Assert.Equal(0, MorisitaHorn.Of(a, b));
        Assert.Equal(1, MorisitaHorn.Of(a, [.. a.Select(n => 10 * n)]), 1e-15);
        Assert.Equal(MorisitaHorn.Of(a, c), MorisitaHorn.Of([.. a.Select(n => 7 * n)], c), 1e-15);
        Assert.Equal(MorisitaHorn.Of(a, c), MorisitaHorn.Of(c, a), 1e-15);
    }

    [Fact]
    public void MissingType_IsUndefined()
    {
        Assert.True(double.IsNaN(MorisitaHorn.Of([0, 0], [1, 2])));
        Assert.True(double.IsNaN(MorisitaHorn.Of([], [])));
        Assert.Throws<ArgumentException>(() => MorisitaHorn.Of([1], [1, 2]));
    }
}

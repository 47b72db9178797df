namespace TmeSim.Benchmarks.Tests.Plain;

/// <summary>The baselines do the work of the engine: each check throws where the two differ.</summary>
public class PlainLoopTests
{
    [Fact]
    public void PlainLoops_DecideAsTheEngine()
    {
        using var scene = new KernelScene(96, 2, 0);
        Assert.True(PlainTumor.Check(scene, 24) > 0, "no event");
        Assert.True(PlainMacrophageFate.Check(scene, 24) > 0, "no event");
        Assert.True(PlainMotion.CheckCd8(scene, 24) > 100, "no motion");
        Assert.True(PlainMotion.CheckMacrophages(scene) > 100, "no motion");
    }
}

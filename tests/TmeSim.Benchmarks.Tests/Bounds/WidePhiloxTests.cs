using TmeSim.Engine.Numerics;

namespace TmeSim.Benchmarks.Tests.Bounds;

public class WidePhiloxTests
{
    [Theory]
    [InlineData(0u)]
    [InlineData(uint.MaxValue - 20)]
    public void Sum_IsThatOfTheEnginesBlocks(uint first)
    {
        var key = new RandomKey(0xA4093822, 0x299F31D0);
        uint expected = 0;
        for (uint i = 0; i < 64; i++)
        {
            PhiloxBlock b = Philox4x32.Block(unchecked(first + i), 0x13198A2E, 7, 0xFFFFFFFF, key);
            expected = unchecked(expected + b.X0 + b.X1 + b.X2 + b.X3);
        }

        Assert.Equal(expected, WidePhilox.Sum(first, 0x13198A2E, 7, 0xFFFFFFFF, 64, key));
    }
}

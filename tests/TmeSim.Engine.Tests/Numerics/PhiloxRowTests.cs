using TmeSim.Engine.Numerics;

namespace TmeSim.Engine.Tests.Numerics;

/// <summary>Blocks in vector lanes are the blocks of the scalar generator.</summary>
public sealed unsafe class PhiloxRowTests
{
    [Theory]
    [InlineData(0u, 16, 0u, 0u)]
    [InlineData(123u, 32, 77u, 0x20000u)]
    [InlineData(0xFFFFFFF8u, 48, uint.MaxValue, uint.MaxValue)]
    public void EveryWord_EqualsTheScalarBlock(uint first, int blocks, uint c2, uint c3)
    {
        RandomKey key = RandomKey.Create(42, 3, 1);
        var words = new uint[4 * blocks];
        fixed (uint* target = words)
        {
            PhiloxRow.Fill(target, first, blocks, c2, c3, key);
        }

        for (int i = 0; i < blocks; i++)
        {
            PhiloxBlock block = Philox4x32.Block(first + (uint)i, 0, c2, c3, key);
            Assert.Equal([block.X0, block.X1, block.X2, block.X3], words[(4 * i)..(4 * i + 4)]);
        }
    }
}

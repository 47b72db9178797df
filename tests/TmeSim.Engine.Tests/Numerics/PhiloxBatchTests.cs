using TmeSim.Engine.Numerics;

namespace TmeSim.Engine.Tests.Numerics;

/// <summary>Blocks in vector lanes are the blocks of the scalar generator.</summary>
public sealed unsafe class PhiloxBatchTests
{
    [Theory]
    [InlineData(0u, 16, 0u, 0u)]
    [InlineData(123u, 32, 77u, 0x20000u)]
    [InlineData(0xFFFFFFF8u, 48, uint.MaxValue, uint.MaxValue)]
    public void Sites_EveryWord_EqualsTheScalarBlock(uint first, int blocks, uint c2, uint c3)
    {
        RandomKey key = RandomKey.Create(42, 3, 1);
        var words = new uint[4 * blocks];
        fixed (uint* target = words)
        {
            PhiloxBatch.Sites(target, first, blocks, c2, c3, key);
        }

        for (int i = 0; i < blocks; i++)
        {
            PhiloxBlock block = Philox4x32.Block(first + (uint)i, 0, c2, c3, key);
            Assert.Equal([block.X0, block.X1, block.X2, block.X3], words[(4 * i)..(4 * i + 4)]);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(16)]
    [InlineData(37)]
    [InlineData(92)]
    public void Lineages_EveryWord_EqualsTheScalarBlock(int count)
    {
        RandomKey key = RandomKey.Create(7, 0, 0);
        var random = new Random(count);
        ulong[] ids = [.. Enumerable.Range(0, count).Select(_ => (ulong)random.NextInt64() * 3)];
        var words = new uint[4 * count + 1];
        fixed (uint* target = words)
        fixed (ulong* from = ids)
        {
            PhiloxBatch.Lineages(target, from, count, 9, 0x50003, key);
        }

        for (int i = 0; i < count; i++)
        {
            PhiloxBlock block = Philox4x32.Block((uint)ids[i], (uint)(ids[i] >> 32), 9, 0x50003, key);
            Assert.Equal([block.X0, block.X1, block.X2, block.X3], words[(4 * i)..(4 * i + 4)]);
        }

        Assert.Equal(0u, words[4 * count]);
    }
}

using TmeSim.Engine.Numerics;

namespace TmeSim.Engine.Tests.Numerics;

public class Philox4x32Tests
{
    // Random123 1.14, tests/kat_vectors, philox4x32 10.
    [Theory]
    [InlineData(0u, 0u, 0u, 0u, 0u, 0u, 0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u)]
    [InlineData(0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu)]
    [InlineData(0x243f6a88u, 0x85a308d3u, 0x13198a2eu, 0x03707344u, 0xa4093822u, 0x299f31d0u, 0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u)]
    public void Block_KnownAnswers(uint c0, uint c1, uint c2, uint c3, uint k0, uint k1, uint x0, uint x1, uint x2, uint x3)
    {
        Assert.Equal(new PhiloxBlock(x0, x1, x2, x3), Philox4x32.Block(c0, c1, c2, c3, k0, k1));
        Assert.Equal(new PhiloxBlock(x0, x1, x2, x3), Philox4x32.Block(c0, c1, c2, c3, new RandomKey(k0, k1)));
    }

    [Fact]
    public void Keys_OfManyTriples_AllDiffer()
    {
        var keys = new HashSet<RandomKey>();
        int count = 0;
        foreach (ulong seed in (ulong[])[0, 1, 2, 42, ulong.MaxValue])
        {
            for (int replicate = -1; replicate < 100; replicate++)
            {
                for (int lesion = 0; lesion < 20; lesion++, count++)
                {
                    keys.Add(RandomKey.Create(seed, replicate, lesion));
                }
            }
        }

        Assert.Equal(count, keys.Count);
    }

    [Fact]
    public void Stream_EqualsSuccessiveBlocks()
    {
        var key = RandomKey.Create(7, 1, 0);
        var stream = new PhiloxStream(key, 11, 12, 13, firstOrdinal: 5);
        for (uint ordinal = 5; ordinal < 9; ordinal++)
        {
            PhiloxBlock block = Philox4x32.Block(11, 12, 13, ordinal, key);
            Assert.Equal(block, new PhiloxBlock(stream.Next(), stream.Next(), stream.Next(), stream.Next()));
        }
    }

    [Fact]
    public void NextInt_IsUniformOverItsRange()
    {
        // Chi-square with 6 degrees of freedom, 99.99 % quantile 27.86: one false alarm in 10,000 seeds, and the seed is fixed.
        var stream = new PhiloxStream(RandomKey.Create(3, 0, 0), 0, 0, 0);
        var counts = new int[7];
        for (int i = 0; i < 70_000; i++)
        {
            counts[stream.NextInt(7)]++;
        }

        Assert.True(counts.Sum(c => (c - 10_000.0) * (c - 10_000.0) / 10_000.0) < 27.86);
        Assert.Throws<ArgumentOutOfRangeException>(() => stream.NextInt(0));
    }
}

using TmeSim.Engine.Numerics;

namespace TmeSim.Engine.Tests.Numerics;

public class StateHasherTests
{
    [Fact]
    public void AnyFlippedBit_ChangesTheFingerprint()
    {
        var bytes = new byte[77];
        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)(i * 37);
        }

        var seen = new HashSet<string> { Of(bytes) };
        for (int bit = 0; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.True(seen.Add(Of(bytes)));
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Fact]
    public void LengthsAndCuts_AreDistinguished()
    {
        var seen = new HashSet<string>();
        for (int length = 0; length < 70; length++)
        {
            Assert.True(seen.Add(Of(new byte[length])));
        }

        var cut = default(StateHasher);
        cut.Add(new byte[3]);
        cut.Add(new byte[4]);
        Assert.True(seen.Add(cut.Finish()));
    }

    [Fact]
    public void Values_AreHashedByTheirBits()
    {
        var plus = default(StateHasher);
        var minus = default(StateHasher);
        var word = default(StateHasher);
        plus.Add(0.0);
        minus.Add(-0.0);
        word.Add(0UL);
        Assert.NotEqual(plus.Finish(), minus.Finish());
        Assert.Equal(plus.Finish(), word.Finish());
        Assert.Equal(32, plus.Finish().Length);
    }

    /// <summary>Written once by this code: a change of the construction breaks every stored fingerprint and must be meant.</summary>
    [Fact]
    public void Fingerprint_StaysTheSameBetweenVersions()
    {
        var hasher = default(StateHasher);
        hasher.Add<float>([1f, 2f, 3f, 4f, 5f]);
        hasher.Add(42UL);
        hasher.Add(2.5);
        Assert.Equal("5629199dfcc161a0cbd77ee4aae8bc6e", hasher.Finish());
    }

    [Fact]
    public void Mix_AvalanchesAndKeepsOrder()
    {
        Assert.NotEqual(Mix.Hash(1, 2), Mix.Hash(2, 1));
        Assert.NotEqual(Mix.Hash(1, 2), Mix.Hash(1, 2, 0));
        Assert.NotEqual(Mix.Hash(0, 0, 0), Mix.Hash(0, 0, 0, 0));
        double flips = 0;
        for (int bit = 0; bit < 64; bit++)
        {
            for (ulong i = 0; i < 64; i++)
            {
                flips += ulong.PopCount(Mix.Hash(i, 7, i) ^ Mix.Hash(i ^ (1UL << bit), 7, i));
            }
        }

        Assert.InRange(flips / (64 * 64), 31.5, 32.5);
        var seen = new HashSet<ulong>();
        for (ulong i = 0; i < 300; i++)
        {
            for (ulong j = 0; j < 300; j++)
            {
                Assert.True(seen.Add(Mix.Hash(i, j)));
            }
        }
    }

    private static string Of(ReadOnlySpan<byte> bytes)
    {
        var hasher = default(StateHasher);
        hasher.Add(bytes);
        return hasher.Finish();
    }
}

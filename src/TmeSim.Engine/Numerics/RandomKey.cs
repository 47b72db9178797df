namespace TmeSim.Engine.Numerics;

/// <summary>The 64-bit Philox key of one lesion of one replicate.</summary>
public readonly record struct RandomKey(uint K0, uint K1)
{
    /// <summary>
    /// The key of (seed, replicate, lesion). For one seed all pairs (replicate, lesion) get different keys, and for one
    /// pair all seeds do, because each step is a bijection; keys across different seeds and pairs collide by
    /// chance only (2⁻⁶⁴ per pair of triples).
    /// </summary>
    public static RandomKey Create(ulong seed, int replicate, int lesion)
    {
        ulong pair = ((ulong)(uint)replicate << 32) | (uint)lesion;
        ulong key = Mix.Finalise(pair ^ Mix.Finalise(seed + Mix.Golden));
        return new RandomKey((uint)key, (uint)(key >> 32));
    }
}

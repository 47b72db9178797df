using TmeSim.Engine.Numerics;

namespace TmeSim.Analysis.Trials;

/// <summary>Randomisation in permuted blocks within strata (Pocock 1983, Clinical Trials, ch. 5): arms stay balanced in each stratum,
/// whenever the trial stops.</summary>
/// <param name="weights">Whole weights of the arms, at least 1 each.</param>
/// <param name="seed">Seed.</param>
public sealed class Allocation(IReadOnlyList<int> weights, ulong seed)
{
    private const ulong Salt = 0x616C6C6F63;
    private readonly Dictionary<string, int> _entered = new(StringComparer.Ordinal);

    // Two rounds of the weights, so that the end of a block is harder to foresee.
    private readonly int[] _block = [.. Enumerable.Range(0, 2).SelectMany(_ => weights.SelectMany((w, arm) => Enumerable.Repeat(arm, w)))];

    /// <summary>Arm of the next patient of a stratum.</summary>
    /// <param name="stratum">Name of the stratum.</param>
    public int Next(string stratum)
    {
        int place = _entered.GetValueOrDefault(stratum);
        _entered[stratum] = place + 1;
        ulong key = Mix.Hash(Salt, seed, Name(stratum), (ulong)(place / _block.Length));
        int[] order = [.. _block];
        for (int i = order.Length - 1; i > 0; i--)
        {
            int j = (int)(Mix.Hash(key, (ulong)i) % (ulong)(i + 1));
            (order[i], order[j]) = (order[j], order[i]);
        }

        return order[place % order.Length];
    }

    private static ulong Name(string text)
    {
        ulong hash = Salt;
        foreach (char c in text)
        {
            hash = Mix.Hash(hash, c);
        }

        return hash;
    }
}

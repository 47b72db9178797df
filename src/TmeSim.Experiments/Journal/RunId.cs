using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using TmeSim.Engine;

namespace TmeSim.Experiments.Journal;

/// <summary>
/// Name of one simulation of an arm: 64 bits of a hash over what decides its bits (identity of the arm, replicate, model version). Points
/// whose arm does not depend on what is varied share it.
/// </summary>
public readonly record struct RunId(ulong Value) : IComparable<RunId>
{
    /// <summary>The name of an arm in a replicate.</summary>
    /// <param name="armIdentity">First 128 bits of the identity of the arm.</param>
    /// <param name="replicate">Number of the replicate, from 0.</param>
    public static RunId Of(UInt128 armIdentity, int replicate)
    {
        string text = string.Create(CultureInfo.InvariantCulture,
            $"tmesim arm\nmodel {Simulation.ModelVersion}\n{armIdentity:x32}\nreplicate {replicate}\n");
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes(text), hash);
        return new RunId(System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(hash));
    }

    /// <summary>Reads 16 hexadecimal digits; null for anything else.</summary>
    public static RunId? Parse(string text) =>
        text.Length == 16 && ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong value)
            ? new RunId(value) : null;

    public int CompareTo(RunId other) => Value.CompareTo(other.Value);

    public static bool operator <(RunId left, RunId right) => left.Value < right.Value;

    public static bool operator >(RunId left, RunId right) => left.Value > right.Value;

    public static bool operator <=(RunId left, RunId right) => left.Value <= right.Value;

    public static bool operator >=(RunId left, RunId right) => left.Value >= right.Value;

    public override string ToString() => Value.ToString("x16", CultureInfo.InvariantCulture);
}

using TmeSim.Engine.Plan;

namespace TmeSim.Engine.State;

/// <summary>Factors on the library rates that hold the asked baseline; found in the burn-in, constant from t = 0.</summary>
public sealed class SetPointMultipliers
{
    private readonly double[] _values = [0, .. Enumerable.Repeat(1.0, MultiplierTable.All.Count - 1)];

    /// <summary>Values in the order of <see cref="MultiplierTable.All"/>.</summary>
    internal ReadOnlySpan<double> Values => _values;

    /// <summary>Value of one multiplier.</summary>
    public double this[Multiplier multiplier]
    {
        get => _values[(int)multiplier];
        internal set => _values[(int)multiplier] = value;
    }

    internal void Visit(StateVisitor visitor) => visitor.Values(_values.AsSpan());
}

namespace TmeSim.Engine.Plan;

/// <summary>A value for every <see cref="Parameter"/>, in the units of <see cref="ParameterTable"/>. Immutable.</summary>
public sealed class ParameterSet
{
    private readonly double[] _values;

    /// <param name="values">One finite value per parameter, in enum order.</param>
    /// <exception cref="ArgumentException">Wrong length, or a value that is not finite.</exception>
    public ParameterSet(ReadOnlySpan<double> values)
    {
        if (values.Length != ParameterTable.Count)
        {
            throw new ArgumentException($"{ParameterTable.Count} values needed, {values.Length} given", nameof(values));
        }

        for (int i = 0; i < values.Length; i++)
        {
            if (!double.IsFinite(values[i]))
            {
                throw new ArgumentException($"{ParameterTable.All[i].Key} is not a finite number", nameof(values));
            }
        }

        _values = values.ToArray();
    }

    public double this[Parameter parameter] => _values[(int)parameter];

    /// <summary>All values in enum order.</summary>
    public ReadOnlySpan<double> Values => _values;

    /// <summary>This set with one value changed.</summary>
    public ParameterSet With(Parameter parameter, double value)
    {
        double[] copy = (double[])_values.Clone();
        copy[(int)parameter] = value;
        return new ParameterSet(copy);
    }
}

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

    /// <summary>Value in the declared unit.</summary>
    public double this[Parameter parameter] => _values[(int)parameter];

    /// <summary>All values in enum order.</summary>
    public ReadOnlySpan<double> Values => _values;

    /// <summary>A rate, whatever unit of time it is declared in.</summary>
    /// <param name="parameter">Something per time: /d, um2/s, um/h.</param>
    /// <param name="per">Unit of time of the result.</param>
    /// <exception cref="ArgumentException">The parameter is no rate.</exception>
    public double Rate(Parameter parameter, TimeUnit per = TimeUnit.Hour)
    {
        ParameterInfo info = ParameterTable.Of(parameter);
        return info.Per is { } declared
            ? Scaled(this[parameter], per, declared)
            : throw new ArgumentException($"{info.Key} is in {info.Unit}, which is no rate", nameof(parameter));
    }

    /// <summary>A length of time, whatever unit it is declared in.</summary>
    /// <param name="parameter">A time: h, d.</param>
    /// <param name="unit">Unit of the result.</param>
    /// <exception cref="ArgumentException">The parameter is no time.</exception>
    public double Time(Parameter parameter, TimeUnit unit = TimeUnit.Hour)
    {
        ParameterInfo info = ParameterTable.Of(parameter);
        return info.Lasts is { } declared
            ? Scaled(this[parameter], declared, unit)
            : throw new ArgumentException($"{info.Key} is in {info.Unit}, which is no time", nameof(parameter));
    }

    /// <summary>This set with one value changed.</summary>
    public ParameterSet With(Parameter parameter, double value)
    {
        double[] copy = (double[])_values.Clone();
        copy[(int)parameter] = value;
        return new ParameterSet(copy);
    }

    // By whole numbers, so that it rounds once.
    private static double Scaled(double value, TimeUnit up, TimeUnit down) =>
        up >= down ? value * ((int)up / (int)down) : value / ((int)down / (int)up);
}

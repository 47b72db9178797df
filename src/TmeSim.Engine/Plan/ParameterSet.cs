namespace TmeSim.Engine.Plan;

/// <summary>A value for every <see cref="Parameter"/>, in the units of <see cref="ParameterTable"/>. Immutable.</summary>
public sealed class ParameterSet
{
    private readonly double[] _values;
    private readonly Action<Parameter>? _read;

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

    private ParameterSet(double[] values, Action<Parameter>? read) => (_values, _read) = (values, read);

    /// <summary>Value in the declared unit.</summary>
    public double this[Parameter parameter]
    {
        get
        {
            _read?.Invoke(parameter);
            return _values[(int)parameter];
        }
    }

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
        return double.IsFinite(value) ? new ParameterSet(copy, _read)
            : throw new ArgumentException($"{ParameterTable.Of(parameter).Key} is not a finite number", nameof(value));
    }

    /// <summary>The same values, of which it is told what is read one by one, not what <see cref="Values"/> gives at once.</summary>
    /// <param name="read">Called at each reading, on whatever thread reads.</param>
    public ParameterSet Watched(Action<Parameter> read) => new(_values, read);

    // By whole numbers, so that it rounds once.
    private static double Scaled(double value, TimeUnit up, TimeUnit down) =>
        up >= down ? value * ((int)up / (int)down) : value / ((int)down / (int)up);
}

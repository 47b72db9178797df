namespace TmeSim.Analysis.Contrasts;

/// <summary>A value with the ends of its 95 % interval.</summary>
/// <param name="Value">Value; NaN where it is not defined.</param>
/// <param name="Low">Lower end; NaN for none.</param>
/// <param name="High">Upper end; NaN for none.</param>
public readonly record struct Estimate(double Value, double Low, double High)
{
    /// <summary>Not defined.</summary>
    public static Estimate None { get; } = Without(double.NaN);

    /// <summary>There is an interval, and it leaves out 0.</summary>
    public bool IsResolved => Low > 0 || High < 0;

    /// <summary>A value without an interval.</summary>
    public static Estimate Without(double value) => new(value, double.NaN, double.NaN);

    /// <summary>Mean of a sample with Student's t interval; what is not finite is left out. No interval below two values.</summary>
    public static Estimate MeanOf(ReadOnlySpan<double> values)
    {
        var mean = ArmContrast.Of(values);
        return new Estimate(mean.Mean, mean.Lower, mean.Upper);
    }
}

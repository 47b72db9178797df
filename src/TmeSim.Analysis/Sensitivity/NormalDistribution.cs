namespace TmeSim.Analysis.Sensitivity;

/// <summary>A normal distribution, cut to a range where one is given.</summary>
public sealed record NormalDistribution : ParameterDistribution
{
    private readonly TruncatedNormal _normal;

    /// <param name="mean">Mean before the cut, finite.</param>
    /// <param name="sd">Standard deviation before the cut, finite, above 0.</param>
    /// <param name="low">Lowest value, or −∞.</param>
    /// <param name="high">Highest value, or +∞; above the lowest.</param>
    /// <exception cref="ArgumentException">An argument lies outside its range, or less than 10⁻⁹ of the distribution lies between the
    /// ends.</exception>
    public NormalDistribution(double mean, double sd, double low = double.NegativeInfinity, double high = double.PositiveInfinity)
        : base(low, high)
    {
        if (!double.IsFinite(mean) || !(sd > 0 && double.IsFinite(sd)))
        {
            throw new ArgumentException($"a normal distribution needs a finite mean and an sd above 0, not {mean} and {sd}");
        }

        if (!(low < high))
        {
            throw new ArgumentException($"the lower end of a normal distribution must lie below the upper one, not {low} and {high}",
                nameof(low));
        }

        (Mean, Sd) = (mean, sd);
        _normal = new TruncatedNormal(mean, sd, low, high);
        _normal.CheckMass(low, high);
    }

    /// <summary>Mean before the cut.</summary>
    public double Mean { get; }

    /// <summary>Standard deviation before the cut.</summary>
    public double Sd { get; }

    /// <inheritdoc/>
    protected override double Inverse(double unit) => _normal.Inverse(unit);

    /// <inheritdoc/>
    protected override double LogDensityInside(double x) => _normal.LogDensity(x);
}

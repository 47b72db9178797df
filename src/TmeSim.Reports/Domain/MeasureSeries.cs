namespace TmeSim.Reports.Domain;

/// <summary>One measure of one arm over time, replicate by replicate. Values that are not finite are missing.</summary>
/// <param name="Arm">Name of the arm.</param>
/// <param name="TimesDaysPerReplicate">Times since start of therapy [d], rising, one array per replicate.</param>
/// <param name="ValuesPerReplicate">Values at those times, in the unit of the measure.</param>
public sealed record ArmSeries(string Arm, IReadOnlyList<double[]> TimesDaysPerReplicate, IReadOnlyList<double[]> ValuesPerReplicate);

/// <summary>One dose.</summary>
/// <param name="Arm">Arm that gets it.</param>
/// <param name="Drug">Name of the drug.</param>
/// <param name="TimeDays">Time since start of therapy [d].</param>
public sealed record DoseMark(string Arm, string Drug, double TimeDays);

/// <summary>Measured data, drawn over the curves.</summary>
/// <param name="Label">Name in the legend.</param>
/// <param name="Arm">Arm whose colour the points take; null for data that belong to none.</param>
/// <param name="TimesDays">Times since start of therapy [d].</param>
/// <param name="Values">Values in the unit of the measure.</param>
public sealed record ObservedPoints(string Label, string? Arm, double[] TimesDays, double[] Values)
{
    /// <summary>Lower ends of error bars in the unit of the measure; null for none, not finite for a point without one.</summary>
    public double[]? Low { get; init; }

    /// <summary>Upper ends of error bars.</summary>
    public double[]? High { get; init; }
}

/// <summary>One measure with all arms.</summary>
/// <param name="Key">Name of the column of the time series.</param>
/// <param name="Label">Name beside the axis.</param>
/// <param name="Unit">Unit; empty or "1" for a plain number.</param>
/// <param name="Arms">Arms in the order of the scenario.</param>
/// <param name="Observed">Measured data, or none.</param>
public sealed record MeasureSeries(string Key, string Label, string Unit, IReadOnlyList<ArmSeries> Arms, IReadOnlyList<ObservedPoints> Observed);

using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace TmeSim.Benchmarks;

/// <summary>Marks a method that does only what the machine cannot spare its class: the bytes moved, or the arithmetic.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BoundAttribute : Attribute;

/// <summary>Time per site of the lattice, where a benchmark has one.</summary>
public sealed class PerSiteColumn : CaseColumn
{
    public override string ColumnName => "ns/site";

    public override string Legend => "median over the sites of the lattice";

    public override string GetValue(Summary summary, BenchmarkCase benchmarkCase)
    {
        ArgumentNullException.ThrowIfNull(benchmarkCase);
        Grid? grid = benchmarkCase.Parameters.Items.Select(p => p.Value).OfType<Grid>().FirstOrDefault();
        return grid is not null && Nanoseconds(summary, benchmarkCase) is { } median ? (median / grid.Sites).ToString("0.000", CultureInfo.InvariantCulture) : "-";
    }
}

/// <summary>Median time of the slowest <see cref="BoundAttribute"/> method at the same parameters over the time of this one: 100 % cannot be beaten.</summary>
public sealed class BoundColumn : CaseColumn
{
    public override string ColumnName => "of bound";

    public override string Legend => "time of the slowest bound of the same class and parameters over the median";

    public override string GetValue(Summary summary, BenchmarkCase benchmarkCase)
    {
        ArgumentNullException.ThrowIfNull(summary);
        ArgumentNullException.ThrowIfNull(benchmarkCase);
        double? bound = summary.BenchmarksCases
            .Where(c => IsBound(c) && c.Descriptor.Type == benchmarkCase.Descriptor.Type && c.Parameters.DisplayInfo == benchmarkCase.Parameters.DisplayInfo)
            .Max(c => Nanoseconds(summary, c));
        bool applies = bound is > 0 && !IsBound(benchmarkCase) && Nanoseconds(summary, benchmarkCase) > 0;
        return applies ? (bound!.Value / Nanoseconds(summary, benchmarkCase)!.Value).ToString("0 %", CultureInfo.InvariantCulture) : "-";
    }

    private static bool IsBound(BenchmarkCase benchmarkCase) =>
        benchmarkCase.Descriptor.WorkloadMethod.IsDefined(typeof(BoundAttribute), false);
}

/// <summary>What the two columns share.</summary>
public abstract class CaseColumn : IColumn
{
    /// <summary>The configuration of all kernel benchmarks.</summary>
    public static IConfig Config { get; } = DefaultConfig.Instance.AddColumn(StatisticColumn.Min, StatisticColumn.Median, new PerSiteColumn(), new BoundColumn());

    public string Id => GetType().Name;

    public abstract string ColumnName { get; }

    public bool AlwaysShow => true;

    public ColumnCategory Category => ColumnCategory.Custom;

    public int PriorityInCategory => 0;

    public bool IsNumeric => true;

    public UnitType UnitType => UnitType.Dimensionless;

    public abstract string Legend { get; }

    public abstract string GetValue(Summary summary, BenchmarkCase benchmarkCase);

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style) => GetValue(summary, benchmarkCase);

    public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

    public bool IsAvailable(Summary summary) => true;

    protected static double? Nanoseconds(Summary summary, BenchmarkCase benchmarkCase)
    {
        ArgumentNullException.ThrowIfNull(summary);
        return summary[benchmarkCase]?.ResultStatistics?.Median;
    }
}

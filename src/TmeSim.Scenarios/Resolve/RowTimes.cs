using TmeSim.Engine.Plan;

namespace TmeSim.Scenarios.Resolve;

/// <summary>Which times have a row in the time series: t = 0, multiples of record_every, the end.</summary>
internal sealed class RowTimes(TimePlan time, double recordHours)
{
    public double DurationHours { get; } = time.DurationHours;

    public double RecordHours { get; } = recordHours;

    public bool Has(double hours) => hours == 0 || hours == DurationHours
        || (hours < DurationHours && PlanBuilder.IsMultiple(hours, RecordHours));
}

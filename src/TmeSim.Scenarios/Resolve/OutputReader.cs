using TmeSim.Scenarios.Diagnostics;
using TmeSim.Scenarios.Reading;
using TmeSim.Scenarios.Units;

namespace TmeSim.Scenarios.Resolve;

/// <summary>Reads outputs, <c>measure@time</c>.</summary>
internal sealed class OutputReader(RowTimes rows, ScenarioNames names, DiagnosticSink sink)
{
    private static readonly Unit Hours = Unit.Of("h");

    /// <summary>The output, or null after an error.</summary>
    public SweepOutput? Read(ScalarValue written)
    {
        int at = written.Text.LastIndexOf('@');
        string measure = (at < 0 ? written.Text : written.Text[..at]).Trim();
        ScalarValue name = new(written.Spec, written.Mark, written.Path) { Text = measure, IsGood = written.IsGood };
        if (at < 0 || at == written.Text.Length - 1)
        {
            sink.Error(written.Mark, written.Path,
                $"'{Excerpt.Of(written.Text)}' has no time; write measure@time, for example "
                + $"{(measure.Length > 0 ? measure : "tumor_volume_change")}@{Quantity.Format(rows.DurationHours / 24)} d, or @end, @min, "
                + "@max, @mean");
            return null;
        }

        return names.Measure(name) ? Time(measure, written.Text[(at + 1)..].Trim(), written) : null;
    }

    /// <summary>An output of a measure that is known, or null after an error.</summary>
    public SweepOutput? Time(string measure, string time, ScalarValue written)
    {
        OutputTime? word = time switch { "end" => OutputTime.End, "min" => OutputTime.Min, "max" => OutputTime.Max,
            "mean" => OutputTime.Mean, _ => null };
        if (word is { } kind)
        {
            return new SweepOutput($"{measure}@{time}", measure, kind, 0);
        }

        if (!Quantity.TryRead(time, Hours, out double hours, out string error))
        {
            sink.Error(written.Mark, written.Path, $"{error}; or end, min, max, mean");
            return null;
        }

        if (!rows.Has(hours))
        {
            sink.Error(written.Mark, written.Path, hours < 0 || hours > rows.DurationHours
                ? $"'{time}' lies outside the run, which ends at {Quantity.Format(rows.DurationHours / 24)} d"
                : $"the time series has no row at '{time}'; rows are {Quantity.Format(rows.RecordHours)} h apart (time.record_every)");
            return null;
        }

        return new SweepOutput($"{measure}@{time}", measure, OutputTime.At, hours);
    }
}

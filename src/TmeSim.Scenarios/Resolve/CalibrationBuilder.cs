using System.Text;
using TmeSim.Scenarios.Diagnostics;
using TmeSim.Scenarios.Reading;
using TmeSim.Scenarios.Units;

namespace TmeSim.Scenarios.Resolve;

/// <summary>The <c>calibrate:</c> block.</summary>
internal sealed class CalibrationBuilder(MapValue block, Varied varied, RowTimes rows, ScenarioNames names,
    IReadOnlyList<ObservedSeries> data, DiagnosticSink sink)
{
    private static readonly Unit Number = Unit.Of("1");

    /// <summary>The calibration, or null after an error.</summary>
    public CalibrationPlan? Build()
    {
        MapValue vary = block.Map("vary");
        List<SweepFactor> factors = SweepBuilder.Factors(vary, new FactorBuilder(varied, mayRepeat: false, sink), sink, out bool good);
        foreach (SweepFactor factor in factors.Where(f => f.Levels.Count > 0 || f.IsWhole))
        {
            sink.Error(vary[factor.Entry]!.Mark, $"{block.Path}.vary.{factor.Entry}",
                "is fitted, so it needs a prior of real numbers: from and to, or a distribution");
            good = false;
        }

        List<CalibrationTarget> targets = [];
        if (block["targets"] is not ListValue list)
        {
            return null;
        }

        foreach (MapValue target in list.Maps)
        {
            IReadOnlyList<CalibrationTarget>? read = target["data"] is null ? Value(target) : Series(target);
            good &= read is not null;
            targets.AddRange(read ?? []);
        }

        return !good || factors.Count == 0 || targets.Count == 0 ? null : new CalibrationPlan
        {
            Factors = factors,
            Targets = targets,
            Particles = (int)block.Number("particles"),
            Generations = (int)block.Number("generations"),
            Quantile = block.Number("quantile"),
            Epsilon = block.Optional("epsilon")?.Number,
            MinAcceptance = block.Number("min_acceptance"),
            Noise = block.Text("noise") == "on",
            Seed = block.Seed("seed"),
            Text = Identity(factors, targets),
        };
    }

    // Generations, tolerance and acceptance are outside: they say when to stop.
    private string Identity(List<SweepFactor> factors, List<CalibrationTarget> targets)
    {
        StringBuilder text = new();
        text.Append(
            $"abc_smc {block.Number("particles")} {Quantity.Format(block.Number("quantile"))} {block.Text("noise")} {block.Seed("seed")}\n");
        foreach (SweepFactor f in factors)
        {
            text.AppendJoin(" = ", f.Keys).Append(' ').Append(f.Range).Append(' ').Append(f.Distribution).Append('\n');
        }

        foreach (CalibrationTarget t in targets)
        {
            text.Append(
                $"{t.Output.Measure} {t.Output.Time} {Quantity.Format(t.Output.Hours)} {t.Arm} {t.Lesion} {Quantity.Format(t.Value)} "
                + $"{Quantity.Format(t.Sd)}\n");
        }

        return text.ToString();
    }

    private CalibrationTarget[]? Value(MapValue target)
    {
        foreach (string key in (string[])["measure", "time", "value", "sd"])
        {
            if (target[key] is null)
            {
                sink.Error(target.Mark, target.Path,
                    $"a target needs '{key}'{(key == "sd" ? ", how far the observation may be off" : "")}; or 'data' for a series");
                return null;
            }
        }

        ScalarValue measure = target.Scalar("measure");
        if (!names.Measure(measure) || !Place(target, null, out int arm, out int lesion) || !Read(target.Scalar("value"), out double value)
            || Sd(target, value) is not double sd)
        {
            return null;
        }

        SweepOutput? output = new OutputReader(rows, names, sink).Time(measure.Text, target.Text("time"), target.Scalar("time"));
        return output is null ? null : [new CalibrationTarget(Name(output.Name, arm, lesion), output, arm, lesion, value, sd, null)];
    }

    private CalibrationTarget[]? Series(MapValue target)
    {
        ScalarValue label = target.Scalar("data");
        foreach (string key in (string[])["measure", "time", "value"])
        {
            if (target[key] is { } extra)
            {
                sink.Error(extra.Mark, extra.Path, $"'{key}' comes from the series; remove it");
                return null;
            }
        }

        ObservedSeries[] found = [.. data.Where(d => d.Label == label.Text)];
        if (found.Length != 1)
        {
            sink.Error(label.Mark, label.Path, found.Length == 0
                ? $"`data:` has no series "
                    + $"'{Excerpt.Of(label.Text)}'{Suggestion.Clause(label.Text, [.. data.Select(d => d.Label)], "series")}"
                : $"`data:` has {found.Length} series '{Excerpt.Of(label.Text)}'; give each its own label");
            return null;
        }

        ObservedSeries series = found[0];
        if (!Place(target, series.Arm, out int arm, out int lesion))
        {
            return null;
        }

        if (target["sd"] is null && series.Low is null)
        {
            sink.Error(target.Mark, target.Path, $"the series '{series.Label}' has no error bars, so the target needs 'sd'");
            return null;
        }

        List<CalibrationTarget> targets = [];
        for (int i = 0; i < series.TimesDays.Count; i++)
        {
            double hours = Math.Round(series.TimesDays[i] * 24, 6), value = series.Values[i];
            if (!rows.Has(hours))
            {
                sink.Error(label.Mark, label.Path,
                    $"the series '{series.Label}' has a point at {Quantity.Format(series.TimesDays[i])} d, where the time series has no "
                    + $"row (rows are {Quantity.Format(rows.RecordHours)} h apart to {Quantity.Format(rows.DurationHours / 24)} d)");
                return null;
            }

            double? sd = target["sd"] is null ? (series.High![i] - series.Low![i]) / 2 : Sd(target, value);
            if (sd is not > 0)
            {
                if (target["sd"] is null)
                {
                    sink.Error(label.Mark, label.Path,
                        $"the error of the series '{series.Label}' at {Quantity.Format(series.TimesDays[i])} d is zero; give 'sd' instead");
                }

                return null;
            }

            SweepOutput output = new($"{series.Measure}@{Quantity.Format(series.TimesDays[i])} d", series.Measure, OutputTime.At, hours);
            targets.Add(new CalibrationTarget(Name(output.Name, arm, lesion), output, arm, lesion, value, sd.Value, series.Label));
        }

        return [.. targets];
    }

    private string Name(string output, int arm, int lesion) =>
        output + (names.Arms.Count > 1 ? $", {names.Arms[arm]}" : "") + (names.Lesions.Count > 1 ? $", {names.Lesions[lesion]}" : "");

    private bool Place(MapValue target, string? seriesArm, out int arm, out int lesion)
    {
        (arm, lesion) = (0, 0);
        if ((target.Optional("arm") is { } a && !names.Arm(a)) || (target.Optional("lesion") is { } l && !names.Lesion(l)))
        {
            return false;
        }

        arm = Math.Max(0, names.Arms.ToList().IndexOf(target.Optional("arm")?.Text ?? seriesArm ?? names.Arms[0]));
        lesion = target.Optional("lesion") is { } named ? names.Lesions.ToList().IndexOf(named.Text) : 0;
        return true;
    }

    private double? Sd(MapValue target, double value)
    {
        ScalarValue written = target.Scalar("sd");
        if (!Read(written, out double sd))
        {
            return null;
        }

        double absolute = target.Text("error") == "relative" ? sd * Math.Abs(value) : sd;
        if (absolute > 0)
        {
            return absolute;
        }

        sink.Error(written.Mark, written.Path,
            sd > 0 ? $"a relative error of a value of zero is zero; write `error: normal` with 'sd' in the unit of the measure"
            : $"'{Excerpt.Of(written.Text)}' must be above zero");
        return null;
    }

    private bool Read(ScalarValue written, out double value)
    {
        value = 0;
        if (!written.IsGood)
        {
            return false;
        }

        if (Quantity.TryRead(written.Text, Number, out value, out string error))
        {
            return true;
        }

        sink.Error(written.Mark, written.Path, error);
        return false;
    }
}

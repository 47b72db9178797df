using TmeSim.Scenarios.Diagnostics;
using TmeSim.Scenarios.Reading;
using TmeSim.Scenarios.Units;
using TmeSim.Scenarios.Yaml;

namespace TmeSim.Scenarios.Resolve;

/// <summary>Reads the observed points that a scenario names.</summary>
internal sealed class DataBuilder(ScenarioNames names, double endHours, string? rootDirectory, List<InputFile> inputs, DiagnosticSink sink)
{
    private static readonly Unit Days = Unit.Of("d");
    private readonly List<string> _kept = [];

    /// <summary>The series, or null after an error.</summary>
    public ObservedSeries? Build(MapValue data)
    {
        ScalarValue file = data.Scalar("file");
        ScalarValue measure = data.Scalar("measure");
        bool known = names.Measure(measure);
        known &= data.Optional("arm") is not ScalarValue arm || names.Arm(arm);
        if (!file.IsGood)
        {
            return null;
        }

        if (DataFile.Read(file, rootDirectory, sink, known ? inputs : null) is not var (text, relative) || !known)
        {
            return null;
        }

        return Points(text, data, relative);
    }

    private ObservedSeries? Points(SourceText text, MapValue data, string name)
    {
        if (CsvTable.Read(text, sink) is not CsvTable table)
        {
            return null;
        }

        ScalarValue time = data.Scalar("time");
        ScalarValue? value = data.Optional("value");
        string measure = data.Text("measure");
        int times = table.Column(time.Text);
        int values = value is not null ? table.Column(value.Text)
            : Math.Max(table.Column(measure), table.Column(measure) < 0 ? table.Column("value") : -1);
        if (times < 0 || values < 0)
        {
            ScalarValue at = times < 0 ? time : value ?? data.Scalar("file");
            string wanted = times < 0 ? time.Text : value?.Text ?? $"{measure}' or 'value";
            sink.Error(at.Mark, at.Path, $"'{name}' has no column '{wanted}'; columns: {string.Join(", ", table.Header)}");
            return null;
        }

        Unit unit = TimeUnit(data.Optional("time_unit")?.Text, time.Text);
        List<double> x = [];
        List<double> y = [];
        if (!ErrorColumns(data, table, name, out int error, out int low, out int high))
        {
            return null;
        }

        bool good = true;
        List<double>? below = error >= 0 || low >= 0 ? [] : null, above = below is null ? null : [];
        for (int row = 0; row < table.RowCount; row++)
        {
            good &= table.Number(row, times, sink, out double t) & table.Number(row, values, sink, out double v);
            x.Add(unit.Convert(t, Days));
            y.Add(v);
            if (error >= 0)
            {
                good &= table.Number(row, error, sink, out double half) & IsOrdered(half >= 0, table.At(row, error),
                    "an error must not be negative", sink);
                below!.Add(v - half);
                above!.Add(v + half);
            }
            else if (low >= 0)
            {
                good &= table.Number(row, low, sink, out double bottom) & table.Number(row, high, sink, out double top);
                good &= IsOrdered(bottom <= top, table.At(row, low), "the lower end of an error bar lies above its upper end", sink);
                below!.Add(bottom);
                above!.Add(top);
            }
        }

        if (good)
        {
            CheckTimes(x, data.Scalar("file"), name);
        }

        return !good ? null : new ObservedSeries(name, measure, data.Optional("arm")?.Text, x, y)
        {
            Label = data.Optional("label")?.Text ?? Path.GetFileNameWithoutExtension(name),
            Low = below,
            High = above,
            KeptAs = KeptAs(name),
            Text = text.Text,
        };
    }

    private void CheckTimes(List<double> days, ScalarValue file, string name)
    {
        double end = endHours / 24;
        int outside = days.Count(d => d < 0 || d > end * (1 + 1e-9));
        if (days.Count == 0)
        {
            sink.Warn(file.Mark, file.Path, $"'{name}' has a header and no points: nothing is drawn of it");
        }
        else if (outside > 0)
        {
            sink.Warn(file.Mark, file.Path,
                $"{(outside == days.Count ? "all" : outside)} of the {days.Count} points of '{name}' lie outside the run (0 d to "
                + $"{Quantity.Format(end)} d): no curve stands beside them");
        }
    }

    private static bool IsOrdered(bool ordered, Mark place, string message, DiagnosticSink sink)
    {
        if (!ordered)
        {
            sink.Error(place, null, message);
        }

        return ordered;
    }

    // Columns of error bars, -1 for none; false after an error.
    private bool ErrorColumns(MapValue data, CsvTable table, string name, out int error, out int low, out int high)
    {
        bool good = true;
        int Column(string key)
        {
            if (data.Optional(key) is not ScalarValue { IsGood: true } written)
            {
                return -1;
            }

            int column = table.Column(written.Text);
            if (column < 0)
            {
                sink.Error(written.Mark, written.Path,
                    $"'{name}' has no column '{written.Text}'; columns: {string.Join(", ", table.Header)}");
                good = false;
            }

            return column;
        }

        error = Column("error");
        low = Column("low");
        high = Column("high");
        if (good && (low >= 0) != (high >= 0))
        {
            ScalarValue alone = data.Optional(low >= 0 ? "low" : "high")!;
            sink.Error(alone.Mark, alone.Path, "error bars need both 'low' and 'high', or 'error' alone");
            good = false;
        }
        else if (good && error >= 0 && low >= 0)
        {
            ScalarValue written = data.Optional("error")!;
            sink.Error(written.Mark, written.Path, "error bars are given twice: 'error', and 'low' with 'high'");
            good = false;
        }

        return good;
    }

    // Two files of one name in different folders get a number; one file named twice is kept once.
    private string KeptAs(string name)
    {
        if (!_kept.Contains(name))
        {
            _kept.Add(name);
        }

        string file = FileName(name);
        int same = _kept.TakeWhile(k => k != name).Count(k => FileName(k) == file);
        return same == 0 ? $"data/{file}" : $"data/{same + 1}-{file}";
    }

    private static string FileName(string path) => path[(path.LastIndexOf('/') + 1)..];

    // "day", "weeks", "time_h" name their unit; anything else is in days.
    private static Unit TimeUnit(string? written, string column)
    {
        string name = written ?? column[(column.LastIndexOf('_') + 1)..];
        return Unit.TryParse(name, out Unit? unit, out _) && unit.Dimension == Days.Dimension ? unit : Days;
    }
}

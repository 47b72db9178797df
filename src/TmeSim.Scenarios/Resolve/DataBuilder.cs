using TmeSim.Scenarios.Reading;
using TmeSim.Scenarios.Units;
using TmeSim.Scenarios.Yaml;

namespace TmeSim.Scenarios.Resolve;

/// <summary>Reads the observed points that a scenario names.</summary>
internal sealed class DataBuilder(FigureBuilder names, string? rootDirectory, List<InputFile> inputs, DiagnosticSink sink)
{
    private static readonly Unit Days = Unit.Of("d");

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

        if ((file.Mark.Source.Directory ?? rootDirectory) is not string directory)
        {
            sink.Error(file.Mark, file.Path, "a data file needs a folder to start from, and this text was not read from a file");
            return null;
        }

        string path;
        try
        {
            path = Path.GetFullPath(Path.Combine(directory, file.Text));
        }
        catch (Exception e) when (e is ArgumentException or IOException or NotSupportedException)
        {
            sink.Error(file.Mark, file.Path, $"'{Validator.Short(file.Text)}' is not a file name");
            return null;
        }

        SourceText? text = SourceFile.Read(path, file.Text, sink, file.Mark);
        if (text is null || !TextGuard.Check(text, sink) || !known)
        {
            return null;
        }

        string relative = RelativeName(path, file);
        inputs.Add(new InputFile(relative, text.Sha256));
        return Points(text, data, relative);
    }

    /// <summary>Path from the scenario's own folder, with forward slashes, also for a file that a base names.</summary>
    public string RelativeName(string fullPath, ScalarValue file) =>
        rootDirectory is null ? file.Text : Path.GetRelativePath(rootDirectory, fullPath).Replace('\\', '/');

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
        int values = value is not null ? table.Column(value.Text) : Math.Max(table.Column(measure), table.Column(measure) < 0 ? table.Column("value") : -1);
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
        bool good = true;
        for (int row = 0; row < table.RowCount; row++)
        {
            good &= table.Number(row, times, sink, out double t) & table.Number(row, values, sink, out double v);
            x.Add(unit.Convert(t, Days));
            y.Add(v);
        }

        return good ? new ObservedSeries(name, measure, data.Optional("arm")?.Text, x, y) : null;
    }

    // "day", "weeks", "time_h" name their unit; anything else is in days.
    private static Unit TimeUnit(string? written, string column)
    {
        string name = written ?? column[(column.LastIndexOf('_') + 1)..];
        return Unit.TryParse(name, out Unit? unit, out _) && unit.Dimension == Days.Dimension ? unit : Days;
    }
}

using System.Globalization;
using System.IO.Compression;
using TmeSim.Engine.Patient;
using TmeSim.Experiments.Running;
using TmeSim.Experiments.Work;
using TmeSim.Scenarios;
using TmeSim.Scenarios.Diagnostics;

namespace TmeSim.Science.Tests.Patients;

/// <summary>What one patient came to in one arm.</summary>
/// <param name="Best">Best response by visits.</param>
/// <param name="Change">Best change of the diameter, relative.</param>
/// <param name="ProgressionDay">First visit with progression; null for none.</param>
/// <param name="ResponseDay">First visit with a response before progression; null for none.</param>
/// <param name="LastDay">Last visit.</param>
internal sealed record PatientCourse(RecistResponse Best, double Change, double? ProgressionDay, double? ResponseDay, double LastDay)
{
    public bool Responds => Best is RecistResponse.Complete or RecistResponse.Partial;

    /// <summary>Progression within six months, the definition of primary refractory of the claims.</summary>
    public bool IsRefractory => ProgressionDay <= 182;
}

/// <summary>
/// A cohort of virtual patients in several arms: a sweep in a folder, which goes on where it was stopped, read as visits by RECIST 1.1.
/// </summary>
internal sealed class PatientCohort
{
    private const double VisitDays = 42;
    private readonly Dictionary<(int Patient, string Arm), Dictionary<string, string>> _points = [];
    private readonly Dictionary<(int Patient, string Arm), List<Dictionary<string, double>>> _series = [];
    private readonly Dictionary<(int Patient, string Arm), PatientCourse> _courses = [];

    private PatientCohort(string folder, double weeks)
    {
        Weeks = weeks;
        var runs = new Dictionary<string, (int, string)>();
        foreach (Dictionary<string, string> row in Table(File.ReadLines(Path.Combine(folder, "sweep.csv"))))
        {
            (int, string) key = (int.Parse(row["point"], CultureInfo.InvariantCulture), row["arm"]);
            _points[key] = row;
            runs[row["run"]] = key;
        }

        foreach (string file in Directory.GetFiles(Path.Combine(folder, "series"), "*.csv.gz"))
        {
            using var text = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
            foreach (Dictionary<string, string> row in Table(Lines(text)))
            {
                if (!_series.TryGetValue(runs[row["run"]], out List<Dictionary<string, double>>? list))
                {
                    _series[runs[row["run"]]] = list = [];
                }

                list.Add(row.Where(c => c.Key is not ("run" or "lesion")).ToDictionary(c => c.Key, c => Number(c.Value)));
            }
        }

        Arms = [.. _points.Keys.Select(k => k.Arm).Distinct()];
        Patients = [.. _points.Keys.Select(k => k.Patient).Distinct().Order()];
        foreach ((int, string) key in _points.Keys)
        {
            _courses[key] = Course(key);
        }
    }

    public double Weeks { get; }

    public IReadOnlyList<string> Arms { get; }

    public IReadOnlyList<int> Patients { get; }

    /// <summary>Runs what is missing of a sweep and reads it.</summary>
    public static PatientCohort Run(string scenario, string directory, double weeks)
    {
        ScenarioResult read = ScenarioReader.ReadText(scenario, "cohort.yaml");
        Assert.True(read.IsValid, Diagnostic.FormatAll(read.Diagnostics));
        SweepOutcome outcome = SweepSession.Execute(
            new SweepRequest { Scenario = read.Definition!, OutDirectory = directory, Figures = false, Command = "tmesim sweep cohort.yaml" }, new RunProgress(),
            TestContext.Current.CancellationToken);
        return new PatientCohort(outcome.Folder, weeks);
    }

    public PatientCourse Of(int patient, string arm) => _courses[(patient, arm)];

    /// <summary>A feature of a patient: a varied key or a measure at baseline, by the start of its column.</summary>
    public double Feature(int patient, string column) =>
        Number(_points[(patient, Arms[0])].First(c => c.Key == column || c.Key.StartsWith(column + " ", StringComparison.Ordinal)).Value);

    public string Word(int patient, string column) => _points[(patient, Arms[0])][column];

    /// <summary>A measure at a day, NaN where there is no row.</summary>
    public double At(int patient, string arm, string measure, double day) =>
        _series[(patient, arm)].FirstOrDefault(r => Math.Abs(r["time_d"] - day) < 0.01)?[measure] ?? double.NaN;

    // Visits by the rules of the tool; an arm that the wall ended has grown at its next visit.
    private PatientCourse Course((int Patient, string Arm) key)
    {
        double start = Number(_points[key].First(c => c.Key.StartsWith("diameter", StringComparison.Ordinal)).Value);
        ResponseCourse course = new(start);
        double last = 0;
        for (double day = VisitDays; day <= (Weeks * 7) + 0.1; day += VisitDays)
        {
            double change = At(key.Patient, key.Arm, "tumor_volume_change", day);
            course = course.After(day, double.IsNaN(change) ? 2 * course.NadirMm + 10 : start * Math.Cbrt(1 + change), RecistRules.Standard);
            last = day;
            if (double.IsNaN(change))
            {
                break;
            }
        }

        return new(course.Best, course.BestChange, Day(course.ProgressionTime), Day(course.ResponseTime), last);
    }

    private static double? Day(double time) => double.IsNaN(time) ? null : time;

    private static double Number(string text) => text.Length == 0 ? double.NaN : double.Parse(text, CultureInfo.InvariantCulture);

    private static IEnumerable<string> Lines(StreamReader reader)
    {
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }

    // No cell of these tables holds a comma.
    private static IEnumerable<Dictionary<string, string>> Table(IEnumerable<string> lines)
    {
        string[]? header = null;
        foreach (string line in lines)
        {
            string[] cells = line.Split(',');
            if (header is null)
            {
                header = cells;
            }
            else
            {
                yield return header.Zip(cells).ToDictionary(c => c.First, c => c.Second);
            }
        }
    }
}

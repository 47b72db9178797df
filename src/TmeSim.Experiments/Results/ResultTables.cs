using System.Globalization;
using TmeSim.Engine.State;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Measures;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Results;

/// <summary>
/// The tables of a run: each a block of lines for each arm and replicate. A further table is a row of the constructor and of
/// <see cref="ResultFiles.Tables"/>.
/// </summary>
internal sealed class ResultTables
{
    public static readonly ColumnInfo[] EventColumns =
    [
        new("arm", "", "Therapy arm."),
        new("replicate", "1", "Number of the replicate, from 0."),
        new("lesion", "", "Lesion; empty for the patient."),
        new("time_d", "d", "Time after t = 0, the start of therapy."),
        new("event", "",
        "dose, fraction (of radiotherapy), course_ended (its condition was met), progression, wall_reached, tumor_cleared or clone_born."),
        new("subject", "", "Drug of a dose, radiotherapy of a fraction, lost genes of a new clone; else empty."),
        new("value", "", "Amount in the unit beside it."),
        new("unit", "", "Unit of the value: mg of a dose, Gy of a fraction, mm sum of diameters at progression, um distance to the wall."),
    ];

    private readonly ScenarioDefinition _scenario;
    private readonly (string File, string Header, Func<ArmResult, IEnumerable<string>> Lines)[] _tables;

    public ResultTables(ScenarioDefinition scenario)
    {
        _scenario = scenario;
        _tables =
        [
            (ResultFiles.TimeSeries, string.Join(',', new MeasureColumns(scenario).All.Select(c => c.Name)), Rows),
            (ResultFiles.Events, string.Join(',', EventColumns.Select(c => c.Name)), Happened),
            (ResultFiles.Responses, ResponseTable.Header, r => [ResponseTable.Line(_scenario.Arms[r.Arm].Name, r)]),
        ];
    }

    /// <summary>First line of a table, by its file.</summary>
    public string Header(string file) => _tables.First(t => t.File == file).Header;

    /// <summary>The lines of a result by table, each beginning with arm and replicate, in the order of lesion and time.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Lines(ArmResult result) =>
        _tables.ToDictionary(t => t.File, t => (IReadOnlyList<string>)[.. t.Lines(result)]);

    internal static string Name(EventKind kind) => kind switch
    {
        EventKind.Dose => "dose",
        EventKind.Progression => "progression",
        EventKind.WallReached => "wall_reached",
        EventKind.TumorCleared => "tumor_cleared",
        EventKind.Fraction => "fraction",
        EventKind.CourseEnded => "course_ended",
        EventKind.CloneBorn => "clone_born",
        _ => kind.ToString(),
    };

    private static string Unit(EventKind kind) => kind switch
    {
        EventKind.Dose => "mg",
        EventKind.Fraction => "Gy",
        EventKind.Progression => "mm",
        EventKind.WallReached => "um",
        _ => "",
    };

    private IEnumerable<string> Rows(ArmResult result)
    {
        string keys = Keys(result);
        return result.Rows.OrderBy(r => r.Lesion).ThenBy(r => r.TimeDays).Select(r => Row(keys, r));
    }

    /// <summary>The line of a row of the time series.</summary>
    public string Row(int arm, int replicate, MeasureRow row) => Row(Keys(arm, replicate), row);

    /// <summary>The line of an event.</summary>
    public string Event(int arm, int replicate, SimulationEvent e) => Event(Keys(arm, replicate), e);

    private string Row(string keys, MeasureRow r) =>
        $"{keys},{Csv.Text(_scenario.Plan.Lesions[r.Lesion].Name)},{Csv.Number(r.TimeDays)},{string.Join(',', r.Values.Select(Csv.Number))}";

    private static string Event(string keys, SimulationEvent e) =>
        $"{keys},{Csv.Text(e.Lesion)},{Csv.Number(e.TimeHours / 24)},{Name(e.Kind)},{Csv.Text(e.Subject)},{(Unit(e.Kind).Length > 0 ? Csv.Number(e.Value) : "")},{Unit(e.Kind)}";

    private IEnumerable<string> Happened(ArmResult result)
    {
        string keys = Keys(result);
        return result.Events.Select(e => Event(keys, e));
    }

    private string Keys(ArmResult result) => Keys(result.Arm, result.Replicate);

    private string Keys(int arm, int replicate) =>
        string.Create(CultureInfo.InvariantCulture, $"{Csv.Text(_scenario.Arms[arm].Name)},{replicate}");
}

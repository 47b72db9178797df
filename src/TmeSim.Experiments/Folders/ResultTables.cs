using System.Globalization;
using System.Text;
using TmeSim.Engine;
using TmeSim.Scenarios;

namespace TmeSim.Experiments;

/// <summary>
/// timeseries.csv, events.csv and responses.csv as blocks of lines, one block for each arm and replicate. Written in the order of arm,
/// replicate, lesion, time, whatever the order in which the blocks came.
/// </summary>
internal sealed class ResultTables
{
    public static readonly ColumnInfo[] EventColumns =
    [
        new("arm", "", "Therapy arm."),
        new("replicate", "1", "Number of the replicate, from 0."),
        new("lesion", "", "Lesion; empty for the patient."),
        new("time_d", "d", "Time after t = 0, the start of therapy."),
        new("event", "", "dose, fraction (of radiotherapy), course_ended (its condition was met), progression, wall_reached, tumor_cleared or clone_born."),
        new("subject", "", "Drug of a dose, radiotherapy of a fraction, lost genes of a new clone; else empty."),
        new("value", "", "Amount in the unit beside it."),
        new("unit", "", "Unit of the value: mg of a dose, Gy of a fraction, mm sum of diameters at progression, um distance to the wall."),
    ];

    private readonly ScenarioDefinition _scenario;
    private readonly MeasureColumns _columns;
    private readonly SortedDictionary<(int Arm, int Replicate), (string[] Rows, string[] Events, string Response)> _blocks = [];

    public ResultTables(ScenarioDefinition scenario)
    {
        _scenario = scenario;
        _columns = new MeasureColumns(scenario);
    }

    public string TimeSeries() => Join(string.Join(',', _columns.All.Select(c => c.Name)), _blocks.Values.SelectMany(b => b.Rows));

    public string Events() => Join(string.Join(',', EventColumns.Select(c => c.Name)), _blocks.Values.SelectMany(b => b.Events));

    public string Responses() => Join(ResponseTable.Header, _blocks.Values.Select(b => b.Response));

    public void Add(ArmResult result)
    {
        string keys = string.Create(CultureInfo.InvariantCulture, $"{Csv.Text(_scenario.Arms[result.Arm].Name)},{result.Replicate}");
        string[] rows =
        [
            .. result.Rows.OrderBy(r => r.Lesion).ThenBy(r => r.TimeDays).Select(r =>
                $"{keys},{Csv.Text(_scenario.Plan.Lesions[r.Lesion].Name)},{Csv.Number(r.TimeDays)},{string.Join(',', r.Values.Select(Csv.Number))}"),
        ];
        string[] events =
        [
            .. result.Events.Select(e =>
                $"{keys},{Csv.Text(e.Lesion)},{Csv.Number(e.TimeHours / 24)},{Name(e.Kind)},{Csv.Text(e.Subject)},{(Unit(e.Kind).Length > 0 ? Csv.Number(e.Value) : "")},{Unit(e.Kind)}"),
        ];
        _blocks[(result.Arm, result.Replicate)] = (rows, events, ResponseTable.Line(_scenario.Arms[result.Arm].Name, result));
    }

    /// <summary>Takes over the blocks of files written before; false when they do not fit this scenario.</summary>
    public bool Load(string timeSeries, string events, string responses, IReadOnlySet<(int Arm, int Replicate)> pairs)
    {
        string[] rows = Lines(timeSeries), happened = Lines(events), assessed = Lines(responses);
        if (rows.Length == 0 || rows[0] != string.Join(',', _columns.All.Select(c => c.Name)) || assessed.Length == 0 || assessed[0] != ResponseTable.Header)
        {
            return false;
        }

        ILookup<(int, int), string> rowsOf = rows.Skip(1).ToLookup(Pair);
        ILookup<(int, int), string> eventsOf = happened.Skip(1).ToLookup(Pair);
        ILookup<(int, int), string> responsesOf = assessed.Skip(1).ToLookup(Pair);
        foreach ((int, int) pair in pairs)
        {
            if (!rowsOf.Contains(pair) || responsesOf[pair].Count() != 1)
            {
                return false;
            }

            _blocks[pair] = ([.. rowsOf[pair]], [.. eventsOf[pair]], responsesOf[pair].Single());
        }

        return true;
    }

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

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private (int Arm, int Replicate) Pair(string line)
    {
        string[] fields = Csv.Split(line);
        int arm = 0;
        while (arm < _scenario.Arms.Count && _scenario.Arms[arm].Name != fields[0])
        {
            arm++;
        }

        return (arm, fields.Length > 1 && int.TryParse(fields[1], CultureInfo.InvariantCulture, out int replicate) ? replicate : -1);
    }

    private static string Join(string header, IEnumerable<string> lines)
    {
        var text = new StringBuilder(header).Append('\n');
        foreach (string line in lines)
        {
            text.Append(line).Append('\n');
        }

        return text.ToString();
    }
}

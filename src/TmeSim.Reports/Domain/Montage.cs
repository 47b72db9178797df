using System.Globalization;
using TmeSim.Reports.Figures;

namespace TmeSim.Reports.Domain;

/// <summary>Lays frames out by arm (rows) and time (columns); at a single time arms stand side by side.</summary>
internal static class Montage
{
    private const double FrameWidth = 330;
    private const double WidestFigure = 1360;
    private const double NarrowestFigure = 460;
    private const double NarrowestFrame = 90;
    // Beside each other alone, with names above.
    private const double NarrowestColumn = 110;

    /// <summary>Builds the grid; frames of one arm and time after the first are ignored, missing ones are drawn as an empty frame that says so.</summary>
    /// <param name="frames">Frames in any order.</param>
    /// <param name="key">Arm and time [d] of a frame.</param>
    /// <param name="draw">Draws one frame with the title given.</param>
    /// <param name="looks">Arms of the run, whose order the rows follow.</param>
    /// <param name="options">Layout; columns count where arms or times are alone, a grid of both has a column per time.</param>
    /// <param name="title">Title where none is asked for.</param>
    /// <param name="same">Two frames show the same; a start that all arms share is drawn once.</param>
    public static Figure Create<T>(
        IReadOnlyList<T> frames, Func<T, (string Arm, double Time)> key, Func<T, string, Panel> draw, ArmLooks looks, FigureOptions options, string title, Func<T, T, bool> same)
        where T : class
    {
        IReadOnlyList<string> arms = looks.Sort(frames.Select(frame => key(frame).Arm));
        double[] times = [.. frames.Select(frame => key(frame).Time).Distinct().Order()];
        T[] starts = [.. frames.Where(frame => times.Length > 1 && key(frame).Time == 0 && times[0] == 0).DistinctBy(frame => key(frame).Arm)];
        bool shared = arms.Count > 1 && starts.Length == arms.Count && starts.All(start => same(starts[0], start));

        // Beside a start of all, one time is a single one.
        double[] own = shared ? times[1..] : times;
        bool grid = own.Length > 1 && arms.Count > 1;
        bool untitled = times.Length == 1 && arms.Count > 1 && options.Title is null;
        var panels = new List<Panel?>();
        if (shared)
        {
            panels.Add(draw(starts[0], $"{TimeUnit.Moment(0)}, all arms"));
        }

        foreach (string arm in arms)
        {
            // Below the start its column stays empty.
            panels.AddRange(shared && grid && arm != arms[0] ? [null] : []);
            foreach (double time in own)
            {
                string name = grid || arms.Count == 1 ? TimeUnit.Moment(time) : untitled ? arm : $"{arm}, {TimeUnit.Moment(time)}";
                T? frame = frames.FirstOrDefault(candidate => key(candidate) == (arm, time));
                panels.Add((frame is null ? Missing(name) : draw(frame, name)) with { Group = arm });
            }
        }

        // At one time arms stand side by side, so that they can be compared.
        int wanted = grid ? times.Length : Math.Clamp(options.Columns ?? (own.Length > 1 ? times.Length : FigureOptions.Full(panels.Count)), 1, Math.Max(1, panels.Count));
        double width = options.WidthOr(Math.Clamp((wanted * FrameWidth) + 40, NarrowestFigure, options.Columns is null || grid ? WidestFigure : FigureOptions.WidestWidth));
        int columns = grid ? Math.Max(1, times.Length) : Columns(panels.Count, Math.Clamp((int)(width / NarrowestColumn), 1, wanted));
        return new Figure
        {
            Title = options.TitleOr(untitled ? $"{title}, {TimeUnit.Moment(times[0])}" : title),
            Width = Math.Max(width, grid ? (times.Length * NarrowestFrame) + 40 : 0),
            Columns = columns,
            Panels = [.. panels.Chunk(columns).SelectMany(OneScaleBar)],
            RowTitles = grid || arms.Count == 1 ? arms : [],
        };
    }

    // Frames of one size side by side share the bar of the first.
    private static IEnumerable<Panel?> OneScaleBar(Panel?[] row) =>
        row.Select((panel, i) => panel is not null && row[..i].Any(before => before?.ScaleBar is not null && before.X.Max == panel.X.Max) ? panel with { ScaleBar = null } : panel);

    // No last row with a single frame, if a column less avoids it.
    private static int Columns(int panels, int columns) => columns > 2 && panels > columns && panels % columns == 1 ? columns - 1 : columns;

    private static Panel Missing(string title) => new()
    {
        Title = title,
        X = Axis.Hidden(0, 1),
        Y = Axis.Hidden(0, 1),
        Aspect = 0.25,
        Elements = [new TextElement(0.5, 0.5, "not recorded", TextAnchor.Middle, Rgb.Parse("#555555"))],
    };

    /// <summary>Throws when an array does not fit the size of its frame.</summary>
    public static void Check(int width, int height, double spacingUm, params ReadOnlySpan<(string Name, int Length)> arrays)
    {
        if (width < 1 || height < 1 || !(spacingUm > 0))
        {
            throw new ArgumentException($"a frame needs positive width, height and spacing; given {width}, {height}, {spacingUm} µm");
        }

        foreach ((string name, int length) in arrays)
        {
            if (length != width * height)
            {
                throw new ArgumentException($"{name} of a frame of {width} × {height} sites needs {width * height} values, {length} given");
            }
        }
    }

    /// <summary>A round length between a seventh and a third of the width.</summary>
    public static ScaleBar ScaleBar(double widthUm)
    {
        double target = widthUm / 3;
        double power = Math.Pow(10, Math.Floor(Math.Log10(target)));
        double length = (target / power) switch { >= 5 => 5, >= 2 => 2, _ => 1 } * power;
        string label = length >= 1000
            ? (length / 1000).ToString("0.###", CultureInfo.InvariantCulture) + " mm"
            : length.ToString("0.###", CultureInfo.InvariantCulture) + " µm";
        return new ScaleBar(length, label);
    }

    /// <summary>A panel in µm without axes, row 0 at the top.</summary>
    public static Panel Frame(int width, int height, double spacingUm, string title, IReadOnlyList<PlotElement> elements) => new()
    {
        Title = title,
        X = Axis.Hidden(0, width * spacingUm),
        Y = Axis.Hidden(0, height * spacingUm),
        Aspect = (double)height / width,
        Elements = elements,
        ScaleBar = ScaleBar(width * spacingUm),
    };
}

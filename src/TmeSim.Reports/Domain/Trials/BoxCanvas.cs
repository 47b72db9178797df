using TmeSim.Reports.Figures;
using TmeSim.Reports.Plots;
using TmeSim.Reports.Words;

namespace TmeSim.Reports.Domain.Trials;

/// <summary>A panel of boxes, lines and texts placed in pixels from its upper left corner.</summary>
/// <param name="figureWidth">Width of the figure [px].</param>
internal sealed class BoxCanvas(double figureWidth)
{
    public const double TextSize = PlotStyles.SmallSize;
    public const double Line = TextSize * TextMetrics.LineHeight;
    public const double Pad = 5;

    // What the page leaves beside a plot area without axes.
    private const double Sides = (2 * FigurePage.Padding) + 7 + (2 * Margin);
    // Lines at the ends are drawn whole.
    private const double Margin = 1;
    private const double Stripe = 3;
    private const double Head = 7;
    private readonly List<PlotElement> _elements = [];
    private double _bottom;

    public static Rgb Ink { get; } = Rgb.Parse("#1a1a1a");

    public static Rgb Edge { get; } = Rgb.Parse("#333333");

    public double Width { get; } = Math.Max(60, figureWidth - Sides);

    /// <summary>Lines of texts in a box of a width, each text from a line of its own.</summary>
    public static IReadOnlyList<string> Lines(IEnumerable<string> texts, double width, int maxLines = 6) =>
        [.. texts.Where(text => text.Length > 0)
            .SelectMany(text => TextWrap.Lines(text, width - (2 * Pad) - 1, TextSize, maxLines: maxLines))];

    public static double HeightOf(IReadOnlyList<string> lines) => (lines.Count * Line) + (2 * Pad);

    /// <summary>A box with its lines, and a stripe in a colour along its top.</summary>
    public void Box(double left, double top, double width, double height, IReadOnlyList<string> lines, string? group = null,
        Rgb? stripe = null, bool centred = false)
    {
        (double right, double bottom) = (left + width, top + height);
        if (stripe is { } color)
        {
            Fill(left, top, width, Stripe, color, group);
        }

        Path([left, right, right, left], [top, top, bottom, bottom], group, closed: true);
        double first = top + ((height - (lines.Count * Line)) / 2);
        foreach ((int i, string line) in lines.Index())
        {
            Text(centred ? left + (width / 2) : left + Pad, first + (i * Line), line, centred ? TextAnchor.Middle : TextAnchor.Start,
                group);
        }
    }

    /// <summary>A text whose line begins at a height.</summary>
    public void Text(double x, double top, string text, TextAnchor anchor, string? group = null)
    {
        _elements.Add(new TextElement(x, -(top + (TextSize * 0.92)), text, anchor, Ink, TextSize) { Group = group });
        Reach(top + Line);
    }

    public void Fill(double left, double top, double width, double height, Rgb color, string? group = null)
    {
        _elements.Add(new BandElement([left, left + width], [-(top + height), -(top + height)], [-top, -top], color, 1)
            { Group = group, IsDecoration = true });
        Reach(top + height);
    }

    /// <summary>A line through corners.</summary>
    public void Path(double[] x, double[] y, string? group = null, bool closed = false)
    {
        _elements.Add(new LineElement(x, [.. y.Select(v => -v)], new Stroke(Edge, 1.1))
            { Group = group, IsDecoration = true, Closed = closed });
        Reach(y.Max());
    }

    /// <summary>A line through corners with an arrowhead at its last.</summary>
    public void Arrow(double[] x, double[] y, string? group = null)
    {
        Path(x, y, group);
        _elements.Add(new ArrowElement(x[^2], -y[^2], x[^1], -y[^1], Edge, Head) { Group = group, IsDecoration = true });
    }

    public Panel Panel() => new()
    {
        X = Axis.Hidden(-Margin, Width + Margin),
        Y = Axis.Hidden(-Height, Margin),
        IsFrameless = true,
        Elements = _elements,
        PlotHeight = Height + Margin,
    };

    private double Height => Math.Max(24, _bottom + 2);

    private void Reach(double bottom) => _bottom = Math.Max(_bottom, bottom);
}

using ScottPlot;
using TmeSim.Reports.Figures;
using TmeSim.Reports.Words;

namespace TmeSim.Reports.Plots.Plottables;

/// <summary>
/// Texts that keep clear of each other, of other texts and of markers: each in turn takes the first place that is free, one on an error bar only
/// where nothing else is, and is left out where none is.
/// </summary>
/// <param name="labels">Texts with their places in coordinates of the plot, the most important first.</param>
/// <param name="color">Colour.</param>
/// <param name="size">Size [px], positive.</param>
public sealed class LabelSet(IReadOnlyList<(string Text, IReadOnlyList<Coordinates> Places)> labels, Color color, float size) : PlottableBase
{
    private const float Air = 1.5f;
    private const float Cap = 3;

    // Right, left, above, below, then the corners; a second round lies further out.
    private static readonly (float X, float Y)[] Sides =
        [(1, 0), (-1, 0), (0, -1), (0, 1), (0.75f, -0.75f), (-0.75f, -0.75f), (0.75f, 0.75f), (-0.75f, 0.75f)];

    private readonly List<PixelRect> _rooms = [];

    /// <summary>Distance from the point [px], to any side of it; 0 to lie on the point.</summary>
    public float Gap { get; init; }

    /// <summary>Colour of thin lines to texts further out, for which more places are tried; null to have none of them.</summary>
    public Color? Leader { get; init; }

    /// <summary>Colour of a rim around the letters; null for none.</summary>
    public Color? Halo { get; init; }

    /// <summary>Markers to keep clear of: their places, the ends of their error bars (NaN for none) and their size [px].</summary>
    public IReadOnlyList<MarkerPlace> Markers { get; init; } = [];

    /// <summary>Texts that did not find room when the plot was last drawn.</summary>
    public int LeftOut { get; private set; }

    public override void Render(RenderPack rp)
    {
        // Texts and labels that were drawn before keep their places.
        IPlottable[] all = [.. rp.Plot.PlottableList.Select(Marked.Content)];
        List<PixelRect> taken =
        [
            .. all.OfType<InsideText>().Select(t => t.Room(rp.DataRect)), .. all.TakeWhile(p => p != this).OfType<LabelSet>().SelectMany(l => l._rooms),
        ];
        PixelRect[] markers = [.. Markers.Select(m => m.Room(Axes))], bars = [.. Markers.SelectMany(m => m.Bars(Axes, Cap))];
        _rooms.Clear();
        LeftOut = 0;
        foreach ((string text, IReadOnlyList<Coordinates> places) in labels)
        {
            string clean = PlainText.Drawn(text);
            Candidate[] free =
                [.. Candidates(clean, places).Where(c => IsFree(c.Room, rp.DataRect, taken, markers))];
            int clear = Array.FindIndex(free, c => !bars.Any(bar => Overlaps(bar, c.Room, 0)));
            if (free.Length == 0)
            {
                LeftOut++;
                continue;
            }

            Candidate chosen = free[Math.Max(clear, 0)];
            taken.Add(chosen.Room);
            _rooms.Add(chosen.Room);
            if (Leader is { } line && chosen.IsFar)
            {
                Pixel end = new(Math.Clamp(chosen.Point.X, chosen.Room.Left, chosen.Room.Right), Math.Clamp(chosen.Point.Y, chosen.Room.Top, chosen.Room.Bottom));
                Drawing.DrawLine(rp.Canvas, rp.Paint, chosen.Point, end, new LineStyle(0.8f, line));
            }

            PlotText.Draw(rp, clean, chosen.At, chosen.Anchor, color, size, halo: Halo);
        }
    }

    private IEnumerable<Candidate> Candidates(string text, IReadOnlyList<Coordinates> places)
    {
        float height = (PlotText.Ascent + PlotText.Descent) * size, drop = (PlotText.Ascent - PlotText.Descent) / 2 * size;
        float[] gaps = Gap > 0 ? Leader is null ? [Gap, Gap * 2] : [Gap, Gap * 2, Gap * 4, Gap * 7] : [0];
        foreach (Pixel point in places.Select(Axes.GetPixel).Where(p => float.IsFinite(p.X + p.Y)))
        {
            foreach (float gap in gaps)
            {
                foreach ((float x, float y) in gap > 0 ? Sides : [(0, 0)])
                {
                    TextAnchor anchor = x switch { > 0 => TextAnchor.Start, < 0 => TextAnchor.End, _ => TextAnchor.Middle };
                    var at = new Pixel(point.X + (x * gap), point.Y + (y * gap) + (Math.Sign(y) * height / 2) + drop);
                    yield return new Candidate(point, at, anchor, PlotText.Room(text, at, anchor, size), gap > 2 * Gap);
                }
            }
        }
    }

    private readonly record struct Candidate(Pixel Point, Pixel At, TextAnchor Anchor, PixelRect Room, bool IsFar);

    private static bool IsFree(PixelRect room, PixelRect plot, List<PixelRect> taken, PixelRect[] markers) =>
        room.Left >= plot.Left + 1 && room.Right <= plot.Right - 1 && room.Top >= plot.Top + 1 && room.Bottom <= plot.Bottom - 1
        && !taken.Any(other => Overlaps(other, room, Air)) && !markers.Any(marker => Overlaps(marker, room, 0));

    private static bool Overlaps(PixelRect a, PixelRect b, float air) =>
        a.Left < b.Right + air && b.Left < a.Right + air && a.Top < b.Bottom + air && b.Top < a.Bottom + air;
}

/// <summary>A marker that labels keep clear of.</summary>
/// <param name="At">Its place.</param>
/// <param name="XError">Ends of its error bar along x; NaN for none.</param>
/// <param name="YError">Ends of its error bar along y; NaN for none.</param>
/// <param name="Size">Size [px].</param>
public readonly record struct MarkerPlace(Coordinates At, (double Low, double High) XError, (double Low, double High) YError, double Size)
{
    internal PixelRect Room(IAxes axes)
    {
        Pixel at = axes.GetPixel(At);
        float r = (float)(Size / 2) + 0.6f;
        return new PixelRect(at.X - r, at.X + r, at.Y + r, at.Y - r);
    }

    internal IEnumerable<PixelRect> Bars(IAxes axes, float cap)
    {
        if (double.IsFinite(XError.Low + XError.High))
        {
            yield return Around(axes.GetPixel(new Coordinates(XError.Low, At.Y)), axes.GetPixel(new Coordinates(XError.High, At.Y)), cap);
        }

        if (double.IsFinite(YError.Low + YError.High))
        {
            yield return Around(axes.GetPixel(new Coordinates(At.X, YError.Low)), axes.GetPixel(new Coordinates(At.X, YError.High)), cap);
        }
    }

    private static PixelRect Around(Pixel a, Pixel b, float cap) =>
        new(Math.Min(a.X, b.X) - cap, Math.Max(a.X, b.X) + cap, Math.Max(a.Y, b.Y) + cap, Math.Min(a.Y, b.Y) - cap);
}

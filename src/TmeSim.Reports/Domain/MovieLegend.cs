using TmeSim.Engine.State;
using TmeSim.Reports.Figures;
using TmeSim.Reports.Plots;
using TmeSim.Reports.Words;
using TmeSim.Reports.Writers;

namespace TmeSim.Reports.Domain;

/// <summary>What stands below the tissue of a movie and never changes.</summary>
internal abstract class MovieLegend
{
    /// <summary>Colours that it takes, beside those of text.</summary>
    public abstract IEnumerable<Rgb> Colors { get; }

    /// <summary>Height at a width [px].</summary>
    public abstract int Height(int width);

    public abstract void Draw(IndexedCanvas canvas, PixelRect area);

    protected static void Write(IndexedCanvas canvas, string text, int x, int baseline) =>
        RasterText.Draw(canvas, RasterFont.Regular, text, x, baseline, MovieFrames.Ink, Rgb.White);
}

/// <summary>Types of cells, each as it is painted at the scale of the movie.</summary>
internal sealed class CellLegend : MovieLegend
{
    private const int Sample = 14;
    private const int Line = 20;
    private const int TextLeft = Sample + 6;
    private readonly (string Label, byte[] Rgba)[] _entries;
    private readonly IReadOnlyList<CellCode> _codes;
    private readonly int _column;

    public CellLegend(int scale, IReadOnlyList<CellCode>? codes = null)
    {
        _codes = codes ?? ImmuneKinds.Codes;
        // Below three pixels a vessel is all rim: its filling cannot be seen.
        (string, TissueFrame)[] vessels = scale < 3
            ? [("vessel", Site(0, 0, 1))]
            : [("vessel, well perfused", Site(0, 0, 1)), ("vessel, poorly perfused", Site(0, 0, 0.125f))];
        _entries =
        [
            .. CellPalette.ParenchymaNames.Select((name, code) => (name, Paint(Site((byte)code, 0, float.NaN), scale))),
            .. _codes.Select((cell, i) => (cell.Label, Paint(Site(0, (byte)(i + 1), float.NaN) with { Codes = _codes }, scale))),
            .. vessels.Select(v => (v.Item1, Paint(v.Item2, scale))),
        ];
        _column = _entries.Max(e => RasterText.Width(RasterFont.Regular, e.Label)) + TextLeft + 18;
    }

    public override IEnumerable<Rgb> Colors => TissueRaster.Colors(_codes);

    public override int Height(int width) => Rows(width) * Line;

    public override void Draw(IndexedCanvas canvas, PixelRect area)
    {
        int rows = Rows(area.Width);
        foreach ((int i, (string label, byte[] rgba)) in _entries.Index())
        {
            int x = area.Left + (i / rows * _column), y = area.Top + (i % rows * Line);
            canvas.Fill(new PixelRect(x, y, Sample + 2, Sample + 2), MovieFrames.Soft);
            canvas.Draw(rgba, new PixelRect(x + 1, y + 1, Sample, Sample));
            Write(canvas, label, x + TextLeft + 2, y + 12);
        }
    }

    private int Rows(int width)
    {
        int columns = Math.Max(1, (width + 18) / _column);
        return (_entries.Length + columns - 1) / columns;
    }

    private static TissueFrame Site(byte parenchyma, byte immune, float perfusion)
    {
        // The middle one of nine sites, because discs reach over their site.
        var frame = new TissueFrame("", 0, 3, 3, 1, [.. Enumerable.Repeat(parenchyma, 9)], new byte[9], [.. Enumerable.Repeat(float.NaN, 9)]);
        (frame.Immune[4], frame.VesselPerfusion[4]) = (immune, perfusion);
        return frame;
    }

    // The painter of the tissue draws it: a disc with the room around it, or the site alone, enlarged.
    private static byte[] Paint(TissueFrame frame, int scale)
    {
        bool discs = scale >= TissueRaster.SmallestForShapes;
        int site = discs ? 8 : scale, size = discs ? Sample : site, first = ((3 * site) - size) / 2;
        byte[] all = TissueRaster.Paint(frame, vessels: true, 1, site);
        byte[] sample = new byte[Sample * Sample * 4];
        for (int i = 0; i < Sample * Sample; i++)
        {
            int x = first + (i % Sample * size / Sample), y = first + (i / Sample * size / Sample);
            all.AsSpan(((y * 3 * site) + x) * 4, 4).CopyTo(sample.AsSpan(i * 4));
        }

        return sample;
    }
}

/// <summary>Colours of a field with their values, and the sample of the outline.</summary>
internal sealed class FieldLegend(MovieField field) : MovieLegend
{
    private const int Shades = 200;
    private const int BarHeight = 12;
    private readonly AxisPlaces _axis = new(Of(field), FieldFigure.Range(field.Lowest, field.Highest), 5);

    public override IEnumerable<Rgb> Colors => Enumerable.Range(0, Shades + 1).Select(i => ColorMap.Viridis.At(i / (double)Shades));

    /// <summary>Colour of a value; white where there is none.</summary>
    public Rgb Color(float value) => float.IsFinite(value) ? ColorMap.Viridis.At(Math.Round(Math.Clamp(_axis.Fraction(value), 0, 1) * Shades) / Shades) : Rgb.White;

    public override int Height(int width) => 36;

    public override void Draw(IndexedCanvas canvas, PixelRect area)
    {
        string name = RasterText.Ellipsis(RasterFont.Regular, _axis.Axis.Caption, area.Width / 3);
        Write(canvas, name, area.Left, area.Top + 11);
        int left = area.Left + RasterText.Width(RasterFont.Regular, name) + 14, width = Math.Min(260, area.Width / 3);
        canvas.Fill(new PixelRect(left - 1, area.Top - 1, width + 2, BarHeight + 2), MovieFrames.Soft);
        for (int x = 0; x < width; x++)
        {
            canvas.Fill(new PixelRect(left + x, area.Top, 1, BarHeight), ColorMap.Viridis.At(Math.Round(x / (width - 1.0) * Shades) / Shades));
        }

        foreach ((double tick, string label) in _axis.Ticks.Zip(_axis.Labels))
        {
            int x = left + (int)Math.Round(_axis.Fraction(tick) * (width - 1));
            canvas.Fill(new PixelRect(x, area.Top + BarHeight + 1, 1, 4), MovieFrames.Ink);
            Write(canvas, label, x - (RasterText.Width(RasterFont.Regular, label) / 2), area.Top + BarHeight + 17);
        }

        const string outline = "outline of the tumour";
        int right = left + width + 30;
        if (right + 30 + RasterText.Width(RasterFont.Regular, outline) <= area.Right)
        {
            canvas.Fill(new PixelRect(right, area.Top + 5, 24, 2), Rgb.Black);
            Write(canvas, outline, right + 30, area.Top + 11);
        }
    }

    private static Axis Of(MovieField field)
    {
        (double low, double high) = FieldFigure.Range(field.Lowest, field.Highest);
        return new Axis { Label = field.Label, Unit = field.Unit, Min = low, Max = high };
    }
}

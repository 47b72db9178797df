using System.Globalization;
using TmeSim.Reports.Figures;
using TmeSim.Reports.Writers;

namespace TmeSim.Reports.Domain;

/// <summary>
/// Composes the frames of a movie one after the other on one canvas: what is not drawn anew stays, so an arm that has ended keeps its last
/// picture. Arms stand side by side, each with its name, time and scale bar; below them legend and progress.
/// </summary>
public sealed class MovieFrames
{
    private static readonly RasterFont Small = RasterFont.Regular;
    private readonly MovieScene _scene;
    private readonly MovieLayout _layout;
    private readonly MovieLegend _legend;
    private readonly IndexedCanvas _canvas;
    private readonly int[] _plates;

    /// <summary>Draws what stays the same.</summary>
    /// <param name="scene">What is shown.</param>
    /// <exception cref="ArgumentException">No arm or too many, or a size that is not positive.</exception>
    public MovieFrames(MovieScene scene)
    {
        ArgumentNullException.ThrowIfNull(scene);
        if (scene.Arms.Count is 0 or > MovieScene.MostArms)
        {
            throw new ArgumentException($"a movie shows 1 to {MovieScene.MostArms} arms, not {scene.Arms.Count}", nameof(scene));
        }

        Montage.Check(scene.Width, scene.Height, scene.SpacingUm);
        _scene = scene;
        _plates = new int[scene.Arms.Count];
        Func<int, MovieLegend> legendAt = scene.Field is { } field
            ? _ => new FieldLegend(field)
            : scale => new CellLegend(scale, scene.Codes);
        _layout = MovieLayout.Of(scene, legendAt);
        _legend = legendAt(_layout.Scale);
        _canvas = new IndexedCanvas(_layout.Width, _layout.Height, [.. RasterText.Shades(Ink, Rgb.White), Rgb.Black, Soft, Pale, .. _legend.Colors]);
        for (int arm = 0; arm < scene.Arms.Count; arm++)
        {
            PixelRect tile = _layout.Tiles[arm];
            _canvas.Fill(tile.Grown(1), Soft);
            _canvas.Fill(tile, Rgb.White);
            Write(RasterFont.Bold, RasterText.Ellipsis(RasterFont.Bold, scene.Arms[arm], tile.Width), tile.Left, tile.Top - 8);
            Plate(arm, "not recorded yet");
        }

        _legend.Draw(_canvas, _layout.Legend);
        Progress(scene.FirstDay);
    }

    /// <summary>Width [px], even.</summary>
    public int Width => _canvas.Width;

    /// <summary>Height [px], even.</summary>
    public int Height => _canvas.Height;

    /// <summary>All colours that frames can have, at most 256.</summary>
    public IReadOnlyList<Rgb> Palette => _canvas.Palette;

    /// <summary>The frame as drawn so far: an index into <see cref="Palette"/> per pixel, row 0 at the top.</summary>
    public ReadOnlySpan<byte> Pixels => _canvas.Pixels;

    /// <summary>One site in this many along each edge is shown; more than 1 where the lattices do not fit.</summary>
    public int Every => _layout.Every;

    internal static Rgb Ink { get; } = Rgb.Parse("#1a1a1a");

    internal static Rgb Soft { get; } = Rgb.Parse("#8a8a8a");

    internal static Rgb Pale { get; } = Rgb.Parse("#e2e2e2");

    /// <summary>"day 42 / week 6".</summary>
    public static string Moment(double days) => string.Create(CultureInfo.InvariantCulture, $"{Day(days)} / week {days / 7:0.#}");

    /// <summary>Draws the cells of an arm.</summary>
    /// <param name="arm">Its place in the scene.</param>
    /// <param name="frame">Its tissue now.</param>
    /// <exception cref="ArgumentException">Another size than that of the scene, or a movie of a field.</exception>
    public void Show(int arm, TissueFrame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        Check(frame.Width, frame.Height, ("Parenchyma", frame.Parenchyma.Length), ("Immune", frame.Immune.Length), ("VesselPerfusion", frame.VesselPerfusion.Length));
        if (_legend is not CellLegend)
        {
            throw new ArgumentException("the movie shows a field, not cells", nameof(frame));
        }

        TissueFrame thin = frame with
        {
            Width = Sites(frame.Width), Height = Sites(frame.Height), Parenchyma = Thin(frame.Parenchyma), Immune = Thin(frame.Immune), VesselPerfusion = Thin(frame.VesselPerfusion),
            Stroma = frame.Stroma is null ? null : Thin(frame.Stroma),
        };

        // Perfusion lies between 0 and 1.
        _canvas.Draw(TissueRaster.Paint(thin, vessels: true, fullPerfusion: 1, _layout.Scale), _layout.Tiles[arm]);
        Label(arm, frame.TimeDays);
    }

    /// <summary>Draws the field of an arm with the outline of its tumour.</summary>
    /// <param name="arm">Its place in the scene.</param>
    /// <param name="frame">Its field now.</param>
    /// <exception cref="ArgumentException">Another size than that of the scene, or a movie of cells.</exception>
    public void Show(int arm, FieldFrame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        Check(frame.Width, frame.Height, ("Values", frame.Values.Length), ("Parenchyma", frame.Parenchyma?.Length ?? frame.Values.Length));
        if (_legend is not FieldLegend legend)
        {
            throw new ArgumentException("the movie shows cells, not a field", nameof(frame));
        }

        PixelRect tile = _layout.Tiles[arm];
        int width = Sites(frame.Width), height = Sites(frame.Height), scale = _layout.Scale;
        float[] values = Thin(frame.Values);
        for (int site = 0; site < values.Length; site++)
        {
            _canvas.Fill(new PixelRect(tile.Left + (site % width * scale), tile.Top + (site / width * scale), scale, scale), legend.Color(values[site]));
        }

        if (frame.Parenchyma is { } parenchyma)
        {
            IReadOnlyList<LineElement> outline = TumorOutline.Create(Thin(parenchyma), width, height, 1, new Stroke(Rgb.Black));

            // A white halo keeps the line visible on the dark end of the map.
            Outline(outline, tile, height, 1, Rgb.White);
            Outline(outline, tile, height, 0, Rgb.Black);
        }

        Label(arm, frame.TimeDays);
    }

    /// <summary>Says that an arm has ended; its last picture stays.</summary>
    /// <param name="arm">Its place in the scene.</param>
    /// <param name="day">When it ended [d].</param>
    public void End(int arm, double day) => Plate(arm, $"ended {Day(day)}");

    /// <summary>Moves the progress bar.</summary>
    /// <param name="day">Time of the frame [d].</param>
    public void Progress(double day)
    {
        PixelRect area = _layout.Footer;
        _canvas.Fill(area, Rgb.White);
        string last = Day(_scene.LastDay);
        string note = _scene.Note.Length == 0 ? "" : RasterText.Ellipsis(Small, _scene.Note, area.Width / 2);
        int left = area.Left + (note.Length == 0 ? 0 : RasterText.Width(Small, note) + 14), right = area.Right - RasterText.Width(Small, last) - 8;
        int baseline = area.Top + 17, width = Math.Max(1, right - left);
        Write(Small, note, area.Left, baseline);
        Write(Small, last, right + 8, baseline);
        double share = _scene.LastDay > _scene.FirstDay ? Math.Clamp((day - _scene.FirstDay) / (_scene.LastDay - _scene.FirstDay), 0, 1) : 1;
        _canvas.Fill(new PixelRect(left, area.Top + 9, width, 7), Pale);
        _canvas.Fill(new PixelRect(left, area.Top + 9, (int)Math.Round(width * share), 7), Ink);
    }

    private static string Day(double days) => "day " + days.ToString(days < 10 ? "0.##" : "0.#", CultureInfo.InvariantCulture);

    private void Label(int arm, double days)
    {
        _plates[arm] = 0;
        Plate(arm, Moment(days));
        PixelRect tile = _layout.Tiles[arm];
        ScaleBar bar = Montage.ScaleBar(_scene.Width * _scene.SpacingUm);
        int length = (int)Math.Round(bar.Length / _scene.SpacingUm / Every * _layout.Scale), text = RasterText.Width(Small, bar.Label), width = Math.Max(length, text) + 12;
        var plate = new PixelRect(tile.Right - 6 - width, tile.Bottom - 6 - 24, width, 24);
        if (plate.Left > tile.Left && plate.Top > tile.Top + 30)
        {
            _canvas.Fill(plate, Rgb.White);
            Write(Small, bar.Label, plate.Left + ((width - text) / 2), plate.Top + 13);
            _canvas.Fill(new PixelRect(plate.Left + ((width - length) / 2), plate.Bottom - 6, length, 3), Ink);
        }
    }

    // A white plate in the upper left corner, at least as wide as an earlier one on the same picture.
    private void Plate(int arm, string words)
    {
        PixelRect tile = _layout.Tiles[arm];
        string text = RasterText.Ellipsis(Small, words, tile.Width - 16);
        if (text.Length > 0 && tile.Height >= 30)
        {
            _plates[arm] = Math.Max(_plates[arm], RasterText.Width(Small, text) + 10);
            _canvas.Fill(new PixelRect(tile.Left + 4, tile.Top + 4, _plates[arm], 19), Rgb.White);
            Write(Small, text, tile.Left + 9, tile.Top + 18);
        }
    }

    private void Write(RasterFont font, string text, int x, int baseline) => RasterText.Draw(_canvas, font, text, x, baseline, Ink, Rgb.White);

    // Lines in sites from the lower left corner.
    private void Outline(IReadOnlyList<LineElement> lines, PixelRect tile, int height, int halo, Rgb color)
    {
        foreach (LineElement line in lines)
        {
            for (int i = 0; i < line.X.Count; i++)
            {
                int next = (i + 1) % line.X.Count;
                double x = line.X[i] * _layout.Scale, y = (height - line.Y[i]) * _layout.Scale;
                double dx = (line.X[next] * _layout.Scale) - x, dy = ((height - line.Y[next]) * _layout.Scale) - y;
                int steps = Math.Max(1, (int)Math.Ceiling(Math.Max(Math.Abs(dx), Math.Abs(dy))));
                for (int step = 0; step < steps; step++)
                {
                    int left = (int)(x + (dx * step / steps)), top = (int)(y + (dy * step / steps));
                    if (left >= halo && top >= halo && left < tile.Width - halo && top < tile.Height - halo)
                    {
                        _canvas.Fill(new PixelRect(tile.Left + left, tile.Top + top, 1, 1).Grown(halo), color);
                    }
                }
            }
        }
    }

    private void Check(int width, int height, params ReadOnlySpan<(string Name, int Length)> arrays)
    {
        Montage.Check(width, height, _scene.SpacingUm, arrays);
        if (width != _scene.Width || height != _scene.Height)
        {
            throw new ArgumentException($"the movie shows {_scene.Width} × {_scene.Height} sites, the frame has {width} × {height}");
        }
    }

    private int Sites(int size) => (size + Every - 1) / Every;

    private T[] Thin<T>(T[] values)
    {
        if (Every == 1)
        {
            return values;
        }

        int width = Sites(_scene.Width), height = Sites(_scene.Height);
        var thin = new T[width * height];
        for (int i = 0; i < thin.Length; i++)
        {
            thin[i] = values[(i / width * Every * _scene.Width) + (i % width * Every)];
        }

        return thin;
    }
}

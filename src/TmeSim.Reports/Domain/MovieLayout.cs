using TmeSim.Reports.Writers;

namespace TmeSim.Reports.Domain;

/// <summary>
/// Where the parts of a movie lie: arms in a grid, their names above them, the legend and the progress bar below. Sites get as many whole
/// pixels as fit; where not even one fits, every second, third … site is shown, which keeps shares of cells right.
/// </summary>
internal sealed class MovieLayout
{
    public const int Padding = 12;
    public const int HeadHeight = 22;
    public const int FooterHeight = 26;
    private const int Gap = 14;
    private const int Widest = 1680;
    private const int LargestTile = 800;
    private const int LargestScale = 16;
    private const int Narrowest = 480;

    private MovieLayout(MovieScene scene, MovieLegend legend, int columns, int scale, int every)
    {
        (Scale, Every) = (scale, every);
        (int tileWidth, int tileHeight) = (Sites(scene.Width, every) * scale, Sites(scene.Height, every) * scale);
        int rows = (scene.Arms.Count + columns - 1) / columns, grid = (columns * (tileWidth + 2)) + ((columns - 1) * Gap);
        int inner = Math.Max(grid, Narrowest - (2 * Padding));
        int left = Padding + ((inner - grid) / 2);
        Tiles =
        [
            .. Enumerable.Range(0, scene.Arms.Count).Select(i => new PixelRect(
                left + 1 + (i % columns * (tileWidth + 2 + Gap)), Padding + HeadHeight + 1 + (i / columns * (tileHeight + 2 + HeadHeight + Gap)), tileWidth, tileHeight)),
        ];
        int below = Padding + (rows * (tileHeight + 2 + HeadHeight)) + ((rows - 1) * Gap) + Gap;
        Legend = new PixelRect(Padding, below, inner, legend.Height(inner));
        Footer = new PixelRect(Padding, Legend.Bottom + 6, inner, FooterHeight);
        Empty = (rows * columns) - scene.Arms.Count;

        // Video with half the resolution of colour needs even sides.
        Width = (inner + (2 * Padding) + 1) & ~1;
        Height = (Footer.Bottom + Padding + 1) & ~1;
    }

    /// <summary>Pixels per site shown.</summary>
    public int Scale { get; }

    /// <summary>One site in this many along each edge is shown.</summary>
    public int Every { get; }

    public int Width { get; }

    public int Height { get; }

    /// <summary>Tissue of each arm, without its frame.</summary>
    public IReadOnlyList<PixelRect> Tiles { get; }

    public PixelRect Legend { get; }

    public PixelRect Footer { get; }

    private int Empty { get; }

    public static MovieLayout Of(MovieScene scene, Func<int, MovieLegend> legendAt)
    {
        // Most screens show 1080 rows; many arms may take more rather than have a pixel per site.
        MovieLayout? best = Fit(scene, legendAt, 1080);
        return best is { Scale: > 1 } ? best : Fit(scene, legendAt, 1440) ?? throw new ArgumentException($"a lattice of {scene.Width} × {scene.Height} sites does not fit into a movie", nameof(scene));
    }

    private static MovieLayout? Fit(MovieScene scene, Func<int, MovieLegend> legendAt, int tallest)
    {
        int largest = Math.Max(scene.Width, scene.Height);
        IEnumerable<(int Scale, int Every)> zooms =
        [
            .. Enumerable.Range(1, LargestScale).Reverse().Where(s => s == 1 || s * largest <= LargestTile).Select(s => (s, 1)),
            .. Enumerable.Range(2, largest).Select(e => (1, e)),
        ];
        return zooms.Select(zoom => Enumerable.Range(1, scene.Arms.Count).Select(columns => new MovieLayout(scene, legendAt(zoom.Scale), columns, zoom.Scale, zoom.Every))
            .Where(l => l.Width <= Widest && l.Height <= tallest)
            .OrderBy(l => l.Empty).ThenBy(l => Math.Abs(Math.Log(l.Width / 1.5 / l.Height))).FirstOrDefault()).FirstOrDefault(l => l is not null);
    }

    private static int Sites(int size, int every) => (size + every - 1) / every;
}

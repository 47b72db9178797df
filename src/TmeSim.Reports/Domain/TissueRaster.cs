using TmeSim.Engine.State;
using TmeSim.Reports.Figures;

namespace TmeSim.Reports.Domain;

/// <summary>
/// Paints a tissue frame with several pixels per site: parenchyma fills its site, vessels are rimmed squares, immune
/// cells are rimmed discs on top. Lattices too large for shapes get one to three pixels per site and plain squares.
/// </summary>
internal static class TissueRaster
{
    private const int PerfusionSteps = 8;
    private const int HatchDistance = 9;
    private const int HatchWidth = 3;

    /// <summary>Pixels per site from which on immune cells are discs.</summary>
    public const int SmallestForShapes = 4;

    /// <summary>Lines over sites without any cell.</summary>
    public static Rgb Hatch { get; } = Rgb.Parse("#9aa0a6");

    /// <summary>Pixels per site: about 700 pixels across the longer side, 1 to 8.</summary>
    public static int PixelsPerSite(int width, int height) => Math.Clamp((int)Math.Round(700.0 / Math.Max(width, height)), 1, 8);

    /// <summary>Every colour that <see cref="Paint"/> can use.</summary>
    public static IEnumerable<Rgb> Colors(IReadOnlyList<CellCode> codes) =>
    [
        .. Enumerable.Range(0, CellPalette.Parenchyma.Count * (CellPalette.StromaSteps + 1))
            .Select(i => CellPalette.Tissue((byte)(i / (CellPalette.StromaSteps + 1)), i % (CellPalette.StromaSteps + 1))).Distinct(),
        CellPalette.Vessel, .. Enumerable.Range(0, PerfusionSteps + 1).Select(i => CellPalette.VesselFill(i / (double)PerfusionSteps)),
        .. ImmuneColors(codes), .. ImmuneColors(codes).Select(RimOf),
    ];

    private static IEnumerable<Rgb> ImmuneColors(IReadOnlyList<CellCode> codes) =>
        [CellPalette.Empty, .. codes.Select((_, i) => CellPalette.ImmuneColor(i + 1))];

    /// <summary>RGBA pixels of a frame, <paramref name="scale"/> × <paramref name="scale"/> per site.</summary>
    /// <param name="frame">Tissue.</param>
    /// <param name="vessels">Vessels are drawn.</param>
    /// <param name="fullPerfusion">Perfusion that fills a vessel.</param>
    /// <param name="scale">Pixels per site, at least 1.</param>
    /// <param name="isHatched">Sites without any cell are hatched, so that the place of a former tumour is told from paper.</param>
    public static byte[] Paint(TissueFrame frame, bool vessels, float fullPerfusion, int scale, bool isHatched = false)
    {
        byte[] rgba = new byte[frame.Width * frame.Height * scale * scale * 4];
        for (int site = 0; site < frame.Parenchyma.Length; site++)
        {
            Square(rgba, frame, site, scale, CellPalette.Tissue(frame.Parenchyma[site], frame.StromaStep(site)), null);
            if (isHatched && frame.Parenchyma[site] == 0)
            {
                Slant(rgba, frame, site, scale);
            }
        }

        for (int site = 0; vessels && site < frame.VesselPerfusion.Length; site++)
        {
            if (frame.VesselPerfusion[site] >= 0)
            {
                // A few steps of perfusion are enough for the eye and keep the PNG indexed.
                double share = fullPerfusion > 0 ? Math.Clamp(frame.VesselPerfusion[site] / fullPerfusion, 0, 1) : 0, level = Math.Round(share * PerfusionSteps) / PerfusionSteps;
                Square(rgba, frame, site, scale, CellPalette.VesselFill(level), CellPalette.Vessel);
            }
        }

        for (int site = 0; site < frame.Immune.Length; site++)
        {
            if (frame.Immune[site] > 0 && frame.Immune[site] <= frame.Codes.Count)
            {
                Disc(rgba, frame, site, scale, CellPalette.ImmuneColor(frame.Immune[site]));
            }
        }

        return rgba;
    }

    private static void Square(byte[] rgba, TissueFrame frame, int site, int scale, Rgb fill, Rgb? rim)
    {
        for (int y = 0; y < scale; y++)
        {
            for (int x = 0; x < scale; x++)
            {
                bool edge = x == 0 || y == 0 || x == scale - 1 || y == scale - 1;
                Set(rgba, frame, site, scale, x, y, edge && rim is { } color ? color : fill);
            }
        }
    }

    // Lines run on over neighbouring sites.
    private static void Slant(byte[] rgba, TissueFrame frame, int site, int scale)
    {
        (int row, int column) = (site / frame.Width * scale, site % frame.Width * scale);
        for (int y = 0; y < scale; y++)
        {
            for (int x = 0; x < scale; x++)
            {
                if ((row + y + column + x) % HatchDistance < HatchWidth)
                {
                    Set(rgba, frame, site, scale, x, y, Hatch);
                }
            }
        }
    }

    private static void Disc(byte[] rgba, TissueFrame frame, int site, int scale, Rgb fill)
    {
        if (scale < SmallestForShapes)
        {
            Square(rgba, frame, site, scale, fill, null);
            return;
        }

        // Discs reach a little over their site, or a cell would be lost among thousands of sites.
        double radius = scale * 0.72;
        int reach = (int)Math.Ceiling(radius - (scale / 2.0));
        Rgb rim = RimOf(fill);
        for (int y = -reach; y < scale + reach; y++)
        {
            for (int x = -reach; x < scale + reach; x++)
            {
                double dx = x + 0.5 - (scale / 2.0);
                double dy = y + 0.5 - (scale / 2.0);
                double distance = Math.Sqrt((dx * dx) + (dy * dy));
                if (distance <= radius)
                {
                    Set(rgba, frame, site, scale, x, y, distance > radius - 1 ? rim : fill);
                }
            }
        }
    }

    private static Rgb RimOf(Rgb fill) => Rgb.Mix(fill, CellPalette.Rim, 0.7);

    private static void Set(byte[] rgba, TissueFrame frame, int site, int scale, int x, int y, Rgb color)
    {
        int row = (site / frame.Width * scale) + y;
        int column = (site % frame.Width * scale) + x;
        if (row < 0 || column < 0 || row >= frame.Height * scale || column >= frame.Width * scale)
        {
            return;
        }

        int at = ((row * frame.Width * scale) + column) * 4;
        (rgba[at], rgba[at + 1], rgba[at + 2], rgba[at + 3]) = (color.R, color.G, color.B, 255);
    }
}

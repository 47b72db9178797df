using ScottPlot;
using SkiaSharp;

namespace TmeSim.Reports.Words;

/// <summary>Liberation Sans (OFL 1.1) from the resources of this assembly: the same glyphs on every machine, whatever fonts it has.</summary>
internal sealed class PlotFont : IFontResolver
{
    /// <summary>Name for ScottPlot, one that no machine has: what it finds by a name before this typeface is there it keeps.</summary>
    public static string Family
    {
        get
        {
            Install();
            return Name;
        }
    }

    private const string Name = "Liberation Sans of TmeSim";

    /// <summary>Family of texts in SVG: the metric twins stand in where the first is not installed.</summary>
    public const string Stack = "'Liberation Sans', Arial, Helvetica, sans-serif";

    // Widths grow with the size, so one size measures all.
    private const float RulerSize = 100;

    private static readonly Lazy<SKTypeface> Regular = new(() => Load("LiberationSans-Regular.ttf"));
    private static readonly Lazy<SKTypeface> Bold = new(() => Load("LiberationSans-Bold.ttf"));
    private static readonly Lazy<SKFont> RegularRuler = new(() => Sized(RulerSize, bold: false));
    private static readonly Lazy<SKFont> BoldRuler = new(() => Sized(RulerSize, bold: true));
    private static readonly Lazy<bool> Installed = new(() =>
    {
        Fonts.FontResolvers.Insert(0, new PlotFont());
        Fonts.Default = Name;
        return true;
    });

    /// <summary>Makes it the typeface of all plots of this process. Any thread, any number of times.</summary>
    public static void Install() => _ = Installed.Value;

    /// <summary>The typeface.</summary>
    public static SKTypeface Typeface(bool bold) => bold ? Bold.Value : Regular.Value;

    /// <summary>Letters of a size [px] at their true widths, without rounding to pixels.</summary>
    public static SKFont Sized(double size, bool bold) =>
        new(Typeface(bold), (float)size) { Subpixel = true, LinearMetrics = true, Hinting = SKFontHinting.None };

    /// <summary>Width [px] of letters that the typeface has.</summary>
    public static double Width(string text, double size, bool bold) => (bold ? BoldRuler : RegularRuler).Value.MeasureText(text) * size / RulerSize;

    public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) =>
        CreateTypeface(fontName, weight >= FontWeight.SemiBold, false);

    public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) => fontName == Name ? Typeface(bold) : null;

    private static SKTypeface Load(string name)
    {
        using Stream stream = typeof(PlotFont).Assembly.GetManifestResourceStream(name)!;
        using var data = SKData.Create(stream);
        return SKTypeface.FromData(data);
    }
}

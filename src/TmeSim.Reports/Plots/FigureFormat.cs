using System.Text;
using TmeSim.Reports.Figures;

namespace TmeSim.Reports.Plots;

/// <summary>A file format of figures.</summary>
/// <param name="Name">Name on the command line and in scenarios.</param>
/// <param name="Extension">End of file names, without the dot.</param>
/// <param name="Bytes">The file of a figure.</param>
public sealed record FigureFormat(string Name, string Extension, Func<Figure, byte[]> Bytes)
{
    /// <summary>Dots per inch of pictures.</summary>
    public const double Dpi = 300;

    /// <summary>Vectors with text, for pages and journals.</summary>
    public static FigureFormat Svg { get; } = new("svg", "svg", figure => Encoding.UTF8.GetBytes(SvgFile.Write(figure, inMillimetres: true)));

    /// <summary>A picture of 300 dots per inch.</summary>
    public static FigureFormat Png { get; } = new("png", "png", figure => PageDrawing.Png(figure, Dpi));

    /// <summary>One page of the size of the figure, the typeface embedded.</summary>
    public static FigureFormat Pdf { get; } = new("pdf", "pdf", PageDrawing.Pdf);

    /// <summary>All formats.</summary>
    public static IReadOnlyList<FigureFormat> All { get; } = [Svg, Png, Pdf];

    /// <summary>The format of a name; null for none.</summary>
    public static FigureFormat? Find(string name) => All.FirstOrDefault(f => f.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}

using System.Text;
using TmeSim.Reports.Figures;

namespace TmeSim.Reports.Writers;

/// <summary>Figures as SVG, the default: see <see cref="SvgWriter"/>.</summary>
public sealed class SvgBackend : IFigureBackend
{
    public string Name => "svg";

    public string Extension => "svg";

    public void Write(Figure figure, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        stream.Write(Encoding.UTF8.GetBytes(SvgWriter.Write(figure)));
    }
}

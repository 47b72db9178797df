using TmeSim.Reports.Figures;

namespace TmeSim.Reports.Writers;

/// <summary>Writes figures in one file format. Figures are laid out by this project, so they look alike in all of them.</summary>
public interface IFigureBackend
{
    /// <summary>Name on the command line (<c>svg</c>).</summary>
    string Name { get; }

    /// <summary>End of file names, without the dot.</summary>
    string Extension { get; }

    /// <summary>Writes a figure to a stream, which stays open.</summary>
    void Write(Figure figure, Stream stream);
}

using TmeSim.Reports.Writers;

namespace TmeSim.Cli;

/// <summary>The backends of figures that this build has, by their names on the command line (<c>--plots NAME</c>).</summary>
public static class FigureBackends
{
    /// <summary>Names that <see cref="Find"/> knows, whether or not this build has them.</summary>
    public static IReadOnlyList<string> Names { get; } = ["svg", "scottplot"];

    /// <summary>The backend of a name.</summary>
    /// <param name="name">Name as the user wrote it; case does not matter.</param>
    /// <param name="problem">Why there is none and what to do; null when there is one.</param>
    /// <returns>The backend; null when the name is unknown or the build does not have it.</returns>
    public static IFigureBackend? Find(string name, out string? problem)
    {
        ArgumentNullException.ThrowIfNull(name);
        problem = null;
        switch (name.ToLowerInvariant())
        {
            case "svg":
                return new SvgBackend();
            case "scottplot":
#if WITH_SCOTTPLOT
                return new Reports.Plots.ScottPlotBackend();
#else
                problem =
                    "this build has no ScottPlot: build it with 'dotnet build -c Release -p:WithScottPlot=true' where the package "
                    + "ScottPlot can be restored "
                    + "(src/TmeSim.Reports.ScottPlot/README.md), or use --plots svg";
                return null;
#endif
            default:
                problem = $"there is no backend '{name}' for figures; backends: {string.Join(", ", Names)}";
                return null;
        }
    }
}

using TmeSim.Reports.Figures;

namespace TmeSim.Reports.Domain;

/// <summary>Legend entries of arms and the way figures speak of arms without data.</summary>
internal static class ArmLegend
{
    public const string NoData = "no data";

    public static string Label(string arm, bool empty) => empty ? $"{arm} ({NoData})" : arm;

    /// <summary>Lines of arms, with a pale band behind where one is drawn.</summary>
    public static IEnumerable<LegendEntry> Lines(IEnumerable<string> arms, ArmLooks looks, Func<string, bool> empty, bool banded, double width = 1.8, bool marked = false) =>
        arms.Select(arm => new LegendEntry(Label(arm, empty(arm))) { Group = arm, Line = looks.Line(arm, width), Band = banded ? looks.Color(arm) : null, Points = marked ? looks.Marker(arm, 6) : null });

    /// <summary>Words in the middle of a panel that has nothing to draw, for axes from 0 to 1.</summary>
    public static TextElement Remark(double x, double y, string text) => new(x, y, text, TextAnchor.Middle, Rgb.Parse("#555555"));

    /// <summary>A panel that only says that it has no data.</summary>
    public static Panel EmptyPanel(string arm, double height) => new()
    {
        Title = arm,
        Group = arm,
        X = Axis.Hidden(0, 1),
        Y = Axis.Hidden(0, 1),
        PlotHeight = height,
        Elements = [Remark(0.5, 0.5, NoData)],
    };
}

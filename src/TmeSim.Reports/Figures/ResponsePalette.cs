namespace TmeSim.Reports.Figures;

/// <summary>
/// Colours and markers of best responses from blue (CR) to red-orange (PD), of Okabe and Ito, which stay apart with every colour
/// blindness; categories of other names take those of arms.
/// </summary>
internal static class ResponsePalette
{
    private static readonly string[] Known = ["CR", "PR", "SD", "PD", "NE"];
    private static readonly Rgb[] Colors = [.. new[] { "#0072b2", "#56b4e9", "#e69f00", "#d55e00", "#8a8a8a" }.Select(Rgb.Parse)];
    private static readonly Marker[] Shapes = [Marker.Circle, Marker.Triangle, Marker.Square, Marker.Diamond, Marker.Cross];

    /// <summary>Categories without repetition: known ones by rank, then others in order of first mention.</summary>
    public static IReadOnlyList<string> Sort(IEnumerable<string> categories) =>
        [.. categories.Distinct(StringComparer.Ordinal).OrderBy(c => Array.IndexOf(Known, c) is >= 0 and var at ? at : Known.Length)];

    /// <summary>Colour of a category among all of a figure.</summary>
    public static Rgb Color(string category, IReadOnlyList<string> all) =>
        Array.IndexOf(Known, category) is >= 0 and var at ? Colors[at] : ArmPalette.Color(Place(category, all));

    /// <summary>Point of a category.</summary>
    public static PointStyle Point(string category, IReadOnlyList<string> all, double size) =>
        Array.IndexOf(Known, category) is >= 0 and var at
        ? new PointStyle(Shapes[at], Colors[at], Colors[at], size) : ArmPalette.Marker(Place(category, all), size);

    private static int Place(string category, IReadOnlyList<string> all) => Math.Max(0, all.ToList().IndexOf(category));
}

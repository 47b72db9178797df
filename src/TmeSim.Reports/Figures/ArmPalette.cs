namespace TmeSim.Reports.Figures;

/// <summary>
/// Colour, dash pattern and marker of an arm by its index, the same in every figure. The colours are those of Okabe and Ito
/// (without yellow, too pale for a line on white), then darker and paler relatives; dash patterns and markers keep arms
/// apart in grey print. Twelve arms have looks of their own, then they repeat.
/// </summary>
internal static class ArmPalette
{
    private static readonly Rgb[] Colors =
    [
        .. new[]
        {
            "#333333", "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00",
            "#56b4e9", "#882255", "#332288", "#7f6000", "#8a8a8a", "#117733",
        }.Select(Rgb.Parse),
    ];

    private static readonly double[]?[] Dashes =
    [
        null, [7, 3], [2, 2], [9, 3, 2, 3], [4, 2], [12, 4],
        [9, 3, 2, 3, 2, 3], [1, 3], [14, 3, 4, 3], [5, 5], [3, 1.5], [12, 3, 1, 3, 1, 3],
    ];

    // Six filled, then a cross and five hollow: a hollow circle means something else in several figures.
    private static readonly Marker[] Shapes =
    [
        Figures.Marker.Circle, Figures.Marker.Square, Figures.Marker.Triangle, Figures.Marker.Diamond, Figures.Marker.TriangleDown, Figures.Marker.Star,
        Figures.Marker.Cross, Figures.Marker.Square, Figures.Marker.Triangle, Figures.Marker.Diamond, Figures.Marker.TriangleDown, Figures.Marker.Star,
    ];

    /// <summary>Arms that can be told apart.</summary>
    public static int Count => Colors.Length;

    /// <summary>Colour of the arm with this index, 0 or more.</summary>
    public static Rgb Color(int index) => Colors[index % Colors.Length];

    /// <summary>Line of the arm with this index, 0 or more.</summary>
    public static Stroke Line(int index, double width = 1.8) => new(Color(index), width, Dashes[index % Dashes.Length]);

    /// <summary>Marker of the arm with this index, 0 or more.</summary>
    /// <param name="index">Index of the arm.</param>
    /// <param name="size">Diameter [px], positive.</param>
    public static PointStyle Marker(int index, double size = 7) =>
        new(Shapes[index % Shapes.Length], Color(index), index % Shapes.Length < Shapes.Length / 2 ? Color(index) : Rgb.White, size);
}

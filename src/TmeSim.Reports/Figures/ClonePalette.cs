namespace TmeSim.Reports.Figures;

/// <summary>
/// Colours of clones in areas: those of Okabe and Ito, told apart with any common colour blindness; the founder is grey. Clones
/// born during the run take a paler form of the colour of their gene.
/// </summary>
public static class ClonePalette
{
    private static readonly Rgb[] Colors = [.. new[] { "#0072b2", "#56b4e9", "#009e73", "#e69f00", "#cc79a7", "#f0e442", "#d55e00", "#332288", "#882255", "#7f6000", "#333333" }.Select(Rgb.Parse)];

    /// <summary>The founding clone.</summary>
    public static Rgb Founder { get; } = Rgb.Parse("#c4c4c4");

    /// <summary>Colour of a place, 0 or more; the first six belong to the losses of B2M, JAK1, TGFBR2, CYLD, RUNX1 and the antigen.</summary>
    public static Rgb Color(int index) => Colors[index % Colors.Length];

    /// <summary>The paler form.</summary>
    public static Rgb Pale(int index) => Rgb.Mix(Color(index), Rgb.White, 0.45);
}

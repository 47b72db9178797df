using TmeSim.Engine.State;

namespace TmeSim.Reports.Figures;

/// <summary>
/// Fixed colours of cells, the same in every picture. Parenchyma is pale and fills its site; immune cells are saturated
/// discs with a dark rim; vessels are red-rimmed squares, filled in proportion to perfusion. Shape as well as colour
/// tells them apart, so the pictures survive grey print; any two cell colours stay more than 20 CIE Lab units apart for
/// readers with red or green blindness too.
/// </summary>
public static class CellPalette
{
    public static Rgb Empty { get; } = Rgb.Parse("#ffffff");

    public static Rgb Hepatocyte { get; } = Rgb.Parse("#f3e7cf");

    public static Rgb Tumor { get; } = Rgb.Parse("#d4b0c4");

    public static Rgb Dying { get; } = Rgb.Parse("#8c4a7c");

    public static Rgb Necrotic { get; } = Rgb.Parse("#3c3c3c");

    /// <summary>Dense matrix: portal tracts, capsule, septa, ring, scar. Blue, as collagen is in Masson's trichrome.</summary>
    public static Rgb Stroma { get; } = Rgb.Parse("#6c78c0");

    /// <summary>Sinusoidal track between plates of tumour cells: a site without cell and dense matrix.</summary>
    public static Rgb Track { get; } = Rgb.Parse("#faf6fa");

    /// <summary>CD8 T cell that is not exhausted.</summary>
    public static Rgb Cd8 { get; } = Rgb.Parse("#0060c8");

    public static Rgb Cd8Exhausted { get; } = Rgb.Parse("#40c0ff");

    /// <summary>M1-like macrophage (CD163−).</summary>
    public static Rgb MacrophageM1 { get; } = Rgb.Parse("#00a070");

    /// <summary>CD163+ macrophage.</summary>
    public static Rgb MacrophageCd163 { get; } = Rgb.Parse("#f0a000");

    /// <summary>Rim of immune cells.</summary>
    public static Rgb Rim { get; } = Rgb.Parse("#1a1a1a");

    /// <summary>Rim of a vessel, and its inside at full perfusion.</summary>
    public static Rgb Vessel { get; } = Rgb.Parse("#c00018");

    /// <summary>Colours by parenchyma code: 0 empty, 1 hepatocyte, 2 tumour cell, 3 dying, 4 necrotic, 5 septum or track.</summary>
    public static IReadOnlyList<Rgb> Parenchyma { get; } = [Empty, Hepatocyte, Tumor, Dying, Necrotic, Stroma];

    /// <summary>Names by parenchyma code.</summary>
    public static IReadOnlyList<string> ParenchymaNames { get; } = ["empty", "hepatocyte", "tumour cell", "dying cell", "necrosis", "dense stroma"];

    /// <summary>Colours by immune code: 0 none (unused), then in the order of <see cref="ImmuneKinds.Codes"/>.</summary>
    public static IReadOnlyList<Rgb> Immune { get; } = [Empty, Cd8, Cd8Exhausted, MacrophageM1, MacrophageCd163];

    /// <summary>Names by immune code.</summary>
    public static IReadOnlyList<string> ImmuneNames { get; } = ["none", .. ImmuneKinds.Codes.Select(c => c.Label)];

    // Kinds that a library user adds take these in turn.
    private static readonly Rgb[] Further = [Rgb.Parse("#7030d0"), Rgb.Parse("#e03090"), Rgb.Parse("#806000"), Rgb.Parse("#b0e000")];

    /// <summary>Colour of an immune code above 0.</summary>
    public static Rgb ImmuneColor(int code) => code < Immune.Count ? Immune[code] : Further[(code - Immune.Count) % Further.Length];

    /// <summary>A reader may take the liver in the pictures for one without macrophages.</summary>
    public const string KupfferNote = "Kupffer cells of the liver are outside the model and not drawn.";

    /// <summary>Name of <see cref="Track"/>.</summary>
    public const string TrackName = "sinusoidal track";

    /// <summary>Steps of <see cref="Tissue"/>.</summary>
    public const int StromaSteps = 4;

    /// <summary>Matrix from this density on is shown, and in full from <see cref="FullStroma"/> on: loose stroma of most tumours is not.</summary>
    public const float LeastStroma = 0.35f;

    /// <inheritdoc cref="LeastStroma"/>
    public const float FullStroma = 0.6f;

    /// <summary>How dense matrix of a density (0–1) is shown, 0 to <see cref="StromaSteps"/>; 0 for NaN.</summary>
    public static int StromaStep(float density) =>
        density > LeastStroma ? (int)Math.Round(Math.Min(1, (density - LeastStroma) / (FullStroma - LeastStroma)) * StromaSteps) : 0;

    /// <summary>A site of a parenchyma code in matrix. Living tumour cells show through it; dead cells lie above.</summary>
    /// <param name="code">Parenchyma code.</param>
    /// <param name="step">Step of the matrix.</param>
    public static Rgb Tissue(byte code, int step)
    {
        code = Math.Min(code, (byte)(Parenchyma.Count - 1));
        double share = step / (double)StromaSteps;
        return code switch
        {
            2 => Rgb.Mix(Tumor, Stroma, 0.6 * share),
            3 or 4 => Parenchyma[code],
            5 => Rgb.Mix(Track, Stroma, share),
            _ => Rgb.Mix(Parenchyma[code], Stroma, share),
        };
    }

    /// <summary>Inside of a vessel at a perfusion relative to the highest, 0–1.</summary>
    public static Rgb VesselFill(double perfusion) => Rgb.Mix(Rgb.White, Vessel, perfusion);
}

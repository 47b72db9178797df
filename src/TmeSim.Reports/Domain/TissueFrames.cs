using TmeSim.Engine.State;
using TmeSim.Reports.Figures;

namespace TmeSim.Reports.Domain;

/// <summary>The cells of one tissue layer at one time. Arrays are row-major, x fastest, width × height long.</summary>
/// <param name="Arm">Name of the arm.</param>
/// <param name="TimeDays">Time since start of therapy [d].</param>
/// <param name="Width">Sites along x, positive.</param>
/// <param name="Height">Sites along y, positive.</param>
/// <param name="SpacingUm">Site spacing [µm], positive.</param>
/// <param name="Parenchyma">0 empty, 1 hepatocyte, 2 tumour cell, 3 dying, 4 necrotic, 5 septum or sinusoidal track.</param>
/// <param name="Immune">
/// 0 none, else one of the codes: 1 CD8 T cell, 2 exhausted CD8 T cell, 3 M1-like macrophage (CD163−), 4 CD163+ macrophage.
/// </param>
/// <param name="VesselPerfusion">Perfusion of the vessel at a site, zero or more; NaN for none.</param>
public sealed record TissueFrame(
    string Arm, double TimeDays, int Width, int Height, double SpacingUm, byte[] Parenchyma, byte[] Immune, float[] VesselPerfusion)
{
    /// <summary>What the codes of immune cells mean, from 1 on.</summary>
    public IReadOnlyList<CellCode> Codes { get; init; } = ImmuneKinds.Codes;

    /// <summary>Matrix density of each site, 0–1; null where it is not known.</summary>
    public float[]? Stroma { get; init; }

    /// <summary>How the matrix of a site is shown; septa are dense where nothing is known.</summary>
    internal int StromaStep(int site) =>
        Stroma is null ? Parenchyma[site] == 5 ? CellPalette.StromaSteps : 0 : CellPalette.StromaStep(Stroma[site]);
}

/// <summary>One field in one tissue layer at one time. Arrays are row-major, x fastest, width × height long.</summary>
/// <param name="Arm">Name of the arm.</param>
/// <param name="TimeDays">Time since start of therapy [d].</param>
/// <param name="Width">Sites along x, positive.</param>
/// <param name="Height">Sites along y, positive.</param>
/// <param name="SpacingUm">Site spacing [µm], positive.</param>
/// <param name="Values">Field values; those that are not finite are left blank.</param>
/// <param name="Parenchyma">Codes as in <see cref="TissueFrame"/>, to draw the outline of the tumour; null for no outline.</param>
public sealed record FieldFrame(string Arm, double TimeDays, int Width, int Height, double SpacingUm, float[] Values, byte[]? Parenchyma);

namespace TmeSim.Engine.State;

/// <summary>Codes of the parenchyma layer, one per site.</summary>
public static class Parenchyma
{
    /// <summary>Free site: interstitium after a cell was cleared.</summary>
    public const byte Empty = 0;

    /// <summary>Living cell of normal liver.</summary>
    public const byte Hepatocyte = 1;

    /// <summary>Living tumour cell.</summary>
    public const byte Tumor = 2;

    /// <summary>A tumour cell that was killed or went into apoptosis and is not yet cleared.</summary>
    public const byte Dying = 3;

    /// <summary>Debris of a cell that died of hypoxia.</summary>
    public const byte Necrotic = 4;

    /// <summary>Septum or sinusoidal track of a tumour: matrix, vessels and immune cells, no parenchymal cell (MODEL.md 7.12a).</summary>
    public const byte Stroma = 5;

    /// <summary>Halo beyond the tissue; never inside it.</summary>
    public const byte Wall = 255;
}

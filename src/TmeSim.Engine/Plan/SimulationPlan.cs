using TmeSim.Engine.Extensions;

namespace TmeSim.Engine.Plan;

/// <summary>Everything that decides the bits of a run, as plain numbers in engine units. Immutable.</summary>
public sealed record SimulationPlan
{
    /// <summary>Seed of the scenario.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Step, burn-in and duration [h].</summary>
    public required TimePlan Time { get; init; }

    /// <summary>Lattice of every lesion.</summary>
    public required TissuePlan Tissue { get; init; }

    /// <summary>One or more lesions, each on its own lattice, coupled by <see cref="Patient"/>.</summary>
    public required IReadOnlyList<LesionPlan> Lesions { get; init; }

    /// <summary>Blood, weight and liver of the patient that all lesions share.</summary>
    public required PatientPlan Patient { get; init; }

    /// <summary>Parameters in force during the burn-in, and in every arm that does not change them.</summary>
    public required ParameterSet Parameters { get; init; }

    /// <summary>Switches in force during the burn-in, and in every arm that does not change them.</summary>
    public required MechanismSet Mechanisms { get; init; }

    /// <summary>Kinds of immune cells and fields beside those of the engine.</summary>
    public ModelExtension Extension { get; init; } = ModelExtension.None;
}

/// <summary>Time axis of a run.</summary>
/// <param name="StepHours">Length of a step [h], positive.</param>
/// <param name="BurnInHours">Calibrating burn-in before t = 0 [h], zero or more; a multiple of the step.</param>
/// <param name="DurationHours">Simulated time from t = 0 [h]; a multiple of the step.</param>
public sealed record TimePlan(double StepHours, double BurnInHours, double DurationHours);

/// <summary>Where the secreted signals are solved (MODEL.md 8.4).</summary>
public enum SignalSpacing : byte
{
    /// <summary>On twice the spacing of the tissue where their reach allows it, otherwise as <see cref="Fine"/>.</summary>
    Auto,

    /// <summary>On the lattice of the tissue.</summary>
    Fine,
}

/// <summary>Lattice of each lesion.</summary>
/// <param name="Nx">Sites along x, at least 1.</param>
/// <param name="Ny">Sites along y, at least 1.</param>
/// <param name="Nz">Sites along z, at least 1.</param>
/// <param name="SpacingUm">Site spacing [µm], positive; a site holds one parenchymal cell, so other than 20 changes the tissue.</param>
public sealed record TissuePlan(int Nx, int Ny, int Nz, double SpacingUm)
{
    /// <summary>
    /// The widest spacing of signals [µm]: a sixth of the shortest reach √(D/λ) among the signals, 250 µm for DAMPs (MODEL.md 8.4).
    /// </summary>
    public const double WidestSignalSpacingUm = 41;

    /// <summary>Where the secreted signals are solved.</summary>
    public SignalSpacing Signals { get; init; }

    /// <summary>
    /// Tiles of each lesion, at least 1: lattices with random numbers of their own in one patient, whose sum is the lesion (MODEL.md 4.6).
    /// </summary>
    public int Tiles { get; init; } = 1;

    /// <summary>Index of a tile of a lesion among all tissues: all tiles of the first lesion, then those of the second.</summary>
    public int TissueOf(int lesion, int tile = 0) => lesion * Tiles + tile;

    /// <summary>Index of the lesion that a tissue belongs to.</summary>
    public int LesionOf(int tissue) => tissue / Tiles;

    /// <summary>Secreted signals live on a lattice of twice the spacing.</summary>
    public bool HasCoarseSignals => Signals == SignalSpacing.Auto && 2 * SpacingUm <= WidestSignalSpacingUm;

    /// <summary>Axes with more than one site (0 to 3): a plane may lie along any two of the three.</summary>
    public int Dimensions => (Nx > 1 ? 1 : 0) + (Ny > 1 ? 1 : 0) + (Nz > 1 ? 1 : 0);

    /// <summary>Sites along the shortest of the axes with more than one site; 1 when there is none.</summary>
    public int NarrowestSites => ((int[])[Nx, Ny, Nz]).Where(n => n > 1).DefaultIfEmpty(1).Min();

    /// <summary>
    /// Tumour cells that a nodule has at t = 0: sites of a disc in a plane, of a sphere in a solid, within its radius [µm].
    /// </summary>
    public int CellsWithin(double radiusUm)
    {
        double r = radiusUm / SpacingUm;
        double sites = Dimensions switch { 3 => 4.0 / 3 * Math.PI * r * r * r, 2 => Math.PI * r * r, 1 => 2 * r, _ => 1 };
        return (int)Math.Clamp(Math.Round(sites), 1, (double)Nx * Ny * Nz);
    }
}

/// <summary>How immune cells and stroma are laid out at the start.</summary>
public enum ImmunePattern : byte
{
    /// <summary>CD8 T cells throughout the tumour.</summary>
    Inflamed,

    /// <summary>CD8 T cells held at the margin: a stroma ring, and vessels of the core that bind few T cells.</summary>
    Excluded,

    /// <summary>Few CD8 T cells anywhere.</summary>
    Desert,
}

/// <summary>One lesion: set-points that the burn-in reaches at t = 0.</summary>
public sealed record LesionPlan
{
    /// <summary>Name, unique in the scenario.</summary>
    public required string Name { get; init; }

    /// <summary>Clinical diameter [mm] at t = 0, positive. Sets the scale of read-outs and of the exchange with blood.</summary>
    public required double DiameterMm { get; init; }

    /// <summary>Radius [µm] of the simulated nodule at t = 0, positive.</summary>
    public required double RadiusUm { get; init; }

    /// <summary>Volume doubling time [h] of untreated growth with immunity on, positive.</summary>
    public required double DoublingTimeHours { get; init; }

    /// <summary>Antigenicity (0–1) of the founding clone.</summary>
    public required double Antigenicity { get; init; }

    /// <summary>NEK9 activity of the founding clone, 1 = average, zero or more.</summary>
    public required double Nek9 { get; init; }

    /// <summary>Further clones seeded at the start. Fractions add to at most 1; the founder takes the rest.</summary>
    public required IReadOnlyList<ClonePlan> Clones { get; init; }

    /// <summary>Where CD8 T cells and stroma are laid out at the start.</summary>
    public required ImmunePattern Pattern { get; init; }

    /// <summary>CD8 T cells per mm² of tumour bed at t = 0, zero or more.</summary>
    public required double Cd8PerMm2 { get; init; }

    /// <summary>Macrophages per mm² of tumour bed at t = 0, zero or more.</summary>
    public required double MacrophagesPerMm2 { get; init; }

    /// <summary>Fraction (0–1) of macrophages with a CD163 score above the threshold at t = 0.</summary>
    public required double Cd163Fraction { get; init; }

    /// <summary>Vessels per mm² of tumour bed at t = 0, zero or more.</summary>
    public required double VesselsPerMm2 { get; init; }

    /// <summary>Vessel maturity (0–1) at the start of the burn-in, and the level that VEGF output is set to hold.</summary>
    public required double VesselMaturity { get; init; }

    /// <summary>ECM/CAF density (0–1) of the tumour stroma.</summary>
    public required double StromaDensity { get; init; }

    /// <summary>What the cells of this tumour do more or less than those of others.</summary>
    public TumorTraits Traits { get; init; } = TumorTraits.Average;

    /// <summary>
    /// Multipliers of a reference patient, held from the start: densities, vessels and growth then come out of patient and tumour. Null:
    /// the burn-in finds multipliers that bring this lesion to its levels.
    /// </summary>
    public ReferencePlan? Reference { get; init; }

    /// <summary>Cells that the tissue is laid out with; null for a round nodule. Needs a simulation without burn-in.</summary>
    public CellTable? Table { get; init; }

    /// <summary>Cells of the clinical lesion: a ball of <see cref="DiameterMm"/> in volumes of a site.</summary>
    public double ClinicalCells(double spacingUm)
    {
        double siteVolumeMm3 = spacingUm * spacingUm * spacingUm * 1e-9;
        return Math.PI / 6 * DiameterMm * DiameterMm * DiameterMm / siteVolumeMm3;
    }
}

/// <summary>A clone present at the start.</summary>
/// <param name="Name">Name, unique in the lesion.</param>
/// <param name="Fraction">Share (0–1) of tumour cells at the start.</param>
/// <param name="Antigenicity">0–1.</param>
/// <param name="Nek9">NEK9 activity, 1 = average, zero or more.</param>
public sealed record ClonePlan(string Name, double Fraction, double Antigenicity, double Nek9)
{
    /// <summary>Genes that it has lost.</summary>
    public Genotype Lof { get; init; }
}

/// <summary>The patient around the lesions.</summary>
/// <param name="Nlr">Neutrophil-to-lymphocyte ratio at t = 0, positive.</param>
/// <param name="WeightKg">Body weight [kg] for doses per kg, positive.</param>
/// <param name="ChildPugh">Child-Pugh class: 'A', 'B' or 'C'.</param>
/// <param name="MeanLiverDoseGy">Mean liver dose [Gy] of the planned radiotherapy, zero or more.</param>
public sealed record PatientPlan(double Nlr, double WeightKg, char ChildPugh, double MeanLiverDoseGy)
{
    /// <summary>Lymphocytes relative to what the inflammation index leaves a reference patient, positive.</summary>
    public double LymphocyteSupply { get; init; } = 1;

    /// <summary>Monocytes relative to what the inflammation index gives a reference patient, positive.</summary>
    public double MonocyteSupply { get; init; } = 1;
}

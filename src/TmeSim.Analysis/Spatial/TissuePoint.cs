namespace TmeSim.Analysis.Spatial;

/// <summary>Centre of a cell or vessel.</summary>
/// <param name="X">Position along x [µm].</param>
/// <param name="Y">Position along y [µm].</param>
/// <param name="Z">Position along z [µm]; ignored in two dimensions.</param>
public readonly record struct TissuePoint(double X, double Y, double Z = 0);

using TmeSim.Analysis.Spatial;

namespace TmeSim.Experiments.Exports;

/// <summary>What to measure on anyone's points, and where to write it.</summary>
public sealed record PointsRequest
{
    /// <summary>CSV, .parquet or .h5ad with a row for each point.</summary>
    public required string File { get; init; }

    /// <summary>Folder of the tables.</summary>
    public required string OutDirectory { get; init; }

    /// <summary>Column of x; null: x_um, x or obsm/spatial.</summary>
    public string? X { get; init; }

    /// <summary>Column of y; null: y_um, y or obsm/spatial.</summary>
    public string? Y { get; init; }

    /// <summary>Column of z; null: the points lie in a plane.</summary>
    public string? Z { get; init; }

    /// <summary>Column of the type; null: cell_type or type, and without one all points are of one type.</summary>
    public string? Type { get; init; }

    /// <summary>Length of one unit of the coordinates [um], positive.</summary>
    public double UnitUm { get; init; } = 1;

    /// <summary>Largest radius of curves [um].</summary>
    public double RadiusUm { get; init; } = 200;

    /// <summary>Step of the radii [um].</summary>
    public double StepUm { get; init; } = 10;

    /// <summary>Types whose pairs are measured; empty for all.</summary>
    public IReadOnlyList<string> Types { get; init; } = [];

    /// <summary>Edge correction of K and L.</summary>
    public EdgeCorrection Edge { get; init; } = EdgeCorrection.Translate;

    /// <summary>Replace tables that are there.</summary>
    public bool Force { get; init; }
}

using TmeSim.Analysis.Spatial;
using TmeSim.Experiments.Running;

namespace TmeSim.Experiments.Exports;

/// <summary>Region that curves are measured in.</summary>
public enum ExportWindow : byte
{
    /// <summary>The whole lattice: a rectangle, in 3D a box.</summary>
    Tile,

    /// <summary>The tumour region, see <see cref="TmeSim.Analysis.Shapes.TumorMask"/>: cells outside it are left out.</summary>
    Tumor,
}

/// <summary>What to write of a finished run, and where.</summary>
public sealed record ExportRequest
{
    /// <summary>Run folder.</summary>
    public required string RunDirectory { get; init; }

    /// <summary>Folder of the tables; null: <c>export</c> in the run folder.</summary>
    public string? OutDirectory { get; init; }

    /// <summary>Write spatial.csv and spatial_curves.csv.</summary>
    public bool Measures { get; init; }

    /// <summary>Write points.csv.</summary>
    public bool Points { get; init; }

    /// <summary>Largest radius of curves [µm].</summary>
    public double RadiusUm { get; init; } = 200;

    /// <summary>Step of the radii and width of annuli [µm]; null: the spacing of the lattice.</summary>
    public double? StepUm { get; init; }

    /// <summary>Simulated patterns of an envelope; 0 for curves without.</summary>
    public int Simulations { get; init; } = Envelope.DefaultSimulations;

    /// <summary>Edge correction of K, L and g.</summary>
    public EdgeCorrection Edge { get; init; } = EdgeCorrection.Translate;

    /// <summary>Region of the curves.</summary>
    public ExportWindow Window { get; init; }

    /// <summary>Replace tables that are there.</summary>
    public bool Force { get; init; }

    /// <summary>Counts the snapshots that are done.</summary>
    public ExportProgress Progress { get; init; } = new(new RunProgress());
}

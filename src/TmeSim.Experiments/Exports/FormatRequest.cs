using TmeSim.Experiments.Running;

namespace TmeSim.Experiments.Exports;

/// <summary>Formats that results are exported to for other tools.</summary>
[Flags]
public enum ExportFormats
{
    None = 0,

    /// <summary>Cells as AnnData in one HDF5 file.</summary>
    H5ad = 1,

    /// <summary>Cells as AnnData in a folder of Zarr.</summary>
    AnnDataZarr = 2,

    /// <summary>Fields and labels as images of OME-Zarr, one for each arm, replicate and lesion.</summary>
    OmeZarr = 4,

    /// <summary>Cells and all tables as Parquet.</summary>
    Parquet = 8,

    /// <summary>Fields and tissue as VTK image data, a file for each snapshot.</summary>
    Vtk = 16,
}

/// <summary>What to write of a finished folder for other tools, and where.</summary>
public sealed record FormatRequest
{
    /// <summary>Run folder; for Parquet a sweep or trial too.</summary>
    public required string Directory { get; init; }

    /// <summary>Folder to write to; null: <c>export</c> in the folder.</summary>
    public string? OutDirectory { get; init; }

    /// <summary>What to write, at least one.</summary>
    public required ExportFormats Formats { get; init; }

    /// <summary>Replace what is there.</summary>
    public bool Force { get; init; }

    /// <summary>Counts the snapshots that are done.</summary>
    public ExportProgress Progress { get; init; } = new(new RunProgress());
}

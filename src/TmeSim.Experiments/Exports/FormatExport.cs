using TmeSim.Experiments.Cells;
using TmeSim.Experiments.Exports.Formats;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Results;

namespace TmeSim.Experiments.Exports;

/// <summary>
/// Writes finished folders in the formats of other tools. Each file or folder of a format appears whole or not at all, and memory does not grow
/// with the number of snapshots or cells.
/// </summary>
public sealed class FormatExport
{
    public const string H5adName = "cells.h5ad", ZarrName = "cells.zarr", CellsName = "cells.parquet", VtkName = "vtk", OmeZarrName = "ome-zarr";

    private static readonly string[] Tables =
    [
        ResultFiles.TimeSeries, ResultFiles.Events, ResultFiles.Responses, ResultFiles.Endpoints, ResultFiles.Contrasts, ResultFiles.Design,
        "sweep.csv", ResultFiles.Patients, ResultFiles.Visits,
    ];

    private readonly FormatRequest _request;
    private readonly string _source, _directory;
    private readonly FinishedRun? _run;
    private readonly CellSource? _cells;
    private readonly IReadOnlyList<(string Name, Action<string> Write)> _products;

    private FormatExport(FormatRequest request, FinishedRun? run)
    {
        (_request, _run) = (request, run);
        _source = Path.GetFullPath(request.Directory);
        _directory = request.OutDirectory ?? Path.Combine(_source, "export");
        _cells = run is null || run.Manifest.StateHashes.Count == 0 && !Directory.Exists(run.In(ResultFiles.Snapshots)) ? null : new CellSource(run);
        _products = [.. Products()];
    }

    /// <summary>Looks at the folder and decides what will be written; writes nothing.</summary>
    /// <exception cref="RunFolderException">
    /// The folder is none of a finished run (for Parquet, of a run, sweep or trial), has no snapshots, or something to write is there already.
    /// </exception>
    /// <exception cref="DamagedRunException">Files of the run are not as they were written.</exception>
    public static FormatExport Open(FormatRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        FolderKind kind = FolderKinds.Of(request.Directory);
        FinishedRun? run = null;
        if (kind is not (FolderKind.Sweep or FolderKind.Trial) || request.Formats != ExportFormats.Parquet)
        {
            run = FinishedRun.Open(request.Directory);
            run.RequireIntact();
        }

        var export = new FormatExport(request, run);
        return request.Force || export._products.Select(p => Path.Combine(export._directory, p.Name)).FirstOrDefault(Path.Exists) is not { } existing
            ? export : throw new RunFolderException($"{existing} exists; use --force to replace it");
    }

    /// <summary>Writes.</summary>
    /// <param name="cancellation">Stops between slabs of snapshots.</param>
    /// <returns>Paths of what was written.</returns>
    /// <exception cref="RunFolderException">A snapshot is damaged, there are no cells, or something cannot be written.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; what was finished stays.</exception>
    public IReadOnlyList<string> Write(CancellationToken cancellation = default)
    {
        _request.Progress.Expect(Steps());
        return [.. _products.Select(p =>
        {
            cancellation.ThrowIfCancellationRequested();
            _cancellation = cancellation;
            string path = Path.Combine(_directory, p.Name);
            p.Write(path);
            return path;
        })];
    }

    private CancellationToken _cancellation;

    private bool Has(ExportFormats format) => _request.Formats.HasFlag(format);

    private int Steps() => (_cells?.Snapshots ?? 0) * ((ExportFormats[])[ExportFormats.H5ad, ExportFormats.AnnDataZarr, ExportFormats.OmeZarr,
        ExportFormats.Parquet, ExportFormats.Vtk]).Count(Has);

    private CellSource Cells => _cells ?? throw new RunFolderException(
        $"{_source} has no snapshots of finished arms; run the scenario with time.snapshot_every set");

    private IEnumerable<(string Name, Action<string> Write)> Products()
    {
        if (Has(ExportFormats.H5ad))
        {
            yield return (H5adName, path => AtomicFile.Write(path, stream =>
                H5adFile.Write(stream, Layout(), Count(), Batches(path, H5adFile.Rows))));
        }

        if (Has(ExportFormats.AnnDataZarr))
        {
            yield return (ZarrName, path => AtomicFolder.Write(path, folder =>
                AnnDataZarr.Write(folder, Layout(), Count(), Batches(path, AnnDataZarr.RowsOf(Count())))));
        }

        if (Has(ExportFormats.OmeZarr))
        {
            yield return (OmeZarrName, path => AtomicFolder.Write(path, Images));
        }

        if (Has(ExportFormats.Vtk))
        {
            yield return (VtkName, path => AtomicFolder.Write(path, Volumes));
        }

        if (Has(ExportFormats.Parquet))
        {
            if (_cells is not null)
            {
                yield return (CellsName, path => AtomicFile.Write(path, stream =>
                    CellsParquet.Write(stream, Cells.Words, Batches(path, ParquetFile.Rows))));
            }

            foreach (string table in Tables.Where(t => File.Exists(Path.Combine(_source, t))))
            {
                yield return (Path.ChangeExtension(table, ".parquet"), path => AtomicFile.Write(path, stream =>
                    TableParquet.Write(stream, Path.Combine(_source, table), _cancellation)));
            }
        }
    }

    private AnnDataGroup Layout() => AnnDataLayout.Of(Cells, Provenance());

    private long Count() => Cells.Count(_cancellation) is > 0 and var count ? count
        : throw new RunFolderException($"{_source}: its snapshots hold no cells");

    private IEnumerable<CellBatch> Batches(string path, int rows) => Cells.Batches(rows,
        sample => _request.Progress.Begin(Path.GetFileName(path), sample.Name), _request.Progress.Done, _cancellation);

    private List<(string Name, AnnDataNode Node)> Provenance()
    {
        Manifest m = _run!.Manifest;
        return
        [
            ("format", new AnnDataText("tmesim-cells/1")), ("scenario", new AnnDataText(m.Scenario)), ("tool_version", new AnnDataText(m.ToolVersion)),
            ("model_version", new AnnDataNumber(m.ModelVersion)), ("identity_hash", new AnnDataText(m.IdentityHash)),
            ("seed", new AnnDataText(FormattableString.Invariant($"{m.Seed}"))), ("command", new AnnDataText(m.Command)),
            ("scenario_yaml", new AnnDataText(File.ReadAllText(_run.In(ResultFiles.Scenario)))),
        ];
    }

    private void Images(string folder)
    {
        foreach ((string name, (string Path, SnapshotHeader Header)[] times) in Courses())
        {
            OmeZarr.Write(Path.Combine(folder, name + ".ome.zarr"), name, times, h => Begin(OmeZarrName, h), _cancellation);
            _request.Progress.Done(times.Length);
        }
    }

    private void Volumes(string folder)
    {
        foreach ((string name, (string Path, SnapshotHeader Header)[] times) in Courses())
        {
            List<(double, string)> images = [];
            foreach ((string path, SnapshotHeader header) in times)
            {
                _cancellation.ThrowIfCancellationRequested();
                Begin(VtkName, header);
                string file = Path.GetFileName(path).Replace(".bin.gz", ".vti", StringComparison.Ordinal);
                using (var snapshot = SnapshotStream.Open(path))
                using (var stream = new FileStream(Path.Combine(folder, file), FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16))
                {
                    VtkImage.Write(stream, snapshot);
                }

                images.Add((header.TimeD, file));
                _request.Progress.Done();
            }

            File.WriteAllText(Path.Combine(folder, name + ".pvd"), VtkImage.Collection(images));
        }
    }

    private void Begin(string product, SnapshotHeader h) => _request.Progress.Begin(product, new CellSample(h.Arm, h.Replicate, h.Lesion, h.TimeD).Name);

    // Snapshots of one tissue by time; its name is that of their files without the time.
    private IEnumerable<(string Name, (string Path, SnapshotHeader Header)[] Times)> Courses() =>
        _run!.Index().GroupBy(s => (s.Header.Arm, s.Header.Replicate, s.Header.Lesion)).Select(g => (
            Path.GetFileName(g.First().Path) is var file && file.LastIndexOf(".t", StringComparison.Ordinal) is > 0 and var at ? file[..at] : file,
            g.OrderBy(s => s.Header.TimeD).ToArray()));
}

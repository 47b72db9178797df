using System.Runtime.InteropServices;
using TmeSim.Engine.State;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Results;

namespace TmeSim.Experiments.Cells;

/// <summary>All cells of the snapshots of a run, in batches. No more than a slab of a snapshot is in memory, whatever the size of the run.</summary>
internal sealed class CellSource
{
    /// <summary>Sites of a slab: some 700 MB of arrays.</summary>
    private const int SlabSites = 8 << 20;

    private readonly IReadOnlyList<(string Path, SnapshotHeader Header)> _files;
    private readonly int _slab;
    private long _count = -1;

    /// <param name="run">A finished run.</param>
    /// <param name="slabSites">Sites in memory at once.</param>
    /// <exception cref="RunFolderException">There are no snapshots, or one is damaged.</exception>
    public CellSource(FinishedRun run, int slabSites = SlabSites)
    {
        (_files, _slab) = (run.Index(), slabSites);
        Words = CellVocabulary.Of(_files.Select(f => f.Header));
        SnapshotHeader first = _files[0].Header.LongAxesFirst();
        Dimensions = first.Nz > 1 ? 3 : 2;
        SpacingUm = first.SpacingUm;
    }

    public CellVocabulary Words { get; }

    public int Snapshots => _files.Count;

    /// <summary>Axes longer than one site.</summary>
    public int Dimensions { get; }

    /// <summary>Spacing of the lattice [um].</summary>
    public double SpacingUm { get; }

    /// <summary>Number of cells. The first question counts them in the files.</summary>
    /// <exception cref="RunFolderException">A snapshot is damaged.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public long Count(CancellationToken cancellation)
    {
        if (_count < 0)
        {
            _count = _files.Sum(f =>
            {
                cancellation.ThrowIfCancellationRequested();
                return CountIn(f.Path);
            });
        }

        return _count;
    }

    /// <summary>Coordinates of the plane or space that cells stand in [um]: the long axes of the lattice.</summary>
    public double[] Places(CellBatch batch)
    {
        SnapshotHeader h = _files[0].Header;
        double[][] axes = [.. new (int Length, double[] Values)[] { (h.Nx, batch.X), (h.Ny, batch.Y), (h.Nz, batch.Z) }
            .OrderBy(a => a.Length > 1 ? 0 : 1).Select(a => a.Values).Take(Dimensions)];
        var places = new double[batch.Count * Dimensions];
        for (int i = 0; i < places.Length; i++)
        {
            places[i] = axes[i % Dimensions][i / Dimensions];
        }

        return places;
    }

    /// <summary>The cells in batches of as many rows, the last one of what is left; each is good until the next one is asked for.</summary>
    /// <param name="rows">Cells of a batch.</param>
    /// <param name="begin">Told before a snapshot is read.</param>
    /// <param name="done">Called when it is read.</param>
    /// <param name="cancellation">Stops between slabs.</param>
    /// <exception cref="RunFolderException">A snapshot is damaged.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public IEnumerable<CellBatch> Batches(int rows, Action<CellSample> begin, Action done, CancellationToken cancellation)
    {
        var batch = new CellBatch(rows, Words.Variables.Count);
        foreach ((int sample, (string path, _)) in _files.Index())
        {
            begin(Words.Samples[sample]);
            foreach (TissueSnapshot slab in SnapshotFile.ReadSlabs(path, _slab))
            {
                cancellation.ThrowIfCancellationRequested();
                foreach (CellRow row in CellWalk.Of(slab, Words))
                {
                    batch.Add(sample, row);
                    if (batch.IsFull)
                    {
                        yield return batch;
                        batch.Next();
                    }
                }
            }

            done();
        }

        if (batch.Count > 0)
        {
            yield return batch;
        }
    }

    private static long CountIn(string path)
    {
        using var stream = SnapshotStream.Open(path);
        long count = 0;
        foreach (SnapshotArray array in stream.Header.Arrays)
        {
            if (array.Name == "parenchyma")
            {
                stream.ReadThrough(array, bytes => count += Number(bytes, b => b is Parenchyma.Tumor or Parenchyma.Dying or Parenchyma.Necrotic));
            }
            else if (array.Name == "immune")
            {
                stream.ReadThrough(array, bytes => count += Number(bytes, b => b > 0));
            }
            else if (array.Name is "vessel_site")
            {
                return count + array.Length!.Value;
            }
            else if (array.Name is "vessel_perfusion")
            {
                stream.ReadThrough(array, bytes => count += Number(MemoryMarshal.Cast<byte, float>(bytes), p => p > 0));
                return count;
            }
            else
            {
                stream.ReadThrough(array, _ => { });
            }
        }

        return count;
    }

    private static long Number<T>(ReadOnlySpan<T> values, Predicate<T> fits)
    {
        long number = 0;
        foreach (T value in values)
        {
            number += fits(value) ? 1 : 0;
        }

        return number;
    }
}

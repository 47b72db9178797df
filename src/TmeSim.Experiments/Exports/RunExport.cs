using System.Globalization;
using System.Text;
using TmeSim.Analysis.Spatial;
using TmeSim.Experiments.Cells;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Results;

namespace TmeSim.Experiments.Exports;

/// <summary>Writes the snapshots of a finished run as tidy tables. Each appears whole or not at all.</summary>
public static class RunExport
{
    public const string ScalarsFile = "spatial.csv";
    public const string CurvesFile = "spatial_curves.csv";
    public const string PointsFile = "points.csv";
    private const string Keys = "arm,replicate,lesion,time_d";

    /// <summary>Writes what the request asks for.</summary>
    /// <param name="request">What and where.</param>
    /// <param name="cancellation">Stops between snapshots.</param>
    /// <returns>Paths of the tables.</returns>
    /// <exception cref="ArgumentException">Nothing is asked for, or a radius, step, number or correction does not fit.</exception>
    /// <exception cref="RunFolderException">
    /// The folder is no run folder, has no snapshots or a damaged one, a table is there already, or one cannot be written.
    /// </exception>
    /// <exception cref="DamagedRunException">Files of the run are not as they were written: a table cannot carry that caution with
    /// it.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; tables already written stay.</exception>
    public static IReadOnlyList<string> Write(ExportRequest request, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        Check(request);
        var run = FinishedRun.Open(request.RunDirectory);
        run.RequireIntact();
        string directory = request.OutDirectory ?? Path.Combine(run.Directory, "export");
        string[] names = [.. request.Measures ? (string[])[ScalarsFile, CurvesFile] : [], .. request.Points ? (string[])[PointsFile] : []];
        string[] paths = [.. names.Select(n => Path.Combine(directory, n))];
        if (!request.Force && paths.FirstOrDefault(File.Exists) is { } existing)
        {
            throw new RunFolderException($"{existing} exists; use --force to replace it");
        }

        IReadOnlyList<(string Path, SnapshotHeader Header)> index = run.Index();
        int snapshots = index.Count;
        request.Progress.Expect(names.Length * snapshots);
        CohortScores? scores = request.Measures ? new CohortScores(run.TimeSeries()) : null;
        foreach ((string name, string path) in names.Zip(paths))
        {
            switch (name)
            {
                case ScalarsFile:
                    Table(path, $"{Keys},measure,value,unit", s => Scalars(s, scores!));
                    break;
                case CurvesFile:
                    Table(path, $"{Keys},window,function,from,to,edge,null,simulations,r_um,value,theo,envelope_low,envelope_high",
                        s => Curves(s, request));
                    break;
                default:
                    var points = new PointRows(CellVocabulary.Of(index.Select(i => i.Header)));
                    Table(path, points.Header(), s => points.Of(s, KeysOf(s)));
                    break;
            }
        }

        return paths;

        void Table(string path, string header, Func<TissueSnapshot, IEnumerable<string>> rows) => AtomicFile.Write(path, stream =>
        {
            using var writer = new StreamWriter(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
            writer.WriteLine(header);
            foreach (TissueSnapshot snapshot in run.Snapshots())
            {
                cancellation.ThrowIfCancellationRequested();
                request.Progress.Begin(Path.GetFileName(path), ExportProgress.Place(snapshot));
                foreach (string row in rows(snapshot))
                {
                    writer.WriteLine(row);
                }

                request.Progress.Done();
            }
        });
    }

    private static IEnumerable<string> Scalars(TissueSnapshot snapshot, CohortScores scores) =>
        SpatialScalars.Of(new SnapshotTissue(snapshot)).Concat(scores.Of(snapshot))
            .Select(v => $"{KeysOf(snapshot)},{v.Measure},{Csv.Number(v.Value)},{v.Unit}");

    private static IEnumerable<string> Curves(TissueSnapshot snapshot, ExportRequest request)
    {
        string window = request.Window == ExportWindow.Tile ? "tile" : "tumor";
        CurvePoint[] points;
        try
        {
            points = [.. SpatialCurves.Of(new SnapshotTissue(snapshot), request)];
        }
        catch (ArgumentException e)
        {
            throw new RunFolderException(
                $"cannot measure curves of {snapshot.Arm}, day {Csv.Number(snapshot.TimeDays)}: {e.Message.Split(" (Parameter")[0]}", e);
        }

        return points.Select(p => string.Join(
            ',', KeysOf(snapshot), window, p.Function, p.From, p.To, p.Edge, p.Null,
            request.Simulations.ToString(CultureInfo.InvariantCulture),
            Csv.Number(p.RadiusUm), Csv.Number(p.Value), Csv.Number(p.Theory), Csv.Number(p.Low), Csv.Number(p.High)));
    }

    private static string KeysOf(TissueSnapshot s) =>
        string.Create(CultureInfo.InvariantCulture, $"{Csv.Text(s.Arm)},{s.Replicate},{Csv.Text(s.Lesion)},{Csv.Number(s.TimeDays)}");

    private static void Check(ExportRequest request)
    {
        if (!request.Measures && !request.Points)
        {
            throw new ArgumentException("nothing to export: ask for measures, points or both", nameof(request));
        }

        if (!(request.RadiusUm > 0 && double.IsFinite(request.RadiusUm)) || request.StepUm is { } step
            && !(step > 0 && step <= request.RadiusUm))
        {
            throw new ArgumentException("the radius [um] must be positive, and the step positive and no longer than the radius",
                nameof(request));
        }

        if (request.Simulations is < 0 or > 9999 or > 0 and < 19)
        {
            throw new ArgumentException("simulations must be 0 or a number from 19 to 9999", nameof(request));
        }

        if (request.Window == ExportWindow.Tumor && request.Edge == EdgeCorrection.Isotropic)
        {
            throw new ArgumentException(
                "the isotropic correction is there for rectangles only; use translate or border in the tumour window", nameof(request));
        }
    }
}

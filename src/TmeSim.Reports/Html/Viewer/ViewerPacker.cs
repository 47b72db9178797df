namespace TmeSim.Reports.Html.Viewer;

/// <summary>
/// Packs the frames of a viewer into a given room. Frames are seen once, so each field is packed in every precision that may
/// still be the one. In the end the field that takes most room goes one precision down, again and again, until all fit:
/// smooth fields stay fine, rugged ones pay. If even the coarsest precisions do not fit, times are left out. Replicates after the first are taken as long
/// as all of them fit without giving up a site.
/// </summary>
internal sealed class ViewerPacker
{
    // Frames after which the whole size is foretold; then only the precision foretold and its neighbours are tried on.
    private const int FramesToJudge = 4;

    // Replicates after the first are taken while all would fit with so many steps of every field.
    private const int StepsOfSeveral = 126;

    // Part of the room that must be foretold to be enough: replicates differ in size.
    private const double Safety = 0.95;

    private readonly TissueViewer _viewer;
    private readonly long _room;
    private readonly PackedLesion[] _lesions;
    private readonly List<PackedLattice> _lattices = [];
    private bool _hasTracks;
    private readonly List<int> _replicates = [];
    private readonly List<PackedFrame> _frames = [];
    private readonly long[][] _characters;
    private readonly bool[][] _tried;
    private long _cells;

    private ViewerPacker(TissueViewer viewer, long room)
    {
        (_viewer, _room) = (viewer, room);
        _lesions = [.. viewer.Lesions.Select(name => new PackedLesion(name))];
        _characters = [.. FieldPrecision.Ladder.Select(_ => new long[viewer.Fields.Count])];
        _tried = [.. FieldPrecision.Ladder.Select(_ => Enumerable.Repeat(true, viewer.Fields.Count).ToArray())];
    }

    /// <summary>Packs all frames.</summary>
    /// <param name="viewer">The viewer.</param>
    /// <param name="room">Characters that the blocks may take.</param>
    /// <exception cref="ArgumentException">A frame is of an unknown arm or lesion, or does not fit its lesion or itself.</exception>
    public static PackedViewer Pack(TissueViewer viewer, long room)
    {
        var packer = new ViewerPacker(viewer, room);
        HashSet<(string, string, int, double)> seen = [];
        foreach (ViewerFrame frame in viewer.Frames)
        {
            if (!packer._replicates.Contains(frame.Replicate))
            {
                if (!packer.HasRoomForAnother())
                {
                    break;
                }

                packer._replicates.Add(frame.Replicate);
            }

            if (seen.Add((frame.Arm, frame.Lesion, frame.Replicate, frame.TimeDays)))
            {
                packer.Add(frame);
            }
        }

        return packer.Result();
    }

    private void Add(ViewerFrame frame)
    {
        int lesion = Index(_viewer.Lesions, frame.Lesion, "lesion");
        frame.Check(_viewer.Fields.Count, _viewer.Marks.Count);
        int lattice = Join(lesion, frame);
        _hasTracks |= frame.Parenchyma.AsSpan().Contains((byte)5);
        (double Low, double High) perfusion = Range(frame.Perfusion, least: 0);
        (double Low, double High)[] ranges = [.. frame.Fields.Select(field => Range(field, double.NegativeInfinity))];
        _lesions[lesion].FullPerfusion = Math.Max(_lesions[lesion].FullPerfusion, perfusion.High);
        Widen(_lesions[lesion], ranges);
        var cells = Task.Run(() => (byte[][])
        [
            PlaneCodec.Deflate(frame.Parenchyma), PlaneCodec.Deflate(frame.Immune), PlaneCodec.Clones(frame.CloneIndex), PlaneCodec.Spots(frame.Perfusion, perfusion.Low, perfusion.High),
            .. _viewer.Marks.Zip(frame.Marks, (mark, values) => PlaneCodec.Spots(values, mark.Low, mark.High)),
        ]);
        byte[]?[][] fields = PackFields(frame, ranges);
        _frames.Add(new PackedFrame(Index(_viewer.Arms, frame.Arm, "arm"), lattice, frame.Replicate, frame.TimeDays)
        {
            Perfusion = perfusion,
            Ranges = ranges,
            Cells = cells.GetAwaiter().GetResult(),
            Fields = fields,
        });
        GiveUp();
    }

    private byte[]?[][] PackFields(ViewerFrame frame, (double Low, double High)[] ranges)
    {
        (int Level, int Field)[] jobs = [.. from level in Enumerable.Range(0, _tried.Length) from field in Enumerable.Range(0, ranges.Length) where _tried[level][field] select (level, field)];
        byte[]?[][] packed = [.. _tried.Select(_ => new byte[ranges.Length][])];
        Parallel.ForEach(jobs, job =>
            packed[job.Level][job.Field] = PlaneCodec.Field(frame.Fields[job.Field], (frame.Nx, frame.Ny), ranges[job.Field], FieldPrecision.Ladder[job.Level]));
        return packed;
    }

    private void GiveUp()
    {
        Count(_frames[^1], 1);
        bool judge = _viewer.ExpectedFrames > 0 && _frames.Count == FramesToJudge;
        int[] foretold = judge ? Choose((double)_viewer.ExpectedFrames / FramesToJudge) : [];
        for (int level = 0; level < _tried.Length - 1; level++)
        {
            for (int field = 0; field < _viewer.Fields.Count; field++)
            {
                // The coarsest is never given up: it costs little.
                if (_tried[level][field] && (_characters[level][field] > _room || (judge && Math.Abs(level - foretold[field]) > 1)))
                {
                    _tried[level][field] = false;
                    _frames.ForEach(frame => frame.Fields[level][field] = null);
                }
            }
        }
    }

    private void Count(PackedFrame frame, int sign)
    {
        _cells += sign * frame.Characters([]);
        for (int level = 0; level < _tried.Length; level++)
        {
            for (int field = 0; field < _viewer.Fields.Count; field++)
            {
                _characters[level][field] += frame.Fields[level][field] is { } block ? sign * PackedFrame.Characters(block) : 0;
            }
        }
    }

    // By the mean size of the replicates so far, at the coarsest precision that will do of those that are still tried on.
    private bool HasRoomForAnother()
    {
        if (_replicates.Count == 0)
        {
            return true;
        }

        int[] coarsest =
        [
            .. Enumerable.Range(0, _viewer.Fields.Count).Select(field => Enumerable.Range(0, _tried.Length)
                .LastOrDefault(level => _tried[level][field] && FieldPrecision.Ladder[level] is { Every: 1, Steps: >= StepsOfSeveral }, -1)),
        ];
        return !coarsest.Contains(-1) && (_cells + coarsest.Select((level, field) => _characters[level][field]).Sum()) * (_replicates.Count + 1.0) / _replicates.Count < Safety * _room;
    }

    /// <summary>Precision of each field, if there were <paramref name="times"/> as many frames as there are.</summary>
    private int[] Choose(double times)
    {
        int[] levels = [.. Enumerable.Range(0, _viewer.Fields.Count).Select(field => Next(field, -1))];
        while ((_cells + levels.Select((level, field) => _characters[level][field]).Sum()) * times > _room)
        {
            int[] movable = [.. Enumerable.Range(0, levels.Length).Where(field => levels[field] < _tried.Length - 1)];
            if (movable.Length == 0)
            {
                break;
            }

            // Sites are given up when there are no steps left to give.
            int[] stepwise = [.. movable.Where(field => FieldPrecision.Ladder[Next(field, levels[field])].Every == 1)];
            int largest = (stepwise.Length > 0 ? stepwise : movable).MaxBy(field => _characters[levels[field]][field]);
            levels[largest] = Next(largest, levels[largest]);
        }

        return levels;
    }

    private int Next(int field, int level) => Enumerable.Range(level + 1, _tried.Length - level - 1).First(l => _tried[l][field]);

    private PackedViewer Result()
    {
        int[] levels = Choose(1);
        while (_replicates.Count > 1 && levels.Any(level => FieldPrecision.Ladder[level].Every > 1))
        {
            // The last one was larger than foretold.
            _frames.Where(f => f.Replicate == _replicates[^1]).ToList().ForEach(f => Count(f, -1));
            _frames.RemoveAll(f => f.Replicate == _replicates[^1]);
            _replicates.RemoveAt(_replicates.Count - 1);
            levels = Choose(1);
        }

        PackedFrame[] frames = [.. _frames.OrderBy(f => f.Arm).ThenBy(f => f.Lattice).ThenBy(f => f.Replicate).ThenBy(f => f.TimeDays)];
        while (frames.Sum(f => f.Characters(levels)) > _room)
        {
            double[] times = [.. frames.Select(f => f.TimeDays).Distinct().Order()];
            HashSet<double> kept = [.. times.Where((_, i) => i % 2 == 0), times[^1]];

            // The last frame of an arm stays, whenever it is: it is the outcome.
            PackedFrame[] fewer = [.. frames.Where(f => kept.Contains(f.TimeDays) || frames.Last(g => g.Arm == f.Arm && g.Lattice == f.Lattice && g.Replicate == f.Replicate) == f)];
            if (fewer.Length == frames.Length)
            {
                break;
            }

            frames = fewer;
        }

        return new PackedViewer(_lesions, _lattices, _replicates, frames, levels, _frames.Count) { HasTracks = _hasTracks };
    }

    // Place of the lattice of a frame.
    private int Join(int lesion, ViewerFrame frame)
    {
        foreach (ushort clone in frame.CloneIndex.Distinct())
        {
            _lesions[lesion].Clones.Add(clone);
        }

        int lattice = _lattices.FindIndex(l => l.Fits(lesion, frame));
        if (lattice >= 0)
        {
            return lattice;
        }

        _lattices.Add(new PackedLattice(lesion, frame with { Parenchyma = [], Immune = [], CloneIndex = [], Perfusion = [], Fields = [], Marks = [] }));
        return _lattices.Count - 1;
    }

    private static void Widen(PackedLesion lesion, (double Low, double High)[] ranges) =>
        lesion.Ranges = lesion.Ranges.Length == 0 ? [.. ranges] : [.. lesion.Ranges.Zip(ranges, (a, b) => (Math.Min(a.Low, b.Low), Math.Max(a.High, b.High)))];

    // Without a value the range is empty: the low end above the high one.
    private static (double Low, double High) Range(float[] values, double least)
    {
        (double low, double high) = (double.MaxValue, double.MinValue);
        foreach (float value in values)
        {
            if (float.IsFinite(value) && value >= least)
            {
                (low, high) = (Math.Min(low, value), Math.Max(high, value));
            }
        }

        return (low, high);
    }

    private static int Index(IReadOnlyList<string> names, string name, string what)
    {
        for (int i = 0; i < names.Count; i++)
        {
            if (names[i] == name)
            {
                return i;
            }
        }

        throw new ArgumentException($"a frame is of {what} '{name}', which the viewer does not name");
    }
}

namespace TmeSim.Reports;

/// <summary>
/// Packs the frames of a viewer into a given room. Frames are seen once, so fields are packed in every precision that may
/// still be the one; a precision is given up when its blocks pass the room, or clearly will. If even the coarsest does, times
/// are left out.
/// </summary>
internal sealed class ViewerPacker
{
    // Frames after which the whole size is foretold, and how far off a precision may then be to be tried on.
    private const int FramesToJudge = 4;
    private const double HopelessExcess = 1.25;
    private const double SafeShare = 0.7;

    private readonly TissueViewer _viewer;
    private readonly long _room;
    private readonly PackedLesion[] _lesions;
    private readonly List<PackedFrame> _frames = [];
    private readonly long[] _characters = new long[FieldPrecision.Ladder.Count];
    private readonly bool[] _tried = [.. FieldPrecision.Ladder.Select(_ => true)];

    private ViewerPacker(TissueViewer viewer, long room)
    {
        (_viewer, _room) = (viewer, room);
        _lesions = [.. viewer.Lesions.Select(name => new PackedLesion(name))];
    }

    /// <summary>Packs all frames.</summary>
    /// <param name="viewer">The viewer.</param>
    /// <param name="room">Characters that the blocks may take.</param>
    /// <exception cref="ArgumentException">A frame is of an unknown arm or lesion, or does not fit its lesion or itself.</exception>
    public static PackedViewer Pack(TissueViewer viewer, long room)
    {
        var packer = new ViewerPacker(viewer, room);
        HashSet<(string, string, double)> seen = [];
        foreach (ViewerFrame frame in viewer.Frames)
        {
            if (seen.Add((frame.Arm, frame.Lesion, frame.TimeDays)))
            {
                packer.Add(frame);
            }
        }

        return packer.Result();
    }

    private void Add(ViewerFrame frame)
    {
        int lesion = Index(_viewer.Lesions, frame.Lesion, "lesion");
        frame.Check(_viewer.Fields.Count);
        Join(_lesions[lesion], frame);
        (double Low, double High) perfusion = Range(frame.Perfusion, above: 0);
        (double Low, double High)[] ranges = [.. frame.Fields.Select(field => Range(field, double.NegativeInfinity))];
        _lesions[lesion].FullPerfusion = Math.Max(_lesions[lesion].FullPerfusion, perfusion.High);
        Widen(_lesions[lesion], ranges);
        _frames.Add(new PackedFrame(Index(_viewer.Arms, frame.Arm, "arm"), lesion, frame.TimeDays)
        {
            Perfusion = perfusion,
            Ranges = ranges,
            Cells = [PlaneCodec.Deflate(frame.Parenchyma), PlaneCodec.Deflate(frame.Immune), PlaneCodec.Clones(frame.CloneIndex), PlaneCodec.Vessels(frame.Perfusion, perfusion.Low, perfusion.High)],
            Fields = PackFields(frame, ranges),
        });
        GiveUp();
    }

    private byte[]?[][] PackFields(ViewerFrame frame, (double Low, double High)[] ranges)
    {
        int fields = frame.Fields.Count;
        int[] levels = [.. Enumerable.Range(0, _tried.Length).Where(level => _tried[level])];
        byte[]?[][] packed = [.. FieldPrecision.Ladder.Select(_ => new byte[fields][])];
        Parallel.For(0, levels.Length * fields, i =>
        {
            (int level, int field) = (levels[i / fields], i % fields);
            packed[level][field] = PlaneCodec.Field(frame.Fields[field], (frame.Nx, frame.Ny), ranges[field], FieldPrecision.Ladder[level]);
        });
        return packed;
    }

    private void GiveUp()
    {
        for (int level = 0; level < _tried.Length; level++)
        {
            _characters[level] += _tried[level] ? _frames[^1].Characters(level) : 0;
        }

        // The coarsest is never given up, nor are those with fewer sites: they cost little.
        bool judge = _viewer.ExpectedFrames > 0 && _frames.Count == FramesToJudge;
        double foretold = (double)_viewer.ExpectedFrames / _frames.Count;
        bool safe = false;
        for (int level = 0; level < _tried.Length - 1; level++)
        {
            double share = (double)_characters[level] / _room;
            bool hopeless = share > 1 || (judge && share * foretold > HopelessExcess);
            if (_tried[level] && (hopeless || (safe && FieldPrecision.Ladder[level].Every == 1)))
            {
                GiveUp(level);
            }

            safe |= judge && _tried[level] && share * foretold < SafeShare;
        }
    }

    private void GiveUp(int level)
    {
        _tried[level] = false;
        foreach (PackedFrame frame in _frames)
        {
            Array.Clear(frame.Fields[level]);
        }
    }

    private PackedViewer Result()
    {
        int finest = Array.IndexOf(_tried, true);
        PackedFrame[] frames = [.. _frames.OrderBy(f => f.Arm).ThenBy(f => f.Lesion).ThenBy(f => f.TimeDays)];
        while (frames.Sum(f => f.Characters(finest)) > _room && frames.Select(f => f.TimeDays).Distinct().Count() > 2)
        {
            double[] times = [.. frames.Select(f => f.TimeDays).Distinct().Order()];
            HashSet<double> kept = [.. times.Where((_, i) => i % 2 == 0), times[^1]];

            // The last frame of an arm stays, whenever it is: it is the outcome.
            frames = [.. frames.Where(f => kept.Contains(f.TimeDays) || frames.Last(g => g.Arm == f.Arm && g.Lesion == f.Lesion) == f)];
            if (frames.Select(f => f.TimeDays).Distinct().Count() == times.Length)
            {
                break;
            }
        }

        return new PackedViewer(_lesions, frames, finest, _frames.Count);
    }

    private static void Join(PackedLesion lesion, ViewerFrame frame)
    {
        // The cells of the first frame are not needed any more.
        lesion.First ??= frame with { Parenchyma = [], Immune = [], CloneIndex = [], Perfusion = [], Fields = [] };
        if ((frame.Nx, frame.Ny, frame.Every, frame.SpacingUm) != (lesion.First.Nx, lesion.First.Ny, lesion.First.Every, lesion.First.SpacingUm) || !frame.Layers.SequenceEqual(lesion.First.Layers))
        {
            throw new ArgumentException($"frames of the lesion {lesion.Name} differ in size, spacing or layers");
        }

        foreach (ushort clone in frame.CloneIndex.Distinct())
        {
            lesion.Clones.Add(clone);
        }
    }

    private static void Widen(PackedLesion lesion, (double Low, double High)[] ranges) =>
        lesion.Ranges = lesion.Ranges.Length == 0 ? [.. ranges] : [.. lesion.Ranges.Zip(ranges, (a, b) => (Math.Min(a.Low, b.Low), Math.Max(a.High, b.High)))];

    // Without a value the range is empty: the low end above the high one.
    private static (double Low, double High) Range(float[] values, double above)
    {
        (double low, double high) = (double.MaxValue, double.MinValue);
        foreach (float value in values)
        {
            if (float.IsFinite(value) && value > above)
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

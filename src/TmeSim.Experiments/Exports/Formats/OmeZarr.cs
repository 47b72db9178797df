using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using TmeSim.Engine.State;
using TmeSim.Experiments.Folders;

namespace TmeSim.Experiments.Exports.Formats;

/// <summary>
/// The snapshots of one arm, replicate and lesion as an image of OME-Zarr 0.4: fields and markers as channels over time, tissue as labels, levels
/// of resolution that halve the sites, sites in um and times in days.
/// </summary>
internal sealed class OmeZarr
{
    /// <summary>Sites of the layers that are in memory at once: 64 MB of floats.</summary>
    private const int SlabSites = 16 << 20;

    private const int ChunkEdge = 256;

    private static readonly (string Name, int Value)[] Tissue =
    [
        ("hepatocyte", Parenchyma.Hepatocyte), ("tumour cell", Parenchyma.Tumor), ("dying tumour cell", Parenchyma.Dying), ("necrosis", Parenchyma.Necrotic),
        ("septum or sinusoidal track", Parenchyma.Stroma),
    ];

    private readonly string _folder;
    private readonly IReadOnlyList<(string Path, SnapshotHeader Header)> _times;
    private readonly SnapshotHeader _first;
    private readonly SnapshotArray[] _channels;
    private readonly (float Low, float High)[] _ranges;
    private readonly IReadOnlyList<LevelShape> _levels;
    private readonly int _depth;

    private OmeZarr(string folder, IReadOnlyList<(string Path, SnapshotHeader Header)> times)
    {
        (_folder, _times, _first) = (folder, times, times[0].Header.LongAxesFirst());
        _channels = [.. _first.Arrays.Where(a => a.Length is null && a.Type == "f4").DistinctBy(a => a.Name)];
        _ranges = [.. _channels.Select(_ => (float.PositiveInfinity, float.NegativeInfinity))];
        _levels = LevelShape.All(_first.Nx, _first.Ny, _first.Nz);
        _depth = (int)Math.Clamp(SlabSites / ((long)_first.Nx * _first.Ny), 1, Math.Min(_first.Nz, 64));
    }

    private bool IsFlat => _first.Nz == 1;

    /// <summary>Writes an image.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="name">Its name.</param>
    /// <param name="times">Its snapshots, by time.</param>
    /// <param name="begin">Told before a snapshot is read.</param>
    /// <param name="cancellation">Stops between arrays.</param>
    /// <exception cref="RunFolderException">A snapshot is damaged.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static void Write(
        string folder, string name, IReadOnlyList<(string Path, SnapshotHeader Header)> times, Action<SnapshotHeader> begin, CancellationToken cancellation)
    {
        var image = new OmeZarr(folder, times);
        ZarrArray.Group(folder);
        ZarrArray[] fields = image.Arrays("", "<f4", image._channels.Length);
        ZarrArray.Group(Path.Combine(folder, "labels"), new JsonObject { ["labels"] = new JsonArray("parenchyma", "immune", "clone", "vessels") });
        Dictionary<string, ZarrArray[]> labels = [];
        foreach ((string label, string type) in ((string, string)[])[("parenchyma", "|u1"), ("immune", "|u1"), ("clone", "<u2"), ("vessels", "|u1")])
        {
            ZarrArray.Group(Path.Combine(folder, "labels", label), image.Label(label));
            labels[label] = image.Arrays(Path.Combine("labels", label), type, 0);
        }

        foreach ((int t, (string path, SnapshotHeader header)) in times.Index())
        {
            begin(header);
            image.Snapshot(t, path, fields, labels, cancellation);
        }

        ZarrArray.Attributes(folder, image.Image(name));
    }

    private void Snapshot(int t, string path, ZarrArray[] fields, Dictionary<string, ZarrArray[]> labels, CancellationToken cancellation)
    {
        using var snapshot = SnapshotStream.Open(path);
        foreach (SnapshotArray array in snapshot.Header.Arrays)
        {
            cancellation.ThrowIfCancellationRequested();
            int channel = System.Array.FindIndex(_channels, c => c.Name == array.Name && array.Length is null);
            if (channel >= 0)
            {
                Volume(bytes => snapshot.Read(bytes), fields, sizeof(float), [t, channel], slab => Widen(channel, slab));
            }
            else if (array.Length is null && labels.TryGetValue(array.Name, out ZarrArray[]? label))
            {
                Volume(bytes => snapshot.Read(bytes), label, SnapshotList.Width(array.Type), [t], _ => { });
            }
            else if (array.Name == "vessel_site")
            {
                var sites = new SiteList(snapshot.ReadList(array));
                Volume(sites.Mark, labels["vessels"], 1, [t], _ => { });
            }
            else
            {
                snapshot.ReadThrough(array, _ => { });
            }
        }
    }

    // Layers are read a few at a time.
    private void Volume(SpanAction read, ZarrArray[] arrays, int width, long[] at, SpanAction look)
    {
        PyramidLevel? level = null;
        foreach ((LevelShape shape, ZarrArray array) in _levels.Zip(arrays).Reverse())
        {
            level = new PyramidLevel(shape, array, width, Chunk(shape), at, level) { IsMean = at.Length > 1, IsFlat = IsFlat };
        }

        int bytes = _first.Ny * _first.Nx * width;
        byte[] slab = new byte[checked(_depth * bytes)];
        for (int z = 0; z < _first.Nz; z += _depth)
        {
            int layers = Math.Min(_depth, _first.Nz - z);
            read(slab.AsSpan(0, layers * bytes));
            look(slab.AsSpan(0, layers * bytes));
            for (int layer = 0; layer < layers; layer++)
            {
                level!.Add(slab.AsSpan(layer * bytes, bytes));
            }
        }
    }

    private (int X, int Y, int Z) Chunk(LevelShape shape) => (Math.Min(shape.Nx, ChunkEdge), Math.Min(shape.Ny, ChunkEdge), Math.Min(shape.Nz, _depth));

    private void Widen(int channel, ReadOnlySpan<byte> slab)
    {
        (float low, float high) = _ranges[channel];
        foreach (float value in MemoryMarshal.Cast<byte, float>(slab))
        {
            if (float.IsFinite(value))
            {
                (low, high) = (Math.Min(low, value), Math.Max(high, value));
            }
        }

        _ranges[channel] = (low, high);
    }

    private ZarrArray[] Arrays(string path, string type, int channels) => [.. _levels.Index().Select(l =>
    {
        (LevelShape shape, (int X, int Y, int Z) chunk) = (l.Item, Chunk(l.Item));
        long[] space = IsFlat ? [shape.Ny, shape.Nx] : [shape.Nz, shape.Ny, shape.Nx], parts = IsFlat ? [chunk.Y, chunk.X] : [chunk.Z, chunk.Y, chunk.X];
        long[] front = channels > 0 ? [_times.Count, channels] : [_times.Count], ones = channels > 0 ? [1, 1] : [1];
        string folder = Path.Combine(_folder, path, l.Index.ToString(CultureInfo.InvariantCulture));
        return new ZarrArray(folder, [.. front, .. space], [.. ones, .. parts], type, "/");
    })];

    private JsonObject Image(string name) => new()
    {
        ["multiscales"] = Multiscales(name, channels: true),
        ["omero"] = new JsonObject
        {
            ["channels"] = new JsonArray([.. _channels.Select((c, i) => (JsonNode)new JsonObject
            {
                ["label"] = NameOf(c),
                ["color"] = "FFFFFF",
                ["active"] = i == 0,
                ["window"] = Window(_ranges[i]),
            })]),
        },
        ["tmesim"] = new JsonObject
        {
            ["arm"] = _first.Arm,
            ["replicate"] = _first.Replicate,
            ["lesion"] = _first.Lesion,
            ["times_d"] = new JsonArray([.. _times.Select(t => (JsonNode)t.Header.TimeD)]),
            ["channels"] = new JsonArray([.. _channels.Select(c => (JsonNode)new JsonObject { ["name"] = NameOf(c), ["unit"] = c.Unit })]),
        },
    };

    private static JsonObject Window((float Low, float High) range) => range.Low <= range.High
        ? new JsonObject { ["min"] = range.Low, ["max"] = range.High, ["start"] = range.Low, ["end"] = range.High }
        : new JsonObject { ["min"] = 0, ["max"] = 1, ["start"] = 0, ["end"] = 1 };

    private JsonObject Label(string label)
    {
        (string Name, int Value)[] words = label switch
        {
            "parenchyma" => Tissue,
            "immune" => [.. _first.Codes.Select((c, i) => (c.Label, i + 1))],
            "vessels" => [("vessel", 1)],
            _ => [.. (_first.Levels?.Clones ?? []).Select((c, i) => (c.Name, i)).Skip(1)],
        };
        return new JsonObject
        {
            ["multiscales"] = Multiscales(label, channels: false),
            ["image-label"] = new JsonObject
            {
                ["version"] = "0.4",
                ["properties"] = new JsonArray([.. words.Select(w => (JsonNode)new JsonObject { ["label-value"] = w.Value, ["name"] = w.Name })]),
                ["source"] = new JsonObject { ["image"] = "../../" },
            },
        };
    }

    private JsonArray Multiscales(string name, bool channels)
    {
        double[] days = [.. _times.Select(t => t.Header.TimeD)];
        double step = days.Length > 1 ? (days[^1] - days[0]) / (days.Length - 1) : 1;

        // A scale can only say even steps; times that are not even stand in times_d, and the axis counts them.
        bool even = days.Index().All(d => Math.Abs(d.Item - days[0] - (d.Index * step)) < 1e-6);
        double h = _first.SpacingUm;
        string[] space = IsFlat ? ["y", "x"] : ["z", "y", "x"];
        var time = new JsonObject { ["name"] = "t", ["type"] = "time" };
        if (even)
        {
            time["unit"] = "day";
        }

        return
        [
            new JsonObject
            {
                ["version"] = "0.4",
                ["name"] = name,
                ["axes"] = new JsonArray(
                [
                    time, .. channels ? (JsonNode[])[new JsonObject { ["name"] = "c", ["type"] = "channel" }] : [],
                    .. space.Select(a => (JsonNode)new JsonObject { ["name"] = a, ["type"] = "space", ["unit"] = "micrometer" }),
                ]),
                ["datasets"] = new JsonArray([.. _levels.Index().Select(l => (JsonNode)new JsonObject
                {
                    ["path"] = l.Index.ToString(CultureInfo.InvariantCulture),
                    ["coordinateTransformations"] = new JsonArray(
                        Transformation("scale", even ? step : 1, 1, l.Item, h), Transformation("translation", even ? days[0] : 0, 0, l.Item, h / 2)),
                })]),
            },
        ];

        JsonObject Transformation(string type, double t, double c, LevelShape level, double place) => new()
        {
            ["type"] = type,
            [type] = new JsonArray([t, .. channels ? (JsonNode[])[c] : [], .. space.Select(a => (JsonNode)(place * (a == "x" ? level.SpanX : a == "y" ? level.SpanY : level.SpanZ)))]),
        };
    }

    private static string NameOf(SnapshotArray array) => array.Name.StartsWith(SnapshotHeader.FieldPrefix, StringComparison.Ordinal)
        ? array.Name[SnapshotHeader.FieldPrefix.Length..] : array.Name;

    private delegate void SpanAction(Span<byte> bytes);

    /// <summary>Sites in rising order as marks in what follows on each other.</summary>
    private sealed class SiteList(byte[] sites)
    {
        private int _next;
        private long _from;

        public void Mark(Span<byte> slab)
        {
            ReadOnlySpan<uint> all = MemoryMarshal.Cast<byte, uint>(sites);
            slab.Clear();
            for (; _next < all.Length && all[_next] < _from + slab.Length; _next++)
            {
                slab[(int)(all[_next] - _from)] = 1;
            }

            _from += slab.Length;
        }
    }
}

using System.Runtime.InteropServices;
using TmeSim.Engine.Lattice;
using TmeSim.Engine.State;

namespace TmeSim.Experiments.Folders;

/// <summary>
/// Immune cells and vessels of a lesion as a snapshot lists them: in the order of their sites, so that the file depends on the state alone.
/// </summary>
internal static class SnapshotLists
{
    /// <summary>Differentiation of CD8 T cells; left out where all are effectors.</summary>
    public const string StateName = "cd8_state";

    public static IReadOnlyList<SnapshotList> Of(LesionState state)
    {
        Cd8Store cd8 = state.Cd8;
        MacrophageStore macrophages = state.Macrophages;
        VesselStore vessels = state.Vessels;
        int[] c = Order(cd8), m = Order(macrophages), v = Order(vessels);
        const string place = "place in the arrays over sites";
        return
        [
            new("cd8_site", "u4", place, Bytes(c, i => Place(state.Shape, cd8.Site[i]))),
            new("cd8_id", "u8", "lineage", Bytes(c, i => cd8.Id[i])),
            new("cd8_exhaustion", "f4", "1", Bytes(c, i => cd8.Exhaustion[i])),
            new("cd8_engaged", "u1", "1 engages a tumour cell, else 0", Bytes(c, i => (byte)(cd8.Target[i] != 0 ? 1 : 0))),
            new("cd8_reactive", "u1", "0 bystander, 1 knows the tumour, 2 knows it and waits in its cycle", Bytes(c, i => cd8.Reactive[i])),
            .. cd8.State.Span.ContainsAnyExcept(Cd8State.Effector)
                ? [new(StateName, "u1", "0 effector, 1 precursor, 2 terminally exhausted, 3 resident", Bytes(c, i => cd8.State[i]))]
                : Array.Empty<SnapshotList>(),
            new("macrophage_site", "u4", place, Bytes(m, i => Place(state.Shape, macrophages.Site[i]))),
            new("macrophage_id", "u8", "lineage", Bytes(m, i => macrophages.Id[i])),
            new("macrophage_cd163", "f4", "0 M1-like to 1 M2-like", Bytes(m, i => macrophages.Score[i])),
            new("vessel_site", "u4", place, Bytes(v, i => Place(state.Shape, vessels.Site[i]))),
            new("vessel_density", "f4", "1", Bytes(v, i => vessels.Density[i])),
            new("vessel_maturity", "f4", "1", Bytes(v, i => vessels.Maturity[i])),
            new("vessel_perfusion", "f4", "1", Bytes(v, i => vessels.Perfusion[i])),
        ];
    }

    private static int[] Order(CellStore store)
    {
        int[] keys = store.Site.Span.ToArray(), order = [.. Enumerable.Range(0, store.Count)];
        Array.Sort(keys, order);
        return order;
    }

    private static uint Place(LatticeShape shape, int site)
    {
        (int x, int y, int z) = shape.Coordinates(site);
        return (uint)(x + (shape.Nx * (y + ((long)shape.Ny * z))));
    }

    private static byte[] Bytes<T>(int[] order, Func<int, T> value)
        where T : unmanaged
    {
        var values = new T[order.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = value(order[i]);
        }

        return MemoryMarshal.AsBytes(values.AsSpan()).ToArray();
    }
}

/// <summary>A list of a snapshot with its content, little-endian.</summary>
internal sealed record SnapshotList(string Name, string Type, string Unit, byte[] Content)
{
    /// <summary>Bytes of an element of a type.</summary>
    public static int Width(string type) =>
        type switch { "u1" => 1, "u2" => 2, "u4" or "f4" => 4, "u8" => 8,
        _ => throw new InvalidDataException($"an array is of the unknown type {type}") };

    public SnapshotArray Entry => new(Name, Type, Unit, Content.Length / Width(Type));
}

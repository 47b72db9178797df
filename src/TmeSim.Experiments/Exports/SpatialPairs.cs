namespace TmeSim.Experiments.Exports;

/// <summary>The pairs of cell types that are measured.</summary>
internal static class SpatialPairs
{
    /// <summary>From, to: for K, L and g, whose two directions say the same.</summary>
    public static readonly (string From, string To)[] Curves =
    [
        (SnapshotTissue.Cd8, SnapshotTissue.Cd8),
        (SnapshotTissue.Cd163, SnapshotTissue.Cd163),
        (SnapshotTissue.Cd8, SnapshotTissue.Tumor),
        (SnapshotTissue.Cd8, SnapshotTissue.Cd163),
        (SnapshotTissue.Cd163, SnapshotTissue.Tumor),
    ];

    /// <summary>From, to: for nearest neighbours and G, in both directions.</summary>
    public static readonly (string From, string To)[] Directed =
        [.. Curves, .. Curves.Where(p => p.From != p.To).Select(p => (p.To, p.From))];
}

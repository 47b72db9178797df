namespace TmeSim.Reports.Html.Viewer;

/// <summary>A frame as the page keeps it.</summary>
internal sealed record PackedFrame(int Arm, int Lattice, int Replicate, double TimeDays)
{
    /// <summary>Lowest and highest perfusion of a vessel.</summary>
    public required (double Low, double High) Perfusion { get; init; }

    /// <summary>Lowest and highest finite value of each field.</summary>
    public required (double Low, double High)[] Ranges { get; init; }

    /// <summary>Parenchyma, immune cells, clones, vessels, marks.</summary>
    public required byte[][] Cells { get; init; }

    /// <summary>Fields by precision and field; those of a precision given up are null.</summary>
    public required byte[]?[][] Fields { get; init; }

    /// <summary>All blocks, each field in the precision given.</summary>
    public IEnumerable<byte[]> Blocks(IEnumerable<int> levels) => Cells.Concat(levels.Select((level, field) => Fields[level][field]!));

    /// <summary>Characters of the blocks in the page.</summary>
    public long Characters(IEnumerable<int> levels) => Blocks(levels).Sum(Characters);

    public static long Characters(byte[] block) => ((block.Length + 2) / 3 * 4) + 1;
}

/// <summary>Size of frames.</summary>
/// <param name="Lesion">Index of the lesion.</param>
/// <param name="First">One of them, without its arrays.</param>
internal sealed record PackedLattice(int Lesion, ViewerFrame First)
{
    public bool Fits(int lesion, ViewerFrame frame) => lesion == Lesion && frame.Layers.SequenceEqual(First.Layers)
        && (frame.Nx, frame.Ny, frame.Every, frame.SpacingUm) == (First.Nx, First.Ny, First.Every, First.SpacingUm);
}

/// <summary>What the frames of a lesion have in common.</summary>
internal sealed record PackedLesion(string Name)
{
    public double FullPerfusion { get; set; }

    /// <summary>Lowest and highest value of each field over all frames.</summary>
    public (double Low, double High)[] Ranges { get; set; } = [];

    /// <summary>Clones that occur.</summary>
    public SortedSet<int> Clones { get; } = [];
}

/// <summary>All frames, sorted by arm, lattice, replicate and time.</summary>
/// <param name="Lesions">The lesions.</param>
/// <param name="Lattices">The lattices of the lesions.</param>
/// <param name="Replicates">Numbers of the replicates that have room.</param>
/// <param name="Frames">The frames.</param>
/// <param name="Levels">Place in <see cref="FieldPrecision.Ladder"/> of each field, the same in all frames.</param>
/// <param name="FramesGiven">Frames of these replicates before any were left out.</param>
internal sealed record PackedViewer(
    IReadOnlyList<PackedLesion> Lesions, IReadOnlyList<PackedLattice> Lattices, IReadOnlyList<int> Replicates, IReadOnlyList<PackedFrame> Frames, IReadOnlyList<int> Levels, int FramesGiven)
{
    /// <summary>Some tumour has septa or sinusoidal tracks.</summary>
    public bool HasTracks { get; init; }

    /// <summary>Precision of each field.</summary>
    public IEnumerable<FieldPrecision> Precisions => Levels.Select(level => FieldPrecision.Ladder[level]);
}

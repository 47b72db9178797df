namespace TmeSim.Reports;

/// <summary>A frame as the page keeps it.</summary>
internal sealed record PackedFrame(int Arm, int Lesion, double TimeDays)
{
    /// <summary>Lowest and highest perfusion of a vessel.</summary>
    public required (double Low, double High) Perfusion { get; init; }

    /// <summary>Lowest and highest finite value of each field.</summary>
    public required (double Low, double High)[] Ranges { get; init; }

    /// <summary>Parenchyma, immune cells, clones, vessels.</summary>
    public required byte[][] Cells { get; init; }

    /// <summary>Fields by precision; those of a precision given up are gone.</summary>
    public required byte[]?[][] Fields { get; init; }

    /// <summary>Characters of the blocks in the page.</summary>
    public long Characters(int precision) => Cells.Concat(Fields[precision]).Sum(block => Characters(block!));

    public static long Characters(byte[] block) => ((block.Length + 2) / 3 * 4) + 1;
}

/// <summary>Size of the frames of a lesion, and what they have in common.</summary>
internal sealed record PackedLesion(string Name)
{
    public ViewerFrame? First { get; set; }

    public double FullPerfusion { get; set; }

    /// <summary>Lowest and highest value of each field over all frames.</summary>
    public (double Low, double High)[] Ranges { get; set; } = [];

    /// <summary>Clones that occur.</summary>
    public SortedSet<int> Clones { get; } = [];
}

/// <summary>All frames in one precision, sorted by arm, lesion and time.</summary>
internal sealed record PackedViewer(IReadOnlyList<PackedLesion> Lesions, IReadOnlyList<PackedFrame> Frames, int Level, int FramesGiven)
{
    public FieldPrecision Precision => FieldPrecision.Ladder[Level];
}

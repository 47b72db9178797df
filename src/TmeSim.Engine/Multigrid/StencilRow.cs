namespace TmeSim.Engine.Multigrid;

/// <summary>All that the stencil needs on one row: pointers to the first site of the row and of its neighbour rows.</summary>
internal unsafe struct StencilRow
{
    /// <summary>Sites of the row.</summary>
    public int Count;

    /// <summary>Columns before this have the coupling <see cref="K"/> to all neighbours: a multiple of 16, or all of them.</summary>
    public int Uniform;

    /// <summary>The coupling of uniform columns, and the sum over their neighbours.</summary>
    public float K, All;

    /// <summary>Sum of the couplings across the row.</summary>
    public float Faces;

    /// <summary>Couplings across the row.</summary>
    public float KInnerLow, KInnerHigh, KSlabLow, KSlabHigh;

    /// <summary>Unknowns of this row; the elements before and after it hold the ghosts of the x walls.</summary>
    public float* Centre;

    public float* InnerLow, InnerHigh, SlabLow, SlabHigh;

    /// <summary>Couplings per column.</summary>
    public float* XLow, XHigh;

    public float* Diagonal, Rhs;

    /// <summary>The diagonal where it is the same everywhere.</summary>
    public float SameDiagonal;
}

/// <summary>Largest sizes seen, as non-negative floats; a NaN stays.</summary>
internal struct SweepSizes
{
    /// <summary>max |r / diagonal|.</summary>
    public float Residual;

    /// <summary>max |c| before the sweep.</summary>
    public float Value;

    /// <summary>Size of the most negative value after the sweep; 0 when none is negative.</summary>
    public float Below;

    public static float Larger(float a, float b) => BitConverter.Int32BitsToSingle(
        Math.Max(BitConverter.SingleToInt32Bits(a), BitConverter.SingleToInt32Bits(b)));
}

namespace TmeSim.Engine.Fields;

/// <summary>All that the stencil needs on one row: pointers to the first site of the row and of its neighbour rows.</summary>
internal unsafe struct StencilRow
{
    /// <summary>Sites of the row.</summary>
    public int Count;

    /// <summary>Columns from here to <see cref="UniformEnd"/> have the coupling <see cref="K"/> to all neighbours; multiples of 16.</summary>
    public int UniformFirst, UniformEnd;

    /// <summary>The coupling of uniform columns.</summary>
    public float K;

    /// <summary>Sum of the couplings across the row, and of all couplings in uniform columns.</summary>
    public float Faces, AllFaces;

    /// <summary>Couplings across the row.</summary>
    public float KInnerLow, KInnerHigh, KSlabLow, KSlabHigh;

    /// <summary>Unknowns of this row; the elements before and after it hold the values beyond the x walls.</summary>
    public float* Centre;

    public float* InnerLow, InnerHigh, SlabLow, SlabHigh;

    /// <summary>Couplings per column.</summary>
    public float* XLow, XHigh;

    public float* Diagonal, Rhs;
}

/// <summary>Largest sizes seen, as non-negative floats; a NaN stays.</summary>
internal struct SweepSizes
{
    /// <summary>max |r / diagonal|.</summary>
    public float Residual;

    /// <summary>max |c| before the sweep.</summary>
    public float Value;

    public static float Larger(float a, float b) => BitConverter.Int32BitsToSingle(
        Math.Max(BitConverter.SingleToInt32Bits(a), BitConverter.SingleToInt32Bits(b)));
}

namespace TmeSim.Engine.Fields;

/// <summary>All that the stencil needs on one row: pointers to the first site of the row and of its neighbour rows.</summary>
internal unsafe struct StencilRow
{
    /// <summary>Sites of the row.</summary>
    public int Count;

    /// <summary>Unknowns of this row; the elements before and after it hold the values beyond the x walls.</summary>
    public float* Centre;

    public float* InnerLow, InnerHigh, SlabLow, SlabHigh;

    /// <summary>Couplings per column.</summary>
    public float* XLow, XHigh;

    /// <summary>Couplings of the whole row.</summary>
    public float KInnerLow, KInnerHigh, KSlabLow, KSlabHigh;

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

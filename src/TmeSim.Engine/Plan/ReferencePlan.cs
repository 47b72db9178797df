namespace TmeSim.Engine.Plan;

/// <summary>What a tumour's own cells do, relative to the reference tumour: 1 is average, 0 none at all (MODEL.md 7.10).</summary>
/// <param name="Ccl2">Output of the myeloid attractant (CCL2/CSF1) by tumour cells.</param>
/// <param name="Csf1">Rate of polarisation of macrophages towards CD163.</param>
/// <param name="Cxcl">Output of CXCL9/10 by tumour cells.</param>
/// <param name="Vegf">Output of VEGF by tumour cells.</param>
public sealed record TumorTraits(double Ccl2, double Csf1, double Cxcl, double Vegf)
{
    /// <summary>All traits 1.</summary>
    public static TumorTraits Average { get; } = new(1, 1, 1, 1);
}

/// <summary>
/// A reference patient of a class as calibrating burn-ins found it: its multipliers, and what turns another doubling time into a rate of
/// division.
/// </summary>
/// <param name="GrowthPerDay">Growth rate of the count of tumour cells of the reference tumour [1/d].</param>
/// <param name="DivisionCapacity">Births per cell and division rate, above 0: oxygen ramp times the share of divisions that find room.</param>
public sealed record ReferencePlan(double GrowthPerDay, double DivisionCapacity)
{
    /// <summary>Multipliers by <see cref="Multiplier"/>; <see cref="Multiplier.Matrix"/> is not among them, as tissue is laid out.</summary>
    public required IReadOnlyDictionary<Multiplier, double> Multipliers { get; init; }

    /// <summary>
    /// Division rate [1/d] of a tumour that would grow with this rate of its count [1/d] in the reference patient: what it takes more or
    /// less than the reference tumour is a trait of its cells, whatever immunity and oxygen then leave of it.
    /// </summary>
    public double DivisionRatePerDay(double growthPerDay) =>
        Math.Max(0, Multipliers[Multiplier.DivisionRatePerDay] + (growthPerDay - GrowthPerDay) / DivisionCapacity);
}

using System.Runtime.CompilerServices;
using TmeSim.Engine.Plan;

namespace TmeSim.Engine.State;

/// <summary>
/// Drug on one target: blood concentration × partition / KD summed over drugs, separately for the two molecule classes.
/// Times the local delivery this is C/KD at a site.
/// </summary>
/// <param name="Antibody">Sum over antibodies.</param>
/// <param name="SmallMolecule">Sum over small molecules.</param>
/// <param name="MaxEffect">Largest effect of a drug on the target, 0–1.</param>
public readonly record struct TargetExposure(float Antibody, float SmallMolecule, float MaxEffect)
{
    /// <summary>No drug acts on the target.</summary>
    public bool IsNone => Antibody == 0 && SmallMolecule == 0;

    /// <summary>C/KD at a site with these delivery levels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Ratio(float antibodyDelivery, float smallMoleculeDelivery) =>
        Antibody * antibodyDelivery + SmallMolecule * smallMoleculeDelivery;

    /// <summary>Occupied share of the target, times the largest effect: max · x / (1 + x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Occupancy(float antibodyDelivery, float smallMoleculeDelivery)
    {
        float x = Ratio(antibodyDelivery, smallMoleculeDelivery);
        return MaxEffect * x / (1 + x);
    }

    /// <summary>Occupied share in blood (delivery and partition 1 are contained in the sums).</summary>
    public float BloodOccupancy => Occupancy(1, 1);
}

/// <summary>Exposure of every target in one step.</summary>
internal readonly record struct Exposure(
    TargetExposure PdL1, TargetExposure Pd1, TargetExposure Vegf, TargetExposure Csf1r,
    TargetExposure Nek9, TargetExposure Atr, TargetExposure Caf, TargetExposure Tgfb)
{
    /// <param name="byTarget">One entry per <see cref="DrugTarget"/>, in enum order.</param>
    public Exposure(ReadOnlySpan<TargetExposure> byTarget)
        : this(byTarget[0], byTarget[1], byTarget[2], byTarget[3], byTarget[4], byTarget[5], byTarget[6], byTarget[7])
    {
    }

    /// <summary>Number of targets.</summary>
    public const int Count = 8;

    public TargetExposure this[DrugTarget target] => target switch
    {
        DrugTarget.PdL1 => PdL1,
        DrugTarget.Pd1 => Pd1,
        DrugTarget.Vegf => Vegf,
        DrugTarget.Csf1r => Csf1r,
        DrugTarget.Nek9 => Nek9,
        DrugTarget.Atr => Atr,
        DrugTarget.Caf => Caf,
        DrugTarget.Tgfb => Tgfb,
        _ => throw new ArgumentOutOfRangeException(nameof(target)),
    };
}

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
internal readonly struct Exposure
{
    private readonly Targets _targets;

    /// <param name="byTarget">One entry per <see cref="DrugTarget"/>, in enum order.</param>
    public Exposure(ReadOnlySpan<TargetExposure> byTarget) => byTarget[..DrugTargets.Count].CopyTo(_targets);

    /// <param name="targets">Targets with a drug on them.</param>
    public Exposure(params ReadOnlySpan<(DrugTarget Target, TargetExposure Drug)> targets)
    {
        foreach ((DrugTarget target, TargetExposure drug) in targets)
        {
            _targets[(int)target] = drug;
        }
    }

    public TargetExposure this[DrugTarget target] => _targets[(int)target];

    [InlineArray(DrugTargets.Count)]
    private struct Targets
    {
        private TargetExposure _first;
    }
}

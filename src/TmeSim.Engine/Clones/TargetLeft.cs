using System.Runtime.CompilerServices;
using TmeSim.Engine.Numerics;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Clones;

/// <summary>Share of a target that a drug leaves active at neighbouring sites: 1 − occupancy, as <see cref="Immune.LocalDrug"/> has it.</summary>
internal readonly unsafe struct TargetLeft(LesionState lesion, TargetExposure drug)
{
    private readonly float* _antibody = lesion.Field(FieldId.AntibodyDelivery).Values.Pointer;
    private readonly float* _small = lesion.Field(FieldId.SmallMoleculeDelivery).Values.Pointer;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLane At<TLane>(int site)
        where TLane : struct, ILanes<TLane>
    {
        TLane one = TLane.Splat(1);
        if (drug.IsNone)
        {
            return one;
        }

        TLane x = TLane.Splat(drug.Antibody) * TLane.Load(_antibody + site) + TLane.Splat(drug.SmallMolecule) * TLane.Load(_small + site);
        return one - TLane.Splat(drug.MaxEffect) * x / (one + x);
    }
}

using System.Runtime.CompilerServices;
using TmeSim.Engine.Plan;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Immune;

/// <summary>Drug action at a site: blood exposure × delivery field.</summary>
internal static class LocalDrug
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static float Occupancy(LesionState lesion, in TargetExposure target, int site) =>
        target.IsNone ? 0 : target.Occupancy(target.Antibody == 0 ? 0 : lesion.Field(FieldId.AntibodyDelivery)[site],
            target.SmallMolecule == 0 ? 0 : lesion.Field(FieldId.SmallMoleculeDelivery)[site]);

    /// <summary><see cref="Occupancy"/> at some sites.</summary>
    /// <param name="lesion">The lesion.</param>
    /// <param name="target">The target.</param>
    /// <param name="sites">The sites.</param>
    /// <param name="count">Their number.</param>
    /// <param name="occupied">Gets the occupied share at each.</param>
    internal static unsafe void Occupancies(LesionState lesion, in TargetExposure target, int* sites, int count, float* occupied)
    {
        if (target.IsNone)
        {
            new Span<float>(occupied, count).Clear();
            return;
        }

        float* antibody = target.Antibody == 0 ? null : lesion.Field(FieldId.AntibodyDelivery).Values.Pointer,
            small = target.SmallMolecule == 0 ? null : lesion.Field(FieldId.SmallMoleculeDelivery).Values.Pointer;
        for (int i = 0; i < count; i++)
        {
            occupied[i] = antibody == null ? 0 : antibody[sites[i]];
        }

        for (int i = 0; i < count; i++)
        {
            occupied[i] = target.Occupancy(occupied[i], small == null ? 0 : small[sites[i]]);
        }
    }

    /// <summary>Suppressive signal (TGF-β/IL-10) that is left when a drug neutralises its TGF-β share: S (1 − share · O).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static float FreeSuppressive(LesionState lesion, in Exposure exposure, float tgfbShare, int site)
    {
        float level = lesion.Field(FieldId.Suppressive).Present[site];
        return exposure[DrugTarget.Tgfb].IsNone ? level : level * (1 - tgfbShare * Occupancy(lesion, exposure[DrugTarget.Tgfb], site));
    }

    /// <summary>
    /// VEGF that signals: what no drug binds, V / (1 + C/KD) with C/KD limited by the largest effect, times the share of its receptors that
    /// no drug blocks.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static float FreeVegf(LesionState lesion, in Exposure exposure, int site)
    {
        float vegf = lesion.Field(FieldId.Vegf)[site];
        vegf = exposure[DrugTarget.Vegf].IsNone ? vegf : vegf * (1 - Occupancy(lesion, exposure[DrugTarget.Vegf], site));
        return exposure[DrugTarget.Vegfr].IsNone ? vegf : vegf * (1 - Occupancy(lesion, exposure[DrugTarget.Vegfr], site));
    }
}

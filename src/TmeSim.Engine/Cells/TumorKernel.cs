using TmeSim.Engine.Lattice;
using TmeSim.Engine.Numerics;

namespace TmeSim.Engine.Cells;

/// <summary>
/// The dense pass over the parenchyma: relaxes MHC-I and PD-L1 of tumour cells and marks the sites where something may
/// happen this step. One Philox block serves the four sites of an aligned group.
/// </summary>
internal readonly unsafe struct TumorKernel(
    LesionState lesion,
    TumorRates rates,
    float[] cycleFactors,
    TraitTargets traits,
    StepContext context,
    ushort[] eventBits) : IRowKernel
{
    public void Run(int first, int end)
    {
        LatticeShape shape = lesion.Shape;
        byte* codes = lesion.ParenchymaCodes.Pointer;
        float* oxygen = lesion.Field(Fields.FieldId.Oxygen).Pointer;
        float* ifng = lesion.Field(Fields.FieldId.Ifng).Pointer;
        float* mhc1 = lesion.Mhc1.Pointer;
        float* pdl1 = lesion.Pdl1.Pointer;
        ushort* clone = lesion.CloneIndex.Pointer;
        uint* draws = stackalloc uint[4];
        for (int row = first; row < end; row++)
        {
            int start = shape.RowStart(row), stop = start + shape.Nx;
            for (int group = start; group < stop; group += 4)
            {
                bool drawn = false;
                int last = Math.Min(group + 4, stop);
                for (int site = group; site < last; site++)
                {
                    byte code = codes[site];
                    float hazard;
                    if (code == Parenchyma.Tumor)
                    {
                        float signal = traits.Mhc1Signal(ifng[site]);
                        mhc1[site] += (signal - mhc1[site]) * traits.Mhc1Relax;
                        pdl1[site] += (traits.Pdl1Signal(ifng[site]) - pdl1[site]) * traits.Pdl1Relax;
                        float p = oxygen[site];
                        hazard = rates.Division(p, cycleFactors[clone[site]]) + rates.Apoptosis + rates.Necrosis(p);
                    }
                    else if (code == Parenchyma.Hepatocyte && oxygen[site] < rates.NecrosisOnset)
                    {
                        hazard = rates.Necrosis(oxygen[site]);
                    }
                    else
                    {
                        continue;
                    }

                    if (!drawn)
                    {
                        PhiloxBlock block = context.Draw(group >> 2, Purpose.ParenchymaEvent);
                        (draws[0], draws[1], draws[2], draws[3]) = (block.X0, block.X1, block.X2, block.X3);
                        drawn = true;
                    }

                    // 1 − exp(−k) ≤ k: most sites are settled without an exponential.
                    float u = Draws.Uniform(draws[site - group]);
                    if (u < hazard && u < DetMath.Probability(hazard))
                    {
                        eventBits[site >> 4] |= (ushort)(1 << (site & 15));
                    }
                }
            }
        }
    }
}

/// <summary>Levels that MHC-I and PD-L1 relax toward, and how far in one step.</summary>
internal readonly struct TraitTargets(SaturationTable induction, float pdl1Base, float pdl1Range, float mhc1Gain, float mhc1Relax, float pdl1Relax)
{
    public float Mhc1Relax { get; } = mhc1Relax;

    public float Pdl1Relax { get; } = pdl1Relax;

    /// <summary>MHC-I at steady IFN-γ: 1 + gain · H(I).</summary>
    public float Mhc1Signal(float ifng) => 1 + mhc1Gain * ifng / (1 + ifng);

    /// <summary>PD-L1 [1/µm²] at steady IFN-γ: base + (max − base) · H(I; 1, n).</summary>
    public float Pdl1Signal(float ifng) => pdl1Base + pdl1Range * induction.At(ifng);
}

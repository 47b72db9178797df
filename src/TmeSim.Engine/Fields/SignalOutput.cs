using TmeSim.Engine.Clones;
using TmeSim.Engine.Lattice;
using TmeSim.Engine.Multigrid;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Fields;

/// <summary>What a site of tissue puts out, for sources that few lesions have.</summary>
internal interface ISiteOutput
{
    float At(int site);
}

/// <summary>rhs += mean output of the sites that a site of the signals' lattice covers. Runs over its rows.</summary>
internal readonly unsafe struct SiteOutputKernel<TOutput>(SignalLattice lattice, SiteArray<float> source, TOutput output) : IRowKernel
    where TOutput : struct, ISiteOutput
{
    public void Run(int first, int end)
    {
        int columns = lattice.IsCoarse ? 2 : 1;
        for (int row = first; row < end; row++)
        {
            SignalBlock block = lattice.Block(row);
            float* rhs = source.Pointer + lattice.Shape.RowStart(row);
            for (int cell = 0; cell < lattice.Shape.Nx; cell++)
            {
                int from = columns * cell, to = Math.Min(from + columns, lattice.Tissue.Nx);
                float sum = 0;
                for (int i = 0; i < block.Count; i++)
                {
                    for (int x = from; x < to; x++)
                    {
                        sum += output.At(block[i] + x);
                    }
                }

                rhs[cell] += sum / (block.Count * (to - from));
            }
        }
    }
}

/// <summary>
/// rhs += amount · H(I) for each tumour cell that answers to interferons, I the IFN-γ of the site of the signals' lattice: its mean over the
/// sites that one covers. Runs over the rows of that lattice, after IFN-γ is solved.
/// </summary>
internal readonly unsafe struct InducedOutputKernel(
    LesionState lesion, SignalLattice lattice, SiteArray<float> source, CloneEffects clones, float amount) : IRowKernel
{
    public void Run(int first, int end)
    {
        int columns = lattice.IsCoarse ? 2 : 1;
        byte* codes = lesion.ParenchymaCodes.Pointer;
        for (int row = first; row < end; row++)
        {
            SignalBlock block = lattice.Block(row);
            int start = lattice.Shape.RowStart(row);
            float* rhs = source.Pointer + start, ifng = lesion.Field(FieldId.Ifng).Values.Pointer + start;
            for (int cell = 0; cell < lattice.Shape.Nx; cell++)
            {
                int from = columns * cell, to = Math.Min(from + columns, lattice.Tissue.Nx);
                float answer = 0;
                for (int i = 0; i < block.Count; i++)
                {
                    for (int site = block[i] + from; site < block[i] + to; site++)
                    {
                        answer += codes[site] == Parenchyma.Tumor ? clones.Responds[lesion.CloneIndex[site]] : 0;
                    }
                }

                rhs[cell] += amount * (ifng[cell] / (1 + ifng[cell])) * answer / (block.Count * (to - from));
            }
        }
    }
}

/// <summary>A level by site, times a factor: IFN-I of irradiated cells, living or dying, or what an extension puts out.</summary>
internal readonly struct ArrayOutput(SiteArray<float> values, float factor) : ISiteOutput
{
    public float At(int site) => factor * values[site];
}

/// <summary>
/// IFN-I of micronuclei where NEK9 activity is lost (hypothesis H3): amount · lost activity (0–1) of the tumour cell. Runs only while a
/// drug or an arm lowers NEK9.
/// </summary>
internal readonly struct MicronucleusOutput(LesionState lesion, CloneEffects clones, TargetExposure nek9, float amount) : ISiteOutput
{
    public float At(int site)
    {
        if (lesion.ParenchymaCodes[site] != Parenchyma.Tumor)
        {
            return 0;
        }

        float lost = clones.Nek9[lesion.CloneIndex[site]] - clones.ActivityAt(lesion, site, nek9);
        return amount * MathF.Min(1, MathF.Max(0, lost));
    }
}

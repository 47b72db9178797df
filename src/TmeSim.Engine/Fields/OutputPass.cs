using TmeSim.Engine.Clones;
using TmeSim.Engine.Lattice;
using TmeSim.Engine.Numerics;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Fields;

/// <summary>Factors of clone and NEK9 activity on what tumour cells put out, for the assembly. The default does nothing.</summary>
internal readonly unsafe struct OutputPass
{
    private const int Chunk = 64;
    private readonly CloneOutputs? _outputs;
    private readonly TargetExposure _nek9;

    public OutputPass(CloneOutputs outputs, in TargetExposure nek9)
    {
        // Without an answer to NEK9 the drug does not matter.
        _nek9 = outputs.Response.IsNone ? default : nek9;
        _outputs = outputs.IsPlain && _nek9.IsNone ? null : outputs;
    }

    /// <summary>All factors are 1.</summary>
    public bool IsNone => _outputs is null;

    /// <summary>rhs, which holds the output, becomes c + output · factor on tumour sites and c + output elsewhere.</summary>
    public void Add<TLane>(LesionState lesion, float* c, float* rhs, int start, int stop)
        where TLane : struct, ILanes<TLane>
    {
        byte* codes = lesion.ParenchymaCodes.Pointer;
        ushort* clone = lesion.CloneIndex.Pointer;
        float* factors = stackalloc float[Chunk];
        for (int chunk = start; chunk < stop; chunk += Chunk)
        {
            int sites = Math.Min(Chunk, stop - chunk);
            Fill<TLane>(lesion, clone + chunk, chunk, sites, factors);
            for (int x = 0; x < sites; x++)
            {
                int site = chunk + x;
                rhs[site] = c[site] + (codes[site] == Parenchyma.Tumor ? rhs[site] * factors[x] : rhs[site]);
            }
        }
    }

    private void Fill<TLane>(LesionState lesion, ushort* clone, int chunk, int sites, float* factors)
        where TLane : struct, ILanes<TLane>
    {
        if (_nek9.IsNone)
        {
            Copy(_outputs!.AtRest, clone, factors, sites);
            return;
        }

        float* activity = stackalloc float[Chunk];
        Copy(_outputs!.Genotype, clone, factors, sites);
        Copy(_outputs.Activity, clone, activity, sites);
        var left = new Nek9Left(lesion, _nek9);
        for (int x = 0; x < sites; x += TLane.Width)
        {
            TLane n = TLane.Load(activity + x) * left.At<TLane>(chunk + x);
            TLane.Store(TLane.Load(factors + x) * _outputs.Response.At(n), factors + x);
        }
    }

    private static void Copy(float[] byClone, ushort* clone, float* to, int sites)
    {
        for (int x = 0; x < sites; x++)
        {
            to[x] = byClone[clone[x]];
        }
    }
}

/// <summary>
/// IFN-I of micronuclei where NEK9 activity is lost (hypothesis H3): rhs += amount · lost activity (0–1) of the tumour cell. Runs only
/// while a drug or an arm lowers NEK9.
/// </summary>
internal readonly unsafe struct MicronucleusKernel(
    LesionState lesion, SiteArray<float> source, CloneEffects clones, TargetExposure nek9, float amount) : IRowKernel
{
    public void Run(int first, int end)
    {
        LatticeShape shape = lesion.Shape;
        byte* codes = lesion.ParenchymaCodes.Pointer;
        float* rhs = source.Pointer;
        for (int row = first; row < end; row++)
        {
            for (int site = shape.RowStart(row), stop = site + shape.Nx; site < stop; site++)
            {
                if (codes[site] == Parenchyma.Tumor)
                {
                    float lost = clones.Nek9[lesion.CloneIndex[site]] - clones.ActivityAt(lesion, site, nek9);
                    rhs[site] += amount * MathF.Min(1, MathF.Max(0, lost));
                }
            }
        }
    }
}

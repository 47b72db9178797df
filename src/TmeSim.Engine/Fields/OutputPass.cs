using TmeSim.Engine.Clones;
using TmeSim.Engine.Lattice;
using TmeSim.Engine.Numerics;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Fields;

/// <summary>Factors of clone and NEK9 activity on what tumour cells put out, for the assembly. The default does nothing.</summary>
internal readonly unsafe struct OutputPass
{
    /// <summary>Most sites at once.</summary>
    public const int Chunk = 64;
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

    /// <summary>All factors at some neighbouring sites are 1, because all hold the founder. Not for one that <see cref="IsNone"/>.</summary>
    public bool IsPlain(LesionState lesion, int from, int sites) =>
        _nek9.IsNone && _outputs!.AtRest[0] == 1 && ByClone.IsFounder(lesion.CloneIndex.Pointer + from, sites);

    /// <summary>Factors of the clones at neighbouring sites; where there is no tumour cell they mean nothing.</summary>
    /// <param name="lesion">The lesion.</param>
    /// <param name="from">The first site.</param>
    /// <param name="sites">How many, at most <see cref="Chunk"/>.</param>
    /// <param name="factors">Gets them; written in whole registers.</param>
    public void Fill<TLane>(LesionState lesion, int from, int sites, float* factors)
        where TLane : struct, ILanes<TLane> => Fill<TLane>(lesion, lesion.CloneIndex.Pointer + from, from, sites, factors);

    private void Fill<TLane>(LesionState lesion, ushort* clone, int chunk, int sites, float* factors)
        where TLane : struct, ILanes<TLane>
    {
        if (_nek9.IsNone)
        {
            ByClone.Copy(_outputs!.AtRest, clone, factors, sites);
            return;
        }

        float* activity = stackalloc float[Chunk];
        ByClone.Copy(_outputs!.Genotype, clone, factors, sites);
        ByClone.Copy(_outputs.Activity, clone, activity, sites);
        var left = new TargetLeft(lesion, _nek9);
        for (int x = 0; x < sites; x += TLane.Width)
        {
            TLane n = TLane.Load(activity + x) * left.At<TLane>(chunk + x);
            TLane.Store(TLane.Load(factors + x) * _outputs.Response.At(n), factors + x);
        }
    }
}

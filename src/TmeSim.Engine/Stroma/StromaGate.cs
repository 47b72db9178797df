using System.Runtime.CompilerServices;
using TmeSim.Engine.Numerics;
using TmeSim.Engine.Plan;

namespace TmeSim.Engine.Stroma;

/// <summary>
/// What dense matrix does to CD8 T cells. It admits a hop or a new contact with probability 1/(1 + (ρ/ρ50)^n) (after Kather et al. 2017,
/// doi:10.1158/0008-5472.CAN-17-2006), and cuffs vessels: entry falls by 1/(1 + (ρ/ρe)^m) (MODEL.md 7.12).
/// </summary>
public readonly record struct StromaGate
{
    private readonly float _half;
    private readonly float _hill;
    private readonly float _entryHalf;
    private readonly float _entryHill;

    /// <param name="parameters">Parameters of the arm.</param>
    public StromaGate(ParameterSet parameters)
    {
        _half = (float)parameters[Parameter.StromaHalf];
        _hill = (float)parameters[Parameter.StromaHill];
        _entryHalf = (float)parameters[Parameter.StromaEntryHalf];
        _entryHill = (float)parameters[Parameter.StromaEntryHill];
    }

    /// <summary>Probability 0–1 that matrix of this density (0–1) lets a T cell through.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Permeability(float density) => density <= 0 ? 1 : 1 / (1 + DetMath.Pow(density / _half, _hill));

    /// <summary><see cref="Permeability(float)"/> in lanes: the same bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal TLane Permeability<TLane>(TLane density)
        where TLane : struct, ILanes<TLane>
    {
        TLane zero = TLane.Splat(0), one = TLane.Splat(1), ratio = TLane.Max(density / TLane.Splat(_half), TLane.Splat(float.Epsilon));
        return TLane.IfLess(zero, density, one / (one + TLane.Pow(ratio, TLane.Splat(_hill))), one);
    }

    /// <summary>Factor 0–1 on entry through a vessel that stands in matrix of this density (0–1).</summary>
    public float Entry(float density) => density <= 0 ? 1 : 1 / (1 + DetMath.Pow(density / _entryHalf, _entryHill));
}

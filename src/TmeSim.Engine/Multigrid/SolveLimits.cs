namespace TmeSim.Engine.Multigrid;

/// <summary>When a solve is at its end; the numbers are the parameters of <see cref="MultigridSolver.Solve(float, in FieldWalls, Lattice.SiteArray{float}, float, Lattice.SiteArray{float}, float, int, int, float, float, float)"/>.</summary>
internal readonly record struct SolveLimits(float Tolerance, float Smallest, float Settled, float Single, int MinCycles, int MaxCycles)
{
    /// <summary>
    /// A cycle leaves one part in 8 to 70 of a smooth error, typically in 20; its coarse correction tells how large it was.
    /// </summary>
    private const float CorrectionRatio = 16;

    /// <summary>The size of r / D that is small enough.</summary>
    public float Of(in SweepSizes sizes) => Tolerance * Size(sizes);

    /// <summary>The residual relative to the field.</summary>
    public float Relative(in SweepSizes sizes) => sizes.Residual == 0 ? 0 : sizes.Residual / Math.Max(Size(sizes), sizes.Residual);

    public bool IsMet(in SweepSizes sizes) => sizes.Residual < Of(sizes) || sizes.Residual == 0;

    /// <summary>A smooth error hides from the residual, but not from the correction that the coarse levels made for it.</summary>
    public bool IsMet(in SweepSizes sizes, float correction) =>
        IsMet(sizes) && (correction < CorrectionRatio * Of(sizes) || correction == 0);

    /// <summary>After a single cycle: what is left of a smooth error is a sixteenth of the correction.</summary>
    public bool OneIsEnough(in SweepSizes sizes, float correction) => correction <= CorrectionRatio * Single * Size(sizes);

    private float Size(in SweepSizes sizes) => Math.Max(sizes.Value, Smallest);
}

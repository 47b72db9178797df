using TmeSim.Engine.Lattice;

namespace TmeSim.Engine.Fields;

/// <summary>
/// Solves d_i c_i + k Σ_open faces (c_i − c_nb) + k Σ_wall faces w (c_i − v) = rhs_i on the cell-centred grid: one implicit
/// step of diffusion and decay (k = D·dt/h², d = 1 + dt(λ + u), rhs = c_old + dt·s) or its steady state (k = D/h², d = λ + u,
/// rhs = s). Geometric multigrid in float32: V-cycles with two Jacobi sweeps down and one up, Chebyshev weights,
/// cell means down, linear interpolation up. Any size ≥ 1 per axis; 2D is 3D with one layer.
/// </summary>
/// <remarks>
/// The residual is formed from differences and every update is a correction, so that rounding stays near 1e-6 of max |c|
/// even at k = 200,000. All arrays have <see cref="LatticeShape.Length"/> elements; halo and padding of the arrays given
/// to <see cref="Solve"/> are scratch. The result does not depend on the number of threads or the width of registers.
/// One solver serves all fields of a lattice, one after another; it is not safe for use by several threads at once.
/// </remarks>
public sealed class MultigridSolver : IDisposable
{
    /// <summary>A cycle that leaves more than this share of both residual and correction is at the float32 floor.</summary>
    private const float FloorRatio = 0.7f;

    private readonly GridLevel _finest;
    private readonly BlockScratch _scratch;
    private readonly CyclePasses _passes;
    private readonly RowRunner? _ownRunner;
    private readonly bool _zInSlab;

    /// <param name="shape">The lattice; its spacing matters for Robin walls only.</param>
    /// <param name="runner">Threads to work with; none given = the caller's.</param>
    public MultigridSolver(LatticeShape shape, RowRunner? runner = null)
        : this(shape, runner, CyclePasses.Widest)
    {
    }

    internal MultigridSolver(LatticeShape shape, RowRunner? runner, LaneWidth width, SmoothingWeights? weights = null)
    {
        ArgumentNullException.ThrowIfNull(shape);
        runner ??= _ownRunner = new RowRunner();
        _zInSlab = shape.Nz > 1;
        _finest = GridLevel.Finest(shape);
        _scratch = new BlockScratch(_finest, runner.Threads);
        _passes = CyclePasses.Create(width, _finest.Planar, weights ?? SmoothingWeights.For(shape.Dimensions), runner, _scratch);
    }

    /// <summary>Solves for one field. Allocates nothing.</summary>
    /// <param name="coupling">k: D·dt/h² for an implicit step, D/h² for the steady state; not negative.</param>
    /// <param name="walls">Wall conditions; those of axes with one site are ignored.</param>
    /// <param name="field">In: the first guess. Out: the solution. Values below 1e-30 in size become 0.</param>
    /// <param name="diagonal">d, not negative.</param>
    /// <param name="rhs">The right-hand side.</param>
    /// <param name="tolerance">Stop when max |r_i / D_i| &lt; tolerance · max |c|, D_i = d_i + all couplings of the site.</param>
    /// <param name="maxCycles">Stop after this many cycles.</param>
    /// <param name="minCycles">
    /// Do at least this many. A smooth error hides from the residual when coupling outweighs the diagonal (by 4k/d): a field
    /// that follows a slow source wants one cycle a step whatever its residual.
    /// </param>
    /// <returns>Cycles and residuals. A field that is already converged stays as it is.</returns>
    /// <exception cref="ArgumentException">An array does not fit the lattice.</exception>
    public unsafe SolveReport Solve(
        float coupling,
        in FieldWalls walls,
        SiteArray<float> field,
        SiteArray<float> diagonal,
        SiteArray<float> rhs,
        float tolerance,
        int maxCycles = 50,
        int minCycles = 0)
    {
        Check(coupling, field, nameof(field));
        Check(coupling, diagonal, nameof(diagonal));
        Check(coupling, rhs, nameof(rhs));
        _finest.Bind(field.Pointer, diagonal.Pointer, rhs.Pointer);
        _finest.Configure(coupling, walls, _zInSlab);
        SweepSizes sizes = _passes.First(_finest);
        float initial = Relative(sizes);
        if ((minCycles <= 0 && IsConverged(sizes, tolerance)) || maxCycles <= 0)
        {
            return new SolveReport(0, initial, initial, IsConverged(sizes, tolerance), false);
        }

        Prepare(coupling, walls);
        int cycles = 0;
        bool floor = false;
        float correction = float.PositiveInfinity;
        while (true)
        {
            SweepSizes before = sizes;
            float correctionBefore = correction;
            (sizes, correction) = Cycle();
            cycles++;
            bool converged = IsConverged(sizes, tolerance);
            floor = !converged && !(sizes.Residual < FloorRatio * before.Residual || correction < FloorRatio * correctionBefore);
            if (((converged || floor) && cycles >= minCycles) || cycles >= maxCycles)
            {
                break;
            }
        }

        CopyResult();
        return new SolveReport(cycles, initial, Relative(sizes), IsConverged(sizes, tolerance), floor);
    }

    public void Dispose()
    {
        for (GridLevel? level = _finest; level is not null; level = level.Coarser)
        {
            level.Dispose();
        }

        _scratch.Dispose();
        _ownRunner?.Dispose();
    }

    private static bool IsConverged(in SweepSizes sizes, float tolerance) =>
        sizes.Residual < tolerance * sizes.Value || sizes.Residual == 0;

    private static float Relative(in SweepSizes sizes) =>
        sizes.Residual == 0 ? 0 : sizes.Residual / Math.Max(sizes.Value, sizes.Residual);

    private void Check(float coupling, SiteArray<float> array, string name)
    {
        ArgumentNullException.ThrowIfNull(array, name);
        if (array.Length < _finest.Shape.Length)
        {
            throw new ArgumentException($"the array has {array.Length} elements, the lattice needs {_finest.Shape.Length}", name);
        }

        if (!(coupling >= 0) || float.IsInfinity(coupling))
        {
            throw new ArgumentException($"the coupling must be a number not below 0, not {coupling}", nameof(coupling));
        }
    }

    /// <summary>Couplings and diagonals of the coarse levels; only when a cycle is needed.</summary>
    private void Prepare(float coupling, in FieldWalls walls)
    {
        for (GridLevel level = _finest; level.Coarser is not null; level = level.Coarser)
        {
            level.Coarser.Configure(coupling, walls, _zInSlab);
            _passes.CoarsenDiagonal(level);
        }
    }

    private (SweepSizes Sizes, float Correction) Cycle()
    {
        if (_finest.Coarser is null)
        {
            SolveSingle(_finest);
            return (_passes.First(_finest), 0);
        }

        _passes.Down(_finest);
        float correction = Correct(_finest.Coarser);
        return (_passes.Up(_finest, next: true), correction);
    }

    /// <summary>Solves a coarse level approximately; returns the size of its correction.</summary>
    private float Correct(GridLevel level)
    {
        if (level.Coarser is null)
        {
            return SolveSingle(level);
        }

        _passes.Down(level);
        Correct(level.Coarser);
        return _passes.Up(level, next: false).Value;
    }

    /// <summary>The exact solution of a single cell; 0 where a field without any loss leaves it open.</summary>
    private static unsafe float SolveSingle(GridLevel level)
    {
        int site = level.Row(0, 0);
        float sum = level.Diagonal[site] + (level.X.Low[0] + level.X.High[0]) + (level.Inner.Low[0] + level.Inner.High[0])
            + (level.Slab.Low[0] + level.Slab.High[0]);
        float value = sum > LaneConstants.Tiny ? level.Rhs[site] / sum : 0;
        level.Smoothed[site] = level.Solution[site] = value;
        return MathF.Abs(value);
    }

    private unsafe void CopyResult()
    {
        LatticeShape shape = _finest.Shape;
        for (int row = 0; row < shape.Rows; row++)
        {
            int start = shape.RowStart(row);
            new Span<float>(_finest.Smoothed + start, shape.Nx).CopyTo(new Span<float>(_finest.Solution + start, shape.Nx));
        }
    }
}

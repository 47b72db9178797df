using TmeSim.Engine.Lattice;
using TmeSim.Engine.Numerics;

namespace TmeSim.Engine.Multigrid;

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
    private readonly CyclePasses _varying, _same;
    private readonly RowRunner? _ownRunner;
    private readonly bool _zInSlab;
    private readonly bool _isView;

    /// <param name="shape">The lattice; its spacing matters for Robin walls only.</param>
    /// <param name="runner">Threads to work with; none given = the caller's.</param>
    public MultigridSolver(LatticeShape shape, RowRunner? runner = null)
        : this(shape, runner, LaneWidths.Widest)
    {
    }

    internal MultigridSolver(LatticeShape shape, RowRunner? runner, LaneWidth width, SmoothingWeights? weights = null)
    {
        ArgumentNullException.ThrowIfNull(shape);
        runner ??= _ownRunner = new RowRunner();
        _zInSlab = shape.Nz > 1;
        _finest = GridLevel.Finest(shape);
        _scratch = new BlockScratch(_finest, runner.Threads);
        SmoothingWeights chosen = weights ?? SmoothingWeights.For(shape.Dimensions);
        _varying = CyclePasses.Create(width, _finest.Planar, varying: true, chosen, runner, _scratch);
        _same = CyclePasses.Create(width, _finest.Planar, varying: false, chosen, runner, _scratch);
    }

    // The solver of the next coarser level: the same memory, one solve at a time.
    private MultigridSolver(MultigridSolver finer)
    {
        _isView = true;
        (_zInSlab, _scratch, _varying, _same) = (finer._zInSlab, finer._scratch, finer._varying, finer._same);
        _finest = finer._finest.Coarser!;
    }

    /// <summary>
    /// A solver on the next coarser level, in the memory of this one; null for a lattice of one site. Couplings are still those of the
    /// spacing of this one. Its diagonal and right-hand side are <see cref="Diagonal"/> and <see cref="Rhs"/>.
    /// </summary>
    internal MultigridSolver? OnNextLevel() => _finest.Coarser is null ? null : new MultigridSolver(this);

    /// <summary>Memory for the diagonal of a solver on a coarser level, free between solves.</summary>
    internal SiteArray<float>? Diagonal => _finest.OwnDiagonal;

    /// <summary>Memory for the right-hand side of a solver on a coarser level, free between solves.</summary>
    internal SiteArray<float>? Rhs => _finest.OwnRhs;

    /// <summary>An array over the lattice that is free between solves.</summary>
    internal SiteArray<float> Spare => _finest.OwnSpare;

    /// <summary>Solves for one field whose diagonal varies. Allocates nothing.</summary>
    /// <param name="coupling">k: D·dt/h² for an implicit step, D/h² for the steady state; not negative.</param>
    /// <param name="walls">Wall conditions; those of axes with one site are ignored.</param>
    /// <param name="field">
    /// In: the first guess. Out: the solution. Values below 1e-30 in size become 0. The memory behind the array changes hands, so
    /// that a <see cref="SiteArray{T}.Pointer"/> taken before is not good any more.
    /// </param>
    /// <param name="diagonal">d, not negative, and above 0 where the coupling is 0.</param>
    /// <param name="rhs">The right-hand side.</param>
    /// <param name="tolerance">
    /// Stop when max |r_i / D_i| &lt; tolerance · max |c|, D_i = d_i + 2k per open axis. A smooth error hides from the residual of
    /// the lattice when coupling outweighs the diagonal (by 4k/d); so a field counts as converged without a cycle only when the
    /// residual is that small on every coarser level too.
    /// </param>
    /// <param name="maxCycles">Stop after this many cycles.</param>
    /// <param name="minCycles">Do at least this many, whatever the residual.</param>
    /// <param name="smallest">A smaller max |c| counts as this, so that a field next to nothing is not solved to many digits.</param>
    /// <param name="settled">
    /// Share of the tolerance, 0–1, below which a field is left alone. For an implicit step give (d − 1)/d, the share that a step loses:
    /// the old field satisfies the step's equation all the better the less it may change in one step, and would never reach its level.
    /// </param>
    /// <param name="single">
    /// One cycle is all where the first sweep finds a relative residual of at most this and the coarse correction is at most
    /// sixteen times as large; more come in the next step. 0 = cycles until the tolerance is met.
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
        int minCycles = 0,
        float smallest = 0,
        float settled = 1,
        float single = 0)
    {
        Check(coupling, diagonal, nameof(diagonal));
        SolveReport report = Solve(_varying, coupling, walls, field, diagonal.Pointer, 0, rhs,
            new SolveLimits(tolerance, smallest, settled, single, minCycles, maxCycles));
        GC.KeepAlive(diagonal);
        return report;
    }

    /// <summary>Solves for one field with the same diagonal everywhere, which takes a third less time. Allocates nothing.</summary>
    /// <inheritdoc cref="Solve(float, in FieldWalls, SiteArray{float}, SiteArray{float}, SiteArray{float}, float, int, int, float, float, float)"/>
    public unsafe SolveReport Solve(
        float coupling,
        in FieldWalls walls,
        SiteArray<float> field,
        float diagonal,
        SiteArray<float> rhs,
        float tolerance,
        int maxCycles = 50,
        int minCycles = 0,
        float smallest = 0,
        float settled = 1,
        float single = 0)
    {
        if (!(diagonal >= 0) || float.IsInfinity(diagonal))
        {
            throw new ArgumentException($"the diagonal must be a number not below 0, not {diagonal}", nameof(diagonal));
        }

        if (diagonal == 0 && coupling == 0)
        {
            throw new ArgumentException("coupling and diagonal are both 0: nothing determines the field", nameof(diagonal));
        }

        return Solve(_same, coupling, walls, field, null, diagonal, rhs,
            new SolveLimits(tolerance, smallest, settled, single, minCycles, maxCycles));
    }

    private unsafe SolveReport Solve(
        CyclePasses passes,
        float coupling,
        in FieldWalls walls,
        SiteArray<float> field,
        float* diagonal,
        float sameDiagonal,
        SiteArray<float> rhs,
        in SolveLimits limits)
    {
        Check(coupling, field, nameof(field));
        Check(coupling, rhs, nameof(rhs));
        _finest.Bind(field.Pointer, diagonal, rhs.Pointer);
        _finest.Configure(coupling, walls, _zInSlab, sameDiagonal);
        SweepSizes sizes = passes.First(_finest);
        float initial = limits.Relative(sizes);
        if (limits.MaxCycles <= 0 || (limits.MinCycles <= 0 && sizes.Residual == 0))
        {
            _finest.Unbind();
            return new SolveReport(0, initial, initial, limits.IsMet(sizes), false);
        }

        Prepare(passes, coupling, walls);
        if (limits.MinCycles <= 0 && IsSettled(passes, sizes, limits))
        {
            _finest.Unbind();
            return new SolveReport(0, initial, initial, true, false);
        }

        (int cycles, bool converged, bool floor) = Iterate(passes, ref sizes, limits, initial <= limits.Single);
        _finest.GiveTo(field);
        _finest.Unbind();
        GC.KeepAlive(rhs);
        return new SolveReport(cycles, initial, limits.Relative(sizes), converged, floor, sizes.Below);
    }

    /// <summary>Cycles until converged, at the floor or at the limit. The solution is then in Solution.</summary>
    private (int Cycles, bool Converged, bool Floor) Iterate(CyclePasses passes, ref SweepSizes sizes, in SolveLimits limits, bool once)
    {
        int cycles = 0;
        float correction = float.PositiveInfinity;
        while (true)
        {
            SweepSizes before = sizes;
            float correctionBefore = correction;
            (sizes, correction) = Cycle(passes);
            _finest.Exchange();
            cycles++;

            // The last sweep makes it smaller still, so what was small enough before it needs no other look.
            if (cycles >= limits.MinCycles && limits.IsMet(sizes, correction))
            {
                return (cycles, true, false);
            }

            if (once && cycles == 1 && limits.MinCycles <= 1 && limits.OneIsEnough(sizes, correction))
            {
                return (cycles, true, false);
            }

            float below = sizes.Below;
            sizes = passes.First(_finest);
            sizes.Below = below;
            bool converged = limits.IsMet(sizes, correction);
            bool floor = !converged && !(sizes.Residual < FloorRatio * before.Residual || correction < FloorRatio * correctionBefore);
            if (((converged || floor) && cycles >= limits.MinCycles) || cycles >= limits.MaxCycles)
            {
                return (cycles, converged, floor);
            }
        }
    }

    public void Dispose()
    {
        if (_isView)
        {
            return;
        }

        for (GridLevel? level = _finest; level is not null; level = level.Coarser)
        {
            level.Dispose();
        }

        _scratch.Dispose();
        _ownRunner?.Dispose();
    }

    private void Check(float coupling, SiteArray<float> array, string name)
    {
        ArgumentNullException.ThrowIfNull(array, name);
        if (array.Length != _finest.Shape.Length)
        {
            throw new ArgumentException($"the array has {array.Length} elements, the lattice needs {_finest.Shape.Length}", name);
        }

        if (!(coupling >= 0) || float.IsInfinity(coupling))
        {
            throw new ArgumentException($"the coupling must be a number not below 0, not {coupling}", nameof(coupling));
        }
    }

    /// <summary>Whether a field is so close that no cycle is due: the residual is small on every level.</summary>
    private bool IsSettled(CyclePasses passes, in SweepSizes sizes, in SolveLimits limits)
    {
        float bound = limits.Settled * limits.Of(sizes);
        if (!(sizes.Residual < bound))
        {
            return false;
        }

        for (GridLevel level = _finest; level.Coarser is not null && sizes.Residual > 0; level = level.Coarser)
        {
            float residual = passes.Look(level);
            if (!(residual < bound))
            {
                return false;
            }

            level.Coarser.ClearSolution();
        }

        return true;
    }

    /// <summary>Couplings and diagonals of the coarse levels; only when a cycle or a look at them is needed.</summary>
    private void Prepare(CyclePasses passes, float coupling, in FieldWalls walls)
    {
        for (GridLevel level = _finest; level.Coarser is not null; level = level.Coarser)
        {
            level.Coarser.Configure(coupling, walls, _zInSlab, _finest.SameDiagonal);
            if (passes == _varying)
            {
                passes.CoarsenDiagonal(level);
            }
        }
    }

    /// <summary>One cycle from Spare after its first sweep to Spare.</summary>
    /// <returns>Sizes before the last sweep, and the size of the coarse correction.</returns>
    private (SweepSizes Sizes, float Correction) Cycle(CyclePasses passes)
    {
        if (_finest.Coarser is null)
        {
            SolveSingle(passes, _finest);
            return (new SweepSizes { Residual = float.NaN, Below = MathF.Max(0, -SingleValue(_finest)) }, 0);
        }

        passes.Down(_finest);
        float correction = Correct(passes, _finest.Coarser, measure: true);
        return (passes.Up(_finest, measure: true), correction);
    }

    /// <summary>Solves a coarse level approximately; returns the size of its correction when measured.</summary>
    private float Correct(CyclePasses passes, GridLevel level, bool measure)
    {
        if (level.Coarser is null)
        {
            return SolveSingle(passes, level);
        }

        passes.Down(level);
        Correct(passes, level.Coarser, measure: false);
        return passes.Up(level, measure).Value;
    }

    private static unsafe float SingleValue(GridLevel level) => level.Spare[level.Row(0, 0)];

    /// <summary>The exact solution of a single cell; 0 where a field without any loss leaves it open.</summary>
    private unsafe float SolveSingle(CyclePasses passes, GridLevel level)
    {
        int site = level.Row(0, 0);
        float diagonal = passes == _same ? level.SameDiagonal : level.Diagonal[site];
        float sum = diagonal + (level.X.Low[0] + level.X.High[0]) + (level.Inner.Low[0] + level.Inner.High[0])
            + (level.Slab.Low[0] + level.Slab.High[0]);
        float value = sum > LaneConstants.Tiny ? level.Rhs[site] / sum : 0;
        level.Spare[site] = value;
        level.Spare[site - 1] = level.X.TransferLow * value;
        level.Spare[site + 1] = level.X.TransferHigh * value;
        return MathF.Abs(value);
    }
}

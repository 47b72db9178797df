using TmeSim.Engine.Lattice;
using TmeSim.Engine.Multigrid;
using TmeSim.Engine.Plan;
using TmeSim.Engine.Start;
using TmeSim.Engine.State;

namespace TmeSim.Engine;

/// <summary>
/// Memory of one <see cref="Simulation"/>, worked out from its plan before anything is allocated. Bytes of arrays over the
/// lattice are exact; those of cells and vessels follow from the densities asked for, with room for their lists to grow.
/// </summary>
/// <param name="Sites">Sites of all lesions and their tiles.</param>
/// <param name="StateBytes">Site arrays of the state; <see cref="Simulation.Capture"/> takes them a second time.</param>
/// <param name="WorkBytes">Scratch memory of the processes and the field solver.</param>
/// <param name="CellBytes">Stores of immune cells and vessels, and what goes with them (an estimate).</param>
public sealed record SimulationMemory(long Sites, long StateBytes, long WorkBytes, long CellBytes)
{
    /// <summary>Lists double when they are full, and old and new stand side by side for a moment.</summary>
    private const int GrowthRoom = 3;

    /// <summary>Bytes a tumour cell takes in lists of events, claims and push paths, at the few in a hundred that act in a step.</summary>
    private const int ListBytesPerTumorCell = 4;

    /// <summary>A simulation that runs, without a captured state [bytes].</summary>
    public long TotalBytes => StateBytes + WorkBytes + CellBytes;

    /// <summary>What capturing the state at t = 0 takes, in memory or on disk [bytes].</summary>
    public long CaptureBytes => StateBytes + CellBytes;

    /// <summary>The memory of a plan.</summary>
    /// <param name="plan">What to simulate.</param>
    /// <param name="threads">Threads inside one step, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The lattice is larger than site indices reach (<see cref="LatticeShape.LargestLength"/>).</exception>
    public static SimulationMemory Of(SimulationPlan plan, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(threads);
        LatticeShape shape = ShapeOf(plan);
        using LesionState sample = Sample(plan);
        int lesions = plan.Lesions.Count * plan.Tissue.Tiles;
        double cells = 0;
        foreach (LesionPlan lesion in plan.Lesions)
        {
            cells += CellBytesOf(shape, lesion, sample, TissueLayout.LiverVesselsOf(plan.Parameters, plan.Mechanisms) ?? 0);
        }

        return new SimulationMemory(
            lesions * shape.SiteCount,
            lesions * Bytes(sample, shape),
            lesions * (LesionWorkspace.Bytes(shape, plan.Tissue.HasCoarseSignals, threads) + StructureBytes(plan, shape)),
            (long)Math.Min(cells * plan.Tissue.Tiles, long.MaxValue / 4));
    }

    /// <summary>What the arm that irradiates most lesions adds: it keeps the traits of irradiated cells [bytes].</summary>
    public static long RadiationBytes(SimulationPlan plan, IEnumerable<ArmPlan> arms)
    {
        LatticeShape shape = ShapeOf(plan);
        using LesionState sample = Sample(plan);
        long plain = Bytes(sample, shape);
        sample.SetIrradiated(true);
        int lesions = arms.Select(a => a.Radiation.Select(c => c.Lesion).Distinct().Count()).DefaultIfEmpty(0).Max();
        return lesions * plan.Tissue.Tiles * (Bytes(sample, shape) - plain);
    }

    private static LatticeShape ShapeOf(SimulationPlan plan) => new(plan.Tissue.Nx, plan.Tissue.Ny, plan.Tissue.Nz, plan.Tissue.SpacingUm);

    // A lesion of one site has what a large one has.
    private static LesionState Sample(SimulationPlan plan) =>
        new(new LatticeShape(1, 1, 1, plan.Tissue.SpacingUm), new CloneTable(plan.Lesions[0]), plan.Extension,
            plan.Tissue.HasCoarseSignals);

    // Where structures of liver and tumour stand: a byte a site.
    private static long StructureBytes(SimulationPlan plan, LatticeShape shape) => TissueLayout.Asked(plan.Mechanisms) ? shape.Length : 0;

    private static long Bytes(LesionState sample, LatticeShape shape)
    {
        var size = new StateSize();
        sample.Visit(size);
        return size.Bytes(shape.Length, SignalLattice.Coarser(shape).Length);
    }

    // Draws, the order of the store and two lists of those through which cells may come: arrays as long as it.
    private const int WorkBytesPerVessel = 40;

    private static double CellBytesOf(LatticeShape shape, LesionPlan lesion, LesionState sample, double liverVessels)
    {
        double tumor = Seeder.CellsAt(shape, lesion.RadiusUm), area = shape.SiteAreaMm2;
        double immune = sample.Kinds.Zip(sample.Stores, (kind, store) => kind.PerMm2(lesion) * (store.BytesPerCell + kind.WorkBytes)).Sum();
        double vessels = Math.Max(lesion.VesselsPerMm2, liverVessels) * shape.SiteCount * (sample.Vessels.BytesPerCell + WorkBytesPerVessel);
        return (GrowthRoom * area * ((immune * tumor) + vessels)) + (ListBytesPerTumorCell * tumor);
    }
}

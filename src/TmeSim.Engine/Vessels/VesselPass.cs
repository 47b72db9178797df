using TmeSim.Engine.Lattice;
using TmeSim.Engine.Multigrid;
using TmeSim.Engine.Numerics;
using TmeSim.Engine.Plan;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Vessels;

/// <summary>The pass over the vessels, compiled for a register width. All widths give the same bits.</summary>
internal abstract class VesselPass
{
    /// <summary>Vessels that a thread should have.</summary>
    protected const int VesselsPerBlock = 128;

    /// <summary>Outcome of a vessel that is lost.</summary>
    public const int Lost = -1;

    public static VesselPass Create(LaneWidth width, ProcessSetup setup) =>
        LaneWidths.Make<Factory, VesselPass>(width, new Factory(setup));

    /// <summary>
    /// Brings all vessels to the end of the step and says what becomes of each: 0, <see cref="Lost"/>, or where it sprouts to.
    /// </summary>
    public abstract void Run(in VesselStep step, int[] outcomes, in StepContext context);

    private readonly struct Factory(ProcessSetup setup) : ILaneFactory<VesselPass>
    {
        public VesselPass Create<TLane>()
            where TLane : struct, ILanes<TLane> => new VesselPass<TLane>(setup);
    }
}

/// <summary>What all vessels have in common in a step.</summary>
/// <param name="Rates">The equations.</param>
/// <param name="Sprouting">Where sprouts may go.</param>
/// <param name="Hours">Length of the step [h].</param>
/// <param name="MaturityShare">Share of the way to its target that maturity goes.</param>
/// <param name="Loss">Probability that a vessel of the tumour bed is lost, whatever VEGF does.</param>
/// <param name="ClearedLoss">The same in cleared ground; 0: as elsewhere.</param>
/// <param name="RemovalDensity">Density below which a vessel is lost.</param>
/// <param name="SproutRate">Hazard of a sprout from a full vessel at saturating VEGF.</param>
/// <param name="LiverQuiescence">Vessels of normal liver relax to full cover and lumen.</param>
internal readonly record struct VesselStep(VesselRates Rates, Sprouting Sprouting, float Hours, float MaturityShare, float Loss,
    float ClearedLoss, float RemovalDensity, float SproutRate, bool LiverQuiescence);

/// <inheritdoc/>
internal sealed class VesselPass<TLane>(ProcessSetup setup) : VesselPass
    where TLane : struct, ILanes<TLane>
{
    public override void Run(in VesselStep step, int[] outcomes, in StepContext context) =>
        setup.Runner.Run(new VesselKernel<TLane>(setup.Lesion, step, outcomes, context), setup.Lesion.Vessels.Count, VesselsPerBlock);
}

/// <summary>A range of vessels, some at a time: gathered, brought on in registers, put back.</summary>
internal readonly unsafe struct VesselKernel<TLane>(LesionState lesion, VesselStep step, int[] outcomes, StepContext context) : IRowKernel
    where TLane : struct, ILanes<TLane>
{
    /// <summary>Vessels at a time, a multiple of the register width.</summary>
    private const int Chunk = 64;

    public void Run(int first, int end)
    {
        float* buffer = stackalloc float[Columns.Length];
        uint* words = stackalloc uint[4 * Chunk];
        ulong* ids = stackalloc ulong[Chunk];
        var chunk = new Columns(buffer);
        for (int from = first; from < end; from += Chunk)
        {
            ReadOnlySpan<int> sites = lesion.Vessels.Site.Span.Slice(from, Math.Min(Chunk, end - from));
            for (int i = 0; i < sites.Length; i++)
            {
                ids[i] = (uint)sites[i];
            }

            PhiloxBatch.Lineages(words, ids, sites.Length, context.Step, (uint)Purpose.VesselFate << 16, context.Key);
            Gather(chunk, from, sites);
            for (int x = 0; x < sites.Length; x += TLane.Width)
            {
                Grow(chunk, x);
            }

            Decide(chunk, words, from, sites);
        }
    }

    private void Gather(in Columns chunk, int from, ReadOnlySpan<int> sites)
    {
        VesselStore vessels = lesion.Vessels;
        vessels.Maturity.Span.Slice(from, sites.Length).CopyTo(new Span<float>(chunk.Maturity, sites.Length));
        vessels.Density.Span.Slice(from, sites.Length).CopyTo(new Span<float>(chunk.Density, sites.Length));
        Gather(FieldId.Vegf, sites, chunk.Vegf);
        TargetExposure vegf = context.Exposure[DrugTarget.Vegf], vegfr = context.Exposure[DrugTarget.Vegfr];

        // What no drug of the class takes part in stays 0.
        if (vegf.Antibody != 0 || vegfr.Antibody != 0)
        {
            Gather(FieldId.AntibodyDelivery, sites, chunk.Antibody);
        }

        if (vegf.SmallMolecule != 0 || vegfr.SmallMolecule != 0)
        {
            Gather(FieldId.SmallMoleculeDelivery, sites, chunk.SmallMolecule);
        }

        for (int i = 0; i < sites.Length; i++)
        {
            chunk.Liver[i] = lesion.ParenchymaCodes[sites[i]] == Parenchyma.Hepatocyte ? 1 : 0;
        }
    }

    private void Gather(FieldId field, ReadOnlySpan<int> sites, float* to)
    {
        var values = lesion.Field(field);
        for (int i = 0; i < sites.Length; i++)
        {
            to[i] = values[sites[i]];
        }
    }

    // Cover, lumen and the hazard of a sprout, k V²/(1 + V²) v, of a register of vessels.
    private void Grow(in Columns chunk, int x)
    {
        TLane one = TLane.Splat(1), share = TLane.Splat(step.MaturityShare);
        TLane quiescent = TLane.Splat(step.LiverQuiescence ? 1 : 0) * TLane.Load(chunk.Liver + x);
        TLane vegf = FreeVegf(chunk, x), maturity = TLane.Load(chunk.Maturity + x), density = TLane.Load(chunk.Density + x);
        TLane cover = step.Rates.NextMaturity(maturity, vegf, share);
        TLane lumen = step.Rates.NextDensity(density, cover, vegf, TLane.Splat(step.Hours));
        cover = TLane.IfLess(quiescent, one, cover, VesselRates.Quiesce(maturity, share));
        lumen = TLane.IfLess(quiescent, one, lumen, VesselRates.Quiesce(density, share));
        TLane.Store(cover, chunk.Maturity + x);
        TLane.Store(lumen, chunk.Density + x);
        TLane.Store(TLane.Splat(step.SproutRate) * vegf * vegf / (one + vegf * vegf) * lumen, chunk.Sprout + x);
    }

    // As LocalDrug.FreeVegf.
    private TLane FreeVegf(in Columns chunk, int x)
    {
        TLane vegf = Less(TLane.Load(chunk.Vegf + x), context.Exposure[DrugTarget.Vegf], chunk, x);
        return Less(vegf, context.Exposure[DrugTarget.Vegfr], chunk, x);
    }

    private static TLane Less(TLane vegf, in TargetExposure drug, in Columns chunk, int x)
    {
        if (drug.IsNone)
        {
            return vegf;
        }

        TLane one = TLane.Splat(1);
        TLane ratio = TLane.Splat(drug.Antibody) * TLane.Load(chunk.Antibody + x)
            + TLane.Splat(drug.SmallMolecule) * TLane.Load(chunk.SmallMolecule + x);
        return vegf * (one - TLane.Splat(drug.MaxEffect) * ratio / (one + ratio));
    }

    private void Decide(in Columns chunk, uint* words, int from, ReadOnlySpan<int> sites)
    {
        VesselStore vessels = lesion.Vessels;
        for (int i = 0; i < sites.Length; i++)
        {
            float maturity = chunk.Maturity[i], density = chunk.Density[i], hazard = chunk.Sprout[i], u = Draws.Uniform(words[4 * i + 1]);
            vessels.Maturity[from + i] = maturity;
            vessels.Density[from + i] = density;
            vessels.Perfusion[from + i] = step.Rates.Perfusion(density, maturity);
            bool lost = density < step.RemovalDensity || (chunk.Liver[i] == 0 && Draws.Uniform(words[4 * i]) < Loss(sites[i]));

            // 1 − exp(−k) ≤ k: few vessels are left for which it takes an exponential.
            outcomes[from + i] = lost ? VesselPass.Lost
                : u < hazard && u < DetMath.Probability(hazard) ? step.Sprouting.Place(sites[i], words[4 * i + 2], words[4 * i + 3]) : 0;
        }
    }

    private float Loss(int site) => step.ClearedLoss > 0 && ClearedGround.Holds(lesion, site) ? step.ClearedLoss : step.Loss;

    /// <summary>Traits and surroundings of a chunk of vessels, and their hazard of a sprout.</summary>
    private readonly struct Columns(float* buffer)
    {
        public const int Length = 7 * Chunk;

        public float* Maturity => buffer;

        public float* Density => buffer + Chunk;

        public float* Vegf => buffer + (2 * Chunk);

        public float* Antibody => buffer + (3 * Chunk);

        public float* SmallMolecule => buffer + (4 * Chunk);

        /// <summary>1 in normal liver, else 0.</summary>
        public float* Liver => buffer + (5 * Chunk);

        public float* Sprout => buffer + (6 * Chunk);
    }
}

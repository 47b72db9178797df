using TmeSim.Engine.Immune;
using TmeSim.Engine.Lattice;
using TmeSim.Engine.Multigrid;
using TmeSim.Engine.Numerics;
using TmeSim.Engine.Plan;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Macrophages;

/// <summary>Rates of polarisation in a step.</summary>
/// <param name="Up">Towards CD163 [1/h].</param>
/// <param name="Down">Away from it, at most [1/h].</param>
/// <param name="HypoxiaHalf">Oxygen at which hypoxia has half its effect, relative to the reference.</param>
/// <param name="TgfbShare">Share 0–1 of the suppressive signal that is TGF-β.</param>
/// <param name="StepHours">Length of the step [h].</param>
internal readonly record struct PolarisationRates(float Up, float Down, float HypoxiaHalf, float TgfbShare, float StepHours);

/// <summary>
/// Scores of macrophages: dp/dt = k12 · x · (H(S) + hypoxia)(1 − p) − k21 · H(I) · p, integrated exactly over the step with the fields held
/// (MODEL.md 7.7). Compiled for a register width; all widths give the same bits.
/// </summary>
internal abstract class Polarisation
{
    public static Polarisation Create(LaneWidth width, LesionState lesion) =>
        LaneWidths.Make<Factory, Polarisation>(width, new Factory(lesion));

    /// <summary>New scores of cells first to end − 1, each for itself.</summary>
    public abstract void Run(int first, int end, in PolarisationRates rates, in Exposure exposure);

    private readonly struct Factory(LesionState lesion) : ILaneFactory<Polarisation>
    {
        public Polarisation Create<TLane>()
            where TLane : struct, ILanes<TLane> => new Polarisation<TLane>(lesion);
    }
}

/// <inheritdoc/>
internal sealed unsafe class Polarisation<TLane>(LesionState lesion) : Polarisation
    where TLane : struct, ILanes<TLane>
{
    // Cells that are gathered before the lanes take over: whole registers of any width.
    private const int Group = 64;

    public override void Run(int first, int end, in PolarisationRates rates, in Exposure exposure)
    {
        float* suppressive = stackalloc float[Group], ifng = stackalloc float[Group], oxygen = stackalloc float[Group],
            rate = stackalloc float[Group], score = stackalloc float[Group];
        MacrophageStore cells = lesion.Macrophages;
        SiteArray<float> suppressiveField = lesion.Field(FieldId.Suppressive).Present, ifngField = lesion.Field(FieldId.Ifng).Present,
            oxygenField = lesion.Field(FieldId.Oxygen).Values;
        TargetExposure csf1r = exposure[DrugTarget.Csf1r];
        bool drugs = !csf1r.IsNone || !exposure[DrugTarget.Tgfb].IsNone;
        for (int at = first; at < end; at += Group)
        {
            int count = Math.Min(Group, end - at);
            ReadOnlySpan<int> sites = cells.Site.Span.Slice(at, count);
            ReadOnlySpan<float> own = cells.Polarisability.Span.Slice(at, count);
            for (int j = 0; j < sites.Length; j++)
            {
                int site = sites[j];
                (suppressive[j], ifng[j], oxygen[j]) = (suppressiveField[site], ifngField[site], oxygenField[site]);
                rate[j] = rates.Up * own[j];
            }

            for (int j = 0; drugs && j < sites.Length; j++)
            {
                suppressive[j] = LocalDrug.FreeSuppressive(lesion, exposure, rates.TgfbShare, sites[j]);
                rate[j] = rates.Up * (1 - LocalDrug.Occupancy(lesion, csf1r, sites[j])) * own[j];
            }

            Span<float> scores = cells.Score.Values.AsSpan(at, count), buffer = new(score, count);
            scores.CopyTo(buffer);
            for (int j = 0; j < count; j += TLane.Width)
            {
                TLane.Store(Score(TLane.Load(suppressive + j), TLane.Load(ifng + j), TLane.Load(oxygen + j), TLane.Load(rate + j),
                    TLane.Load(score + j), rates), score + j);
            }

            buffer.CopyTo(scores);
        }
    }

    private static TLane Score(TLane suppressive, TLane ifng, TLane oxygen, TLane rate, TLane score, in PolarisationRates rates)
    {
        TLane one = TLane.Splat(1), depth = oxygen / TLane.Splat(rates.HypoxiaHalf);
        TLane up = rate * (suppressive / (one + suppressive) + one / (one + depth * depth));
        TLane total = up + TLane.Splat(rates.Down) * ifng / (one + ifng);
        TLane next = score + (up / total - score) * TLane.Probability(total * TLane.Splat(rates.StepHours));
        return TLane.IfLess(TLane.Splat(0), total, next, score);
    }
}

using TmeSim.Engine.Fields;
using TmeSim.Engine.Lattice;
using TmeSim.Engine.Multigrid;
using TmeSim.Engine.Numerics;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Stroma;

/// <summary>The pass over the matrix, compiled for a register width. All widths give the same bits.</summary>
internal abstract class StromaPass
{
    public static StromaPass Create(LesionState lesion, RowRunner runner) =>
        LaneWidths.Make<Factory, StromaPass>(LaneWidths.Widest, new Factory(lesion, runner));

    /// <inheritdoc cref="StromaKernel{TLane}"/>
    public abstract void Relax(
        in StromaRates rates, float multiplier, float share, in TargetExposure caf, in TargetExposure tgfb, SiteBits? capsule);

    private readonly struct Factory(LesionState lesion, RowRunner runner) : ILaneFactory<StromaPass>
    {
        public StromaPass Create<TLane>()
            where TLane : struct, ILanes<TLane> => new StromaPass<TLane>(lesion, runner);
    }
}

/// <inheritdoc/>
internal sealed class StromaPass<TLane>(LesionState lesion, RowRunner runner) : StromaPass
    where TLane : struct, ILanes<TLane>
{
    public override void Relax(
        in StromaRates rates, float multiplier, float share, in TargetExposure caf, in TargetExposure tgfb, SiteBits? capsule) =>
        runner.Run(new StromaKernel<TLane>(lesion, rates, multiplier, share, caf, tgfb, capsule), lesion.Shape.Rows);
}

/// <summary>ρ moves by a share of its way to min(1, F · m · g/g_ref), site by site.</summary>
internal readonly unsafe struct StromaKernel<TLane>(
    LesionState lesion, StromaRates rates, float multiplier, float share, TargetExposure caf, TargetExposure tgfb, SiteBits? capsule)
    : IRowKernel
    where TLane : struct, ILanes<TLane>
{
    private const int Chunk = 1024;

    public void Run(int first, int end)
    {
        LatticeShape shape = lesion.Shape;
        float* stroma = lesion.Stroma.Pointer;

        // A register may run past the end of a chunk or of a row: into padding, where nothing is read afterwards.
        byte* zones = stackalloc byte[Chunk + 16];
        float* level = stackalloc float[16], kept = stackalloc float[16];
        CodeTable table = default, least = default;
        float scale = multiplier / rates.Secretion(rates.ReferenceShare);
        for (byte zone = 0; zone < 8; zone++)
        {
            table[zone] = lesion.StromaMap.Density((StromaZone)zone) * scale;
            least[zone] = lesion.StromaMap.Kept((StromaZone)zone);
        }

        table.CopyTo(level);
        least.CopyTo(kept);
        bool keeps = lesion.StromaMap.Keeps;
        TLane one = TLane.Splat(1), part = TLane.Splat(share);
        for (int row = first; row < end; row++)
        {
            int start = shape.RowStart(row);
            for (int from = 0; from < shape.Nx; from += Chunk)
            {
                int count = Math.Min(Chunk, shape.Nx - from);
                lesion.StromaMap.Fill(row, from, new Span<byte>(zones, count));
                if (capsule is not null)
                {
                    Encapsulate(new Span<byte>(zones, count), start + from);
                }

                for (int i = 0; i < count; i += TLane.Width)
                {
                    int site = start + from + i;
                    TLane target = TLane.Min(one, TLane.Lookup(zones + i, level) * Secretion(site));
                    target = keeps ? TLane.Max(target, TLane.Lookup(zones + i, kept)) : target;
                    TLane now = TLane.Load(stroma + site);
                    TLane.Store(now + (target - now) * part, stroma + site);
                }
            }
        }
    }

    private void Encapsulate(Span<byte> zones, int site)
    {
        for (int i = 0; i < zones.Length; i++)
        {
            if (capsule![site + i] && lesion.ParenchymaCodes[site + i] == Parenchyma.Hepatocyte)
            {
                zones[i] = (byte)StromaZone.Capsule;
            }
        }
    }

    /// <summary>g = 1 − a + r a (1 − O_caf), a = k T/(k T + l (1 + T)), T = TGF-β that no drug binds.</summary>
    private TLane Secretion(int site)
    {
        TLane one = TLane.Splat(1), active = TLane.Splat(rates.ReferenceShare);
        if (rates.FollowsField)
        {
            TLane free = TLane.Splat(rates.TgfbShare) * TLane.Load(lesion.Field(FieldId.Suppressive).Present.Pointer + site);
            if (!tgfb.IsNone)
            {
                free *= one - Occupancy(tgfb, site);
            }

            TLane up = TLane.Splat(rates.Activation) * free;
            active = up / (up + TLane.Splat(rates.Loss) * (one + free));
        }

        TLane output = TLane.Splat(rates.CafRatio) * active;
        if (!caf.IsNone)
        {
            output *= one - Occupancy(caf, site);
        }

        return one - active + output;
    }

    private TLane Occupancy(in TargetExposure target, int site)
    {
        TLane x = TLane.Splat(target.Antibody) * TLane.Load(lesion.Field(FieldId.AntibodyDelivery).Values.Pointer + site)
            + TLane.Splat(target.SmallMolecule) * TLane.Load(lesion.Field(FieldId.SmallMoleculeDelivery).Values.Pointer + site);
        return TLane.Splat(target.MaxEffect) * x / (TLane.Splat(1) + x);
    }
}

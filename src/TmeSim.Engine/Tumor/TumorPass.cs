using TmeSim.Engine.Multigrid;
using TmeSim.Engine.Numerics;

namespace TmeSim.Engine.Tumor;

/// <summary>The dense pass over the parenchyma, compiled for a register width. All widths give the same bits.</summary>
internal abstract class TumorPass
{
    public static TumorPass Create(LaneWidth width, ProcessSetup setup) =>
        LaneWidths.Make<Factory, TumorPass>(width, new Factory(setup));

    /// <inheritdoc cref="TumorKernel{TLane}"/>
    public abstract void Run(in TumorRates rates, in TraitTargets traits, in StepContext context);

    private readonly struct Factory(ProcessSetup setup) : ILaneFactory<TumorPass>
    {
        public TumorPass Create<TLane>()
            where TLane : struct, ILanes<TLane> => new TumorPass<TLane>(setup);
    }
}

/// <inheritdoc/>
internal sealed class TumorPass<TLane>(ProcessSetup setup) : TumorPass
    where TLane : struct, ILanes<TLane>
{
    public override void Run(in TumorRates rates, in TraitTargets traits, in StepContext context) => setup.Runner.Run(
        new TumorKernel<TLane>(setup.Lesion, rates, setup.Effects, traits, context, setup.Workspace.EventBits), setup.Lesion.Shape.Rows);
}

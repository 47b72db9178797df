using TmeSim.Engine.Fields;
using TmeSim.Engine.Numerics;

namespace TmeSim.Engine.Cells;

/// <summary>The dense pass over the parenchyma, compiled for a register width. All widths give the same bits.</summary>
internal abstract class TumorPass
{
    public static TumorPass Create(LaneWidth width, ProcessSetup setup, float[] cycleFactors) =>
        LaneWidths.Make<Factory, TumorPass>(width, new Factory(setup, cycleFactors));

    /// <inheritdoc cref="TumorKernel{TLane}"/>
    public abstract void Run(in TumorRates rates, in TraitTargets traits, in StepContext context);

    private readonly struct Factory(ProcessSetup setup, float[] cycleFactors) : ILaneFactory<TumorPass>
    {
        public TumorPass Create<TLane>()
            where TLane : struct, ILanes<TLane> => new TumorPass<TLane>(setup, cycleFactors);
    }
}

/// <inheritdoc/>
internal sealed class TumorPass<TLane>(ProcessSetup setup, float[] cycleFactors) : TumorPass
    where TLane : struct, ILanes<TLane>
{
    public override void Run(in TumorRates rates, in TraitTargets traits, in StepContext context) => setup.Runner.Run(
        new TumorKernel<TLane>(setup.Lesion, rates, cycleFactors, traits, context, setup.Workspace.EventBits), setup.Lesion.Shape.Rows);
}

using TmeSim.Engine.Lattice;
using TmeSim.Engine.Multigrid;
using TmeSim.Engine.Numerics;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Fields;

/// <summary>The dense passes of the assembly, compiled for a register width. All widths give the same bits.</summary>
internal abstract class AssemblyPasses
{
    public static AssemblyPasses Create(LaneWidth width, LesionState lesion, LesionWorkspace workspace, RowRunner runner) =>
        LaneWidths.Make<Factory, AssemblyPasses>(width, new Factory(lesion, workspace, runner));

    /// <inheritdoc cref="SignalKernel{TLane}"/>
    public abstract void Signal(FieldId id, bool takenUp, float diagonal, in SignalTerms terms);

    /// <inheritdoc cref="OxygenKernel{TLane}"/>
    public abstract void Oxygen(float decay, float uptake, float km);

    /// <inheritdoc cref="DeliveryKernel"/>
    public abstract void Delivery(float tumor, float liver);

    private readonly struct Factory(LesionState lesion, LesionWorkspace workspace, RowRunner runner) : ILaneFactory<AssemblyPasses>
    {
        public AssemblyPasses Create<TLane>()
            where TLane : struct, ILanes<TLane> => new AssemblyPasses<TLane>(lesion, workspace, runner);
    }
}

/// <inheritdoc/>
internal sealed class AssemblyPasses<TLane>(LesionState lesion, LesionWorkspace workspace, RowRunner runner) : AssemblyPasses
    where TLane : struct, ILanes<TLane>
{
    public override void Signal(FieldId id, bool takenUp, float diagonal, in SignalTerms terms) => runner.Run(
        new SignalKernel<TLane>(lesion, workspace.Cells, lesion.Field(id), takenUp ? workspace.SignalDiagonal : null,
            workspace.SignalSource, diagonal, terms),
        workspace.Signals.Shape.Rows);

    public override void Oxygen(float decay, float uptake, float km) => runner.Run(
        new OxygenKernel<TLane>(lesion, workspace.Diagonal, workspace.Source, decay, uptake, km), lesion.Shape.Rows);

    public override void Delivery(float tumor, float liver) => runner.Run(
        new DeliveryKernel(lesion, workspace.Diagonal, workspace.Source, tumor, liver), lesion.Shape.Rows);
}

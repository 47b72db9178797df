using TmeSim.Engine.Lattice;
using TmeSim.Engine.Observers;
using TmeSim.Engine.Start;
using TmeSim.Engine.State;

namespace TmeSim.Engine;

/// <summary>A step of every tissue, each by itself.</summary>
internal readonly struct TissueSteps(
    StartedLesion[] tissues, uint step, double stepHours, Exposure exposure, double effectors, double monocytes, IStepProbe? probe)
    : IRowKernel
{
    public void Run(int first, int end)
    {
        for (int i = first; i < end; i++)
        {
            tissues[i].Model.Step(new StepContext(tissues[i].Key, step, stepHours, exposure, effectors, monocytes), probe);
        }
    }
}

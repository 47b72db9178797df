namespace TmeSim.Engine.Immune;

/// <summary>The rules of one kind of immune cells in one lesion and arm.</summary>
internal interface IImmuneProcess
{
    void Step(in StepContext context);
}

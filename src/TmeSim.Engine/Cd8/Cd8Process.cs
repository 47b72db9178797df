using TmeSim.Engine.Immune;
using TmeSim.Engine.Numerics;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Cd8;

/// <summary>Step 6: CD8 T cells enter, then move, engage and kill in sub-steps, then exhaust, divide and die.</summary>
internal sealed class Cd8Process : IImmuneProcess
{
    private readonly Cd8Entry _entry;
    private readonly Cd8Motion _motion;
    private readonly TargetMap _targets;
    private readonly Cd8Contact _contact;
    private readonly Cd8Fate _fate;
    private readonly ProcessSetup _setup;
    private readonly CellDraws _draws;

    public Cd8Process(ProcessSetup setup)
    {
        _setup = setup;
        _draws = new CellDraws(setup.Runner);
        var hazard = new KillHazard(setup);
        _entry = new Cd8Entry(setup);
        _motion = new Cd8Motion(setup);
        _targets = new TargetMap(setup);
        _contact = new Cd8Contact(setup, hazard, _targets);
        _fate = new Cd8Fate(setup, hazard, _targets);
    }

    public void Step(in StepContext context)
    {
        _entry.Step(context);
        _targets.Renew();
        int subSteps = Cd8Motion.SubSteps(_setup.Parameters, context.StepHours, _setup.Lesion.Shape.SpacingUm);
        double subHours = context.StepHours / subSteps;
        for (uint sub = 0; sub < subSteps; sub++)
        {
            Cd8Store cells = _setup.Lesion.Cd8;
            _draws.Draw(cells.Id.Values, cells.Count, Purpose.Cd8Move, context, sub);
            _motion.SubStep(context, sub, subHours, _draws);
            _contact.SubStep(context, sub, (float)subHours, _draws);
        }

        _fate.Step(context);
    }
}

using TmeSim.Engine.Numerics;
using TmeSim.Engine.Plan;

namespace TmeSim.Engine.Tumor;

/// <summary>
/// NEK9 hypothesis H0, second half: a share k · max(0, 1 − n) of divisions fails and the dividing cell dies (MODEL.md 7.5a).
/// </summary>
internal sealed class MitoticFailure(ProcessSetup setup)
{
    private readonly float _share = setup.IsOn(Mechanism.Nek9MitoticFailure) ? (float)setup.Value(Parameter.Nek9MitoticFailureShare) : 0;

    /// <summary>Whether the division of the cell at a site fails.</summary>
    public bool Happens(int site, in StepContext context)
    {
        if (_share == 0)
        {
            return false;
        }

        float missing = 1 - setup.Effects.ActivityAt(setup.Lesion, site, context.Exposure[DrugTarget.Nek9]);
        return missing > 0 && Draws.Uniform(context.Draw(site, Purpose.MitoticFailure).X0) < _share * missing;
    }
}

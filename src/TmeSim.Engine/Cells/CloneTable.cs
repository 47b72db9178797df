using TmeSim.Engine.Plan;

namespace TmeSim.Engine.Cells;

/// <summary>Heritable traits of the tumour clones of one lesion. Clone 0 is the founder.</summary>
public sealed class CloneTable
{
    private readonly Clone[] _clones;

    public CloneTable(LesionPlan plan)
    {
        _clones = new Clone[plan.Clones.Count + 1];
        _clones[0] = new Clone("founder", (float)plan.Antigenicity, (float)plan.Nek9);
        for (int i = 0; i < plan.Clones.Count; i++)
        {
            ClonePlan clone = plan.Clones[i];
            _clones[i + 1] = new Clone(clone.Name, (float)clone.Antigenicity, (float)clone.Nek9);
        }
    }

    /// <summary>Number of clones, at least 1.</summary>
    public int Count => _clones.Length;

    public Clone this[int index] => _clones[index];
}

/// <summary>Traits of a clone.</summary>
/// <param name="Name">Name in the scenario; "founder" for clone 0.</param>
/// <param name="Antigenicity">0–1: weight of the kill hazard.</param>
/// <param name="Nek9">NEK9 activity, 1 = average.</param>
public readonly record struct Clone(string Name, float Antigenicity, float Nek9);

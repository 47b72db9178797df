using TmeSim.Engine.Patient;
using TmeSim.Engine.Plan;
using TmeSim.Engine.State;
using TmeSim.Engine.Therapies;

namespace TmeSim.Engine.Observers;

/// <summary>
/// Looks at an arm: clones that were born, lesions that were cleared, the wall, the assessment visits; and what can end a course.
/// </summary>
internal sealed class ArmObserver(SimulationPlan plan, LesionState[] lesions, LesionSizes sizes, ResponseMonitor response)
{
    /// <summary>Births of clones that are told as events of an arm.</summary>
    private const int MaxCloneEvents = 100;

    // A dose an hour for a century.
    private const int MaxEvents = 1 << 20;
    private readonly List<SimulationEvent> _events = new(256);
    private int _clonesTold;

    /// <summary>Events since the start of the arm; the therapy adds its own.</summary>
    public List<SimulationEvent> Events => _events;

    /// <summary>A tumour came within the wall distance.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Forgets the last arm.</summary>
    public void Begin()
    {
        HasEnded = false;
        _events.Clear();
        _clonesTold = 0;
        foreach (LesionState lesion in lesions)
        {
            _ = lesion.Clones.TakeNews();
        }
    }

    /// <summary>What can end a course: known at t = 0 and once a day.</summary>
    /// <param name="isWanted">Some course has a condition.</param>
    /// <param name="hours">Start of the step [h] after t = 0.</param>
    /// <param name="stepHours">Length of the step [h].</param>
    /// <param name="patient">Blood now.</param>
    public StopReadings Readings(bool isWanted, double hours, double stepHours, PatientState patient) =>
        isWanted && Cadence.Falls(hours, stepHours, Cadence.Day)
            ? new StopReadings(response.HasProgressed, true, sizes.SumOfDiametersMm, sizes.VolumeChange, sizes.TumorCells, patient.Nlr,
                patient.Effectors)
            : new StopReadings(response.HasProgressed);

    /// <summary>Looks at what the step has left.</summary>
    /// <param name="hours">End of the step [h] after t = 0.</param>
    /// <param name="stepHours">Length of the step [h].</param>
    /// <param name="parameters">Parameters of the arm.</param>
    public void Look(double hours, double stepHours, ParameterSet parameters)
    {
        for (int i = 0; i < lesions.Length; i++)
        {
            TellClones(hours, lesions[i], NameOf(i));
        }

        for (int i = 0; i < plan.Lesions.Count; i++)
        {
            if (IsClear(i) && !WasCleared(plan.Lesions[i].Name))
            {
                _events.Add(new SimulationEvent(hours, EventKind.TumorCleared, plan.Lesions[i].Name, "", 0));
            }
        }

        if (Cadence.Falls(hours, stepHours, Cadence.Day))
        {
            CheckWalls(hours, parameters[Parameter.EndpointsWallDistance]);
        }

        double interval = parameters.Time(Parameter.EndpointsAssessmentInterval);
        if (Cadence.Falls(hours, stepHours, interval) && response.Assess(hours, sizes.SumOfDiametersMm, RecistRules.Of(parameters)))
        {
            _events.Add(new SimulationEvent(hours, EventKind.Progression, "", "", sizes.SumOfDiametersMm));
        }
    }

    public void Visit(StateVisitor visitor)
    {
        HasEnded = visitor.Aside(HasEnded);
        _clonesTold = visitor.Aside(_clonesTold);
        int count = visitor.Count(_events.Count, MaxEvents);
        for (int i = 0; i < count; i++)
        {
            SimulationEvent e = i < _events.Count ? _events[i] : new SimulationEvent(0, default, "", "", 0);
            e = new SimulationEvent(
                visitor.Aside(e.TimeHours), visitor.Aside(e.Kind), visitor.Text(e.Lesion), visitor.Text(e.Subject), visitor.Aside(e.Value));
            if (i < _events.Count)
            {
                _events[i] = e;
            }
            else
            {
                _events.Add(e);
            }
        }

        _events.RemoveRange(count, _events.Count - count);
    }

    // Told up to a number, so that a mutator strain does not fill the log; all are booked.
    private void TellClones(double hours, LesionState lesion, string name)
    {
        foreach (Genotype born in lesion.Clones.TakeNews())
        {
            if (_clonesTold++ < MaxCloneEvents)
            {
                _events.Add(new SimulationEvent(hours, EventKind.CloneBorn, name, Genes.Text(born), 0));
            }
        }
    }

    private string NameOf(int tissue) => plan.Lesions[plan.Tissue.LesionOf(tissue)].Name;

    // No tile holds a tumour cell.
    private bool IsClear(int lesion)
    {
        for (int i = plan.Tissue.TissueOf(lesion), end = plan.Tissue.TissueOf(lesion + 1); i < end; i++)
        {
            if (lesions[i].TumorCells > 0)
            {
                return false;
            }
        }

        return true;
    }

    private bool WasCleared(string lesion)
    {
        foreach (SimulationEvent e in _events)
        {
            if (e.Kind == EventKind.TumorCleared && e.Lesion == lesion)
            {
                return true;
            }
        }

        return false;
    }

    private void CheckWalls(double hours, double limitUm)
    {
        for (int i = 0; i < lesions.Length; i++)
        {
            double distance = WallDistance.Um(lesions[i], limitUm);
            if (distance < limitUm)
            {
                _events.Add(new SimulationEvent(hours, EventKind.WallReached, NameOf(i), "", distance));
                HasEnded = true;
            }
        }
    }
}

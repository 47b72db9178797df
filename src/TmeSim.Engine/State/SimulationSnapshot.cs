using TmeSim.Engine.Patient;

namespace TmeSim.Engine.State;

/// <summary>The whole state of a simulation at one time, apart from drugs: the branching point of arms.</summary>
public sealed class SimulationSnapshot : IDisposable
{
    internal SimulationSnapshot(LesionState[] lesions, PatientState patient, ResponseMonitor response, uint step)
    {
        Lesions = lesions;
        Patient = patient;
        Response = response;
        Step = step;
    }

    internal LesionState[] Lesions { get; }

    internal PatientState Patient { get; }

    internal ResponseMonitor Response { get; }

    internal uint Step { get; }

    public void Dispose()
    {
        foreach (LesionState lesion in Lesions)
        {
            lesion.Dispose();
        }
    }
}

namespace TmeSim.Experiments.Running;

/// <summary>Memory of the machine or container that a run may use.</summary>
public static class MachineMemory
{
    /// <summary>Nine tenths of what the process may have (container limits count) [bytes]; the rest is for the system.</summary>
    public static long Limit => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 10 * 9;
}

using TmeSim.Scenarios;

namespace TmeSim.Experiments;

/// <summary>Figures and report of a run folder, drawn from its files.</summary>
internal static class RunReport
{
    public static void Write(RunFolder folder, ScenarioDefinition scenario, Manifest manifest, EndpointTable endpoints)
    {
    }
}

namespace TmeSim.Scenarios;

/// <summary>The run that a scenario goes on from (<c>from:</c>).</summary>
/// <param name="Run">Full path of its folder.</param>
/// <param name="Branch">Arm and time.</param>
public sealed record ScenarioFrom(string Run, ScenarioBranch Branch)
{
    /// <summary>The scenario as a run folder keeps it.</summary>
    internal const string Resolved = "resolved.yaml";
}

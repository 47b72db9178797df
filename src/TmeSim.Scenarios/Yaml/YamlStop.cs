using TmeSim.Scenarios.Diagnostics;

namespace TmeSim.Scenarios.Yaml;

/// <summary>Ends the loading of a text at a located error. Caught by <see cref="YamlLoader.Load"/>.</summary>
internal sealed class YamlStop(Mark mark, string message) : Exception(message)
{
    public Mark Mark { get; } = mark;
}

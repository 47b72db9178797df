using System.Globalization;
using TmeSim.Engine;
using TmeSim.Engine.Plan;
using TmeSim.Scenarios.Diagnostics;
using TmeSim.Scenarios.Parameters;
using TmeSim.Scenarios.Resolve;
using TmeSim.Scenarios.Yaml;

namespace TmeSim.Scenarios;

/// <summary>What a reference patient was made with, and whether that is still so.</summary>
public static class ReferenceSettings
{
    /// <summary>Fingerprint (16 hex digits) of the library: all default parameters and switches of a preset.</summary>
    /// <exception cref="ArgumentException">No such preset.</exception>
    public static string Of(string preset) => Identity.OfSettings(
        new ArmPlan(preset, [], ParameterLibrary.Defaults(preset), ParameterLibrary.DefaultMechanisms(preset)))[..16];

    /// <summary>Fingerprint (16 hex digits) of the scenario that a reference patient is made from; its arms do not count.</summary>
    public static string IdentityOf(ScenarioDefinition scenario) => scenario.PlanIdentity()[..16];

    /// <summary>Reasons why the block in a file is no longer what a scenario gives; empty when it is.</summary>
    /// <param name="path">A file with a block <c>reference</c>.</param>
    /// <param name="scenario">The scenario that it was made from.</param>
    public static IReadOnlyList<string> Stale(string path, ScenarioDefinition scenario)
    {
        DiagnosticSink sink = new();
        SourceText? source = SourceFile.Read(Path.GetFullPath(path), path, sink);
        YamlNode? root = source is null ? null : YamlLoader.Load(source, sink);
        if (sink.HasErrors)
        {
            return [.. sink.Sorted().Select(d => d.Message)];
        }

        if ((root as YamlMapping)?["reference"] is not YamlMapping block)
        {
            return ["it holds no block `reference`"];
        }

        return
        [
            .. Differs(block, "model_version", Simulation.ModelVersion.ToString(CultureInfo.InvariantCulture), "another model version"),
            .. Differs(block, "preset", scenario.Preset, "another preset"),
            .. Differs(block, "settings", Of(scenario.Preset), "other library values"),
            .. Differs(block, "identity", IdentityOf(scenario), "another scenario"),
        ];
    }

    private static IEnumerable<string> Differs(YamlMapping block, string key, string now, string what)
    {
        string? then = (block[key] as YamlScalar)?.Text;
        return then == now ? [] : [then is null ? $"it does not say its {key}" : $"made with {what} ({key} {then}, now {now})"];
    }
}

using System.Text.Json.Nodes;
using TmeSim.Experiments.Folders;

namespace TmeSim.Experiments.Tests.Folders;

public sealed class RunCrateTests(TinyRun tiny) : IClassFixture<TinyRun>
{
    [Fact]
    public void RunFolder_HoldsACrate_ThatNamesEveryFileWithItsSum()
    {
        JsonObject crate = JsonNode.Parse(File.ReadAllText(Path.Combine(tiny.Outcome.Folder, "ro-crate-metadata.json")))!.AsObject();
        Assert.Equal("https://w3id.org/ro/crate/1.1/context", (string)crate["@context"]!);
        Dictionary<string, JsonObject> nodes = crate["@graph"]!.AsArray().ToDictionary(n => (string)n!["@id"]!, n => n!.AsObject());
        Assert.Equal("./", (string)nodes["ro-crate-metadata.json"]["about"]!["@id"]!);
        string[] parts = [.. nodes["./"]["hasPart"]!.AsArray().Select(p => (string)p!["@id"]!)];
        Assert.Equal(["manifest.json", .. tiny.Outcome.Manifest.Files.Select(f => f.Path)], parts);
        Assert.All(tiny.Outcome.Manifest.Files, f => Assert.Equal((f.Sha256, $"{f.Size}"), ((string)nodes[f.Path]["sha256"]!, (string)nodes[f.Path]["contentSize"]!)));
        Assert.All(References(crate), id => Assert.True(nodes.ContainsKey(id) || id.StartsWith("https://", StringComparison.Ordinal), id));
        Assert.Equal(["resolved.yaml", .. parts.Where(p => p.StartsWith("data/", StringComparison.Ordinal))], nodes["#run"]["object"]!.AsArray().Select(o => (string)o!["@id"]!));
        Assert.DoesNotContain(FolderCheck.Of(tiny.Outcome.Folder, tiny.Outcome.Manifest).Findings, f => f.File.Contains("crate", StringComparison.Ordinal));
    }

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject { Count: 1 } o when o["@id"] is { } id => [(string)id!],
        JsonObject o => o.SelectMany(p => References(p.Value)),
        JsonArray a => a.SelectMany(References),
        _ => [],
    };
}

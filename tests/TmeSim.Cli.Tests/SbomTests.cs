using System.Diagnostics;
using System.Text.Json.Nodes;

namespace TmeSim.Cli.Tests;

/// <summary>The bill of materials of the packed tool: made from what was restored, without a look at the network.</summary>
public sealed class SbomTests : InFolder
{
    [Fact]
    public async Task Bill_ListsThePackagesOfTheLockFile()
    {
        string root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "TmeSim.sln")))
        {
            root = Path.GetDirectoryName(root)!;
        }

        // A proxy that nobody is at: what would go out fails.
        var offline = new Dictionary<string, string> { ["HTTPS_PROXY"] = "http://127.0.0.1:9", ["HTTP_PROXY"] = "http://127.0.0.1:9", ["ALL_PROXY"] = "http://127.0.0.1:9" };
        string project = Path.Combine(root, "src", "TmeSim.Cli");
        using Process process = Tool.Start("/bin/sh", ["-c", "cd \"$1\" && exec dotnet msbuild -nologo -t:Sbom -p:Configuration=Release -p:SbomFolder=\"$2\"", "sh", project, Folder], offline);
        (int code, string output, string error) = await Tool.Ended(process);
        if (code != 0 && (output + error).Contains("dotnet tool restore", StringComparison.Ordinal) && Environment.GetEnvironmentVariable("TMESIM_REQUIRE_SBOM") is null)
        {
            Assert.Skip("the tool that makes the bill is not restored: dotnet tool restore");
        }

        Assert.True(code == 0, output + error);
        JsonNode bill = JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, "tmesim.cdx.json")))!;
        Assert.Equal(("CycloneDX", "TmeSim"), ((string)bill["bomFormat"]!, (string)bill["metadata"]!["component"]!["name"]!));
        string[] listed = [.. bill["components"]!.AsArray().Select(c => $"{c!["name"]} {c["version"]}")];
        Assert.All(bill["components"]!.AsArray(), c => Assert.NotEmpty(c!["hashes"]!.AsArray()));
        JsonObject locked = JsonNode.Parse(File.ReadAllText(Path.Combine(project, "packages.lock.json")))!["dependencies"]!["net10.0"]!.AsObject();
        string[] direct = [.. locked.Where(d => (string)d.Value!["type"]! == "Direct" && !d.Key.Contains("Analyzers", StringComparison.Ordinal)).Select(d => $"{d.Key} {d.Value!["resolved"]}")];
        Assert.NotEmpty(direct);
        foreach (string package in (string[])[.. direct, .. ((string[])["PureHDF", "Parquet.Net", "YamlDotNet", "ScottPlot", "SkiaSharp"])])
        {
            Assert.Contains(listed, l => l == package || l.StartsWith(package + " ", StringComparison.Ordinal));
        }

        Assert.DoesNotContain(listed, l => l.StartsWith("xunit", StringComparison.OrdinalIgnoreCase));
    }
}

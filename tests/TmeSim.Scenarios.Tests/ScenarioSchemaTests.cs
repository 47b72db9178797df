using System.Text.Json;
using System.Text.Json.Nodes;
using NJsonSchema;
using TmeSim.Scenarios.Diagnostics;
using TmeSim.Scenarios.Units;
using TmeSim.Scenarios.Yaml;

namespace TmeSim.Scenarios.Tests;

public class ScenarioSchemaTests
{
    private static readonly Lazy<Task<JsonSchema>> Parsed = new(() => JsonSchema.FromJsonAsync(ScenarioSchema.Json()));

    public static TheoryData<string> ValidTexts => [Examples.Inflamed, Examples.Minimal, ScenarioTemplate.Create("A: \"quoted\" name"), Examples.Valid(Examples.Inflamed).ResolvedYaml];

    [Theory]
    [MemberData(nameof(ValidTexts))]
    public async Task ValidScenario_AgainstTheSchema_HasNoErrors(string text)
    {
        JsonSchema schema = await Parsed.Value;

        var errors = schema.Validate(ToJson(text));

        Assert.Empty(errors.Select(e => $"{e.Path}: {e.Kind}"));
    }

    [Theory]
    [InlineData("seed: 1.5\n")]
    [InlineData("colour: red\n")]
    [InlineData("time: {step: 1}\n")]
    [InlineData("patient: {child_pugh: D}\n")]
    [InlineData("parameters: {cd8.kill_rat: 1 /d}\n")]
    [InlineData("arms: [{therapy: []}]\n")]
    public async Task WrongScenario_AgainstTheSchema_HasErrors(string addition)
    {
        JsonSchema schema = await Parsed.Value;

        Assert.NotEmpty(schema.Validate(ToJson(Examples.Minimal + addition)));
    }

    // Sees whatever scenarios/ holds; the template and the examples above are always there.
    [Fact]
    public async Task ShippedScenarios_Read_AreValidAndFollowTheSchema()
    {
        JsonSchema schema = await Parsed.Value;
        foreach (string file in ShippedFiles())
        {
            Assert.Empty(ScenarioReader.ReadFile(file).Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Select(d => d.Format()));
            Assert.Empty(schema.Validate(ToJson(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken))).Select(e => $"{file}: {e.Path}: {e.Kind}"));
        }
    }

    private static string[] ShippedFiles()
    {
        DirectoryInfo? root = new(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "TmeSim.sln")))
        {
            root = root.Parent;
        }

        string folder = Path.Combine(root?.FullName ?? ".", "scenarios");
        return Directory.Exists(folder) ? Directory.GetFiles(folder, "*.yaml", SearchOption.AllDirectories) : [];
    }

    [Fact]
    public void Schema_Text_IsDraft7WithAllTopKeys()
    {
        JsonNode schema = JsonNode.Parse(ScenarioSchema.Json())!;

        Assert.Equal("http://json-schema.org/draft-07/schema#", (string?)schema["$schema"]);
        Assert.Equal(
            ["schema", "name", "base", "from", "preset", "baseline", "reference", "seed", "replicates", "time", "tissue", "fields", "lesions", "patient", "parameters", "mechanisms", "drugs", "arms", "sweep", "calibrate", "cohort", "trial", "figures", "output", "data"],
            schema["properties"]!.AsObject().Select(p => p.Key));
    }

    // As an editor's YAML 1.2 reader sees it: plain numbers are numbers, everything else is text.
    private static string ToJson(string text)
    {
        DiagnosticSink sink = new();
        YamlNode? root = YamlLoader.Load(new SourceText("test", text), sink);
        Assert.False(sink.HasErrors);
        return Node(root!)!.ToJsonString(new JsonSerializerOptions());
    }

    private static JsonNode? Node(YamlNode node) => node switch
    {
        YamlMapping mapping => new JsonObject(mapping.Entries.Select(e => new KeyValuePair<string, JsonNode?>(e.Key, Node(e.Value)))),
        YamlSequence sequence => new JsonArray([.. sequence.Items.Select(Node)]),
        YamlScalar { Quoted: false } scalar when Quantity.TrySplit(scalar.Text, out double number, out string unit) && unit.Length == 0 =>
            number == Math.Floor(number) && Math.Abs(number) < 1e15 ? JsonValue.Create((long)number) : JsonValue.Create(number),
        _ => JsonValue.Create(((YamlScalar)node).Text),
    };
}

using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using TmeSim.Scenarios.Keys;

namespace TmeSim.Scenarios;

/// <summary>The JSON schema (draft 7) of a scenario, made from the key table, for editors that complete and check YAML.</summary>
public static class ScenarioSchema
{
    private const string Number = @"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The schema as text.</summary>
    public static string Json()
    {
        JsonObject root = new()
        {
            ["$schema"] = "http://json-schema.org/draft-07/schema#",
            ["title"] = "TmeSim scenario",
        };
        Mapping(root, ScenarioKeys.Root);
        return root.ToJsonString(Indented) + "\n";
    }

    // What a base or a default supplies need not be written, so only members of lists have required keys.
    private static void Mapping(JsonObject at, KeySpec spec)
    {
        at["type"] = "object";
        JsonObject properties = [];
        foreach (KeySpec child in spec.Children.Where(c => c.Name != "*"))
        {
            properties[child.Name] = Node(child);
        }

        at["properties"] = properties;
        at["additionalProperties"] = spec.Child("*") is { Name: "*" } any ? Node(any) : false;
        if (spec.Key is { Kind: KeyKind.List, Identity: string identity, IdentityOptional: false })
        {
            at["required"] = new JsonArray(identity);
        }
    }

    private static JsonObject Node(KeySpec spec)
    {
        ScenarioKey key = spec.Key;
        JsonObject node = new() { ["description"] = Description(key) };
        switch (key.Kind)
        {
            case KeyKind.Mapping when key.Shorthand is not null:
                JsonObject block = [];
                Mapping(block, spec);
                node["anyOf"] = new JsonArray(block,
                    new JsonObject { ["type"] = "array", ["items"] = new JsonObject { ["type"] = Scalar() } },
                    new JsonObject { ["type"] = Scalar() });
                break;
            case KeyKind.Mapping:
                Mapping(node, spec);
                break;
            case KeyKind.List:
                JsonObject member = [];
                Mapping(member, spec);
                node["type"] = "array";
                node["items"] = member;
                (node["minItems"], node["maxItems"]) = (key.MinItems, key.MaxItems);
                break;
            case KeyKind.Text:
                node["type"] = new JsonArray("string", "number");
                break;
            case KeyKind.Choice:
                node["enum"] = Strings(key.Choices);
                break;
            case KeyKind.Switch:
                node["enum"] = new JsonArray("on", "off", true, false);
                break;
            case KeyKind.Integer:
                node["type"] = "integer";
                (node["minimum"], node["maximum"]) = (key.Min, key.Max);
                break;
            case KeyKind.Seed:
                node["type"] = "integer";
                (node["minimum"], node["maximum"]) = (ulong.MinValue, ulong.MaxValue);
                break;
            case KeyKind.Quantity:
                node["anyOf"] = Alternatives(key);
                break;
            case KeyKind.QuantityList:
                node["anyOf"] = ItemOrList(new JsonObject { ["anyOf"] = Alternatives(key) }, key);
                break;
            default:
                node["anyOf"] = ItemOrList(key.Choices.Count > 0 ? new JsonObject { ["enum"] = Strings(key.Choices) }
                    : new JsonObject { ["type"] = Scalar() }, key);
                break;
        }

        return node;
    }

    private static JsonArray Alternatives(ScenarioKey key)
    {
        JsonArray alternatives = [];
        foreach (string unit in key.Units)
        {
            if (unit == "1")
            {
                JsonObject number = new() { ["type"] = "number" };
                Limit(number, key);
                alternatives.Add(number);
                alternatives.Add(new JsonObject { ["type"] = "string", ["pattern"] = $"^{Number} *%$" });
            }
            else
            {
                alternatives.Add(new JsonObject { ["type"] = "string", ["pattern"] = $"^{Number} *[A-Za-zµ/][A-Za-zµ0-9/^²³]*$" });
            }
        }

        if (key.Choices.Count > 0)
        {
            alternatives.Add(new JsonObject { ["enum"] = Strings(key.Choices) });
        }

        if (key.Conditions.Count > 0)
        {
            alternatives.Add(new JsonObject { ["type"] = "string",
                ["pattern"] = $"^({string.Join('|', key.Conditions)}) *[<>] *{Number}$" });
        }

        return alternatives;
    }

    private static void Limit(JsonObject number, ScenarioKey key)
    {
        if (double.IsFinite(key.Min))
        {
            number[key.MinExclusive ? "exclusiveMinimum" : "minimum"] = key.Min;
        }

        if (double.IsFinite(key.Max))
        {
            number["maximum"] = key.Max;
        }
    }

    private static JsonArray ItemOrList(JsonObject item, ScenarioKey key)
    {
        JsonObject list = new() { ["type"] = "array", ["items"] = item.DeepClone(), ["minItems"] = key.MinItems,
            ["maxItems"] = key.MaxItems };
        return [item, list];
    }

    private static JsonArray Scalar() => new("string", "number", "boolean");

    private static JsonArray Strings(IEnumerable<string> texts) => [.. texts.Select(t => (JsonNode)t)];

    private static string Description(ScenarioKey key)
    {
        string range = key.RangeText() is string r ? $" Range: {r}." : string.Empty;
        string fallback = key.Default is string d ? $" Default: {d}." : string.Empty;
        return $"{key.Text}{range}{fallback}";
    }
}

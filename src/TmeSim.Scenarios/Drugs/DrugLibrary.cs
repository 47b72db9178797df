using TmeSim.Engine.Plan;
using TmeSim.Scenarios.Diagnostics;
using TmeSim.Scenarios.Keys;
using TmeSim.Scenarios.Parameters;
using TmeSim.Scenarios.Reading;
using TmeSim.Scenarios.Yaml;

namespace TmeSim.Scenarios.Drugs;

/// <summary>Where one number of a drug comes from.</summary>
/// <param name="Path">Path inside the drug, <c>pk.clearance</c> or <c>effects[vegf].kd</c>.</param>
/// <param name="Value">Number with its unit.</param>
/// <param name="Source">Publication, file or reason.</param>
/// <param name="Grade">How it is known.</param>
public sealed record DrugNumber(string Path, string Value, string Source, Grade Grade);

/// <summary>A drug of the library.</summary>
/// <param name="Plan">What the engine runs.</param>
/// <param name="Text">What the drug is, one line.</param>
/// <param name="Numbers">Every number with its source.</param>
public sealed record DrugEntry(DrugPlan Plan, string Text, IReadOnlyList<DrugNumber> Numbers);

/// <summary>The drugs that come with TmeSim (seeds/drugs).</summary>
public static class DrugLibrary
{
    private static readonly Lazy<List<YamlMapping>> Files = new(() => [.. SeedFiles.Read("drugs").Cast<YamlMapping>()]);
    private static readonly Lazy<IReadOnlyList<DrugEntry>> Entries = new(() => [.. Files.Value.Select(Entry)]);

    /// <summary>All drugs by name.</summary>
    public static IReadOnlyList<DrugEntry> All => Entries.Value;

    /// <summary>The drug of this name, or null.</summary>
    public static DrugEntry? Find(string name) => All.FirstOrDefault(d => d.Plan.Name == name);

    /// <summary>The library as the lowest layer of a scenario: a mapping with the one key <c>drugs</c>.</summary>
    internal static YamlMapping AsScenario()
    {
        Mark mark = Files.Value[0].Mark;
        YamlSequence list = new(mark);
        list.Items.AddRange(Files.Value.Select(f => f.Clone()));
        YamlMapping root = new(mark);
        root.TryAdd("drugs", mark, list);
        return root;
    }

    private static DrugEntry Entry(YamlMapping file)
    {
        DiagnosticSink sink = new();
        MapValue drug = new Validator(sink, new Dictionary<string, string>()).Mapping(file, ScenarioKeys.Drug, file.Mark, string.Empty);
        DrugBuilder.Check(drug, sink);
        if (sink.HasErrors)
        {
            throw new InvalidOperationException(Diagnostic.FormatAll(sink.Sorted()));
        }

        List<DrugNumber> numbers = [];
        Collect(drug, drug.Map("sources"), numbers);
        return new DrugEntry(DrugBuilder.Build(drug), drug.Text("text"), numbers);
    }

    private static void Collect(Value value, MapValue sources, List<DrugNumber> numbers)
    {
        switch (value)
        {
            case ScalarValue { IsWord: false } number:
                MapValue source = sources[number.Path] as MapValue ?? throw SeedFault(number);
                numbers.Add(new(number.Path, number.Text, source.Text("source"),
                    Enum.Parse<Grade>(source.Text("grade"), ignoreCase: true)));
                break;
            case MapValue map:
                foreach ((_, Value child) in map.Ordered)
                {
                    Collect(child, sources, numbers);
                }

                break;
            case ListValue list:
                foreach (Value item in list.Items)
                {
                    Collect(item, sources, numbers);
                }

                break;
        }
    }

    private static InvalidOperationException SeedFault(ScalarValue number) =>
        new($"{number.Mark.Source.Name}:{number.Mark.Line}: '{number.Path}' has no entry under sources");
}

using TmeSim.Scenarios.Diagnostics;
using TmeSim.Scenarios.Drugs;
using TmeSim.Scenarios.Files;
using TmeSim.Scenarios.Keys;
using TmeSim.Scenarios.Parameters;
using TmeSim.Scenarios.Reading;
using TmeSim.Scenarios.Resolve;
using TmeSim.Scenarios.Yaml;

namespace TmeSim.Scenarios;

/// <summary>Changes from the command line, applied before anything is validated.</summary>
public sealed record ScenarioOverrides
{
    /// <summary>Options <c>path=value</c>, in order; later ones win.</summary>
    public IReadOnlyList<string> Sets { get; init; } = [];

    /// <summary>Seed in place of the scenario's.</summary>
    public ulong? Seed { get; init; }

    /// <summary>Number of replicates in place of the scenario's.</summary>
    public int? Replicates { get; init; }
}

/// <summary>What reading a scenario gave.</summary>
/// <param name="Definition">The scenario; null when there is an error.</param>
/// <param name="Diagnostics">Errors and warnings, by file and place.</param>
public sealed record ScenarioResult(ScenarioDefinition? Definition, IReadOnlyList<Diagnostic> Diagnostics)
{
    /// <summary>There is no error; warnings may remain.</summary>
    public bool IsValid => Definition is not null;
}

/// <summary>Text to validated scenario. Never throws on the content of a file: every mistake is a <see cref="Diagnostic"/>.</summary>
public static class ScenarioReader
{
    // What options may change of a scenario that goes on from another run.
    private static readonly string[] LaterThanABranch = ["name", "figures", "time.duration"];

    /// <summary>
    /// Reads a file; <c>-</c> is the standard input. A file that is missing, too large, no text or no file at all (a folder, a pipe, a
    /// device) gives one diagnostic.
    /// </summary>
    public static ScenarioResult ReadFile(string path, ScenarioOverrides? overrides = null)
    {
        DiagnosticSink sink = new();
        string full;
        try
        {
            full = path == HandedStream.StandardInput ? path : Path.GetFullPath(path);
        }
        catch (Exception e) when (e is ArgumentException or IOException or NotSupportedException)
        {
            sink.Error(new SourceText(path, string.Empty).Start, null, "this is not a file name");
            return new(null, sink.Sorted());
        }

        SourceText? source = SourceFile.Read(full, path == HandedStream.StandardInput ? "standard input" : path, sink);
        return source is null ? new(null, sink.Sorted()) : Read(source, [full], overrides ?? new(), sink);
    }

    /// <summary>Reads a text.</summary>
    /// <param name="text">YAML, at most 4 MiB.</param>
    /// <param name="name">Name shown in diagnostics.</param>
    /// <param name="directory">Folder that <c>base:</c> and <c>data:</c> start from; null when there is none.</param>
    /// <param name="overrides">Changes from the command line.</param>
    public static ScenarioResult ReadText(string text, string name = "scenario.yaml", string? directory = null,
        ScenarioOverrides? overrides = null)
    {
        string? full = directory is null ? null : Path.GetFullPath(directory);
        SourceText source = new(name, text) { Directory = full };
        return Read(source, full is null ? [] : [Path.Combine(full, name)], overrides ?? new(), new DiagnosticSink());
    }

    /// <summary>
    /// Reads the scenario of a finished run with one of its arms changed from a time on (<see cref="ScenarioBranch"/>): what comes is an
    /// ordinary scenario, whose arm is the same as before up to that time.
    /// </summary>
    /// <param name="path">Scenario of the run, as its folder keeps it.</param>
    /// <param name="branch">Arm and time.</param>
    /// <param name="file">What changes (YAML); null for nothing.</param>
    public static ScenarioResult ReadBranch(string path, ScenarioBranch branch, string? file)
    {
        ArgumentNullException.ThrowIfNull(branch);
        DiagnosticSink sink = new();
        List<InputFile> inputs = [];
        SourceText? source = SourceFile.Read(Path.GetFullPath(path), path, sink);
        YamlMapping? root = source is null ? null : new BaseFiles(sink, inputs).Load(source, [Path.GetFullPath(path)]);
        SourceText? changes = file is null ? null : SourceFile.Read(Path.GetFullPath(file), file, sink);
        YamlNode? changed = changes is null ? null : YamlLoader.Load(changes, sink);
        if (root is null || sink.HasErrors)
        {
            return new(null, sink.Sorted());
        }

        inputs.AddRange(new[] { source!, changes }.OfType<SourceText>().Select(s => new InputFile(s.Name, s.Sha256)));
        return Branched(root, source!, branch, changed, changes?.Start ?? root.Mark, inputs, new(), sink);
    }

    private static ScenarioResult Read(SourceText source, IReadOnlyList<string> chain, ScenarioOverrides overrides, DiagnosticSink sink)
    {
        List<InputFile> inputs = [];
        YamlMapping? root = new BaseFiles(sink, inputs).Load(source, chain);
        if (root is null)
        {
            return new(null, sink.Sorted());
        }

        inputs.Insert(0, new InputFile(source.Name, source.Sha256));
        if (root.Find("from") is { } from)
        {
            return From(from, root, inputs, overrides, sink);
        }

        return Build(root, source, inputs, overrides, sink);
    }

    // All but the run that it goes on from says what changes.
    private static ScenarioResult From(YamlEntry entry, YamlMapping root, List<InputFile> inputs, ScenarioOverrides overrides, DiagnosticSink sink)
    {
        if (new FromBlock(sink).Read(entry) is not { } from)
        {
            return new(null, sink.Sorted());
        }

        // The state at the branch was made with the rest, and a changed course of the past would be another past.
        foreach (string set in overrides.Sets.Where(s => !LaterThanABranch.Contains(s.Split('=')[0].Trim())))
        {
            sink.Error(entry.KeyMark, "from", $"'--set {Excerpt.Of(set)}' cannot change at {from.Branch.At}: a branch can be given {string.Join(", ", LaterThanABranch)}; the rest stands in its file");
        }

        if (overrides.Seed is not null)
        {
            sink.Error(entry.KeyMark, "from", $"another seed is another run: the state at {from.Branch.At} was made with that of the run");
        }

        if (sink.HasErrors)
        {
            return new(null, sink.Sorted());
        }

        string path = Path.Combine(from.Run, ScenarioFrom.Resolved);
        if (!File.Exists(path))
        {
            sink.Error(entry.KeyMark, "from.run", $"'{Excerpt.Of(from.Run)}' is no folder of a run: it has no {ScenarioFrom.Resolved}");
            return new(null, sink.Sorted());
        }

        SourceText? run = SourceFile.Read(path, path, sink, entry.KeyMark);
        YamlMapping? ran = run is null ? null : new BaseFiles(sink, inputs).Load(run, [path]);
        if (ran is null || sink.HasErrors)
        {
            return new(null, sink.Sorted());
        }

        inputs.Add(new InputFile(run!.Name, run.Sha256));
        YamlMapping changes = new(root.Mark);
        root.Entries.Where(e => e != entry).ToList().ForEach(e => changes.TryAdd(e.Key, e.KeyMark, e.Value));
        ScenarioResult built = Branched(ran, run, from.Branch, changes, root.Mark, inputs, overrides, sink);
        return built with { Definition = built.Definition is { } definition ? definition with { From = from } : null };
    }

    private static ScenarioResult Branched(
        YamlMapping run, SourceText source, ScenarioBranch branch, YamlNode? changes, Mark at, List<InputFile> inputs, ScenarioOverrides overrides,
        DiagnosticSink sink)
    {
        BranchTree tree = new(branch, sink);
        YamlMapping? merged = tree.Merge(run, changes, at);
        ScenarioResult built = merged is null || sink.HasErrors ? new(null, sink.Sorted()) : Build(merged, source, inputs, overrides, sink);
        if (built.Definition is { } definition)
        {
            tree.Check(definition.Arms);
        }

        return sink.HasErrors ? new(null, sink.Sorted()) : built;
    }

    private static ScenarioResult Build(
        YamlMapping root, SourceText source, List<InputFile> inputs, ScenarioOverrides overrides, DiagnosticSink sink)
    {
        HashSet<string> own = DrugNames(root);
        root = Layers(root);
        Apply(root, overrides, sink);
        YamlMapping written = root;
        root = ReferenceLibrary.Below(root);
        own.UnionWith(DrugNames(root).Where(n => DrugLibrary.Find(n) is null));
        MapValue values = Validated(root, sink);
        ScenarioDefinition definition = new DefinitionBuilder(values, own, source.Directory, inputs, sink) { Tree = written }.Build();
        return new(sink.HasErrors ? null : definition, sink.Sorted());
    }

    /// <summary>The values of a tree, with the courses of its regimens.</summary>
    internal static MapValue Validated(YamlMapping root, DiagnosticSink sink) => new Validator(sink, PresetDefaults(root)).Mapping(
        new RegimenExpander(sink).Expand(root), ScenarioKeys.Root, root.Mark, string.Empty);

    // The drug library lies below the scenario, and a scenario without arms has a control arm, so that --set can reach both.
    private static YamlMapping Layers(YamlMapping root)
    {
        YamlMapping merged = (YamlMapping)Overlay.Merge(DrugLibrary.AsScenario(), root, ScenarioKeys.Root);
        if (merged.Find("arms") is null)
        {
            YamlMapping control = new(root.Mark);
            control.TryAdd("name", root.Mark, new YamlScalar(root.Mark, "Control"));
            YamlSequence arms = new(root.Mark);
            arms.Items.Add(control);
            merged.TryAdd("arms", root.Mark, arms);
        }

        // Patients differ by what makes them different, and a cohort is there for a trial.
        if (merged.Find("cohort") is not null)
        {
            merged.TryAdd("baseline", root.Mark, new YamlScalar(root.Mark, "reference"));
            merged.TryAdd("replicates", root.Mark, new YamlScalar(root.Mark, "1"));
            merged.TryAdd("trial", root.Mark, new YamlMapping(root.Mark));
        }

        return merged;
    }

    private static void Apply(YamlMapping root, ScenarioOverrides overrides, DiagnosticSink sink)
    {
        SetApplier applier = new(root, sink);
        for (int i = 0; i < overrides.Sets.Count; i++)
        {
            applier.Apply(overrides.Sets[i], i + 1);
        }

        Option(root, "seed", overrides.Seed?.ToString());
        Option(root, "replicates", overrides.Replicates?.ToString());
    }

    private static void Option(YamlMapping root, string key, string? value)
    {
        if (value is not null)
        {
            Mark mark = new SourceText("--" + key, value).Start;
            root.Set(key, mark, new YamlScalar(mark, value));
        }
    }

    private static HashSet<string> DrugNames(YamlMapping root) =>
        root["drugs"] is YamlSequence drugs
            ? [.. drugs.Items.Select(d => ((d as YamlMapping)?["name"] as YamlScalar)?.Text).OfType<string>()]
            : [];

    private static IReadOnlyDictionary<string, string> PresetDefaults(YamlMapping root)
    {
        string? name = (root["preset"] as YamlScalar)?.Text.Trim();
        return (ParameterLibrary.FindPreset(name ?? "clinical") ?? ParameterLibrary.Presets[0]).Scenario;
    }
}

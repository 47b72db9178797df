using System.Text.RegularExpressions;
using TmeSim.Scenarios.Keys;
using TmeSim.Scenarios.Parameters;

namespace TmeSim.Scenarios.Tests;

/// <summary>The data of calibrations: no prediction stands in one, and each number that was fitted says to what.</summary>
public sealed partial class FitLibraryTests
{
    private static readonly Lazy<IReadOnlyList<(string Name, ScenarioDefinition Scenario)>> Shipped = new(() => [.. Calibrations()]);

    [Fact]
    public void NoPrediction_StandsInACalibration()
    {
        Assert.True(Shipped.Value.Count >= 2, "the scenarios that are shipped have calibrations");
        Assert.Empty(FitLibrary.Leaks(FitLibrary.All, Shipped.Value, EvidenceLibrary.All));
    }

    /// <summary>Every parameter of grade fit, every key whose source says "fitted" and every preset value that does stands in one
    /// fit.</summary>
    [Fact]
    public void EveryFittedNumber_SaysToWhat()
    {
        string[] sets = [.. FitLibrary.All.SelectMany(f => f.Sets).Where(s =>
            !s.EndsWith(".*", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
        IEnumerable<string> fitted =
        [
            .. ParameterLibrary.All.Where(p => p.Grade == Grade.Fit).Select(p => p.Key),
            .. ScenarioKeys.All.Where(k => k.Source.StartsWith("Fitted", StringComparison.Ordinal)).Select(k => k.Path),
            .. PresetFits(),
        ];
        Assert.Equal(fitted.Order(StringComparer.Ordinal), sets);
    }

    [Fact]
    public void EveryClaimThatIsAFit_IsNamedByOne() => Assert.Equal(
        EvidenceLibrary.All.Where(c => c.Role == EvidenceRole.Fit).Select(c => c.Id).Order(StringComparer.Ordinal),
        FitLibrary.All.SelectMany(f => f.Claims).Order(StringComparer.Ordinal));

    /// <summary>No text of a parameter that was fitted names a prediction as what it was fitted to.</summary>
    [Fact]
    public void FittedParameters_CiteNoPrediction() => Assert.All(ParameterLibrary.All.Where(p => p.Grade == Grade.Fit), p =>
        Assert.DoesNotContain(Ids().Matches(p.Source + " " + p.Text), m => EvidenceLibrary.Find(m.Value)?.Role == EvidenceRole.Prediction));

    /// <summary>Reference patients are found in untreated tissue, so that no outcome of a therapy can stand in them.</summary>
    [Fact]
    public void ReferencePatients_AreUntreated() => Assert.All(ReferenceLibrary.Names, name =>
        Assert.All(Read(Path.Combine(Root, "scenarios", "reference", name + ".yaml")).Arms, arm => Assert.Empty(arm.Therapy)));

    [Fact]
    public void PredictionThatIsPutIntoAFit_IsFound()
    {
        FitEntry fit = FitLibrary.All.Single(f => f.What.StartsWith("Kill rate", StringComparison.Ordinal));
        IReadOnlyList<string> Leaks(FitEntry changed) => FitLibrary.Leaks([changed], [], EvidenceLibrary.All);
        Assert.Empty(Leaks(fit));
        Assert.Contains("fitted to S0-02, which is a prediction", Assert.Single(Leaks(fit with { Claims = ["S0-02"] })),
            StringComparison.Ordinal);
        Assert.Contains("which is no claim", Assert.Single(Leaks(fit with { Claims = ["S9-99"] })), StringComparison.Ordinal);
        TrialTest predicted = EvidenceLibrary.Find("S4-05b")!.Tests.OfType<TrialTest>().First(t => t.Quantity == TrialQuantity.Endpoint);
        Assert.Contains(Leaks(fit with { Endpoints = [(predicted.Name, predicted.Arm)] }), l =>
            l.Contains("S4-05b predicts", StringComparison.Ordinal));
    }

    /// <summary>A target with a number of a prediction, or with what one reads, is found in a calibration that is shipped.</summary>
    [Fact]
    public void PredictionThatIsPutIntoACalibration_IsFound()
    {
        (string name, ScenarioDefinition scenario) = Shipped.Value[0];
        CalibrationTarget target = scenario.Calibration!.Targets[0];
        IReadOnlyList<string> Leaks(CalibrationTarget changed) => FitLibrary.Leaks([],
            [(name, scenario with { Calibration = scenario.Calibration with { Targets = [changed] } })], EvidenceLibrary.All);
        Assert.Empty(Leaks(target));
        Assert.Contains(Leaks(target with { Value = 0.35 }), l => l.Contains("has a number of S0-02", StringComparison.Ordinal));
        EvidenceEntry claim = EvidenceLibrary.Find("S1-05")!;
        EvidenceTerm term = claim.Tests.OfType<RunTest>().First().Terms[0];
        int arm = scenario.Arms.ToList().FindIndex(a => a.Name == "Control");
        EvidenceEntry here = claim with { Tests = [((RunTest)claim.Tests[0]) with { Terms = [term with { Arm = "Control",
            Measure = "tumor_cells", FromDays = 4, ToDays = 4 }] }] };
        CalibrationTarget read = target with { Arm = arm, Output = new SweepOutput("tumor_cells@4 d", "tumor_cells", OutputTime.At, 96) };
        Assert.Contains("is what is read for S1-05", Assert.Single(FitLibrary.Leaks([],
            [(name, scenario with { Calibration = scenario.Calibration with { Targets = [read] } })], [here])), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("- {what: a, to: b, where: c, sets: [], claims: [], endpoints: []}", "'sets' names no number")]
    [InlineData("- {what: a, to: b, where: c, sets: [x], claims: S0-01, endpoints: []}", "'claims' is a list")]
    [InlineData("- {what: a, to: b, sets: [x], claims: [], endpoints: []}", "'where' is missing")]
    public void RecordThatIsNotOfTheForm_IsRefused(string text, string message) =>
        Assert.Contains(message, Assert.Throws<InvalidOperationException>(() => FitLibrary.Read("x.yaml", text)).Message,
            StringComparison.Ordinal);

    private static IEnumerable<(string Name, ScenarioDefinition Scenario)> Calibrations() =>
        from path in Files("scenarios").Concat(Files("seeds/scenarios"))
        where File.ReadLines(path).Any(l => l.StartsWith("calibrate:", StringComparison.Ordinal))
        select (Path.GetFileName(path), Read(path));

    private static ScenarioDefinition Read(string path)
    {
        ScenarioResult read = ScenarioReader.ReadFile(path);
        Assert.True(read.IsValid, string.Join('\n', read.Diagnostics));
        return read.Definition!;
    }

    // Lines "key: value   # fit: …" of the presets.
    private static IEnumerable<string> PresetFits()
    {
        string preset = "";
        foreach (string line in File.ReadLines(Path.Combine(Root, "seeds", "parameters", "presets.yaml")))
        {
            preset = Preset().Match(line) is { Success: true } m ? m.Groups[1].Value : preset;
            if (Fit().Match(line) is { Success: true } key)
            {
                yield return $"presets.{preset}.{key.Groups[1].Value}";
            }
        }
    }

    private static string Root => Examples.Root;

    private static IEnumerable<string> Files(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), "*.yaml", SearchOption.AllDirectories).Order(StringComparer.Ordinal);

    [GeneratedRegex(@"\b(S\d-\d\d[a-z]?|X-\d\d[a-z]?)\b")]
    private static partial Regex Ids();

    [GeneratedRegex(@"^  (\w+):$")]
    private static partial Regex Preset();

    [GeneratedRegex(@"^      ([\w.]+): .*# fit\b")]
    private static partial Regex Fit();
}

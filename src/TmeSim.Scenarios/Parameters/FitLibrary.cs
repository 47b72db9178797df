using TmeSim.Scenarios.Yaml;

namespace TmeSim.Scenarios.Parameters;

/// <summary>Numbers of the model that were tuned together, and what they were tuned to.</summary>
/// <param name="What">What they are.</param>
/// <param name="Sets">Keys of parameters, of a preset (presets.NAME.KEY) or of a scenario.</param>
/// <param name="To">What they were tuned to.</param>
/// <param name="Where">Where that is told.</param>
/// <param name="Claims">Claims of the literature whose numbers were used; none where it was the untreated tissue.</param>
/// <param name="Endpoints">What of a trial was looked at: name of the endpoint and arm.</param>
public sealed record FitEntry(string What, IReadOnlyList<string> Sets, string To, string Where, IReadOnlyList<string> Claims,
    IReadOnlyList<(string Endpoint, string Arm)> Endpoints);

/// <summary>What was fitted (seeds/fits), and whether a prediction stands in it.</summary>
public static class FitLibrary
{
    private static readonly Lazy<IReadOnlyList<FitEntry>> Entries = new(() => [.. SeedFiles.Read("fits").SelectMany(Of)]);

    /// <summary>All fits, in the order of the file.</summary>
    /// <exception cref="InvalidOperationException">A record is not of the form: a fault of the build.</exception>
    public static IReadOnlyList<FitEntry> All => Entries.Value;

    /// <summary>Fits of a text in the form of seeds/fits.</summary>
    /// <exception cref="InvalidOperationException">It is not of that form; the message says where.</exception>
    public static IReadOnlyList<FitEntry> Read(string name, string text) => [.. Of(SeedFiles.Parse(name, text))];

    /// <summary>Predictions that stand in a fit or a calibration, a sentence each; none where they are predictions.</summary>
    /// <param name="fits">Fits.</param>
    /// <param name="calibrations">Scenarios with a <c>calibrate:</c> block, with their names.</param>
    /// <param name="claims">Claims.</param>
    public static IReadOnlyList<string> Leaks(IReadOnlyList<FitEntry> fits,
        IReadOnlyList<(string Name, ScenarioDefinition Scenario)> calibrations,
        IReadOnlyList<EvidenceEntry> claims)
    {
        EvidenceEntry[] predictions = [.. claims.Where(c => c.Role == EvidenceRole.Prediction)];
        return
        [
            .. from fit in fits
               from id in fit.Claims
               where claims.All(c => c.Id != id) || predictions.Any(c => c.Id == id)
               select $"{fit.What}: fitted to {id}, which is {(claims.Any(c => c.Id == id) ? "a prediction" : "no claim")}",
            .. from fit in fits
               from claim in predictions
               from test in claim.Tests.OfType<TrialTest>()
               where test.Quantity == TrialQuantity.Endpoint && fit.Endpoints.Contains((test.Name, test.Arm))
               select $"{fit.What}: fitted to {test.Name} under {test.Arm}, which {claim.Id} predicts",
            .. from calibration in calibrations
               from target in calibration.Scenario.Calibration!.Targets
               from claim in predictions
               let reason = Reason(target, calibration.Scenario, claim)
               where reason.Length > 0
               select $"{calibration.Name}: the target '{target.Name}' {reason} {claim.Id}",
        ];
    }

    // A target that is what a prediction reads, or that has one of its numbers.
    private static string Reason(CalibrationTarget target, ScenarioDefinition scenario, EvidenceEntry claim)
    {
        string arm = scenario.Arms[target.Arm].Name;
        bool read = claim.Tests.OfType<RunTest>().SelectMany(t => t.Terms).Any(t => t.Measure == target.Output.Measure && t.Arm == arm
            && 24 * t.FromDays <= target.Output.Hours + 1e-6 && target.Output.Hours <= (24 * t.ToDays) + 1e-6);
        bool number = claim.Tests.SelectMany(t => (double[])[t.Expected.Low, t.Expected.High]).Any(n => double.IsFinite(n) && n != 0
            && Math.Abs(n) != 1 && n == target.Value);
        return read ? "is what is read for" : number ? "has a number of" : "";
    }

    private static IEnumerable<FitEntry> Of(YamlNode file)
    {
        foreach (YamlNode item in (file as YamlSequence ?? throw SeedFiles.Fault(file, "a list of fits is wanted")).Items)
        {
            FitEntry fit = new(SeedFiles.Text(item, "what"), Texts(item, "sets"), SeedFiles.Text(item, "to"),
                SeedFiles.Text(item, "where"), Texts(item, "claims"),
                [.. Items(item, "endpoints").Select(e => (SeedFiles.Text(e, "endpoint"), SeedFiles.Text(e, "arm")))]);
            yield return fit.Sets.Count > 0 ? fit : throw SeedFiles.Fault(item, "'sets' names no number");
        }
    }

    private static IReadOnlyList<YamlNode> Items(YamlNode item, string key) => (item as YamlMapping)?[key] is YamlSequence list
        ? [.. list.Items]
        : throw SeedFiles.Fault(item, $"'{key}' is a list");

    private static IReadOnlyList<string> Texts(YamlNode item, string key) =>
        [.. Items(item, key).Select(i => i is YamlScalar { IsNull: false } scalar ? scalar.Text
            : throw SeedFiles.Fault(i, $"'{key}' is a list of words"))];
}

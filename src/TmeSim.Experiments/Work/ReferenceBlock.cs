using System.Globalization;
using System.Text;
using TmeSim.Engine;
using TmeSim.Engine.Plan;
using TmeSim.Engine.Start;
using TmeSim.Engine.State;
using TmeSim.Experiments.Folders;
using TmeSim.Scenarios;
using TmeSim.Scenarios.Parameters;

namespace TmeSim.Experiments.Work;

/// <summary>A value of a reference patient.</summary>
/// <param name="Key">Key of the block <c>reference</c>.</param>
/// <param name="Value">Mean over the burn-ins; the geometric one for factors.</param>
/// <param name="Error">Its standard error over the burn-ins relative to it; NaN for one burn-in, or where nothing was averaged.</param>
/// <param name="Unit">Unit, "1" for a plain number.</param>
public sealed record ReferenceValue(string Key, double Value, double Error, string Unit);

/// <summary>
/// The reference patient that burn-ins of a scenario found: what <c>baseline: reference</c> holds (MODEL.md 7.10).
/// </summary>
public sealed class ReferenceBlock
{
    private const string Growth = "growth";
    private const string Division = "division_rate";
    private const string Capacity = "division_capacity";
    private readonly ScenarioDefinition _scenario;
    private readonly string _file;

    private ReferenceBlock(ScenarioDefinition scenario, string file, int replicates, IReadOnlyList<ReferenceValue> values)
    {
        (_scenario, _file, Replicates, Values) = (scenario, file, replicates, values);
    }

    /// <summary>Burn-ins that the values were averaged from.</summary>
    public int Replicates { get; }

    /// <summary>The values in the order of the block.</summary>
    public IReadOnlyList<ReferenceValue> Values { get; }

    /// <summary>What each burn-in found by itself, averaged.</summary>
    /// <param name="scenario">Asks for the levels of one lesion.</param>
    /// <param name="file">Its name, for the reader.</param>
    /// <param name="baseline">What its burn-ins found.</param>
    /// <exception cref="RunFolderException">There is no burn-in of one lesion with asked levels.</exception>
    public static ReferenceBlock Found(ScenarioDefinition scenario, string file, IReadOnlyList<BaselineEntry> baseline)
    {
        Check(scenario);
        BaselineEntry[] found = Usable(baseline);
        LesionPlan lesion = scenario.Plan.Lesions[0];
        return new(scenario, file, found.Length,
        [
            Mean(Growth, "/d", [.. found.Select(b => b.GrowthPerDay!.Value)]),
            Mean(Division, "/d", Factors(found, Multiplier.DivisionRatePerDay)),
            Mean(Capacity, "1", [.. found.Select(b => b.DivisionCapacity!.Value)]),
            .. from row in MultiplierTable.All
               let key = ReferenceLibrary.Key(row.Id)
               where key is not null && row.Id != Multiplier.DivisionRatePerDay
               select Geometric(key, Factors(found, row.Id)),
            new("cd8", lesion.Cd8PerMm2, double.NaN, "/mm2"),
            new("macrophages", lesion.MacrophagesPerMm2, double.NaN, "/mm2"),
            new("cd163_fraction", lesion.Cd163Fraction, double.NaN, "1"),
            new("vessels", lesion.VesselsPerMm2, double.NaN, "/mm2"),
            new("maturity", lesion.VesselMaturity, double.NaN, "1"),
        ]);
    }

    /// <summary>
    /// The block moved by what burn-ins that held it missed: a multiplier found for one tissue follows the chance of its cells, and the mean
    /// over tissues that hold the mean multiplier is another level. Every level counts by its mean over burn-ins.
    /// </summary>
    /// <param name="held">What the burn-ins came to.</param>
    public ReferenceBlock Corrected(IReadOnlyList<BaselineEntry> held)
    {
        BaselineEntry[] found = Usable(held);
        var moved = Values.ToDictionary(v => v.Key);
        foreach (SetPoint point in SetPoints.All.Where(p => ReferenceLibrary.Key(p.Multiplier) is not null))
        {
            double[] reached = [.. found.Select(b => b.SetPoints.Single(p => p.Measure == point.Measure).Reached).OfType<double>()];
            double asked = point.Asked(_scenario.Plan.Lesions[0], _scenario.Plan.Tissue);
            string key = ReferenceLibrary.Key(point.Multiplier)!;
            if (key == Division)
            {
                double[] growth = [.. found.Select(b => b.GrowthPerDay!.Value)];
                ReferenceValue capacity = moved[Capacity] = Mean(Capacity, "1", [.. found.Select(b => b.DivisionCapacity!.Value)]);
                double rate = Math.Max(0, moved[key].Value + (moved[Growth].Value - growth.Average()) / capacity.Value);
                moved[key] = moved[key] with { Value = rate, Error = Spread(growth) / capacity.Value / rate };
            }
            else if (asked > 0 && reached.Length > 0 && reached.Average() > 0)
            {
                double miss = Math.Clamp(asked / reached.Average(), 0.5, 2);
                moved[key] = moved[key] with
                {
                    Value = moved[key].Value * Math.Pow(miss, point.CorrectionPower), Error = Spread(reached) / reached.Average(),
                };
            }
        }

        return new(_scenario, _file, found.Length, [.. Values.Select(v => moved[v.Key])]);
    }

    /// <summary>Keys and values as <c>--set</c> takes them.</summary>
    public IReadOnlyList<string> Sets() => ["baseline=reference", .. Values.Select(v => $"reference.{v.Key}={Text(v)}")];

    /// <summary>A scenario from which no reference patient can be made is refused before anything runs.</summary>
    /// <exception cref="RunFolderException">It is such a scenario.</exception>
    public static void Check(ScenarioDefinition scenario)
    {
        string? why = scenario.Plan switch
        {
            { Lesions.Count: > 1 } => "it has more than one lesion",
            { Time.BurnInHours: <= 0 } => "it has no burn-in",
            { Lesions: [{ Reference: not null }] } => "its own baseline is that of a reference patient; ask for levels (baseline: asked)",
            _ => null,
        };
        if (why is not null)
        {
            throw new RunFolderException($"no reference patient can be made from this scenario: {why}");
        }
    }

    /// <summary>The block as YAML, with the command that makes it.</summary>
    public string Yaml()
    {
        StringBuilder text = new();
        text.Append("# Made by: tmesim reference ").Append(_file).Append("  (± is the standard error of the level that it holds)\n");
        text.Append("reference:\n");
        Line(text, "name", Quoted(Path.GetFileNameWithoutExtension(_file)));
        Line(text, "text", Quoted(_scenario.Name));
        Line(text, "scenario", Quoted(Path.GetFileName(_file)));
        Line(text, "identity", Quoted(ReferenceSettings.IdentityOf(_scenario)));
        Line(text, "preset", _scenario.Preset);
        Line(text, "settings", Quoted(ReferenceSettings.Of(_scenario.Preset)));
        Line(text, "model_version", Simulation.ModelVersion.ToString(CultureInfo.InvariantCulture));
        Line(text, "replicates", Replicates.ToString(CultureInfo.InvariantCulture));
        foreach (ReferenceValue value in Values)
        {
            string error = double.IsNaN(value.Error) ? ""
                : string.Create(CultureInfo.InvariantCulture, $"   # ± {100 * value.Error:0.0} %");
            Line(text, value.Key, Text(value) + error);
        }

        return text.ToString();
    }

    private static BaselineEntry[] Usable(IReadOnlyList<BaselineEntry> baseline)
    {
        BaselineEntry[] found = [.. baseline.DistinctBy(b => b.Replicate)];
        return found.Length > 0 && found.All(b => b.DivisionCapacity is not null) ? found
            : throw new RunFolderException("the run holds no burn-in that a reference patient could be made from");
    }

    private static string Text(ReferenceValue value) =>
        value.Value.ToString("G5", CultureInfo.InvariantCulture) + (value.Unit == "1" ? "" : " " + value.Unit);

    private static double[] Factors(BaselineEntry[] found, Multiplier id) =>
        [.. found.Select(b => b.Multipliers[MultiplierTable.All[(int)id].Key])];

    private static ReferenceValue Mean(string key, string unit, double[] values)
    {
        double mean = values.Average();
        return new(key, mean, values.Length < 2 || mean == 0 ? double.NaN : Error(values, mean) / Math.Abs(mean), unit);
    }

    // A factor that is 0 stands for what was not asked for at all.
    private static ReferenceValue Geometric(string key, double[] values)
    {
        if (values.Any(v => v <= 0))
        {
            return Mean(key, "1", values);
        }

        double[] logs = [.. values.Select(v => Math.Log(v))];
        double mean = logs.Average();
        return new(key, Math.Exp(mean), values.Length < 2 ? double.NaN : Error(logs, mean), "1");
    }

    private static double Error(double[] values, double mean) =>
        Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Length - 1) / values.Length);

    private static double Spread(double[] values) => values.Length < 2 ? double.NaN : Error(values, values.Average());

    private static void Line(StringBuilder text, string key, string value) => text.Append("  ").Append(key).Append(": ").Append(value).Append('\n');

    private static string Quoted(string text) => "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'";
}

using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using TmeSim.Analysis.Contrasts;
using TmeSim.Analysis.Trees;
using TmeSim.Experiments.Folders;

namespace TmeSim.Experiments.Trials;

/// <summary>The numbers of a trial as files: endpoints.csv, contrasts.csv, biomarkers.csv, tree.json. What is not reached is inf, what is not
/// defined empty.</summary>
public static class TrialFiles
{
    /// <summary>Indented, with letters of names as they are.</summary>
    internal static readonly JsonSerializerOptions Readable = new() { WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>endpoints.csv.</summary>
    public static string Endpoints(TrialNumbers numbers) => Table("arm,endpoint,unit,value,low,high,n,events,method",
        numbers.Endpoints.Select(e =>
        (string[])[Csv.Text(e.Arm), e.Endpoint, e.Unit, .. Interval(e.Value), Whole(e.Count), Whole(e.Events), Csv.Text(e.Method)]));

    /// <summary>contrasts.csv.</summary>
    public static string Contrasts(TrialNumbers numbers) =>
        Table("arm,control,endpoint,unit,subgroup,level,value,low,high,p,interaction_p,n,n_control,events,events_control,method",
        numbers.Contrasts.Select(c =>
        (string[])[Csv.Text(c.Arm), Csv.Text(c.Control), c.Endpoint, c.Unit, Csv.Text(c.Subgroup), Csv.Text(c.Level), .. Interval(c.Value),
            Csv.Measured(c.P), Csv.Measured(c.Interaction), Whole(c.Count),
        Whole(c.ControlCount), Whole(c.Events), Whole(c.ControlEvents), Csv.Text(c.Method)]));

    /// <summary>biomarkers.csv.</summary>
    public static string Biomarkers(TrialNumbers numbers) =>
        Table("arm,covariate,unit,median_refractory,median_others,auc_low_value,low,high,p,n,refractory", numbers.Biomarkers.Select(b =>
        (string[])[Csv.Text(b.Arm), Csv.Text(b.Name), b.Unit, Csv.Measured(b.Refractory), Csv.Measured(b.Others), .. Interval(b.Area),
            Csv.Measured(b.P), Whole(b.Count), Whole(b.Hits)]));

    /// <summary>tree.json: a tree of refractoriness by arm.</summary>
    public static string Trees(TrialNumbers numbers)
    {
        JsonObject arms = [];
        foreach ((string arm, ConditionalTree tree) in numbers.Trees)
        {
            arms[arm] = Node(tree.Root);
        }

        return new JsonObject { ["format"] = "tmesim-tree/1", ["response"] = "primary refractoriness",
            ["arms"] = arms }.ToJsonString(Readable) + "\n";
    }

    /// <summary>A number as JSON has it: null where it is not finite.</summary>
    public static JsonNode? Number(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;

    /// <summary>A value with its interval.</summary>
    public static JsonObject Value(Estimate value) => new() { ["value"] = Number(value.Value), ["low"] = Number(value.Low),
        ["high"] = Number(value.High) };

    /// <summary>All numbers.</summary>
    public static JsonObject Json(TrialNumbers n) => new()
    {
        ["paired"] = n.IsPaired, ["remarks"] = new JsonArray([.. n.Remarks.Select(r => (JsonNode)r)]),
        ["endpoints"] = Array(n.Endpoints, e => new JsonObject { ["arm"] = e.Arm, ["endpoint"] = e.Endpoint, ["unit"] = e.Unit,
            ["estimate"] = Value(e.Value), ["n"] = e.Count, ["events"] = e.Events, ["method"] = e.Method }),
        ["contrasts"] = Array(n.Contrasts, c => new JsonObject
        {
            ["arm"] = c.Arm, ["control"] = c.Control, ["endpoint"] = c.Endpoint, ["unit"] = c.Unit, ["subgroup"] = c.Subgroup, ["level"] = c.Level,
                ["estimate"] = Value(c.Value), ["p"] = Number(c.P),
            ["interaction_p"] = Number(c.Interaction), ["n"] = c.Count, ["n_control"] = c.ControlCount, ["events"] = c.Events,
                ["events_control"] = c.ControlEvents, ["method"] = c.Method,
        }),
        ["biomarkers"] = Array(n.Biomarkers, b => new JsonObject
        {
            ["arm"] = b.Arm, ["covariate"] = b.Name, ["unit"] = b.Unit, ["median_refractory"] = Number(b.Refractory),
                ["median_others"] = Number(b.Others), ["auc_low_value"] = Value(b.Area), ["p"] = Number(b.P), ["n"] = b.Count,
        }),
        ["models"] = Array(n.Models, m => new JsonObject
        {
            ["arm"] = m.Arm, ["endpoint"] = m.Endpoint, ["n"] = m.Count, ["events"] = m.Events, ["likelihood_ratio_p"] = Number(m.Test.P),
            ["per_standard_deviation"] = Array(m.Terms, t => new JsonObject { ["covariate"] = t.Name, ["ratio"] = Value(t.Ratio),
                ["p"] = Number(t.P) }),
        }),
        ["risk_scores"] = Array(n.Scores, s => new JsonObject
        {
            ["arm"] = s.Arm, ["slope"] = Value(s.Calibration.Slope), ["intercept"] = Value(s.Calibration.Intercept),
                ["brier"] = Number(s.Calibration.Brier), ["auc"] = Value(s.Area),
        }),
        ["power"] = Array(n.Power, p => new JsonObject { ["arm"] = p.Arm, ["endpoint"] = p.Endpoint, ["patients_per_arm"] = p.Power.PerArm,
            ["power"] = Value(p.Power.Power) }),
        ["pairing"] = Array(n.Pairing, p => new JsonObject { ["arm"] = p.Arm, ["outcome"] = p.Outcome,
            ["correlation"] = Number(p.Gain.Correlation), ["factor"] = Value(p.Gain.Factor) }),
        ["combination"] = Array(n.Combination, c => new JsonObject
        {
            ["outcome"] = c.Outcome, ["first"] = Value(c.Activity.First), ["second"] = Value(c.Activity.Second),
                ["both"] = Value(c.Activity.Both), ["independent_action"] = Value(c.Activity.Independent),
            ["bliss"] = Value(c.Activity.Bliss), ["highest_single"] = Value(c.Activity.HighestSingle),
                ["excess_over_independent_action"] = Value(c.Activity.IndependentExcess),
            ["excess_over_bliss"] = Value(c.Activity.BlissExcess), ["excess_over_highest_single"] = Value(c.Activity.HighestSingleExcess),
        }),
    };

    private static JsonArray Array<T>(IEnumerable<T> items, Func<T, JsonNode> of) => [.. items.Select(of)];

    private static JsonObject Node(TreeNode node)
    {
        JsonObject json = new() { ["id"] = node.Id, ["n"] = node.Count,
            ["refractory"] = Number(node.Response.Shares?.GetValueOrDefault("refractory") ?? double.NaN) };
        if (node.P is { } p)
        {
            json["p"] = p;
        }

        if (node.Split is { } split)
        {
            json["feature"] = split.Feature;
            json[split.Threshold is null ? "left_levels" : "threshold"] = split.Threshold is { } at ? at
                : new JsonArray([.. split.Left!.Select(l => (JsonNode)l)]);
            json["left"] = Node(node.Left!);
            json["right"] = Node(node.Right!);
        }

        return json;
    }

    private static string Table(string header, IEnumerable<string[]> rows)
    {
        var text = new StringBuilder(header).Append('\n');
        foreach (string[] row in rows)
        {
            text.AppendJoin(',', row).Append('\n');
        }

        return text.ToString();
    }

    private static string[] Interval(Estimate value) => [End(value.Value), End(value.Low), End(value.High)];

    private static string End(double value) => double.IsInfinity(value) ? value > 0 ? "inf" : "-inf" : Csv.Measured(value);

    private static string Whole(int number) => number.ToString(CultureInfo.InvariantCulture);
}

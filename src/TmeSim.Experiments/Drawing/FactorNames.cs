using System.Text.RegularExpressions;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Drawing;

/// <summary>Names of varied keys in words: "CD8 kill rate" for <c>parameters.cd8.kill_rate</c>, "bevacizumab dose" for that of a drug of an arm.</summary>
internal static partial class FactorNames
{
    // Parts of paths that say where a key stands, not what it is.
    private static readonly HashSet<string> Places = new(StringComparer.Ordinal)
    {
        "parameters", "patient", "arms", "lesions", "therapy", "immune", "drugs", "effects", "domain", "tumor", "radiation",
    };

    private static readonly Dictionary<string, string> Abbreviations = new(StringComparer.Ordinal)
    {
        ["cd8"] = "CD8", ["cd163"] = "CD163", ["nlr"] = "NLR", ["pd1"] = "PD-1", ["pdl1"] = "PD-L1", ["vegf"] = "VEGF", ["kd"] = "KD", ["ifn"] = "IFN-γ",
        ["tgfb"] = "TGF-β", ["il10"] = "IL-10", ["nek9"] = "NEK9", ["m1"] = "M1", ["m2"] = "M2", ["mhc"] = "MHC", ["auc"] = "AUC",
    };

    /// <summary>Names of the factors of a sweep, those that a scenario gives as they are; the path tells apart what would be called the same.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyList<SweepFactor> factors)
    {
        string[] names = [.. factors.Select(Of)];
        return [.. names.Select((name, i) => names.Count(n => n == name) > 1 ? factors[i].Label : name)];
    }

    private static string Of(SweepFactor factor)
    {
        bool derived = factor.Label == factor.Path || factor.Path.EndsWith("." + factor.Label, StringComparison.Ordinal);
        if (!derived)
        {
            return factor.Label;
        }

        string[] parts = [.. Parts().Matches(factor.Path).Select(m => m.Groups["member"].Success ? m.Groups["member"].Value : m.Value)];
        (string Part, bool IsMember)[] said = [.. Parts().Matches(factor.Path).Zip(parts, (m, part) => (part, m.Groups["member"].Success)).Where(p => !Places.Contains(p.part))];

        // The key and what it belongs to; arms and lesions before it stand in the tables.
        return said.Length == 0 ? factor.Label : string.Join(' ', said.TakeLast(2).Select((p, i) => i == 0 && p.IsMember && said.Length > 1 && IsOwner(factor.Path, p.Part) ? "" : Words(p))).Trim();
    }

    // Keys of a lesion or an arm itself need no owner in their name.
    private static bool IsOwner(string path, string member) => path.Contains($"lesions[{member}]", StringComparison.Ordinal) || path.Contains($"arms[{member}]", StringComparison.Ordinal);

    private static string Words((string Part, bool IsMember) of) =>
        string.Join(' ', (of.IsMember ? [of.Part] : of.Part.Split('_')).Select(word => Abbreviations.GetValueOrDefault(word, word)));

    [GeneratedRegex(@"\[(?<member>[^\]]*)\]|[^.\[\]]+")]
    private static partial Regex Parts();
}

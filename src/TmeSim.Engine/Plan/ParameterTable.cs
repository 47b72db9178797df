using System.Reflection;
using System.Text.RegularExpressions;

namespace TmeSim.Engine.Plan;

/// <summary>Unit in which the engine takes a parameter.</summary>
/// <param name="text">The unit as scenarios write it, such as "um2/s".</param>
[AttributeUsage(AttributeTargets.Field)]
internal sealed class UnitAttribute(string text) : Attribute
{
    public string Text { get; } = text;
}

/// <summary>A unit of time, as its seconds.</summary>
public enum TimeUnit
{
    /// <summary>s.</summary>
    Second = 1,

    /// <summary>min.</summary>
    Minute = 60,

    /// <summary>h.</summary>
    Hour = 3600,

    /// <summary>d.</summary>
    Day = 86400,
}

/// <summary>A parameter as scenarios name it, with the time in its unit.</summary>
/// <param name="Unit">Unit in which the engine takes the value; "1" for a pure number.</param>
/// <param name="Per">Time that a rate ("/d", "um2/s") is per; null for what is no rate.</param>
/// <param name="Lasts">Unit of a length of time; null for what is none.</param>
public sealed record ParameterInfo(Parameter Id, string Key, string Unit, TimeUnit? Per, TimeUnit? Lasts);

/// <summary>The parameters with their keys and engine units, in enum order; all of it is read from <see cref="Parameter"/>.</summary>
/// <remarks>
/// The key is the name in lower case, a dot behind the process and underscores between words: Cd8KillRate is cd8.kill_rate.
/// </remarks>
public static partial class ParameterTable
{
    private static readonly string[] TwoWords = ["burn_in", "lymph_node", "small_molecule"];

    public static IReadOnlyList<ParameterInfo> All { get; } = [.. Enum.GetValues<Parameter>().Select(Row)];

    /// <summary>Number of parameters.</summary>
    public static int Count => All.Count;

    private static Dictionary<string, Parameter> Keys { get; } = All.ToDictionary(p => p.Key, p => p.Id, StringComparer.Ordinal);

    /// <summary>Row of a parameter.</summary>
    public static ParameterInfo Of(Parameter parameter) => All[(int)parameter];

    /// <summary>The parameter with this key, or null.</summary>
    public static Parameter? Find(string key) => Keys.TryGetValue(key, out Parameter id) ? id : null;

    private static ParameterInfo Row(Parameter id)
    {
        string words = WordStart().Replace(id.ToString(), m => "_" + m.Value).TrimStart('_').ToLowerInvariant();
        string process = TwoWords.FirstOrDefault(p => words.StartsWith(p + "_", StringComparison.Ordinal))
            ?? words[..words.IndexOf('_', StringComparison.Ordinal)];
        string unit = typeof(Parameter).GetField(id.ToString())!.GetCustomAttribute<UnitAttribute>()?.Text ?? "1";
        int slash = unit.LastIndexOf('/');
        return new(id, $"{process}.{words[(process.Length + 1)..]}", unit, slash < 0 ? null : Time(unit[(slash + 1)..]), Time(unit));
    }

    private static TimeUnit? Time(string unit) => unit switch
    {
        "s" => TimeUnit.Second,
        "min" => TimeUnit.Minute,
        "h" => TimeUnit.Hour,
        "d" => TimeUnit.Day,
        _ => null,
    };

    [GeneratedRegex("[A-Z]")]
    private static partial Regex WordStart();
}

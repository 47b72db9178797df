using TmeSim.Reports.Words;

namespace TmeSim.Reports.Domain.Trials;

/// <summary>Numbers and words that figures of trials share.</summary>
internal static class TrialText
{
    public const string NotReached = "not reached";

    /// <summary>A count with a blank between thousands.</summary>
    public static string Count(int count) => Numbers.Plain(count, 0);

    /// <summary>"p = 0.031", "p &lt; 0.001"; empty where there is none.</summary>
    public static string P(double p) =>
        !double.IsFinite(p) ? "" : p < 0.001 ? "p\u00A0<\u00A00.001" : "p\u00A0=\u00A0" + Numbers.Plain(p, p < 0.1 ? 3 : 2);

    /// <summary>A p value without its letter; empty where there is none.</summary>
    public static string BareP(double p) => P(p) is { Length: > 0 } text ? text[2..].Replace("=\u00A0", "", StringComparison.Ordinal) : "";

    /// <summary>"38 %"; a dash where nothing was counted.</summary>
    public static string Percent(int count, int of) => of > 0 ? Numbers.Plain(100.0 * count / of, 0) + "\u00A0%" : "–";

    /// <summary>"Title: " with an ending stop where a text lacks one.</summary>
    public static string Sentence(string text) => text.Length == 0 || text[^1] is '.' or '!' or '?' ? text : text + ".";

    /// <summary>Sentences with blanks between them; empty ones are left out.</summary>
    public static string Note(params IEnumerable<string> sentences) =>
        string.Join(' ', sentences.Where(s => s.Length > 0).Select(Sentence));
}

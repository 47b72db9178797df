using System.Text;

namespace TmeSim.Scenarios.Explaining;

/// <summary>How well a row fits what is asked for; the smaller the better.</summary>
internal enum ExplainFit
{
    /// <summary>The last words of its name are what is asked for: <c>radius</c> is <c>lesions[].tumor.radius</c>.</summary>
    LastWords,

    /// <summary>A word of its name begins so.</summary>
    WordStart,

    /// <summary>It stands inside a word of its name.</summary>
    InName,

    /// <summary>It stands in the text, the range or the source.</summary>
    InText,

    None,
}

/// <summary>
/// Finds rows by a part of their name or text. Case, hyphens, dots and blanks do not count (<c>pd-l1</c> is <c>pdl1</c>), Greek letters are
/// their Latin ones (<c>TGF-β</c> is <c>tgfb</c>), and of several words each must fit.
/// </summary>
internal sealed class ExplainSearch
{
    // Shorter parts of words stand in every text.
    private const int ShortestPart = 4;

    private readonly string[] _words;
    private readonly string _all;

    private ExplainSearch(string asked)
    {
        _words = [.. asked.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(w => Squeezed(w, out _)).Where(w => w.Length > 0)];
        _all = string.Concat(_words);
    }

    /// <summary>Rows that fit, best first, else in their order.</summary>
    public static IReadOnlyList<(ExplainRow Row, ExplainFit Fit)> Find(string asked, IEnumerable<ExplainRow> rows)
    {
        ExplainSearch search = new(asked);
        return search._words.Length == 0 ? []
            : [.. rows.Select(r => (Row: r, Fit: search.Fit(r))).Where(r => r.Fit != ExplainFit.None).OrderBy(r => r.Fit)];
    }

    private ExplainFit Fit(ExplainRow row)
    {
        string name = Squeezed(row.Key, out List<int> starts);
        if (name.EndsWith(_all, StringComparison.Ordinal) && starts.Contains(name.Length - _all.Length))
        {
            return ExplainFit.LastWords;
        }

        string text = Squeezed($"{row.Text} {row.Range} {row.Source}", out List<int> textStarts);
        ExplainFit worst = ExplainFit.WordStart;
        foreach (string word in _words)
        {
            ExplainFit fit = Begins(name, starts, word) ? ExplainFit.WordStart
                : word.Length >= ShortestPart && name.Contains(word, StringComparison.Ordinal) ? ExplainFit.InName
                : Begins(text, textStarts, word) ? ExplainFit.InText
                : ExplainFit.None;
            worst = (ExplainFit)Math.Max((int)worst, (int)fit);
        }

        return worst;
    }

    private static bool Begins(string text, List<int> starts, string word) =>
        starts.Exists(s => string.CompareOrdinal(text, s, word, 0, word.Length) == 0);

    // Letters and digits alone, with the places where words began.
    private static string Squeezed(string text, out List<int> starts)
    {
        StringBuilder squeezed = new(text.Length);
        starts = [];
        bool inside = false;
        foreach (char c in text)
        {
            bool letter = char.IsLetterOrDigit(c);
            if (letter && !inside)
            {
                starts.Add(squeezed.Length);
            }

            if (letter)
            {
                squeezed.Append(Latin(char.ToLowerInvariant(c)));
            }

            inside = letter;
        }

        return squeezed.ToString();
    }

    private static char Latin(char c) => c switch { 'α' => 'a', 'β' => 'b', 'γ' => 'g', 'δ' => 'd', 'κ' => 'k', 'µ' or 'μ' => 'u', _ => c };
}

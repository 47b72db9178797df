using System.Text;

namespace TmeSim.Scenarios.Explaining;

/// <summary>Writes what a search found: cards of what is meant, lines of what else fits.</summary>
internal static class ExplainHits
{
    private const int MaxCards = 3;
    private const int MaxInText = 40;

    /// <summary>The answer; null when nothing fits.</summary>
    /// <param name="asked">What was asked for.</param>
    /// <param name="exact">Rows of exactly that name or path.</param>
    /// <param name="found">Rows that fit, best first.</param>
    /// <param name="cards">Writes rows in full.</param>
    public static string? Write(string asked, ExplainRow[] exact, IReadOnlyList<(ExplainRow Row, ExplainFit Fit)> found,
        Func<IEnumerable<ExplainRow>, string> cards)
    {
        (ExplainRow Row, ExplainFit Fit)[] listed = [.. found.Where(f => f.Row.Kind != ExplainRow.DrugNumber)];
        ExplainRow[] byName = [.. listed.Where(f => f.Fit < ExplainFit.InText).Select(f => f.Row)],
            inText = [.. listed.Where(f => f.Fit == ExplainFit.InText).Select(f => f.Row)];
        ExplainRow[] last = [.. listed.Where(f => f.Fit == ExplainFit.LastWords).Select(f => f.Row)];

        // One that is called so is meant, whatever else has the word in it; else the only one whose name has it.
        ExplainRow[] meant = exact.Length > 0 ? exact : last.Length is > 0 and <= MaxCards && last.Length == byName.Length ? last
            : last.Length == 1 ? last : byName.Length == 1 ? byName : [];
        ExplainRow[] others = [.. byName.Except(meant).Where(r => !meant.Any(m => r.IsNumberOf(m.Key)))];
        if (meant.Length == 0 && others.Length == 0 && inText.Length == 0)
        {
            return null;
        }

        StringBuilder text = new();
        if (exact.Length > 0)
        {
            text.Append(cards(exact.Where(r => r.Kind != ExplainRow.DrugNumber).DefaultIfEmpty(exact[0])));
            Names(text, others);
            return text.ToString();
        }

        text.Append(meant.Length > 0 ? cards(meant) + "\nalso " : string.Empty);
        text.Append(asked).Append(": ").Append(others.Length).Append(" by name, ").Append(inText.Length)
            .Append(" by text; 'tmesim explain KEY' says more about one\n");
        Groups(text, others);
        if (inText.Length > 0)
        {
            text.Append("\nin the text (").Append(inText.Length).Append(")\n").Append(string.Concat(inText.Take(MaxInText).Select(Line)));
            text.Append(inText.Length > MaxInText ? $"  … and {inText.Length - MaxInText} more\n" : string.Empty);
        }

        return text.ToString();
    }

    /// <summary>A row in one line.</summary>
    public static string Line(ExplainRow row) => $"  {row.Key,-44} {row.Value,-14} {FirstSentence(row.Text)}\n";

    private static void Groups(StringBuilder text, ExplainRow[] rows)
    {
        foreach (IGrouping<string, ExplainRow> kind in rows.GroupBy(r => r.Kind))
        {
            foreach (IGrouping<string, ExplainRow> group in kind.GroupBy(r => ExplainRow.HasGroups(kind.Key) ? r.Head : string.Empty))
            {
                text.Append('\n').Append(kind.Key).Append("s ").Append(group.Key.Length > 0 ? $"{group.Key}.* " : string.Empty).Append('(')
                    .Append(group.Count()).Append(")\n");
                text.Append(string.Concat(group.Select(Line)));
            }
        }
    }

    // Below a card: what else has the word in its name, by name alone.
    private static void Names(StringBuilder text, ExplainRow[] rows)
    {
        const int most = 12;
        if (rows.Length > 0)
        {
            text.Append("\nalso: ").AppendJoin(", ", rows.Take(most).Select(r => r.Key))
                .Append(rows.Length > most ? $" and {rows.Length - most} more" : string.Empty).Append('\n');
        }
    }

    private static string FirstSentence(string text)
    {
        int end = text.IndexOf(". ", StringComparison.Ordinal);
        return end < 0 ? text : text[..(end + 1)];
    }
}

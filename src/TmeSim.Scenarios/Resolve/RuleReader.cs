using TmeSim.Scenarios.Diagnostics;
using TmeSim.Scenarios.Reading;

namespace TmeSim.Scenarios.Resolve;

/// <summary>Reads rules over what patients have, <c>patient.nlr >= 3</c>, and reports mistakes where they stand.</summary>
/// <param name="sink">Takes mistakes.</param>
/// <param name="unitOf">Unit of a subject, empty for words; null for a subject that there is not.</param>
/// <param name="known">Names for suggestions.</param>
/// <param name="mayBeMedian">The threshold may be the median.</param>
/// <param name="mayBePlain">Whether a subject may be compared with a number without a unit, as measures of tables are.</param>
/// <param name="wordsOf">Words that a subject of words has; null where any may come.</param>
internal sealed class RuleReader(DiagnosticSink sink, Func<string, string?> unitOf, IReadOnlyList<string> known, bool mayBeMedian,
    Func<string, bool> mayBePlain, Func<string, IReadOnlyList<string>?> wordsOf)
{
    /// <summary>All rules of a list, each once, or null after an error.</summary>
    public List<CohortRule>? Read(ListValue list)
    {
        List<CohortRule> rules = [];
        bool good = list.IsGood;
        foreach (ScalarValue written in list.Scalars)
        {
            if (Read(written) is not { } rule)
            {
                good = false;
            }
            else if (rules.Any(r => (r.Subject, r.Operator, r.Word) == (rule.Subject, rule.Operator, rule.Word) && r.Value.Equals(rule.Value)))
            {
                sink.Error(written.Mark, written.Path, $"'{Excerpt.Of(written.Text)}' stands here twice");
                good = false;
            }
            else
            {
                rules.Add(rule);
            }
        }

        return good && rules.Count == list.Items.Count ? rules : null;
    }

    private CohortRule? Read(ScalarValue written)
    {
        if (!written.IsGood)
        {
            return null;
        }

        CohortRule? rule = CohortRule.Parse(written.Text, unitOf, known, out string error);
        if (rule is null && CohortRule.Parse(written.Text, unitOf, known, out _, mayBePlain: true) is { } plain && mayBePlain(plain.Subject))
        {
            (rule, error) = (plain, "");
        }

        if (rule is { IsMedian: false, Word.Length: > 0 } && wordsOf(rule.Subject) is { } words && !words.Contains(rule.Word))
        {
            error = $"no patient has the word '{Excerpt.Of(rule.Word)}'{Suggestion.Clause(rule.Word, [.. words], "words")}";
            rule = null;
        }

        if (rule is { IsMedian: true } && !mayBeMedian)
        {
            (rule, error) = (null, "a median is known when the patients are; give a number here");
        }

        if (rule is null)
        {
            sink.Error(written.Mark, written.Path, error);
        }

        return rule;
    }
}

using TmeSim.Scenarios.Diagnostics;
using TmeSim.Scenarios.Reading;

namespace TmeSim.Scenarios.Resolve;

/// <summary>Reads rules over what patients have, <c>patient.nlr >= 3</c>, and reports mistakes where they stand.</summary>
/// <param name="sink">Takes mistakes.</param>
/// <param name="unitOf">Unit of a subject, empty for words; null for a subject that there is not.</param>
/// <param name="known">Names for suggestions.</param>
/// <param name="mayBeMedian">The threshold may be the median.</param>
internal sealed class RuleReader(DiagnosticSink sink, Func<string, string?> unitOf, IReadOnlyList<string> known, bool mayBeMedian)
{
    /// <summary>The rule, or null after an error.</summary>
    public CohortRule? Read(ScalarValue written)
    {
        if (!written.IsGood)
        {
            return null;
        }

        CohortRule? rule = CohortRule.Parse(written.Text, unitOf, known, out string error);
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

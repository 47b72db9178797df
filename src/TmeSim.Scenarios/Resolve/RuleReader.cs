using System.Globalization;
using TmeSim.Scenarios.Diagnostics;
using TmeSim.Scenarios.Reading;
using TmeSim.Scenarios.Units;

namespace TmeSim.Scenarios.Resolve;

/// <summary>Reads rules over what patients have, <c>patient.nlr >= 3</c>.</summary>
/// <param name="sink">Takes mistakes.</param>
/// <param name="unitOf">Unit of a subject, empty for words; null for a subject that there is not.</param>
/// <param name="known">Names for suggestions.</param>
/// <param name="mayBeMedian">The threshold may be the median.</param>
internal sealed class RuleReader(DiagnosticSink sink, Func<string, string?> unitOf, IReadOnlyList<string> known, bool mayBeMedian)
{
    // Longer ones first.
    private static readonly string[] Operators = ["<=", ">=", "==", "!=", "<", ">"];

    /// <summary>The rule, or null after an error.</summary>
    public CohortRule? Read(ScalarValue written)
    {
        if (!written.IsGood)
        {
            return null;
        }

        string text = written.Text.Trim();
        int at = -1;
        string? op = null;
        for (int i = 0; i < text.Length && op is null; i++)
        {
            op = Operators.FirstOrDefault(o => text.AsSpan(i).StartsWith(o));
            at = i;
        }

        string subject = op is null ? text : text[..at].Trim(), value = op is null ? "" : text[(at + op.Length)..].Trim();
        if (op is null || subject.Length == 0 || value.Length == 0)
        {
            return Wrong(written, $"'{Excerpt.Of(text)}' is no rule; write for example `patient.nlr >= 3`");
        }

        if (unitOf(subject) is not { } unit)
        {
            return Wrong(written, $"no patient has '{Excerpt.Of(subject)}'{Suggestion.Clause(subject, [.. known], "traits")}");
        }

        if (unit.Length == 0)
        {
            return op is "==" or "!=" ? new CohortRule(text, subject, op, double.NaN, value)
                : Wrong(written, $"'{subject}' is a word; compare it with == or !=");
        }

        if (value == "median")
        {
            return mayBeMedian ? new CohortRule(text, subject, op, double.NaN, value) : Wrong(written, "a median is known when the patients are; give a number here");
        }

        if (unit == "1" && double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double plain) && double.IsFinite(plain))
        {
            return new CohortRule(text, subject, op, plain, "");
        }

        return Unit.TryParse(unit, out Unit? parsed, out _) && Quantity.TryRead(value, parsed, out double number, out string error)
            ? new CohortRule(text, subject, op, number, "")
            : Wrong(written, $"'{Excerpt.Of(value)}' is no number in {unit} for '{subject}'");
    }

    private CohortRule? Wrong(ScalarValue written, string message)
    {
        sink.Error(written.Mark, written.Path, message);
        return null;
    }
}

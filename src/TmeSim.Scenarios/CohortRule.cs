using System.Globalization;
using TmeSim.Scenarios.Diagnostics;
using TmeSim.Scenarios.Units;

namespace TmeSim.Scenarios;

/// <summary>A rule over traits or biomarkers, <c>patient.nlr >= 3</c>.</summary>
/// <param name="Text">As written.</param>
/// <param name="Subject">Path of a trait, or a biomarker.</param>
/// <param name="Operator">One of &lt;, &lt;=, &gt;, &gt;=, ==, !=.</param>
/// <param name="Value">Number in the unit of the subject; NaN for a word and for the median.</param>
/// <param name="Word">Word that is compared with; empty for numbers, "median" for the median of the cohort.</param>
public sealed record CohortRule(string Text, string Subject, string Operator, double Value, string Word)
{
    private const string Median = "median";

    // Longer ones first.
    private static readonly string[] Operators = ["<=", ">=", "==", "!=", "<", ">"];

    /// <summary>The threshold is the median of the patients.</summary>
    public bool IsMedian => Word == Median;

    /// <summary>Reads a rule.</summary>
    /// <param name="text">Text, for example "patient.nlr >= 3", "ifng_score > median", "stratum == excluded".</param>
    /// <param name="unitOf">Unit of a subject, empty for words; null for a subject that there is not.</param>
    /// <param name="known">Names for suggestions.</param>
    /// <param name="error">What is wrong; empty for a rule.</param>
    /// <param name="mayBePlain">A number without a unit is one in the unit of its subject, as tables have them; else the unit is wanted.</param>
    /// <returns>The rule, or null.</returns>
    public static CohortRule? Parse(string text, Func<string, string?> unitOf, IReadOnlyList<string> known, out string error,
        bool mayBePlain = false)
    {
        text = text.Trim();
        (int at, string? op) = (-1, null);
        for (int i = 0; i < text.Length && op is null; i++)
        {
            (at, op) = (i, Operators.FirstOrDefault(o => text.AsSpan(i).StartsWith(o)));
        }

        string subject = op is null ? text : text[..at].Trim(), value = op is null ? "" : text[(at + op.Length)..].Trim();
        error = "";
        if (op is null || subject.Length == 0 || value.Length == 0)
        {
            error = $"'{Excerpt.Of(text)}' is no rule; write for example `patient.nlr >= 3`";
        }
        else if (unitOf(subject) is not { } unit)
        {
            error = $"no patient has '{Excerpt.Of(subject)}'{Suggestion.Clause(subject, [.. known], "traits")}";
        }
        else if (unit.Length == 0)
        {
            error = op is "==" or "!=" ? "" : $"'{subject}' is a word; compare it with == or !=";
            return error.Length == 0 ? new CohortRule(text, subject, op, double.NaN, value) : null;
        }
        else if (value == Median)
        {
            return new CohortRule(text, subject, op, double.NaN, value);
        }
        else if ((unit == "1" || mayBePlain) && double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double plain)
            && double.IsFinite(plain))
        {
            return new CohortRule(text, subject, op, plain, "");
        }
        else if (Unit.TryParse(unit, out Unit? parsed, out _) && Quantity.TryRead(value, parsed, out double number, out _))
        {
            return new CohortRule(text, subject, op, number, "");
        }
        else
        {
            error = $"'{Excerpt.Of(value)}' is no number in {unit} for '{subject}'";
        }

        return null;
    }

    /// <summary>Whether a number fulfils the rule; false for NaN.</summary>
    public bool Holds(double number, double threshold) => Operator switch
    {
        "<" => number < threshold, "<=" => number <= threshold, ">" => number > threshold, ">=" => number >= threshold, "==" =>
            number == threshold,
        _ => number != threshold && !double.IsNaN(number),
    };

    /// <summary>Whether a word fulfils the rule.</summary>
    public bool Holds(string word) => Operator == "!=" ? word != Word : word == Word;
}

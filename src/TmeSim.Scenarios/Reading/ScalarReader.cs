using System.Globalization;
using TmeSim.Scenarios.Diagnostics;
using TmeSim.Scenarios.Keys;
using TmeSim.Scenarios.Units;
using TmeSim.Scenarios.Yaml;

namespace TmeSim.Scenarios.Reading;

/// <summary>Reads single values: words, switches, numbers with units and ranges.</summary>
internal sealed class ScalarReader(DiagnosticSink sink)
{
    /// <summary>The value, or null after an error.</summary>
    public ScalarValue? Read(YamlNode node, KeySpec spec, string path)
    {
        if (node is not YamlScalar { IsNull: false } scalar)
        {
            sink.Error(node.Mark, path, node is YamlScalar ? "has no value" : "a single value is wanted here, not a block or list");
            return null;
        }

        string text = scalar.Text.Trim();
        ScenarioKey key = spec.Key;
        switch (key.Kind)
        {
            case KeyKind.Switch:
                return Switch(scalar, text, spec, path);
            case KeyKind.Text or KeyKind.TextList or KeyKind.Choice:
                return Words(scalar, text, spec, path);
            case KeyKind.Seed:
                return Seed(scalar, text, spec, path);
            default:
                return key.Choices.Contains(text) ? new ScalarValue(spec, scalar.Mark, path) { Text = text }
                    : key.Conditions.Count > 0 && text.AsSpan().IndexOfAny('<', '>') >= 0 ? Condition(scalar, text, spec, path)
                    : Number(scalar, text, spec, path);
        }
    }

    private ScalarValue? Switch(YamlScalar scalar, string text, KeySpec spec, string path)
    {
        bool? on = text switch
        {
            "on" or "On" or "ON" or "true" or "True" or "TRUE" => true,
            "off" or "Off" or "OFF" or "false" or "False" or "FALSE" => false,
            _ => null,
        };
        if (on is null)
        {
            sink.Error(scalar.Mark, path, $"'{Excerpt.Of(text)}' is not a switch; write on or off");
            return null;
        }

        return new ScalarValue(spec, scalar.Mark, path) { Text = on.Value ? "on" : "off" };
    }

    private ScalarValue? Words(YamlScalar scalar, string text, KeySpec spec, string path)
    {
        const int longest = 200;
        if (spec.Key.Choices.Count > 0 && !spec.Key.Choices.Contains(text))
        {
            string? near = Suggestion.Nearest(text, spec.Key.Choices);
            string meant = near is null ? string.Empty : $"; did you mean '{near}'?";
            sink.Error(scalar.Mark, path, $"'{Excerpt.Of(text)}' is not one of {string.Join(", ", spec.Key.Choices)}{meant}");
            return null;
        }

        if (text.Length is 0 or > longest || text.Any(char.IsControl))
        {
            sink.Error(scalar.Mark, path, $"a text of 1 to {longest} characters on one line is wanted");
            return null;
        }

        return new ScalarValue(spec, scalar.Mark, path) { Text = text };
    }

    // "tumor_volume_change < -0.5": a word that the builder takes apart with ConditionText.
    private ScalarValue? Condition(YamlScalar scalar, string text, KeySpec spec, string path)
    {
        if (!ConditionText.TryRead(text, out string measure, out bool above, out double threshold))
        {
            sink.Error(scalar.Mark, path,
                $"'{Excerpt.Of(text)}' is no condition; write a measure, < or >, and a number, for example 'tumor_volume_change < -0.5'");
            return null;
        }

        if (!spec.Key.Conditions.Contains(measure))
        {
            sink.Error(scalar.Mark, path,
                $"a course cannot end at '{Excerpt.Of(measure)}'{Suggestion.Clause(measure, spec.Key.Conditions, "measures")}");
            return null;
        }

        return new ScalarValue(spec, scalar.Mark, path) { Text = ConditionText.Write(measure, above, threshold) };
    }

    // A double holds whole numbers to 2^53 only, a decimal all of 64 bits.
    private ScalarValue? Seed(YamlScalar scalar, string text, KeySpec spec, string path)
    {
        if (Number(scalar, text, spec, path) is not ScalarValue read)
        {
            return null;
        }

        if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal seed) || seed < 0 || seed > ulong.MaxValue
            || seed != decimal.Truncate(seed))
        {
            sink.Error(scalar.Mark, path, $"'{Excerpt.Of(text)}' is no seed; allowed: whole numbers from {spec.Key.RangeText()}");
            return null;
        }

        return new ScalarValue(spec, scalar.Mark, path) { Text = ((ulong)seed).ToString(CultureInfo.InvariantCulture), Number = read.Number,
            Unit = read.Unit, Seed = (ulong)seed };
    }

    private ScalarValue? Number(YamlScalar scalar, string text, KeySpec spec, string path)
    {
        ScenarioKey key = spec.Key;
        string? error = null;
        foreach (string unitText in key.Units)
        {
            Unit unit = Unit.Of(unitText);
            if (Quantity.TryRead(text, unit, out double value, out string why))
            {
                value = value == 0 ? 0 : value; // no negative zero
                if (OutOfRange(value, unit, text, key) is string range)
                {
                    sink.Error(scalar.Mark, path, range);
                    return null;
                }

                return new ScalarValue(spec, scalar.Mark, path) { Text = Quantity.Format(value, unit), Number = value, Unit = unit };
            }

            error ??= why;
        }

        string others = string.Concat(key.Units.Skip(1).Select(u => ", " + Quantity.Accepted(Unit.Of(u))));
        string words = key.Choices.Count > 0 ? $"; or the word {string.Join(", ", key.Choices)}" : string.Empty;
        words += key.Conditions.Count > 0 ? $"; or a condition such as '{key.Conditions[0]} < -0.5'" : string.Empty;
        sink.Error(scalar.Mark, path, error + others + words);
        return null;
    }

    private static string? OutOfRange(double value, Unit unit, string text, ScenarioKey key)
    {
        bool primary = unit.Text == key.Units[0];
        double max = primary ? key.Max : double.PositiveInfinity;
        if (value < key.Min || value > max || (key.MinExclusive && value == key.Min))
        {
            return $"'{Excerpt.Of(text)}' is out of range; allowed: {key.RangeText()}";
        }

        return key.IsWhole && value != Math.Floor(value) ? $"'{Excerpt.Of(text)}' is not a whole number; allowed: {key.RangeText()}" : null;
    }

    /// <summary>A value of the right kind in place of one that is wrong or missing, marked as not good.</summary>
    public static Value StandIn(KeySpec spec, Mark at, string path)
    {
        ScenarioKey key = spec.Key;
        if (key.Kind is KeyKind.QuantityList or KeyKind.TextList)
        {
            return new ListValue(spec, at, path) { IsGood = false };
        }

        if (key.Units.Count == 0)
        {
            return new ScalarValue(spec, at, path) { Text = key.Choices.Count > 0 ? key.Choices[0] : "?", IsGood = false };
        }

        double number = double.IsFinite(key.Min) ? key.Min + (key.MinExclusive ? Math.Min(1, (key.Max - key.Min) / 2) : 0) : 1;
        return new ScalarValue(spec, at, path) { Text = "?", Number = number, Unit = Unit.Of(key.Units[0]), IsGood = false };
    }

    public static ScalarValue StandInItem(KeySpec spec, Mark at, string path) =>
        new(spec, at, path) { Text = "?", Number = 1, Unit = spec.Key.Units.Count > 0 ? Unit.Of(spec.Key.Units[0]) : null, IsGood = false };
}

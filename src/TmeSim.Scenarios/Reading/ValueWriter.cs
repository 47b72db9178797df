using System.Text;
using TmeSim.Scenarios.Keys;

namespace TmeSim.Scenarios.Reading;

/// <summary>Writes validated values as canonical YAML: table order, canonical units, one value a line.</summary>
internal static class ValueWriter
{
    public static string Write(MapValue root)
    {
        StringBuilder text = new();
        Map(text, root, 0);
        return text.ToString();
    }

    private static void Map(StringBuilder text, MapValue map, int indent, bool first = false)
    {
        foreach ((string key, Value value) in map.Ordered)
        {
            if (value is MapValue { Ordered.Count: 0 } or ListValue { Items.Count: 0 })
            {
                continue;
            }

            text.Append(' ', first ? 0 : indent).Append(Quote(key)).Append(':');
            first = false;
            switch (value)
            {
                case MapValue child:
                    text.Append('\n');
                    Map(text, child, indent + 2);
                    break;
                case ListValue { Spec.Key.Kind: KeyKind.List } list:
                    text.Append('\n');
                    foreach (MapValue member in list.Maps)
                    {
                        text.Append(' ', indent + 2).Append("- ");
                        Map(text, member, indent + 4, first: true);
                    }

                    break;
                case ListValue list:
                    text.Append(" [").AppendJoin(", ", list.Scalars.Select(Text)).Append("]\n");
                    break;
                case ScalarValue scalar:
                    text.Append(' ').Append(Text(scalar)).Append('\n');
                    break;
            }
        }
    }

    private static string Text(ScalarValue scalar) => scalar.IsWord ? Quote(scalar.Text) : scalar.Text;

    /// <summary>Plain where no YAML reader could take it for anything but this text, double-quoted otherwise.</summary>
    internal static string Quote(string text)
    {
        bool plain = text.Length > 0 && char.IsAsciiLetter(text[0]) && text[^1] != ' '
            && text.All(c => char.IsAsciiLetterOrDigit(c) || c is ' ' or '_' or '.' or '-' or '/' or '+' or '(' or ')' or '%')
            && text.ToLowerInvariant() is not ("null" or "true" or "false" or "yes" or "no" or "y" or "n");
        return plain ? text : "\"" + text.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";
    }
}

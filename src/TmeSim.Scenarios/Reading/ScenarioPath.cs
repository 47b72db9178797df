using System.Text;

namespace TmeSim.Scenarios.Reading;

/// <summary>One step of a path: a key, or a list member in brackets.</summary>
/// <param name="Text">Key, or name or index of the member.</param>
/// <param name="IsMember">It stood in brackets.</param>
/// <param name="Offset">Where it begins in the path, from 0.</param>
/// <param name="IsAll">It stands for every member of its list: a star without quotes in brackets.</param>
internal readonly record struct PathStep(string Text, bool IsMember, int Offset, bool IsAll = false);

/// <summary>
/// The path grammar: <c>lesions[primary].tumor.nek9</c>, <c>arms[Atezo + Bev].therapy[bevacizumab].dose</c>, and
/// <c>arms[*].therapy[bevacizumab].dose</c> for all members that have the rest.
/// </summary>
internal static class ScenarioPath
{
    /// <summary>Splits a path. A member name that holds a bracket, or is a star, is written in double quotes.</summary>
    /// <returns>The steps, or null with the offset and text of the mistake.</returns>
    public static List<PathStep>? Parse(string path, out int errorOffset, out string error)
    {
        List<PathStep> steps = [];
        int i = 0;
        (errorOffset, error) = (0, "a path is wanted, such as lesions[primary].tumor.radius");
        while (i < path.Length)
        {
            int start = i;
            if (path[i] == '[')
            {
                if (!Member(path, ref i, out string name, out bool quoted))
                {
                    (errorOffset, error) = (start, "bracket without its end; write lesions[primary]");
                    return null;
                }

                steps.Add(new(name, true, start + 1, !quoted && name == "*"));
            }
            else
            {
                while (i < path.Length && path[i] is not ('.' or '[' or ']'))
                {
                    i++;
                }

                string key = path[start..i].Trim();
                if (key.Length == 0)
                {
                    (errorOffset, error) = (start, "a key is missing here");
                    return null;
                }

                steps.Add(new(key, false, start));
            }

            if (i < path.Length && path[i] == '.')
            {
                i++;
                if (i == path.Length)
                {
                    (errorOffset, error) = (i - 1, "the path ends with a dot");
                    return null;
                }
            }
            else if (i < path.Length && path[i] != '[')
            {
                (errorOffset, error) = (i, $"'{path[i]}' does not belong here");
                return null;
            }
        }

        return steps.Count > 0 ? steps : null;
    }

    /// <summary>A member in brackets, as <see cref="Parse"/> reads it back.</summary>
    public static string InBrackets(string name) => name == "*" || name.Contains(']') ? $"[\"{name}\"]" : $"[{name}]";

    private static bool Member(string path, ref int i, out string name, out bool quoted)
    {
        StringBuilder text = new();
        i++;
        quoted = i < path.Length && path[i] == '"';
        i += quoted ? 1 : 0;
        char end = quoted ? '"' : ']';
        while (i < path.Length && path[i] != end)
        {
            text.Append(path[i++]);
        }

        name = quoted ? text.ToString() : text.ToString().Trim();
        i++;
        if (quoted)
        {
            return i < path.Length && path[i++] == ']';
        }

        return i <= path.Length;
    }
}

using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace TmeSim.Reports.Tests.Plots;

/// <summary>A text of an SVG and the upright rectangle that holds its letters [px].</summary>
internal sealed record SvgText(string Content, double Size, double Left, double Top, double Right, double Bottom)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"'{Content}' ({Left:0.#}–{Right:0.#}, {Top:0.#}–{Bottom:0.#})");

    /// <summary>Inside of a page that begins at 0, 0.</summary>
    public bool IsInside(double width, double height) => Left >= -0.01 && Top >= -0.01 && Right <= width + 0.01 && Bottom <= height + 0.01;

    /// <summary>Shares more than half a pixel with another one.</summary>
    public bool Overlaps(SvgText other) => Left < other.Right - 0.5 && other.Left < Right - 0.5 && Top < other.Bottom - 0.5 && other.Top < Bottom - 0.5;
}

/// <summary>Reads where the texts of an SVG stand, from the file itself.</summary>
internal static partial class SvgTexts
{
    // Of letters, in units of their size; accents included.
    private const double Ascent = 0.8;
    private const double Descent = 0.22;

    /// <summary>Width and height of the page, and all texts but the rims around their letters.</summary>
    public static (double Width, double Height, SvgText[] Texts) Of(string svg)
    {
        XElement root = XDocument.Parse(svg).Root!;
        double[] view = [.. ((string)root.Attribute("viewBox")!).Split(' ').Select(Number)];
        IEnumerable<XElement> texts = root.Descendants().Where(e => e.Name.LocalName == "text" && (string?)e.Attribute("fill") != "none");
        return (view[2], view[3], [.. texts.Select(Read)]);
    }

    private static SvgText Read(XElement text)
    {
        double size = Get(text, "font-size"), x = Get(text, "x"), y = Get(text, "y"), width = Get(text, "textLength");
        Matrix3x2 place = text.AncestorsAndSelf().Select(e => Transform((string?)e.Attribute("transform") ?? "")).Aggregate((inner, outer) => inner * outer);
        Vector2[] corners =
        [
            .. new[] { (x, y - (Ascent * size)), (x + width, y - (Ascent * size)), (x, y + (Descent * size)), (x + width, y + (Descent * size)) }
                .Select(c => Vector2.Transform(new Vector2((float)c.Item1, (float)c.Item2), place)),
        ];
        return new SvgText(text.Value, size, corners.Min(c => c.X), corners.Min(c => c.Y), corners.Max(c => c.X), corners.Max(c => c.Y));
    }

    private static double Get(XElement text, string name) => Number((string)text.Attribute(name)!);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    // The last of several functions is the innermost.
    private static Matrix3x2 Transform(string list)
    {
        Matrix3x2 all = Matrix3x2.Identity;
        foreach (Match function in Function().Matches(list))
        {
            float[] v = [.. function.Groups[2].Value.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries).Select(n => (float)Number(n))];
            all = function.Groups[1].Value switch
            {
                "translate" => Matrix3x2.CreateTranslation(v[0], v.Length > 1 ? v[1] : 0),
                "rotate" => Matrix3x2.CreateRotation(v[0] * MathF.PI / 180, v.Length > 1 ? new Vector2(v[1], v[2]) : Vector2.Zero),
                "scale" => Matrix3x2.CreateScale(v[0], v.Length > 1 ? v[1] : v[0]),
                "matrix" => new Matrix3x2(v[0], v[1], v[2], v[3], v[4], v[5]),
                _ => throw new NotSupportedException(function.Value),
            } * all;
        }

        return all;
    }

    [GeneratedRegex(@"(\w+)\(([^)]*)\)")]
    private static partial Regex Function();
}

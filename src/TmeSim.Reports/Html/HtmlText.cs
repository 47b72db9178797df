using System.Globalization;
using System.Text;
using TmeSim.Reports.Words;

namespace TmeSim.Reports.Html;

/// <summary>Builds the text of a page; everything that is not <see cref="Raw"/> is escaped.</summary>
internal sealed class HtmlText
{
    private readonly StringBuilder _text = new();

    /// <summary>Text made legal and inert in HTML, in content and in quoted attributes.</summary>
    public static string Escape(string text) => PlainText.Clean(text)
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal)
        .Replace("\"", "&quot;", StringComparison.Ordinal)
        .Replace("'", "&#39;", StringComparison.Ordinal);

    /// <summary>A cell; a blank one stays blank.</summary>
    public static string Cell(string? text) => string.IsNullOrWhiteSpace(text) ? "" : Escape(text);

    /// <summary>Four significant digits.</summary>
    public static string Number(double value) =>
        double.IsFinite(value) ? value.ToString("G4", CultureInfo.InvariantCulture).Replace('-', '−') : "–";

    public void Raw(string html) => _text.Append(html);

    public void Element(string name, string content) => Raw($"<{name}>{Escape(content)}</{name}>\n");

    /// <summary>A section with a heading that names it.</summary>
    public void Section(string id, string heading, Action body)
    {
        Raw($"<section id=\"{id}\" aria-labelledby=\"{id}-h\">\n<h2 id=\"{id}-h\">{Escape(heading)}</h2>\n");
        body();
        Raw("</section>\n");
    }

    public override string ToString() => _text.ToString();
}

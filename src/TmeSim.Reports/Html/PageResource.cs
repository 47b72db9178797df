using System.Security.Cryptography;
using System.Text;

namespace TmeSim.Reports.Html;

/// <summary>Style and script of the page: the files of Html/Page, embedded when the library is built.</summary>
internal static class PageResource
{
    // Later files use what earlier ones declare.
    private static readonly string[] Scripts = 
    [
        "page", "decode", "paint", "panes", "probe", "viewer", "charts", "tables", "save",
        "explorer-data", "explorer-selection", "explorer-colors", "explorer-lines", "explorer-stand", "explorer-axes",
        "explorer-plot", "explorer-scatter", "explorer-map", "explorer-table", "explorer-filters", "explorer", "main",
    ];

    private static readonly Lazy<string> LazyStyle = new(() => Read("report.css"));

    private static readonly Lazy<string> LazyScript = new(() => $"\n//<![CDATA[\n(() => {{\n'use strict';\n{string.Concat(Scripts.Select(name => Read(name + ".js")))}}})();\n//]]>\n");

    public static string Style => LazyStyle.Value;

    /// <summary>Content of the script element: one strict function, marked so that it is legal in XML too.</summary>
    public static string Script => LazyScript.Value;

    /// <summary>
    /// Nothing may be loaded from anywhere, and no script runs but this one: its hash is named, so that even a text that slipped
    /// through unescaped would stay a text.
    /// </summary>
    public static string Policy =>
        $"default-src 'none'; img-src data: blob:; style-src 'unsafe-inline'; script-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Script)))}'; base-uri 'none'; form-action 'none'";

    private static string Read(string name)
    {
        using Stream stream = typeof(PageResource).Assembly.GetManifestResourceStream("TmeSim.Reports.Page." + name)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().Replace("\r\n", "\n", StringComparison.Ordinal);
    }
}

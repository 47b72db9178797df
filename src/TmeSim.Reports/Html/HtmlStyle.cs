namespace TmeSim.Reports;

/// <summary>Style of the report: light, AA contrast, no wider than the screen: figures shrink, wide tables scroll inside their own box.</summary>
internal static class HtmlStyle
{
    public const string Css = """
        :root { color-scheme: light; }
        * { box-sizing: border-box; }
        body { margin: 0; background: #ffffff; color: #1a1a1a; font: 16px/1.5 Helvetica, Arial, 'Liberation Sans', sans-serif; }
        main { max-width: 70rem; margin: 0 auto; padding: 1rem; }
        h1 { font-size: 1.6rem; line-height: 1.25; margin: 0.5rem 0; overflow-wrap: anywhere; }
        h2 { font-size: 1.2rem; line-height: 1.3; margin: 2rem 0 0.5rem; border-bottom: 1px solid #c8c8c8; overflow-wrap: anywhere; }
        p, li, dd, figcaption { overflow-wrap: anywhere; }
        .notice { background: #fff4d6; border-left: 4px solid #8a5a00; padding: 0.4rem 0.8rem; }
        figure { margin: 0; }
        figcaption { color: #444444; font-size: 0.9rem; max-width: 60rem; }
        .wide { overflow-x: auto; max-width: 100%; }
        svg { display: block; max-width: 100%; height: auto; }
        table { border-collapse: collapse; font-size: 0.9rem; font-variant-numeric: tabular-nums; }
        th, td { padding: 0.3rem 0.8rem; border-bottom: 1px solid #d0d0d0; text-align: right; vertical-align: top; }
        th:first-child { text-align: left; max-width: 22rem; overflow-wrap: anywhere; }
        thead th { border-bottom: 2px solid #555555; vertical-align: bottom; }
        dl { display: grid; grid-template-columns: minmax(6rem, max-content) minmax(0, 1fr); gap: 0.2rem 1rem; }
        dt { color: #444444; }
        dd { margin: 0; }
        pre { background: #f3f3f3; border: 1px solid #c8c8c8; padding: 0.6rem; overflow-x: auto; }
        a { color: #0050a0; }
        @media print { main { max-width: none; } section { break-inside: avoid; } }

        """;
}

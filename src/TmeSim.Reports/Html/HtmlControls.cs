using System.Globalization;
using TmeSim.Reports.Figures;
using TmeSim.Reports.Writers;

namespace TmeSim.Reports.Html;

/// <summary>The bar that stays in sight: time and arms. It is hidden until the script runs.</summary>
internal static class HtmlControls
{
    public static void Write(HtmlText page, IReadOnlyList<ReportArm> arms, bool time)
    {
        if (arms.Count == 0 && !time)
        {
            return;
        }

        page.Raw("<div id=\"controls\" class=\"controls\" role=\"region\" aria-label=\"Time and arms\" hidden=\"hidden\">\n<div class=\"controls-row\">\n");
        if (time)
        {
            page.Raw("""
                <button type="button" id="play" class="primary"><svg aria-hidden="true" width="14" height="14" viewBox="0 0 14 14"><path class="when-paused" d="M2 1l11 6L2 13z"/><path class="when-playing" d="M2 1h4v12H2zM8 1h4v12H8z"/></svg><span id="play-label">Play</span></button>
                <button type="button" id="back" class="step" aria-label="Previous snapshot"><svg aria-hidden="true" width="12" height="14" viewBox="0 0 12 14"><path d="M11 1L3 7l8 6zM1 1h2v12H1z"/></svg></button>
                <input type="range" id="time" min="0" max="0" step="1" value="0" aria-label="Time" />
                <button type="button" id="forward" class="step" aria-label="Next snapshot"><svg aria-hidden="true" width="12" height="14" viewBox="0 0 12 14"><path d="M1 1l8 6-8 6zM9 1h2v12H9z"/></svg></button>
                <output id="day" for="time">day 0</output>

                """);
        }

        Arms(page, arms);
        page.Raw("</div>\n</div>\n");
    }

    private static void Arms(HtmlText page, IReadOnlyList<ReportArm> arms)
    {
        if (arms.Count == 0)
        {
            return;
        }

        page.Raw("<details class=\"arms\" id=\"arms\">\n<summary>Arms <span id=\"arms-shown\"></span></summary>\n<fieldset><legend class=\"unseen\">Arms shown</legend>\n");
        foreach ((int index, ReportArm arm) in arms.Index())
        {
            page.Raw($"<label><input type=\"checkbox\" checked=\"checked\" id=\"arm{index}\" data-arm-name=\"{HtmlText.Escape(arm.Name)}\" />{Swatch(arm.Line)}<span>{HtmlText.Escape(arm.Name)}</span></label>\n");
        }

        page.Raw("<button type=\"button\" id=\"arms-all\">Show all</button>\n</fieldset>\n</details>\n");
    }

    private static string Swatch(Stroke line)
    {
        string dash = line.Dash is null ? "" : $" stroke-dasharray=\"{string.Join(' ', line.Dash.Select(d => d.ToString(CultureInfo.InvariantCulture)))}\"";
        return $"<svg class=\"swatch\" aria-hidden=\"true\" width=\"34\" height=\"12\" viewBox=\"0 0 34 12\"><path d=\"M1 6H33\" fill=\"none\" stroke=\"{line.Color.Hex}\" stroke-width=\"3\"{dash}/></svg>";
    }
}

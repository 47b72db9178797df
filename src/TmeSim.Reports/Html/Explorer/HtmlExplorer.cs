namespace TmeSim.Reports.Html.Explorer;

/// <summary>The section in which a reader selects among the runs of a sweep: its controls, and the data. The views are made by the script.</summary>
internal static class HtmlExplorer
{
    public static void Write(HtmlText page, SweepExplorer explorer, IReadOnlyList<ReportArm> arms) => page.Section("explorer", explorer.Title, () =>
    {
        if (explorer.Caption.Length > 0)
        {
            page.Raw($"<p class=\"note\">{HtmlText.Escape(explorer.Caption)}</p>\n");
        }

        if (explorer.Axes.Count == 0 || explorer.Rows.Count == 0)
        {
            page.Raw("<p class=\"note\">There are no runs to show.</p>\n");
            return;
        }

        page.Raw("""
            <noscript><p class="note">This part needs JavaScript; figures and tables below do not.</p></noscript>
            <div id="explorer-body" hidden="hidden">
            <div class="tools" role="group" aria-label="Runs selected">
            <label class="choice"><span>Colour</span><select id="explorer-color"></select></label>
            <details class="arms menu" id="explorer-axes"><summary>Axes <span id="explorer-axes-shown"></span></summary><fieldset><legend class="unseen">Axes shown</legend></fieldset></details>
            <output id="explorer-count" class="count"></output>
            <span class="save"><button type="button" id="explorer-reset">Reset selection</button><button type="button" id="explorer-save">Save as CSV</button><button type="button" id="explorer-link">Copy link</button></span>
            </div>
            <div id="explorer-legend" class="legend"></div>
            <div id="explorer-lines" class="wide lines" tabindex="0" role="group" aria-label="Parallel coordinates"></div>
            <p class="note scripted">Every line is a run. Drag along an axis to select a range, drag the range or its ends to change it, click beside it or press Delete to drop it; ranges on several axes are combined. Drag the name of an axis to move it. Names of outputs are blue.</p>
            <div class="explorer-pair">
            <figure class="explorer-plot" id="explorer-scatter"><div class="tools"><label class="choice"><span>Across</span><select id="explorer-x"></select></label><label class="choice"><span>Up</span><select id="explorer-y"></select></label></div></figure>
            <figure class="explorer-plot" id="explorer-map"><div class="tools"><label class="choice"><span>Mean of</span><select id="explorer-mean"></select></label><label class="choice"><span>Across</span><select id="explorer-map-x"></select></label><label class="choice"><span>Up</span><select id="explorer-map-y"></select></label></div></figure>
            </div>
            <details class="filters" id="explorer-filters"><summary>Filters</summary></details>
            <div id="explorer-table"></div>
            </div>

            """);
        ExplorerData.Write(page, explorer, arms);
    });
}

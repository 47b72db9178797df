namespace TmeSim.Reports;

/// <summary>The section with the tissue of all arms side by side: what can be chosen, and the data. The panes are made by the script.</summary>
internal static class HtmlViewer
{
    public const string Heading = "Tissue over time";

    public static void Write(HtmlText page, TissueViewer viewer, PackedViewer packed) => page.Section("viewer", Heading, () =>
    {
        page.Raw("<noscript><p class=\"note\">This part needs JavaScript; figures and tables below do not.</p></noscript>\n<div id=\"tools\" class=\"tools\" role=\"group\" aria-label=\"What is shown\" hidden=\"hidden\">\n");
        Layers(page, viewer, packed);
        page.Raw("<span class=\"checks\"><label class=\"check\"><input type=\"checkbox\" id=\"show-immune\" />Immune cells</label><label class=\"check\"><input type=\"checkbox\" id=\"show-vessels\" />Vessels</label></span>\n");
        Lesions(page, viewer);
        page.Raw("""
            <label class="choice" id="depth-choice" hidden="hidden"><span>Depth</span><input type="range" id="depth" min="0" max="0" step="1" value="0" /><output id="depth-value" for="depth"></output></label>
            <label class="choice"><span>Speed</span><select id="speed"><option value="1">1 / s</option><option value="3" selected="selected">3 / s</option><option value="6">6 / s</option><option value="12">12 / s</option></select></label>
            <span class="zoom" role="group" aria-label="Zoom"><span aria-hidden="true">Zoom</span><button type="button" id="zoom-out" aria-label="Zoom out">−</button><output id="zoom">1×</output><button type="button" id="zoom-in" aria-label="Zoom in">+</button></span>
            <span class="save" role="group" aria-label="Save what is shown"><button type="button" id="save-view-svg">SVG</button><button type="button" id="save-view-png">PNG</button></span>
            </div>
            <div id="legend" class="legend" hidden="hidden"></div>
            <div id="panes" class="panes"></div>

            """);
        page.Raw($"<p class=\"note\">{HtmlText.Escape(Note(viewer, packed))}</p>\n");
        page.Raw("<p class=\"note scripted\">Point at a site for its cells and values, or move there with the arrow keys when a frame has the focus; Page Up and Page Down change the time, + and − the zoom. Space plays and pauses.</p>\n");
        ViewerData.Write(page, viewer, packed);
    });

    private static void Layers(HtmlText page, TissueViewer viewer, PackedViewer packed)
    {
        page.Raw("<label class=\"choice\"><span>Layer</span><select id=\"layer\"><option value=\"cells\">Cells</option>");
        page.Raw(packed.Lesions.Any(lesion => lesion.Clones.Max > 0) ? "<option value=\"clones\">Clones</option>" : "");
        if (viewer.Fields.Count > 0)
        {
            page.Raw("<optgroup label=\"Fields\">");
            page.Raw(string.Concat(viewer.Fields.Select((field, i) => $"<option value=\"{i}\">{HtmlText.Escape(field.Label)}</option>")));
            page.Raw("</optgroup>");
        }

        page.Raw("</select></label>\n");
    }

    private static void Lesions(HtmlText page, TissueViewer viewer)
    {
        if (viewer.Lesions.Count > 1)
        {
            page.Raw("<label class=\"choice\"><span>Lesion</span><select id=\"lesion\">");
            page.Raw(string.Concat(viewer.Lesions.Select((lesion, i) => $"<option value=\"{i}\">{HtmlText.Escape(lesion)}</option>")));
            page.Raw("</select></label>\n");
        }
    }

    private static string Note(TissueViewer viewer, PackedViewer packed)
    {
        string[] parts =
        [
            viewer.Caption,
            Precision(viewer, packed),
            packed.Lesions.Any(l => l.First?.Every > 1) ? $"One lattice site in {packed.Lesions.Max(l => l.First?.Every)} along each edge is shown." : "",
            packed.Frames.Count < packed.FramesGiven ? $"{packed.Frames.Count} of {packed.FramesGiven} snapshots are kept." : "",
        ];
        return string.Join(' ', parts.Where(part => part.Length > 0));
    }

    // "… each frame's range having 40 steps (Oxygen); 254 steps (VEGF, IFN-γ)."
    private static string Precision(TissueViewer viewer, PackedViewer packed)
    {
        IEnumerable<string> groups = viewer.Fields.Zip(packed.Precisions).GroupBy(item => item.Second).OrderBy(group => group.Key.Steps).Select(group =>
            $"{group.Key.Steps} steps{(group.Key.Every > 1 ? $" at one site in {group.Key.Every} along each edge" : "")} ({string.Join(", ", group.Select(item => item.First.Label))})");
        return viewer.Fields.Count == 0 ? "" : $"Cells are exact. Field values are right within half a step, each frame's range having {string.Join("; ", groups)}.";
    }
}

using System.Globalization;
using TmeSim.Reports.Figures;
using TmeSim.Reports.Html.Viewer;

namespace TmeSim.Reports.Html;

/// <summary>The section with the tissue of all arms side by side: what can be chosen, and the data. The panes are made by the script.</summary>
internal static class HtmlViewer
{
    public const string Heading = "Tissue over time";

    public static void Write(HtmlText page, TissueViewer viewer, PackedViewer packed) => page.Section("viewer", Heading, () =>
    {
        page.Raw("<noscript><p class=\"note\">This part needs JavaScript; figures and tables below do not.</p></noscript>\n<div id=\"tools\" class=\"tools\" role=\"group\" aria-label=\"What is shown\" hidden=\"hidden\">\n");
        Layers(page, viewer, packed);
        page.Raw("<span class=\"checks\"><label class=\"check\"><input type=\"checkbox\" id=\"show-immune\" />Immune cells</label><label class=\"check\"><input type=\"checkbox\" id=\"show-vessels\" />Vessels</label></span>\n");
        Choice(page, "lesion", "Lesion", viewer.Lesions);
        Choice(page, "replicate", "Replicate", [.. packed.Replicates.Select(r => r.ToString(CultureInfo.InvariantCulture))]);
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
        (string Group, string Value, string Label)[] layers =
        [
            .. viewer.Fields.Select((f, i) => (f.Group, i.ToString(CultureInfo.InvariantCulture), f.Label)), .. viewer.Marks.Select((m, i) => (m.Group, $"mark{i}", m.Label)),
        ];
        foreach (var group in layers.GroupBy(l => l.Group))
        {
            page.Raw($"<optgroup label=\"{HtmlText.Escape(group.Key)}\">");
            page.Raw(string.Concat(group.Select(l => $"<option value=\"{l.Value}\">{HtmlText.Escape(l.Label)}</option>")));
            page.Raw("</optgroup>");
        }

        page.Raw("</select></label>\n");
    }

    private static void Choice(HtmlText page, string id, string label, IReadOnlyList<string> names)
    {
        if (names.Count > 1)
        {
            page.Raw($"<label class=\"choice\"><span>{label}</span><select id=\"{id}\">");
            page.Raw(string.Concat(names.Select((name, i) => $"<option value=\"{i}\">{HtmlText.Escape(name)}</option>")));
            page.Raw("</select></label>\n");
        }
    }

    private static string Note(TissueViewer viewer, PackedViewer packed)
    {
        string[] parts =
        [
            Replicates(viewer, packed),
            Precision(viewer, packed),
            CellPalette.KupfferNote,
            packed.Lattices.Any(l => l.First.Every > 1) ? $"One lattice site in {packed.Lattices.Max(l => l.First.Every)} along each edge is shown." : "",
            packed.Frames.Count < packed.FramesGiven ? $"{packed.Frames.Count} of {packed.FramesGiven} snapshots are kept." : "",
        ];
        return string.Join(' ', parts.Where(part => part.Length > 0));
    }

    private static string Replicates(TissueViewer viewer, PackedViewer packed)
    {
        string shown = string.Join(", ", packed.Replicates);
        return packed.Replicates.Count == 0 ? ""
            : packed.Replicates.Count < viewer.Replicates.Count ? $"Replicate{(packed.Replicates.Count == 1 ? "" : "s")} {shown} of {viewer.Replicates.Count} with snapshots: this page has no room for more."
            : packed.Replicates.Count == 1 ? $"Replicate {shown}." : "";
    }

    // "… each frame's range having 40 steps (Oxygen); 254 steps (VEGF, IFN-γ)."
    private static string Precision(TissueViewer viewer, PackedViewer packed)
    {
        IEnumerable<string> groups = viewer.Fields.Zip(packed.Precisions).GroupBy(item => item.Second).OrderBy(group => group.Key.Steps).Select(group =>
            $"{group.Key.Steps} steps{(group.Key.Every > 1 ? $" at one site in {group.Key.Every} along each edge" : "")} ({string.Join(", ", group.Select(item => item.First.Label))})");
        return viewer.Fields.Count == 0 ? "" : $"Cells are exact. Field values are right within half a step, each frame's range having {string.Join("; ", groups)}.{Marks(viewer)}";
    }

    private static string Marks(TissueViewer viewer) =>
        viewer.Marks.Count == 0 ? "" : $" {string.Join(" and ", viewer.Marks.Select(m => m.Label))}: 255 steps.";
}

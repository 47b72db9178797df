using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.Playwright;
using TmeSim.Reports.Figures;
using TmeSim.Reports.Html;
using TmeSim.Reports.Html.Viewer;

namespace TmeSim.Reports.Tests.Browser;

[Collection("browser")]
public partial class ReportPageTests(BrowserFixture browser)
{
    private static readonly Lazy<string> Page = new(() => HtmlReport.Write(ViewerSamples.Content));

    [Fact]
    public async Task Page_Opened_NeedsNoNetworkAndComplainsAboutNothing()
    {
        await using OpenPage page = await browser.Open(Page.Value);
        await page.Painted("day=0", "layer=cells");
        foreach (string layer in (string[])["0", "1", "2", "clones"])
        {
            await page.Find("#layer").SelectOptionAsync(layer);
            await page.Painted("layer=" + layer);
        }

        Assert.Empty(page.Complaints);
        Assert.Equal([page.Page.Url], page.Requests);
    }

    [Fact]
    public async Task HostileNames_AreTextsWithoutEffect()
    {
        await using OpenPage page = await browser.Open(Page.Value);
        await page.Painted("day=0");
        Assert.Equal(1, await page.Page.EvaluateAsync<int>("() => [...document.scripts].filter(s => !s.type).length"));
        Assert.Contains("<script>alert(\"1\")</script>", await page.Page.TitleAsync(), StringComparison.Ordinal);
        Assert.Contains(await page.Texts(".pane-title b"), name => name.StartsWith("<script>alert", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Slider_MovesAllArmsAndTheCursorsOfTheCharts()
    {
        await using OpenPage page = await browser.Open(Page.Value);
        await page.Painted("day=0");
        string[] before = await page.Pictures();
        string[] cursors = await page.Attributes(".time-cursor", "x1");
        await page.Find("#time").FillAsync("2");
        await page.Painted("day=14");
        string[] after = await page.Pictures();
        Assert.Equal(3, before.Zip(after).Count(pair => pair.First != pair.Second));
        Assert.Equal("day 14", await page.Find("#time").GetAttributeAsync("aria-valuetext"));
        Assert.NotEmpty(cursors);
        Assert.All(cursors.Zip(await page.Attributes(".time-cursor", "x1")), pair => Assert.True(double.Parse(pair.Second, CultureInfo.InvariantCulture) > double.Parse(pair.First, CultureInfo.InvariantCulture)));

        // The last arm has no snapshot at day 21: its last one stays, and the pane says so.
        await page.Find("#forward").ClickAsync();
        await page.Page.WaitForFunctionAsync("() => document.querySelectorAll('.pane[data-day=\"21\"]').length === 2");
        Assert.Equal(["21", "21", "14"], await page.Attributes(".pane", "data-day"));
        Assert.Equal("ended day 14", await page.Find(".pane-note:visible").TextContentAsync());
    }

    [Fact]
    public async Task Play_RunsToTheEndAndKeysStep()
    {
        await using OpenPage page = await browser.Open(Page.Value);
        await page.Painted("day=0");
        await page.Find("#speed").SelectOptionAsync("12");
        await page.Find("#play").ClickAsync();
        Assert.Equal("Pause", await page.Find("#play-label").TextContentAsync());
        await page.Page.WaitForFunctionAsync("() => document.getElementById('day').textContent === 'day 21' && document.getElementById('play-label').textContent === 'Play'");
        await page.Find("#time").FocusAsync();
        await page.Page.Keyboard.PressAsync("Home");
        await page.Painted("day=0");
        await page.Page.Keyboard.PressAsync("ArrowRight");
        await page.Painted("day=7");
        await page.Find("#speed").SelectOptionAsync("1");
        await page.Find("#time").FocusAsync();
        await page.Page.Keyboard.PressAsync(" ");
        Assert.Equal("Pause", await page.Find("#play-label").TextContentAsync());
        await page.Page.Keyboard.PressAsync(" ");
        Assert.Equal("Play", await page.Find("#play-label").TextContentAsync());
    }

    [Fact]
    public async Task Layers_LesionsDepthAndOverlays_ChangeWhatIsPainted()
    {
        await using OpenPage page = await browser.Open(Page.Value);
        await page.Painted("layer=cells");
        string[] cells = await page.Pictures();
        await page.Find("#show-vessels").UncheckAsync();
        await page.Page.WaitForFunctionAsync("old => document.querySelector('.pane canvas').toDataURL() !== old", cells[0]);
        await page.Find("#show-immune").UncheckAsync();
        await page.Find("#layer").SelectOptionAsync("0");
        await page.Painted("layer=0");
        Assert.Contains("Oxygen [mmHg]", await page.Find("#legend").TextContentAsync(), StringComparison.Ordinal);
        Assert.InRange((await page.Texts("#legend .ticks > span")).Count, 3, 7);
        string[] oxygen = await page.Pictures();
        Assert.All(cells.Zip(oxygen), pair => Assert.NotEqual(pair.First, pair.Second));
        Assert.False(await page.Find("#depth").IsVisibleAsync());
        await page.Find("#lesion").SelectOptionAsync("1");
        await page.Painted("layer=0", "lesion=1", "depth=1");
        string[] middle = await page.Pictures();
        await page.Find("#depth").FillAsync("2");
        await page.Painted("lesion=1", "depth=2");
        Assert.All(middle.Zip(await page.Pictures()), pair => Assert.NotEqual(pair.First, pair.Second));
        Assert.Equal("layer 25 (500 µm)", await page.Find("#depth-value").TextContentAsync());
    }

    /// <summary>The place of a tumour that is gone is told from paper, and so on dark paper.</summary>
    [Fact]
    public async Task EmptySites_AreHatched_AsTheLegendSays()
    {
        ViewerFrame[] cleared =
        [
            .. ViewerSamples.Frames.Select(f => f with
            {
                Parenchyma = new byte[f.Parenchyma.Length], Immune = new byte[f.Immune.Length], Perfusion = [.. f.Perfusion.Select(_ => float.NaN)],
            }),
        ];
        string html = HtmlReport.Write(ViewerSamples.Content with { Figures = [], Viewer = ViewerSamples.Viewer with { Frames = cleared } });
        await using OpenPage page = await browser.Open(html);
        foreach (ColorScheme scheme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
        {
            await page.Page.EmulateMediaAsync(new() { ColorScheme = scheme });
            await page.Painted("layer=cells");
            Assert.Contains("empty", await page.Texts("#legend .key"));
            double grey = await page.Page.EvaluateAsync<double>("""
                () => {
                  const canvas = document.querySelector('.pane canvas'), data = canvas.getContext('2d').getImageData(canvas.width / 3, canvas.height / 3, 60, 60).data;
                  return data.filter((value, i) => i % 4 === 0 && value === 0x9a).length / 3600;
                }
                """);
            Assert.InRange(grey, 0.2, 0.5);
        }
    }

    [Theory]
    [InlineData("having 65534 steps (Oxygen,")]
    [InlineData("; 65534 steps (Flat)")]
    [InlineData("40 steps (Oxygen")]
    public async Task Hover_AnySite_ShowsTheCellsAndValuesOfTheSnapshot(string precision)
    {
        // Less and less room, until the page holds this precision.
        string html = Enumerable.Range(0, 100).Select(i => HtmlReport.Write(ViewerSamples.Content with { Figures = [] }, 400_000 - (2_000 * i)))
            .First(text => text.Contains(precision, StringComparison.Ordinal));
        await using OpenPage page = await browser.Open(html);
        await page.Painted("day=0");
        await page.Find("#lesion").SelectOptionAsync("1");
        await page.Find("#depth").FillAsync("1");
        await page.Find("#time").FillAsync("1");
        await page.Painted("day=7", "lesion=1", "depth=1");
        ViewerFrame frame = ViewerSamples.Frames.Single(f => f.Arm == ViewerSamples.Arms[2] && f.Lesion != "primary" && f.TimeDays == 7);
        foreach ((int x, int y) in ((int, int)[])[(3, 0), (5, 2), (14, 10), (17, 9), (29, 19)])
        {
            IReadOnlyDictionary<string, string> shown = await Hover(page, 2, x, y);
            int site = (((1 * frame.Ny) + y) * frame.Nx) + x;
            Assert.Equal(CellPaletteName(frame.Parenchyma[site]), shown["parenchyma"]);
            Assert.Equal(CellPalette.ImmuneNames[frame.Immune[site]], shown["immune"]);
            Assert.Equal(frame.Perfusion[site] > 0, shown["vessel"] != "none");
            for (int field = 0; field < 3; field++)
            {
                await Value(page, ViewerSamples.Viewer.Fields[field].Key, frame.Fields[field][site]);
            }

            if (frame.Perfusion[site] > 0)
            {
                await Value(page, "vessel", frame.Perfusion[site]);
            }
        }

        static string CellPaletteName(byte code) => CellPalette.ParenchymaNames[code];
    }

    [Fact]
    public async Task CrossHair_ArrowKeys_ShowAndSayWhatIsThere()
    {
        await using OpenPage page = await browser.Open(Page.Value);
        await page.Painted("day=0");
        await page.Find(".pane canvas").First.FocusAsync();
        await page.Page.Keyboard.PressAsync("ArrowRight");
        await page.Page.Keyboard.PressAsync("ArrowDown");
        await page.Find("#tip[data-site='15,11']").WaitForAsync();
        Assert.Equal(3, await page.Find(".cross:visible").CountAsync());
        Assert.StartsWith("site 15, 11: tissue ", await page.Find("#status").TextContentAsync(), StringComparison.Ordinal);
        await page.Page.Keyboard.PressAsync("PageDown");
        await page.Painted("day=7");
        await page.Page.Keyboard.PressAsync("+");
        await page.Page.WaitForFunctionAsync("() => document.getElementById('zoom').textContent === '1.5×'");
        await page.Page.Keyboard.PressAsync("Escape");
        Assert.False(await page.Find("#tip").IsVisibleAsync());
    }

    [Fact]
    public async Task Table_HeadsSortByNumberWithMissingLast_AndCsvIsCopied()
    {
        await using OpenPage page = await browser.Open(Page.Value);
        await page.Page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        ILocator head = page.Find("#table1 th[scope=col]").Nth(1);
        await head.Locator("button").ClickAsync();
        Assert.Equal(["−9.5 %", "20", "+110.5 %", ""], await page.Texts("#table1 tbody td:nth-child(2)"));
        Assert.Equal("ascending", await head.GetAttributeAsync("aria-sort"));
        await head.Locator("button").ClickAsync();
        Assert.Equal(["+110.5 %", "20", "−9.5 %", ""], await page.Texts("#table1 tbody td:nth-child(2)"));
        Assert.Equal("descending", await head.GetAttributeAsync("aria-sort"));
        await page.Find("#arms summary").ClickAsync();
        await page.Find("#arm2").UncheckAsync();
        await page.Find("#table1 .table-tools button").ClickAsync();
        await page.Find("#table1 .said:text('Table copied')").WaitForAsync();
        string csv = await page.Page.EvaluateAsync<string>("() => navigator.clipboard.readText()");
        string[] lines = csv.Split("\n").Select(line => line.TrimEnd('\r')).ToArray();
        Assert.Equal("Arm,Change [%],\"Note, \"\"quoted\"\"\"", lines[0]);
        Assert.Equal("Control,+110.5 %,x", lines[1]);
        Assert.Equal("Other,20,", lines[2]);
        Assert.EndsWith(",-9.5 %,\"a,b\"", lines[3], StringComparison.Ordinal);
        Assert.Equal(5, lines.Length);
        await page.Find(".command button").ClickAsync();
        await page.Find(".command .said:text('Command copied')").WaitForAsync();
        Assert.Equal("tmesim run \"a b.yaml\" --seed 42", await page.Page.EvaluateAsync<string>("() => navigator.clipboard.readText()"));
    }

    [Fact]
    public async Task Arm_Hidden_IsGoneFromChartsPanesAndTable()
    {
        await using OpenPage page = await browser.Open(Page.Value);
        await page.Painted("day=0");
        await page.Find("#arms summary").ClickAsync();
        await page.Find("#arm1").UncheckAsync();
        Assert.Equal("2 of 3", await page.Find("#arms-shown").TextContentAsync());
        Assert.Equal(2, await page.Find(".pane:visible").CountAsync());
        Assert.Equal(3, await page.Find("#table1 tbody tr:visible").CountAsync());
        int[] groups = await page.Page.EvaluateAsync<int[]>("() => { const name = document.getElementById('arm1').dataset.armName; const own = [...document.querySelectorAll('[data-group]')].filter(g => g.dataset.group === name); return [own.length, own.filter(g => g.getBoundingClientRect().width > 0).length]; }");
        Assert.True(groups[0] > 3);
        Assert.Equal(0, groups[1]);
        await page.Find("#arms-all").ClickAsync();
        Assert.Equal(3, await page.Find(".pane:visible").CountAsync());
    }

    [Fact]
    public async Task Figures_AreSavedAsSvgAndPng()
    {
        await using OpenPage page = await browser.Open(Page.Value);
        await page.Painted("day=0");
        foreach (string place in (string[])["#fig1 .figure-tools", "#fig2 .figure-tools", "#tools .save"])
        {
            (string svgName, byte[] svg) = await page.Saved(place + " button:text-is('SVG')");
            Assert.Matches("^[a-z0-9-]+\\.svg$", svgName);
            Assert.Equal("svg", XDocument.Parse(Encoding.UTF8.GetString(svg)).Root!.Name.LocalName);
            Assert.DoesNotContain("time-cursor", Encoding.UTF8.GetString(svg), StringComparison.Ordinal);
            (string pngName, byte[] png) = await page.Saved(place + " button:text-is('PNG')");
            Assert.Matches("^[a-z0-9-]+\\.png$", pngName);
            Assert.Equal([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], png[..8]);
            int width = (png[18] << 8) | png[19];
            double natural = double.Parse(Width().Match(Encoding.UTF8.GetString(svg)).Groups[1].Value, CultureInfo.InvariantCulture);
            Assert.Equal(2 * natural, width, 2.0);
        }

        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Address_PointsToAView_AndNonsenseInItChangesNothing()
    {
        await using OpenPage page = await browser.Open(Page.Value);
        await page.Painted("day=0");
        await page.Page.EvaluateAsync("() => { location.hash = '#day=12&layer=' + viewerKey(); function viewerKey() { return JSON.parse(document.getElementById('viewer-index').textContent).fields[1].key; } }");
        await page.Painted("day=14", "layer=1");
        await page.Page.EvaluateAsync("() => { location.hash = '#day=soon&layer=<b>'; }");
        await page.Page.EvaluateAsync("() => { location.hash = '#fig1'; }");
        await page.Painted("day=14", "layer=1");
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Chart_Clicked_MovesTime()
    {
        await using OpenPage page = await browser.Open(Page.Value);
        await page.Painted("day=0");
        await page.Page.EvaluateAsync("""
            () => {
              const group = document.querySelector('[data-time-axis]'), svg = group.ownerSVGElement;
              const [left, right, top, bottom, first, last] = group.dataset.timeAxis.split(' ').map(Number);
              const at = new DOMPoint(left + (15 - first) / (last - first) * (right - left), (top + bottom) / 2).matrixTransform(svg.getScreenCTM());
              svg.dispatchEvent(new MouseEvent('click', { clientX: at.x, clientY: at.y, bubbles: true }));
            }
            """);
        await page.Painted("day=14");
    }

    [Theory]
    [InlineData(1280)]
    [InlineData(400)]
    public async Task Page_NoScriptOrNarrow_ShowsFiguresAndTablesWithinTheScreen(int width)
    {
        foreach (bool script in (bool[])[false, true])
        {
            await using OpenPage page = await browser.Open(Page.Value, width, script);
            await page.Find("#fig1 .wide > svg").Locator("visible=true").WaitForAsync();
            Assert.True(await page.Find("#table1 table").IsVisibleAsync());
            Assert.Equal(script, await page.Find("#controls").IsVisibleAsync());
            if (script)
            {
                await page.Painted("day=0");
            }

            Assert.True(await page.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth") <= width);
        }
    }

    private static async Task<IReadOnlyDictionary<string, string>> Hover(OpenPage page, int pane, int x, int y)
    {
        ILocator canvas = page.Find(".pane canvas").Nth(pane);
        await canvas.ScrollIntoViewIfNeededAsync();
        LocatorBoundingBoxResult box = (await canvas.BoundingBoxAsync())!;
        await page.Page.Mouse.MoveAsync((float)(box.X + ((x + 0.5) * box.Width / ViewerSamples.Width)), (float)(box.Y + ((y + 0.5) * box.Height / ViewerSamples.Height)));
        await page.Find($"#tip[data-site='{x},{y}']").WaitForAsync();
        string[] names = await page.Attributes("#tip td", "data-what");
        return names.Zip(await page.Texts("#tip td")).ToDictionary(pair => pair.First, pair => pair.Second);
    }

    // The page's value is within half a step of the snapshot's, and the text has no more digits than the step allows.
    private static async Task Value(OpenPage page, string key, double expected)
    {
        ILocator cell = page.Find($"#tip td[data-what='{key}']");
        double value = double.Parse((await cell.GetAttributeAsync("data-value"))!, CultureInfo.InvariantCulture);
        double half = double.Parse((await cell.GetAttributeAsync("data-half"))!, CultureInfo.InvariantCulture);
        if (double.IsNaN(expected))
        {
            Assert.True(double.IsNaN(value));
            Assert.Equal("missing", await cell.TextContentAsync());
            return;
        }

        Assert.InRange(value, expected - (half * 1.0001) - 1e-9, expected + (half * 1.0001) + 1e-9);
        Match number = Printed().Match((await cell.TextContentAsync())!);
        double printed = double.Parse(number.Value.Replace('−', '-'), CultureInfo.InvariantCulture);
        double unit = Math.Pow(10, -number.Groups[1].Length + (number.Groups[2].Success ? int.Parse(number.Groups[2].Value.Replace('−', '-'), CultureInfo.InvariantCulture) : 0));
        Assert.InRange(printed, value - (unit * 0.5001), value + (unit * 0.5001));
        Assert.True(half == 0 || unit >= half / 5, $"{number.Value} has more digits than ± {half} allows");
    }

    [GeneratedRegex("−?[0-9]+(?:\\.([0-9]+))?(?:e([+−]?[0-9]+))?")]
    private static partial Regex Printed();

    [GeneratedRegex("<svg[^>]* width=\"([0-9.]+)\"")]
    private static partial Regex Width();
}

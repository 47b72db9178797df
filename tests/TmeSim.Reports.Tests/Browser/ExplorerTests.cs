using System.Globalization;
using System.Text;
using Microsoft.Playwright;
using TmeSim.Reports.Html;
using TmeSim.Reports.Html.Explorer;
using TmeSim.Reports.Words;

namespace TmeSim.Reports.Tests.Browser;

[Collection("browser")]
public class ExplorerTests(BrowserFixture browser)
{
    private static readonly Lazy<string> Html = new(() => HtmlReport.Write(ExplorerSamples.Content()));

    private static readonly IReadOnlyList<ExplorerRow> Rows = ExplorerSamples.Create(60).Rows;

    [Fact]
    public async Task Page_WithoutTissue_ShowsAllRunsAndComplainsAboutNothing()
    {
        await using OpenPage page = await Open(180);
        Assert.Equal("180 of 180 runs selected", await page.Find("#explorer-count").TextContentAsync());
        Assert.Equal(180, await page.Find("#explorer-table tbody tr").CountAsync());
        Assert.True(await page.Find("#explorer-reset").IsDisabledAsync());
        foreach (string color in (string[])["0", "2", "5", "arm"])
        {
            await page.Find("#explorer-color").SelectOptionAsync(color);
            await Selected(page, 180);
        }

        Assert.Empty(page.Complaints);
        Assert.Equal([page.Page.Url], page.Requests);
    }

    [Fact]
    public async Task Brush_DraggedOnAnAxis_SelectsInAllViewsAndClickBesideClearsIt()
    {
        await using OpenPage page = await Open(180);
        await DragTrack(page, ExplorerSamples.Density, 0.25, 0.6);
        (double low, double high) = await Range(page, "immune.cd8");
        Assert.InRange(low, 20, 110);
        Assert.InRange(high, low + 30, 180);
        await Selected(page, Count(row => Inside(row, ExplorerSamples.Density, low, high)));
        await ClickTrack(page, ExplorerSamples.Density, 0.95);
        await Selected(page, 180);
    }

    [Fact]
    public async Task Brush_MovedAndResized_KeepsItsLengthOrItsOtherEnd()
    {
        await using OpenPage page = await Open(180);
        await DragTrack(page, ExplorerSamples.Density, 0.2, 0.5);
        (double low, double high) = await Range(page, "immune.cd8");
        await DragTrack(page, ExplorerSamples.Density, 0.35, 0.55);
        (double movedLow, double movedHigh) = await Range(page, "immune.cd8");
        Assert.True(movedLow > low + 20);
        Assert.Equal(high - low, movedHigh - movedLow, 0.5);
        await DragTrack(page, ExplorerSamples.Density, 0.7, 0.8);
        (double resizedLow, double resizedHigh) = await Range(page, "immune.cd8");
        Assert.Equal(movedLow, resizedLow, 0.2);
        Assert.True(resizedHigh > movedHigh + 10);
        await Selected(page, Count(row => Inside(row, ExplorerSamples.Density, resizedLow, resizedHigh)));
    }

    [Fact]
    public async Task Brush_ArrowKeys_MakeMoveAndLengthenIt()
    {
        await using OpenPage page = await Open(180);
        await page.Find(".track").Nth(ExplorerSamples.Density).FocusAsync();
        await page.Page.Keyboard.PressAsync("ArrowUp");
        (double low, double high) = await Range(page, "immune.cd8");
        await page.Page.Keyboard.PressAsync("ArrowDown");
        await page.Page.Keyboard.PressAsync("ArrowDown");
        await page.Page.Keyboard.PressAsync("Shift+ArrowUp");
        await page.Page.Keyboard.PressAsync("Shift+ArrowUp");
        await page.Page.WaitForFunctionAsync("high => Math.abs(Number(document.querySelector(`[data-axis='immune.cd8'][data-end=high]`).value) - high) < 0.3", high);
        (double movedLow, double movedHigh) = await Range(page, "immune.cd8");
        Assert.True(movedLow < low - 2);
        await Selected(page, Count(row => Inside(row, ExplorerSamples.Density, movedLow, movedHigh)));
        Assert.Equal($"CD8 density: {movedLow.ToString("G4", CultureInfo.InvariantCulture)} to {movedHigh.ToString("G4", CultureInfo.InvariantCulture)}", await page.Find(".track").Nth(ExplorerSamples.Density).GetAttributeAsync("aria-label"));
    }

    [Fact]
    public async Task Screen_FineOrResized_IsPaintedPixelByPixel()
    {
        await using OpenPage page = await browser.Open(Html.Value, scale: 2);
        await Selected(page, 180);
        foreach (int width in (int[])[1280, 1000, 500])
        {
            await page.Page.SetViewportSizeAsync(width, 900);
            await page.Page.WaitForFunctionAsync("""
                () => ['lines', 'scatter', 'map'].every(view => {
                  const box = document.querySelector(`#explorer-${view} > div:not(.tools, .legend)`), canvas = box.querySelector('canvas');
                  return Math.abs(canvas.width - 2 * box.clientWidth) <= 2 && Math.abs(canvas.height - 2 * box.clientHeight) <= 2;
                }) && document.documentElement.scrollWidth <= window.innerWidth
                """);
            await Selected(page, 180);
        }
    }

    [Theory]
    [InlineData("Delete")]
    [InlineData("Escape")]
    public async Task Brush_KeyOnItsAxis_DropsIt(string key)
    {
        await using OpenPage page = await Open(180);
        await DragTrack(page, ExplorerSamples.Dose, 0.4, 0.9);
        await Selected(page, Count(row => row.Values[ExplorerSamples.Dose] == 600));
        await page.Page.Keyboard.PressAsync(key);
        await Selected(page, 180);
    }

    [Fact]
    public async Task Brushes_OnSeveralAxes_AreCombinedAndResetDropsAll()
    {
        await using OpenPage page = await Open(180);
        await Fill(page, "cd8.kill_rate", "1", "4");
        await Fill(page, "volume_change", "", "80");
        await Word(page, "immune.pattern", "1", "2");
        await Selected(page, Count(row => Inside(row, 0, 1, 4) && row.Values[ExplorerSamples.Change] <= 80 && row.Values[ExplorerSamples.Pattern] >= 1));
        Assert.Equal(3, await page.Find(".track .range:not([hidden])").CountAsync());
        await page.Find("#explorer-reset").ClickAsync();
        await Selected(page, 180);
        Assert.Equal("", await page.Find("[data-axis='volume_change'][data-end=high]").InputValueAsync());
    }

    [Fact]
    public async Task Numbers_TypedAsDragged_GiveTheSameSelectionAndPicture()
    {
        await using OpenPage page = await Open(180);
        await DragTrack(page, ExplorerSamples.Density, 0.25, 0.6);
        (double low, double high) = await Range(page, "immune.cd8");
        int count = Count(row => Inside(row, ExplorerSamples.Density, low, high));
        await Selected(page, count);
        string[] dragged = await Pictures(page);
        await page.Find("#explorer-reset").ClickAsync();
        await Selected(page, 180);
        Assert.NotEqual(dragged, await Pictures(page));
        await Fill(page, "immune.cd8", Number(low), Number(high));
        await Selected(page, count);
        await page.Page.Mouse.MoveAsync(2, 2);
        Assert.Equal(dragged, await Pictures(page));
    }

    [Fact]
    public async Task Numbers_TheWrongWayRound_SelectNothingAndSaySo()
    {
        await using OpenPage page = await Open(180);
        await Fill(page, "immune.cd8", "150", "50");
        await Selected(page, 0);
        Assert.Equal("true", await page.Find("[data-axis='immune.cd8'][data-end=low]").GetAttributeAsync("aria-invalid"));
        Assert.Equal("No run is selected.", await page.Find("#explorer-table .note").TextContentAsync());
        Assert.True(await page.Find("#explorer-save").IsDisabledAsync());
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task MissingValue_OnABrushedAxis_IsNotSelected()
    {
        await using OpenPage page = await Open(180);
        Assert.Contains(Rows, row => double.IsNaN(row.Values[ExplorerSamples.Time]));
        await Fill(page, "time_to_progression", "-1000", "");
        await Selected(page, Count(row => !double.IsNaN(row.Values[ExplorerSamples.Time])));
    }

    [Fact]
    public async Task Arm_Hidden_IsGoneFromAllViews()
    {
        await using OpenPage page = await Open(180);
        await page.Find("#arms summary").ClickAsync();
        await page.Find("#arm1").UncheckAsync();
        await Selected(page, 120);
        Assert.Equal("120 of 120 runs selected (60 in hidden arms)", await page.Find("#explorer-count").TextContentAsync());
        Assert.DoesNotContain(await page.Texts("#explorer-table tbody td:nth-child(2)"), arm => arm.StartsWith("<script", StringComparison.Ordinal));
        await page.Find("#arms-all").ClickAsync();
        await Selected(page, 180);
    }

    [Fact]
    public async Task Csv_HasTheSelectedRunsAndNoOthers()
    {
        await using OpenPage page = await Open(180);
        await Fill(page, "cd8.kill_rate", "8", "8");
        await Selected(page, 36);
        (string name, byte[] bytes) = await page.Saved("#explorer-save");
        Assert.EndsWith("-selected-runs.csv", name, StringComparison.Ordinal);
        string[] lines = Encoding.UTF8.GetString(bytes).Split("\r\n");
        Assert.Equal("arm,run,replicates,cd8.kill_rate,immune.cd8,immune.pattern,\"dose, \"\"mg\"\"\",volume_change,cd8_tumor,time_to_progression", lines[0]);
        ExplorerRow[] wanted = [.. Rows.Where(row => row.Values[0] == 8)];
        Assert.Equal(wanted.Length + 2, lines.Length);
        Assert.Equal("", lines[^1]);
        foreach ((ExplorerRow row, string line) in wanted.Zip(lines[1..]))
        {
            string numbers = string.Join(',', row.Values.Skip(4).Select(value => double.IsNaN(value) ? "" : Number(value)));
            Assert.StartsWith($"{Field(row.Arm)},{Field(row.Run)},4,8,{Number(row.Values[1])},", line, StringComparison.Ordinal);
            Assert.EndsWith($",{Number(row.Values[3])},{numbers}", line, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Table_HeadClicked_SortsAllSelectedRunsWithMissingLast()
    {
        await using OpenPage page = await Open(180);
        ILocator head = page.Find("#explorer-table th[scope=col]").Nth(3 + ExplorerSamples.Time);
        await head.Locator("button").ClickAsync();
        Assert.Equal("ascending", await head.GetAttributeAsync("aria-sort"));
        int[] rising = await Order(page);
        await head.Locator("button").ClickAsync();
        int[] falling = await Order(page);
        double[] times = [.. Rows.Select(row => row.Values[ExplorerSamples.Time])];
        int missing = times.Count(double.IsNaN);
        Assert.Equal(times.Where(time => !double.IsNaN(time)).Order(), rising.SkipLast(missing).Select(row => times[row]));
        Assert.Equal(times.Where(time => !double.IsNaN(time)).OrderDescending(), falling.SkipLast(missing).Select(row => times[row]));
        Assert.All(rising.TakeLast(missing).Concat(falling.TakeLast(missing)), row => Assert.True(double.IsNaN(times[row])));
    }

    [Fact]
    public async Task Color_ByAnOutput_ChangesLinesPointsAndMapAlike()
    {
        await using OpenPage page = await Open(180);
        string[] arms = await Pictures(page);
        await page.Find("#explorer-color").SelectOptionAsync(Number(ExplorerSamples.Cd8));
        await page.Find("#explorer-legend b:text('CD8 in tumour [/mm²]')").WaitForAsync();
        await Selected(page, 180);
        string[] output = await Pictures(page);
        Assert.Equal(3, arms.Zip(output).Count(pair => pair.First != pair.Second));
        Assert.Equal(Number(ExplorerSamples.Cd8), await page.Find("#explorer-mean").InputValueAsync());
        Assert.Equal(await page.Texts("#explorer-legend .ticks > span"), await page.Texts("#explorer-map .ticks > span"));
    }

    [Fact]
    public async Task Scatter_RectangleDragged_SelectsOnBothAxes()
    {
        await using OpenPage page = await Open(180);
        await page.Find("#explorer-x").SelectOptionAsync(Number(ExplorerSamples.Density));
        await DragArea(page, "#explorer-scatter", 0.2, 0.2, 0.7, 0.8);
        (double left, double right) = await Range(page, "immune.cd8");
        (double low, double high) = await Range(page, "volume_change");
        int count = Count(row => Inside(row, ExplorerSamples.Density, left, right) && Inside(row, ExplorerSamples.Change, low, high));
        Assert.InRange(count, 1, 179);
        await Selected(page, count);
        await DragArea(page, "#explorer-scatter", 0.4, 0.5, 0.5, 0.5);
        Assert.Equal(right - left, (await Range(page, "immune.cd8")).High - (await Range(page, "immune.cd8")).Low, 0.5);
        Assert.True((await Range(page, "immune.cd8")).Low > left + 5);
        await DragArea(page, "#explorer-scatter", 0.05, 0.05, 0.05, 0.05);
        await Selected(page, 180);
    }

    [Fact]
    public async Task Map_CellClicked_SelectsItsRunsAndAgainDropsThem()
    {
        await using OpenPage page = await Open(180);
        await page.Find("#explorer-map-y").SelectOptionAsync(Number(ExplorerSamples.Dose));
        await DragArea(page, "#explorer-map", 0.5, 0.9, 0.5, 0.9);
        await Selected(page, Count(row => row.Values[0] == 2 && row.Values[ExplorerSamples.Dose] == 0));
        await DragArea(page, "#explorer-map", 0.5, 0.9, 0.5, 0.9);
        await Selected(page, 180);
        await DragArea(page, "#explorer-map", 0.5, 0.9, 0.9, 0.4);
        await Selected(page, Count(row => row.Values[0] >= 2 && row.Values[ExplorerSamples.Dose] <= 600));
    }

    [Fact]
    public async Task Map_CellPointedAt_TellsTheMeanOfItsRuns()
    {
        await using OpenPage page = await Open(180);
        await page.Find("#explorer-map-y").SelectOptionAsync(Number(ExplorerSamples.Dose));
        await Fill(page, "immune.cd8", "", "120");
        ExplorerRow[] inside = [.. Rows.Where(row => row.Values[0] == 2 && row.Values[ExplorerSamples.Dose] == 0 && row.Values[ExplorerSamples.Density] <= 120)];
        await Selected(page, Count(row => row.Values[ExplorerSamples.Density] <= 120));
        await PointAt(page, "#explorer-map .plot-area", 0.5, 0.9);
        await page.Find("#tip:visible").WaitForAsync();
        IReadOnlyList<string> texts = await page.Texts("#tip td");
        Assert.Equal("2", texts[0]);
        Assert.Equal("0", texts[1]);
        Assert.Equal(inside.Average(row => row.Values[ExplorerSamples.Change]), double.Parse(texts[2].Replace('−', '-'), CultureInfo.InvariantCulture), 0.05);
        Assert.Equal(Number(inside.Length), texts[3]);
    }

    [Fact]
    public async Task Run_PointedAt_IsToldAndMarkedInAllViews()
    {
        await using OpenPage page = await Open(180);
        await Fill(page, "cd8.kill_rate", "8", "8");
        await Fill(page, "immune.cd8", "", "60");
        ExplorerRow[] left = [.. Rows.Where(row => row.Values[0] == 8 && row.Values[1] <= 60)];
        await Selected(page, left.Length);
        string[] before = await Tops(page);
        await PointAt(page, ".track >> nth=0", 0.5, 0.015, 4);
        await page.Find("#tip:visible").WaitForAsync();
        string name = (await page.Find("#tip b").TextContentAsync())!;
        Assert.Contains(left, row => row.Run == name);
        Assert.Equal("8", (await page.Texts("#tip td"))[2]);
        Assert.Equal(3, before.Zip(await Tops(page)).Count(pair => pair.First != pair.Second));
        Assert.Equal(name, await page.Find("#explorer-table tr.shown th").TextContentAsync());
        await page.Page.Mouse.MoveAsync(2, 2);
        await page.Find("#tip").WaitForAsync(new() { State = WaitForSelectorState.Hidden });
        Assert.Equal(before, await Tops(page));
    }

    [Fact]
    public async Task Axes_AreMovedTurnedOverAndHidden()
    {
        await using OpenPage page = await Open(180);
        string[] names = [.. await page.Texts(".axis-name")];
        await page.Find(".axis-name").First.FocusAsync();
        await page.Page.Keyboard.PressAsync("ArrowRight");
        Assert.Equal([names[1], names[0], .. names[2..]], await page.Texts(".axis-name"));
        Assert.True(await page.Page.EvaluateAsync<bool>("() => document.activeElement === document.querySelectorAll('.axis-name')[1]"));
        LocatorBoundingBoxResult from = (await page.Find(".axis-name").Nth(1).BoundingBoxAsync())!, to = (await page.Find(".axis-name").Nth(4).BoundingBoxAsync())!;
        await Drag(page, (from.X + 20, from.Y + 5), (to.X + 20, to.Y + 5));
        Assert.Equal([names[1], names[2], names[3], names[4], names[0], .. names[5..]], await page.Texts(".axis-name"));

        await page.Find(".axis >> nth=0 >> button[aria-pressed]").ClickAsync();
        await DragTrack(page, 0, 0.25, 0.6);
        (double low, double high) = await Range(page, "immune.cd8");
        Assert.InRange(low, 70, 110);
        Assert.InRange(high, 130, 170);
        await Selected(page, Count(row => Inside(row, ExplorerSamples.Density, low, high)));

        // A hidden axis selects nothing in secret.
        await page.Find(".axis >> nth=0 >> button >> nth=2").ClickAsync();
        await Selected(page, 180);
        Assert.Equal("6 of 7", await page.Find("#explorer-axes-shown").TextContentAsync());
        await page.Find("#explorer-axes summary").ClickAsync();
        await page.Find("#explorer-axes button").ClickAsync();
        Assert.Equal(7, await page.Find(".axis").CountAsync());
    }

    [Fact]
    public async Task Link_OpenedAgain_ShowsTheSameSelectionAndNonsenseChangesNothing()
    {
        await using OpenPage page = await Open(180);
        await page.Page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await Fill(page, "dose, \"mg\"", "300", "600");
        await Fill(page, "volume_change", "", "-5.5");
        await page.Find("#explorer-color").SelectOptionAsync(Number(ExplorerSamples.Cd8));
        int count = Count(row => Inside(row, ExplorerSamples.Dose, 300, 600) && row.Values[ExplorerSamples.Change] <= -5.5);
        Assert.InRange(count, 1, 179);
        await Selected(page, count);
        await page.Find("#explorer-link").ClickAsync();
        await page.Find(".said:text('Link copied')").WaitForAsync();
        string link = await page.Page.EvaluateAsync<string>("() => navigator.clipboard.readText()");
        await page.Find("#explorer-reset").ClickAsync();
        await Selected(page, 180);
        await page.Page.EvaluateAsync("link => { location.hash = new URL(link).hash; }", link);
        await Selected(page, count);
        await page.Page.ReloadAsync();
        await Selected(page, count);
        Assert.Equal(Number(ExplorerSamples.Cd8), await page.Find("#explorer-color").InputValueAsync());
        await page.Page.EvaluateAsync("() => { location.hash = '#explorer'; }");
        await page.Page.EvaluateAsync("() => new Promise(done => setTimeout(done, 100))");
        await Selected(page, count);
        await page.Page.EvaluateAsync("() => { location.hash = '#explorer=' + encodeURIComponent('%zz~1 nothing~1~2 volume_change~x~y volume_change') + '&color=<b>'; }");
        await Selected(page, 180);
        Assert.Empty(page.Complaints);
    }

    [Theory]
    [InlineData(1280)]
    [InlineData(400)]
    public async Task Page_AnyState_BreaksNoRuleOfAxeAndStaysWithinTheScreen(int width)
    {
        await using OpenPage page = await Open(180, width);
        Assert.Empty(await page.Violations(browser.Axe));
        await DragTrack(page, 0, 0.2, 0.7);
        await Fill(page, "immune.cd8", "150", "50");
        await page.Find("#explorer-table th button").First.ClickAsync();
        await page.Find("#explorer-color").SelectOptionAsync("2");
        await page.Page.EvaluateAsync("() => document.querySelectorAll('details').forEach(d => { d.open = true; })");
        await PointAt(page, "#explorer-map .plot-area", 0.5, 0.5);
        await page.Find("#tip:visible").WaitForAsync();
        Assert.Empty(await page.Violations(browser.Axe));
        Assert.True(await page.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth") <= width);
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task TwentyThousandRuns_RespondToABrush()
    {
        SweepExplorer explorer = ExplorerSamples.Create(20_000 / 3 + 1);
        await using OpenPage page = await browser.Open(HtmlReport.Write(ExplorerSamples.Content() with { Explorer = explorer }));
        await Selected(page, explorer.Rows.Count);
        await DragTrack(page, ExplorerSamples.Density, 0.25, 0.6);
        (double low, double high) = await Range(page, "immune.cd8");
        await Selected(page, explorer.Rows.Count(row => Inside(row, ExplorerSamples.Density, low, high)));
        Assert.Equal(200, await page.Find("#explorer-table tbody tr").CountAsync());
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task LargeTable_SavedAsCsv_HasTheNumbersAsGiven()
    {
        SweepExplorer explorer = ExplorerSamples.Create(4_000);
        await using OpenPage page = await browser.Open(HtmlReport.Write(ExplorerSamples.Content() with { Explorer = explorer }));
        await Selected(page, explorer.Rows.Count);
        string[] lines = Encoding.UTF8.GetString((await page.Saved("#explorer-save")).Bytes).Split("\r\n");
        Assert.Equal(explorer.Rows.Count + 2, lines.Length);
        Assert.Equal(explorer.Rows.Select(row => Number(row.Values[ExplorerSamples.Change])), lines[1..^1].Select(line => line.Split(',')[^3]));
    }

    [Fact]
    public async Task OddSweeps_AreShownWithoutComplaint()
    {
        ExplorerAxis[] axes = [new("a", "A", "1"), new("b", "B", "1", Words: ["only"]), new("c", "C", "1", IsOutput: true), new("d", "D", "1", IsOutput: true)];
        SweepExplorer[] sweeps =
        [
            new() { Title = "One run", Axes = axes, Rows = [new("Control", "", [1, 0, 2, double.NaN])] },
            new() { Title = "One axis", Axes = axes[..1], Rows = [new("Control", "p", [1]), new("Control", "q", [2])] },
            new() { Title = "Words alone", Axes = axes[1..2], Rows = [new("Control", "p", [0])] },
            new() { Title = "Nothing known", Axes = axes, Rows = [new("Control", "p", [double.NaN, double.NaN, double.NaN, double.NaN]), new("Other", "p", [double.NaN, double.NaN, double.NaN, double.NaN])] },
            new() { Title = "Outputs alone", Axes = axes[2..], Rows = [.. Enumerable.Range(0, 400).Select(i => new ExplorerRow("Control", "p" + i, [i, -1e300 * i]))] },
        ];
        foreach (SweepExplorer sweep in sweeps)
        {
            await using OpenPage page = await browser.Open(HtmlReport.Write(ExplorerSamples.Content() with { Explorer = sweep }));
            await page.Find($"#explorer-table[data-rows='{sweep.Rows.Count}']").WaitForAsync();
            await DragTrack(page, 0, 0.1, 0.9);
            await page.Page.EmulateMediaAsync(new() { Media = Media.Print });
            Assert.Empty(page.Complaints);
        }
    }

    private static string Field(string text) =>
        PlainText.Clean(text) is var clean && clean.AsSpan().ContainsAny(',', '"') ? $"\"{clean.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : clean;

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static bool Inside(ExplorerRow row, int axis, double low, double high) => row.Values[axis] >= low && row.Values[axis] <= high;

    private static int Count(Func<ExplorerRow, bool> wanted) => Rows.Count(wanted);

    private async Task<OpenPage> Open(int count, int width = 1280)
    {
        OpenPage page = await browser.Open(Html.Value, width);
        await Selected(page, count);
        await page.Page.EvaluateAsync("() => { document.querySelector('.filters').open = true; }");
        return page;
    }

    /// <summary>Waits until all views show so many runs; the plots leave out those without a value on their axes, which the samples have on none of the first ones.</summary>
    private static async Task Selected(OpenPage page, int count)
    {
        string rows = $"[data-rows='{count}']";
        await page.Find($"#explorer-lines{rows}").WaitForAsync();
        await page.Find($"#explorer-scatter{rows}").WaitForAsync();
        await page.Find($"#explorer-map{rows}").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await page.Find($"#explorer-table{rows}").WaitForAsync();
        Assert.StartsWith(count.ToString("N0", CultureInfo.InvariantCulture).Replace(',', '\u202f') + " of ", await page.Find("#explorer-count").TextContentAsync(), StringComparison.Ordinal);
    }

    private static async Task Fill(OpenPage page, string axis, string low, string high)
    {
        string own = $"[data-axis='{axis}']";
        await page.Find(own + "[data-end=low]").FillAsync(low);
        await page.Find(own + "[data-end=high]").FillAsync(high);
    }

    private static async Task Word(OpenPage page, string axis, string low, string high)
    {
        await page.Find($"[data-axis='{axis}'][data-end=low]").SelectOptionAsync(low);
        await page.Find($"[data-axis='{axis}'][data-end=high]").SelectOptionAsync(high);
    }

    /// <summary>Ends of a range as its fields show them.</summary>
    private static async Task<(double Low, double High)> Range(OpenPage page, string axis)
    {
        await page.Page.WaitForFunctionAsync("axis => document.querySelector(`[data-axis='${axis}'][data-end=low]`).value !== '' && document.querySelector(`[data-axis='${axis}'][data-end=high]`).value !== ''", axis);
        return (await Read("low"), await Read("high"));

        async Task<double> Read(string end) => double.Parse(await page.Find($"[data-axis='{axis}'][data-end={end}]").InputValueAsync(), CultureInfo.InvariantCulture);
    }

    private static async Task Drag(OpenPage page, (float X, float Y) from, (float X, float Y) to)
    {
        await page.Page.Mouse.MoveAsync(from.X, from.Y);
        await page.Page.Mouse.DownAsync();
        await page.Page.Mouse.MoveAsync(to.X, to.Y, new() { Steps = 4 });
        await page.Page.Mouse.UpAsync();
        await page.Page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
    }

    /// <summary>Drags along the axis at a place between parts of its length, counted from below.</summary>
    private static async Task DragTrack(OpenPage page, int place, double from, double to)
    {
        LocatorBoundingBoxResult box = await Box(page.Find(".track").Nth(place));
        float x = box.X + (box.Width / 2);
        await Drag(page, (x, (float)(box.Y + (box.Height * (1 - from)))), (x, (float)(box.Y + (box.Height * (1 - to)))));
    }

    private static async Task ClickTrack(OpenPage page, int place, double part) => await DragTrack(page, place, part, part);

    /// <summary>Drags in a plot between parts of its width and height, counted from the left and from above.</summary>
    private static async Task DragArea(OpenPage page, string plot, double left, double top, double right, double bottom)
    {
        LocatorBoundingBoxResult box = await Box(page.Find(plot + " .plot-area"));
        await Drag(page, ((float)(box.X + (box.Width * left)), (float)(box.Y + (box.Height * top))), ((float)(box.X + (box.Width * right)), (float)(box.Y + (box.Height * bottom))));
    }

    private static async Task PointAt(OpenPage page, string selector, double left, double top, float beside = 0)
    {
        LocatorBoundingBoxResult box = await Box(page.Find(selector));
        await page.Page.Mouse.MoveAsync((float)(box.X + (box.Width * left)) + beside, (float)(box.Y + (box.Height * top)), new() { Steps = 2 });
    }

    private static async Task<LocatorBoundingBoxResult> Box(ILocator element)
    {
        await element.EvaluateAsync("e => e.scrollIntoView({ block: 'center', behavior: 'instant' })");
        return (await element.BoundingBoxAsync())!;
    }

    private static async Task<int[]> Order(OpenPage page) => [.. (await page.Attributes("#explorer-table tbody tr", "data-row")).Select(row => int.Parse(row, CultureInfo.InvariantCulture))];

    /// <summary>What lines, points and map show, without marks.</summary>
    private static async Task<string[]> Pictures(OpenPage page) => await page.Page.EvaluateAsync<string[]>(
        "() => [['lines', 1], ['scatter', 1], ['map', 0]].map(([view, layer]) => document.querySelectorAll(`#explorer-${view} div > canvas[aria-hidden]`)[layer].toDataURL())");

    private static async Task<string[]> Tops(OpenPage page) => await page.Page.EvaluateAsync<string[]>(
        "() => ['lines', 'scatter', 'map'].map(view => document.querySelectorAll(`#explorer-${view} div > canvas[aria-hidden]`)[2].toDataURL())");
}

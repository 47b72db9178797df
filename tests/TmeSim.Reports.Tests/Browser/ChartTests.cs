using System.Globalization;
using System.Text.Json;
using TmeSim.Reports.Figures;
using TmeSim.Reports.Html;
using TmeSim.Reports.Words;

namespace TmeSim.Reports.Tests.Browser;

[Collection("browser")]
public class ChartTests(BrowserFixture browser)
{
    // Days of the first panel's axis at a place of the screen, and back.
    private const string AtDay = """
        day => {
          const svg = [...document.querySelectorAll('#fig1 .wide > svg')].find(s => s.getBoundingClientRect().width > 0);
          svg.scrollIntoView({ behavior: 'instant', block: 'center' });
          const [left, right, top, bottom, first, last] = svg.querySelector('[data-time-axis]').dataset.timeAxis.split(' ').map(Number);
          const at = new DOMPoint(left + (day - first) / (last - first) * (right - left), (top + bottom) / 2).matrixTransform(svg.getScreenCTM());
          return [at.x, at.y];
        }
        """;

    private const string TextContrast = """
        () => {
          const luminance = color => color.match(/[\d.]+/g).slice(0, 3).map(v => v / 255).map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
            .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
          const paper = luminance(getComputedStyle(document.body).backgroundColor);
          const texts = [...document.querySelectorAll('.plot svg text:not([data-own], [fill="none"])')].filter(text => text.getBoundingClientRect().width > 0);
          return texts.map(text => luminance(getComputedStyle(text).fill)).map(own => (Math.max(own, paper) + 0.05) / (Math.min(own, paper) + 0.05));
        }
        """;

    private static readonly Figure Course = Samples.Figures().First(item => item.Name == "time course").Figure;

    private static readonly ReportContent Content = ViewerSamples.Content with { Figures = [new ReportFigure("Course", Course), .. ViewerSamples.Content.Figures] };

    [Fact]
    public async Task TimeCursor_ShowsTheValuesOfTheFigure()
    {
        await using OpenPage page = await browser.Open(HtmlReport.Write(Content));
        await page.Painted("day=0");
        await page.Find("#time").FillAsync("2");
        await page.Painted("day=14");
        Assert.Equal("Values on day 14", await page.Find("#fig1 .readout summary").TextContentAsync());
        Panel[] panels = [.. Course.Panels.OfType<Panel>()];
        IReadOnlyList<string> heads = await page.Texts("#fig1 .readout thead th"), arms = await page.Texts("#fig1 .readout tbody th");
        Assert.Equal(panels.Select(panel => PlainText.Clean(panel.Y.Label) + (panel.Y.Unit.Length > 0 ? $" [{panel.Y.Unit}]" : "")), heads);
        Assert.NotEmpty(arms);
        IReadOnlyList<string> cells = await page.Texts("#fig1 .readout td:not(thead td)");
        for (int i = 0; i < cells.Count; i++)
        {
            AssertValue(Value(panels[i % heads.Count], arms[i / heads.Count], 14), cells[i]);
        }

        // Hidden arms have no row.
        await page.Find("#arms summary").ClickAsync();
        await page.Find("#arm0").UncheckAsync();
        Assert.Equal(arms.Where(arm => arm != PlainText.Clean(ViewerSamples.Arms[0])), await page.Texts("#fig1 .readout tbody th"));
    }

    [Theory]
    [InlineData(1280)]
    [InlineData(400)]
    public async Task Pointer_OverATimeCourse_ShowsTheValuesOfThatDayBesideALine(int width)
    {
        await using OpenPage page = await browser.Open(HtmlReport.Write(Content), width);
        await page.Painted("day=0");
        await page.Find("#fig1 .wide > svg").Locator("visible=true").WaitForAsync();
        float[] at = await page.Page.EvaluateAsync<float[]>(AtDay, 10);
        await page.Page.Mouse.MoveAsync(at[0], at[1]);
        await page.Find("#tip:visible").WaitForAsync();
        Assert.Equal("day 10", await page.Find("#tip b").TextContentAsync());
        IReadOnlyList<string> arms = await page.Texts("#tip th"), values = await page.Texts("#tip td");
        Assert.NotEmpty(arms);
        foreach ((string arm, string value) in arms.Zip(values))
        {
            AssertValue(Value(Course.Panels[0]!, arm, 10), value);
        }

        Assert.Equal(1, await page.Find(".pointer-mark:not([display])").CountAsync());
        await page.Page.Mouse.MoveAsync(2, 2);
        Assert.False(await page.Find("#tip").IsVisibleAsync());
        Assert.Equal(0, await page.Find(".pointer-mark:not([display])").CountAsync());
    }

    [Theory]
    [InlineData(1280)]
    [InlineData(400)]
    public async Task Charts_FillTheirColumnWithLettersThatCanBeRead(int width)
    {
        await using OpenPage page = await browser.Open(HtmlReport.Write(Content), width);
        await page.Painted("day=0");
        await page.Find("#fig1 .wide > svg").Locator("visible=true").WaitForAsync();
        JsonElement charts = await page.Page.EvaluateAsync<JsonElement>("""
            () => [...document.querySelectorAll('.plot .wide > svg')].filter(svg => svg.getBoundingClientRect().width > 0).map(svg => ({
              width: svg.getBoundingClientRect().width, box: svg.parentElement.clientWidth,
              letters: Math.min(...[...svg.querySelectorAll('text')].map(t => t.getAttribute('font-size') * svg.getBoundingClientRect().width / svg.viewBox.baseVal.width)) }))
            """);
        Assert.NotEqual(0, charts.GetArrayLength());
        foreach (JsonElement chart in charts.EnumerateArray())
        {
            Assert.True(chart.GetProperty("letters").GetDouble() >= 6, chart.ToString());
            Assert.True(chart.GetProperty("width").GetDouble() >= chart.GetProperty("box").GetDouble() - 1, chart.ToString());
        }

        Assert.True(await page.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth") <= width);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Charts_LightOrDark_HaveTextThatContrastsWithTheirPaper(bool dark)
    {
        await using OpenPage page = await browser.Open(HtmlReport.Write(Content), dark: dark);
        await page.Painted("day=0");
        double[] contrasts = await page.Page.EvaluateAsync<double[]>(TextContrast);
        Assert.NotEmpty(contrasts);
        Assert.True(contrasts.Min() >= 4.5, string.Create(CultureInfo.InvariantCulture, $"contrast {contrasts.Min():0.00}"));
    }

    [Fact]
    public async Task Charts_SavedFromADarkPage_AreThoseOfALightOne()
    {
        var saved = new List<byte[]>();
        foreach (bool dark in (bool[])[false, true])
        {
            await using OpenPage page = await browser.Open(HtmlReport.Write(Content), dark ? 400 : 1280, dark: dark);
            await page.Painted("day=0");
            saved.Add((await page.Saved("#fig1 .figure-tools button:text-is('SVG')")).Bytes);
        }

        Assert.Equal(saved[0], saved[1]);
    }

    // A value between two points lies on the straight line between them.
    private static double Value(Panel panel, string arm, double day)
    {
        double at = day / panel.DaysPerX!.Value;
        LineElement line = panel.Elements.OfType<LineElement>().Single(element => element.Group is { } group && PlainText.Clean(group) == arm);
        int after = Enumerable.Range(0, line.X.Count).FirstOrDefault(i => line.X[i] >= at - 1e-9, -1);
        if (after < 0)
        {
            return double.NaN;
        }

        double part = line.X[after] - at < 1e-6 ? 1 : (at - line.X[after - 1]) / (line.X[after] - line.X[after - 1]);
        return part == 1 ? line.Y[after] : line.Y[after - 1] + ((line.Y[after] - line.Y[after - 1]) * part);
    }

    private static void AssertValue(double expected, string text)
    {
        if (!double.IsFinite(expected))
        {
            Assert.Equal("–", text);
            return;
        }

        string number = text.Split('\u00A0')[0].Replace('−', '-').Replace("\u202F", "", StringComparison.Ordinal);
        Assert.Equal(expected, double.Parse(number, CultureInfo.InvariantCulture), Math.Max(1e-9, Math.Abs(expected) * 2e-3));
    }
}

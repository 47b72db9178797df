using System.Text;
using System.Text.Json;
using TmeSim.Reports.Figures;
using TmeSim.Reports.Tests.Domain;
using TmeSim.Reports.Tests.Domain.Trials;
using TmeSim.Reports.Plots;

namespace TmeSim.Reports.Tests.Browser;

[Collection("browser")]
public class FigureTextTests(BrowserFixture browser)
{
    private const string Measure = """
        () => [...document.querySelectorAll('svg')].map(svg => {
          const frame = svg.getBoundingClientRect();
          return [...svg.querySelectorAll('text:not([fill=none])')].map(text => {
            const box = text.getBoundingClientRect();
            return { text: text.textContent, left: box.left - frame.left, top: box.top - frame.top, right: box.right - frame.left, bottom: box.bottom - frame.top, width: frame.width, height: frame.height };
          });
        })
        """;

    // Line boxes of the browser are taller than letters (1.15 em); texts set on top of each other may share that air.
    private const double LineAir = 0.16;

    private const int PerPage = 60;

    [Fact]
    public async Task EveryFigure_MeasuredInChromium_TextNeitherOverlapsNorLeavesTheFrame()
    {
        (string Name, Figure Figure)[] figures = [.. Samples.Figures(), .. Samples.Matrix(), .. SweepSamples.Figures(), .. TrialSamples.Figures()];
        var faults = new List<string>();
        foreach ((string Name, Figure Figure)[] some in figures.Chunk(PerPage))
        {
            faults.AddRange(await FaultsOf(some));
        }

        Assert.Empty(faults);
    }

    private async Task<List<string>> FaultsOf((string Name, Figure Figure)[] figures)
    {
        var html = new StringBuilder("<!DOCTYPE html><meta charset=\"utf-8\"><body>");
        foreach ((int index, (string _, Figure figure)) in figures.Index())
        {
            html.Append(SvgFile.Write(figure, $"f{index}"));
        }

        await using OpenPage page = await browser.Open(html.ToString());
        JsonElement measured = await page.Page.EvaluateAsync<JsonElement>(Measure);
        var faults = new List<string>();
        foreach ((int index, JsonElement svg) in measured.EnumerateArray().Index())
        {
            Text[] texts = [.. svg.EnumerateArray().Select(Read)];
            Assert.NotEmpty(texts);
            for (int i = 0; i < texts.Length; i++)
            {
                faults.AddRange(texts[i].Inside ? [] : [$"{figures[index].Name}: '{texts[i].Content}' leaves the frame"]);
                faults.AddRange(texts[(i + 1)..].Where(texts[i].Overlaps).Select(other => $"{figures[index].Name}: '{texts[i].Content}' and '{other.Content}' overlap"));
            }
        }

        Assert.Equal(figures.Length, measured.GetArrayLength());
        return faults;
    }

    private static Text Read(JsonElement box)
    {
        double Get(string name) => box.GetProperty(name).GetDouble();
        double width = Get("right") - Get("left"), height = Get("bottom") - Get("top");
        bool upright = width >= height;
        double air = LineAir * Math.Min(width, height) / 2;
        (double x, double y) = upright ? (0.5, air) : (air, 0.5);
        return new Text(
            box.GetProperty("text").GetString()!, Get("left") + x, Get("top") + y, Get("right") - x, Get("bottom") - y,
            Get("left") >= -0.5 && Get("right") <= Get("width") + 0.5 && Get("top") >= -0.5 && Get("bottom") <= Get("height") + 0.5);
    }

    private sealed record Text(string Content, double Left, double Top, double Right, double Bottom, bool Inside)
    {
        public bool Overlaps(Text other) => other.Left < Right && other.Right > Left && other.Top < Bottom && other.Bottom > Top;
    }
}

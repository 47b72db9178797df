using System.Globalization;
using Microsoft.Playwright;
using TmeSim.Reports.Html;
using TmeSim.Reports.Html.Viewer;

namespace TmeSim.Reports.Tests.Browser;

/// <summary>Replicates, traits of cells and arms on lattices of their own in the page.</summary>
[Collection("browser")]
public class ReplicateTests(BrowserFixture browser)
{
    private static readonly Lazy<string> Page = new(() => HtmlReport.Write(ReplicateSamples.Content));

    [Fact]
    public async Task ArmsOnDifferentLattices_AreShownTogether()
    {
        await using OpenPage page = await browser.Open(Page.Value);
        await page.Painted("day=0", "replicate=0");
        Assert.Equal(2, await page.Find(".pane canvas:visible").CountAsync());
        Assert.Equal(0, await page.Find(".pane .empty:visible").CountAsync());
        Assert.Equal(0, await page.Find("#lesion").CountAsync());
        Assert.Equal(["400 µm × 320 µm", "240 µm × 200 µm"], (await page.Texts(".pane .counts")).Select(t => t.Split(" · ")[0]));

        // A site stands where it is as far from the middle; what lies beyond the smaller lattice has none there.
        await Point(page, 0, 10, 8, 20, 16);
        Assert.Equal(2, await page.Find(".cross:visible").CountAsync());
        await Point(page, 0, 1, 1, 20, 16);
        Assert.Equal(1, await page.Find(".cross:visible").CountAsync());
    }

    [Fact]
    public async Task Replicate_IsChosenByKeyboardAndByAddress()
    {
        await using OpenPage page = await browser.Open(Page.Value);
        await page.Painted("replicate=0");
        string[] first = await page.Pictures();
        Assert.Equal(["0", "1", "2"], await page.Texts("#replicate option"));
        await page.Find("#replicate").FocusAsync();
        await page.Page.Keyboard.PressAsync("ArrowDown");
        await page.Page.WaitForFunctionAsync("() => document.querySelector('.pane').dataset.replicate === '1'");
        Assert.NotEqual(first[0], (await page.Pictures())[0]);
        Assert.Equal("no snapshots of replicate 1", await page.Find(".pane .empty:visible").TextContentAsync());
        await page.Page.EvaluateAsync("() => { location.hash = '#replicate=2&day=7&layer=cd163'; }");
        await page.Page.WaitForFunctionAsync("() => { const { replicate, day, layer } = document.querySelector('.pane').dataset; return replicate === '2' && day === '7' && layer === 'mark0'; }");
        Assert.Equal("2", await page.Find("#replicate").InputValueAsync());
        await page.Page.EvaluateAsync("() => { location.hash = '#replicate=9'; }");
        Assert.Equal("2", await page.Find("#replicate").InputValueAsync());
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Traits_HaveAColourBar_AndTheirValuesAtThePointer()
    {
        await using OpenPage page = await browser.Open(Page.Value);
        await page.Painted("day=0");
        Assert.Equal(["Fields", "Traits"], await page.Attributes("#layer optgroup", "label"));
        string[] cells = await page.Pictures();
        await page.Find("#layer").SelectOptionAsync("mark0");
        await page.Painted("layer=mark0");
        Assert.NotEqual(cells[0], (await page.Pictures())[0]);
        Assert.Contains("CD163 score of each macrophage", await page.Find("#legend").TextContentAsync(), StringComparison.Ordinal);
        ViewerFrame frame = ReplicateSamples.Frames[0];
        await Point(page, 0, 3, 0, 20, 16);
        Assert.Equal(frame.Marks[0][3], double.Parse((await page.Find("#tip td[data-what='cd163']").GetAttributeAsync("data-value"))!, CultureInfo.InvariantCulture), 0.002);
        await Point(page, 0, 4, 0, 20, 16);
        Assert.Equal("no macrophage", await page.Find("#tip td[data-what='cd163']").TextContentAsync());
        Assert.Equal(0, await page.Find("#tip td[data-what='mhc1']").CountAsync());
        await page.Find("#layer").SelectOptionAsync("1");
        await page.Painted("layer=1");
        await Point(page, 0, 4, 0, 20, 16);
        Assert.Equal("no tumour cell", await page.Find("#tip td[data-what='mhc1']").TextContentAsync());
        await Point(page, 0, 10, 8, 20, 16);
        Assert.Equal(frame.Fields[1][(8 * 20) + 10], double.Parse((await page.Find("#tip td[data-what='mhc1']").GetAttributeAsync("data-value"))!, CultureInfo.InvariantCulture), 0.002);

        // A vessel without perfusion is a vessel.
        await Point(page, 0, 8, 1, 20, 16);
        Assert.StartsWith("perfusion 0", await page.Find("#tip td[data-what='vessel']").TextContentAsync(), StringComparison.Ordinal);
    }

    private static async Task Point(OpenPage page, int pane, int x, int y, int nx, int ny)
    {
        ILocator canvas = page.Find(".pane canvas").Nth(pane);
        await canvas.ScrollIntoViewIfNeededAsync();
        LocatorBoundingBoxResult box = (await canvas.BoundingBoxAsync())!;
        await page.Page.Mouse.MoveAsync((float)(box.X + ((x + 0.5) * box.Width / nx)), (float)(box.Y + ((y + 0.5) * box.Height / ny)));
        await page.Find($"#tip[data-site='{x},{y}']").WaitForAsync();
    }
}

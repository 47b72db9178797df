using TmeSim.Reports.Html;

namespace TmeSim.Reports.Tests.Browser;

[Collection("browser")]
public class AccessibilityTests(BrowserFixture browser)
{
    [Theory]
    [InlineData(1280, false)]
    [InlineData(1280, true)]
    [InlineData(400, false)]
    [InlineData(400, true)]
    public async Task Page_AnyState_BreaksNoRuleOfAxe(int width, bool dark)
    {
        await using OpenPage page = await browser.Open(HtmlReport.Write(ViewerSamples.Content), width, dark: dark);
        await page.Painted("day=0");
        Assert.Empty(await page.Violations(browser.Axe));

        // A field at the end, where an arm has ended; a menu open, a table sorted, a site pointed at.
        await page.Find("#layer").SelectOptionAsync("0");
        await page.Find("#lesion").SelectOptionAsync("1");
        await page.Find("#time").FillAsync("3");
        await page.Find("#table1 th button").First.ClickAsync();
        await page.Find(".table-tools button").First.ClickAsync();
        await page.Find(".pane canvas").First.FocusAsync();
        await page.Page.Keyboard.PressAsync("ArrowRight");
        await page.Find("#tip:visible").WaitForAsync();
        await page.Page.EvaluateAsync("() => document.querySelectorAll('details').forEach(d => { d.open = true; })");
        Assert.Empty(await page.Violations(browser.Axe));
    }

    [Fact]
    public async Task Controls_HaveNamesAndVisibleFocus()
    {
        await using OpenPage page = await browser.Open(HtmlReport.Write(ViewerSamples.Content));
        await page.Painted("day=0");
        string[] unnamed = await page.Page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll('button, input, select, canvas[tabindex]')].filter(e => !e.closest('[hidden]'))
              .filter(e => !(e.getAttribute('aria-label') || e.textContent.trim() || e.labels?.[0]?.textContent.trim())).map(e => e.outerHTML)
            """);
        Assert.Empty(unnamed);
        for (int i = 0; i < 12; i++)
        {
            await page.Page.Keyboard.PressAsync("Tab");
            Assert.True(await page.Page.EvaluateAsync<bool>("() => document.activeElement === document.body || parseFloat(getComputedStyle(document.activeElement).outlineWidth) >= 2"));
        }
    }
}

using System.Text.Json;
using Microsoft.Playwright;

namespace TmeSim.Reports.Tests.Browser;

/// <summary>A page with everything that it complained about and asked for.</summary>
internal sealed class OpenPage : IAsyncDisposable
{
    private readonly IBrowserContext _context;

    private OpenPage(IBrowserContext context, IPage page) => (_context, Page) = (context, page);

    public IPage Page { get; }

    /// <summary>Errors and warnings of the console, and exceptions.</summary>
    public List<string> Complaints { get; } = [];

    /// <summary>Addresses asked for, without what is inside the page (data: and blob:).</summary>
    public List<string> Requests { get; } = [];

    public static async Task<OpenPage> Load(IBrowserContext context, string address)
    {
        var open = new OpenPage(context, await context.NewPageAsync());
        open.Page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                open.Complaints.Add(message.Text);
            }
        };
        open.Page.PageError += (_, error) => open.Complaints.Add(error);
        open.Page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith("data:", StringComparison.Ordinal) && !request.Url.StartsWith("blob:", StringComparison.Ordinal))
            {
                open.Requests.Add(request.Url);
            }
        };
        await open.Page.GotoAsync(address);
        return open;
    }

    public ILocator Find(string selector) => Page.Locator(selector);

    /// <summary>Waits until all visible panes show a frame with these attributes, such as <c>day=14</c>.</summary>
    public async Task Painted(params string[] attributes)
    {
        string wanted = string.Concat(attributes.Select(a => $"[data-{a[..a.IndexOf('=', StringComparison.Ordinal)]}=\"{a[(a.IndexOf('=', StringComparison.Ordinal) + 1)..]}\"]"));
        await Page.WaitForFunctionAsync("w => { const panes = [...document.querySelectorAll('.pane:not([hidden])')]; return panes.length > 0 && panes.every(p => p.matches('.pane[data-day]' + w)); }", wanted);
    }

    /// <summary>Pixels of every visible frame, as text to compare.</summary>
    public async Task<string[]> Pictures() =>
        await Page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('.pane:not([hidden]) canvas')].map(c => c.toDataURL())");

    /// <summary>Text of every element.</summary>
    public async Task<IReadOnlyList<string>> Texts(string selector) => await Find(selector).AllTextContentsAsync();

    /// <summary>An attribute of every element; empty where it is not set.</summary>
    public async Task<string[]> Attributes(string selector, string name) =>
        await Page.EvaluateAsync<string[]>("([s, n]) => [...document.querySelectorAll(s)].map(e => e.getAttribute(n) ?? '')", new[] { selector, name });

    /// <summary>Violations of WCAG 2.0 and 2.1, levels A and AA, with the elements that show them.</summary>
    public async Task<string[]> Violations(string axe)
    {
        await Page.EvaluateAsync(axe);
        JsonElement found = await Page.EvaluateAsync<JsonElement>("() => axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] }).then(r => r.violations.map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.target + ' ' + n.failureSummary).join(' | ')))");
        return [.. found.EnumerateArray().Select(v => v.GetString()!)];
    }

    /// <summary>The file that a click saves.</summary>
    public async Task<(string Name, byte[] Bytes)> Saved(string selector)
    {
        IDownload download = await Page.RunAndWaitForDownloadAsync(() => Find(selector).First.ClickAsync());
        return (download.SuggestedFilename, await File.ReadAllBytesAsync(await download.PathAsync()));
    }

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}

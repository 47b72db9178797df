using Microsoft.Playwright;

namespace TmeSim.Reports.Tests.Browser;

/// <summary>One headless Chromium for all browser tests; without it they are skipped, or fail when TMESIM_REQUIRE_BROWSER is 1.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    private const string HowToInstall = "apt-get install chromium fonts-liberation; npm ci --prefix tests/TmeSim.Reports.Tests/Browser (.ci/run does both)";

    private readonly string _directory = Directory.CreateTempSubdirectory("tmesim-report").FullName;
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private int _pages;

    /// <summary>Text of axe-core.</summary>
    public string Axe { get; private set; } = "";

    private static string? Chromium => new[] { Environment.GetEnvironmentVariable("CHROMIUM"), "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome" }.FirstOrDefault(File.Exists);

    public async ValueTask InitializeAsync()
    {
        string? axe = AxeFile();
        if (Chromium is { } chromium && axe is not null)
        {
            Axe = await File.ReadAllTextAsync(axe);
            _playwright = await Playwright.CreateAsync();
            _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = chromium, Args = ["--no-sandbox"] });
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    /// <summary>Opens a page from disk, as a reader does.</summary>
    /// <param name="html">The page.</param>
    /// <param name="width">Width of the window [px].</param>
    /// <param name="script">Scripts run.</param>
    /// <param name="scale">Pixels of the screen per CSS pixel.</param>
    /// <param name="dark">The reader's system asks for dark pages.</param>
    internal async Task<OpenPage> Open(string html, int width = 1280, bool script = true, float scale = 1, bool dark = false)
    {
        if (_browser is null)
        {
            Assert.SkipUnless(Environment.GetEnvironmentVariable("TMESIM_REQUIRE_BROWSER") == "1", "Chromium or axe-core is missing: " + HowToInstall);
            Assert.Fail("Chromium or axe-core is missing: " + HowToInstall);
        }

        string file = Path.Combine(_directory, $"page{++_pages}.html");
        await File.WriteAllTextAsync(file, html);
        IBrowserContext context = await _browser.NewContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = 900 },
            JavaScriptEnabled = script,
            DeviceScaleFactor = scale,
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
        });
        context.SetDefaultTimeout(20_000);
        return await OpenPage.Load(context, "file://" + file);
    }

    // Beside the sources, above the folder that the tests run from.
    private static string? AxeFile()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string file = Path.Combine(folder.FullName, "Browser", "node_modules", "axe-core", "axe.min.js");
            if (File.Exists(file))
            {
                return file;
            }
        }

        return null;
    }
}

/// <summary>The tests that share the browser.</summary>
[CollectionDefinition("browser")]
public sealed class BrowserCollection : ICollectionFixture<BrowserFixture>;

using TmeSim.Reports.Figures;
using TmeSim.Reports.Html;
using TmeSim.Reports.Html.Viewer;

namespace TmeSim.Reports.Tests.Browser;

/// <summary>Made-up tissue: three arms with odd names, one that ends early, a flat and a deep lesion.</summary>
internal static class ViewerSamples
{
    public const int Width = 30;

    public const int Height = 20;

    public static readonly string[] Arms = ["Control", Samples.Hostile, Samples.LongName(3)];

    /// <summary>Days of all arms but the last, which ends after the third.</summary>
    public static readonly double[] Days = [0, 7, 14, 21];

    public static IReadOnlyList<ViewerFrame> Frames { get; } =
    [
        .. from arm in Enumerable.Range(0, 3)
           from lesion in Enumerable.Range(0, 2)
           from day in Days
           where arm < 2 || day <= 14
           select Frame(arm, lesion, day),
    ];

    public static TissueViewer Viewer => new()
    {
        Arms = Arms,
        Lesions = ["primary", "liver " + Samples.Hostile],
        Fields = [new("oxygen", "Oxygen", "mmHg"), new("ifng", "IFN-γ " + Samples.Hostile, "half-max"), new("flat", "Flat", "1")],
        Clones = [new("founder", ClonePalette.Founder), new("B2M " + Samples.Hostile, ClonePalette.Color(0))],
        Frames = Frames,
    };

    public static ReportContent Content => new()
    {
        Title = "Report " + Samples.Hostile,
        Summary = "3 arms",
        Run = new RunFacts("Scenario", 42, 2, "0.1.0", "7", "abc123", "tmesim run \"a b.yaml\" --seed 42"),
        Viewer = Viewer,
        LeadTables =
        [
            new ReportTable(
                "Endpoints",
                ["Arm", "Change [%]", "Note, \"quoted\""],
                [["Control", new ReportCell("+110.5 %", 110.5), "x"], [Samples.Hostile, new ReportCell("−9.5 %", -9.5), "a,b"], [Samples.LongName(3), "", "−3"], ["Other", "20", ""]]) { ArmColumn = 0 },
        ],
        Figures = [.. Samples.Figures().Select(item => new ReportFigure(item.Name, item.Figure, "Caption of " + item.Name))],
        Baseline = [new BaselineRow("CD8", "/mm²", 120, 118.3, true)],
        Warnings = [Samples.Hostile],
        Files = [new ReportFile("timeseries.csv", "measures")],
    };

    private static ViewerFrame Frame(int arm, int lesion, double day)
    {
        int layers = lesion == 0 ? 1 : 3, sites = Width * Height * layers;
        var random = new Random((arm * 1000) + (lesion * 100) + (int)day);
        return new ViewerFrame
        {
            Arm = Arms[arm],
            Lesion = Viewer.Lesions[lesion],
            TimeDays = day,
            Nx = Width,
            Ny = Height,
            Nz = layers,
            SpacingUm = 20,
            Layers = [.. Enumerable.Range(0, layers).Select(z => 5 + (10 * z))],
            Parenchyma = [.. Enumerable.Range(0, sites).Select(i => (byte)(Near(i, 4 + (day / 7) + arm + (i / (Width * Height))) ? 2 + (random.Next(8) / 6) : 1))],
            Immune = [.. Enumerable.Range(0, sites).Select(_ => (byte)Math.Max(0, random.Next(12) - 7))],
            CloneIndex = [.. Enumerable.Range(0, sites).Select(i => (ushort)(i % Width < 14 ? 1 : 0))],
            Perfusion = [.. Enumerable.Range(0, sites).Select(i => i % 23 == 5 ? 0.1f + (random.NextSingle() * 0.9f) : float.NaN)],
            Fields =
            [
                [.. Enumerable.Range(0, sites).Select(i => i == 3 ? float.NaN : (float)(20 + (15 * Math.Sin((i % Width) * 0.3)) + day + (random.NextDouble() * 2)))],
                [.. Enumerable.Range(0, sites).Select(i => (float)(1e-7 * i * (arm + 1)))],
                [.. Enumerable.Repeat(0.25f, sites)],
            ],
        };
    }

    private static bool Near(int site, double radius)
    {
        double x = (site % Width) - (Width / 2.0), y = (site / Width % Height) - (Height / 2.0);
        return (x * x) + (y * y) < radius * radius;
    }
}

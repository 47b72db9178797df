using TmeSim.Reports.Html;
using TmeSim.Reports.Html.Viewer;

namespace TmeSim.Reports.Tests.Browser;

/// <summary>Made-up tissue: two arms on lattices of different size, three replicates of the first and one of the second, traits of cells.</summary>
internal static class ReplicateSamples
{
    public static readonly string[] Arms = ["Wide", "Small"];

    public static IReadOnlyList<ViewerFrame> Frames { get; } =
    [
        .. from replicate in Enumerable.Range(0, 3)
           from arm in Enumerable.Range(0, replicate == 0 ? 2 : 1)
           from day in (double[])[0, 7]
           select Frame(arm, replicate, day),
    ];

    public static TissueViewer Viewer => new()
    {
        Arms = Arms,
        Lesions = ["primary"],
        Fields = [new("oxygen", "Oxygen", "mmHg"), new("mhc1", "MHC-I", "") { Group = "Traits", Absent = "no tumour cell" }],
        Marks = [new("cd163", "CD163 score", "macrophage", 0, 1)],
        Replicates = [0, 1, 2],
        Frames = Frames,
    };

    public static ReportContent Content => ViewerSamples.Content with { Viewer = Viewer, Figures = [] };

    private static ViewerFrame Frame(int arm, int replicate, double day)
    {
        (int nx, int ny) = arm == 0 ? (20, 16) : (12, 10);
        var random = new Random((arm * 1000) + (replicate * 100) + (int)day);
        byte[] parenchyma = [.. Enumerable.Range(0, nx * ny).Select(i => (byte)(Math.Abs((i % nx) - (nx / 2)) + Math.Abs((i / nx) - (ny / 2)) < 6 ? 2 : 1))];
        byte[] immune = [.. Enumerable.Range(0, nx * ny).Select(i => (byte)((i + replicate) % 7 == 3 ? 4 : i % 11 == 2 ? 1 : 0))];
        return new ViewerFrame
        {
            Arm = Arms[arm],
            Lesion = "primary",
            Replicate = replicate,
            TimeDays = day,
            Nx = nx,
            Ny = ny,
            SpacingUm = 20,
            Parenchyma = parenchyma,
            Immune = immune,
            CloneIndex = new ushort[nx * ny],
            Perfusion = [.. Enumerable.Range(0, nx * ny).Select(i => i % 23 == 5 ? i % 2 : float.NaN)],
            Fields =
            [
                [.. Enumerable.Range(0, nx * ny).Select(_ => (float)(20 + (20 * random.NextDouble())))],
                [.. parenchyma.Select(code => code == 2 ? 1 + random.NextSingle() : float.NaN)],
            ],
            Marks = [[.. immune.Select(code => code == 4 ? random.NextSingle() : float.NaN)]],
        };
    }
}

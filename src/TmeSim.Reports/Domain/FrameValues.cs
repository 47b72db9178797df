using TmeSim.Analysis.Contrasts;
using TmeSim.Reports.Figures;

namespace TmeSim.Reports.Domain;

/// <summary>Tables of tissue pictures: a row per frame. Every site stands in the snapshots of the run.</summary>
internal static class FrameValues
{
    private const byte TumorCode = 2;

    // By code.
    private static readonly string[] ParenchymaColumns = ["empty", "hepatocytes", "tumor_cells", "dying_cells", "necrotic_cells", "stroma_sites"];

    /// <summary>Cells of each frame by kind, and its vessels.</summary>
    public static FigureValues Of(IReadOnlyList<TissueFrame> frames) => new(
        [
            "arm", "time_d", "width_um", "height_um", .. ParenchymaColumns, .. TissueFigure.CodesOf(frames).Select(c => c.Column), "vessels",
            "perfusion_mean",
        ],
        [
            .. frames.Select(f => (FigureValue[])
            [
                f.Arm, f.TimeDays, f.Width * f.SpacingUm, f.Height * f.SpacingUm,
                .. Enumerable.Range(0, ParenchymaColumns.Length).Select(code => (FigureValue)f.Parenchyma.Count(c => c == code)),
                .. Enumerable.Range(1, TissueFigure.CodesOf(frames).Count).Select(code => (FigureValue)f.Immune.Count(c => c == code)),
                f.VesselPerfusion.Count(float.IsFinite), f.VesselPerfusion.Where(float.IsFinite).DefaultIfEmpty(float.NaN).Average(),
            ]),
        ]);

    /// <summary>Spread of a field over each frame, and its mean over the tumour where that is known.</summary>
    public static FigureValues Of(IReadOnlyList<FieldFrame> frames, string label, string unit) => new(
        ["arm", "time_d", "field", "unit", "minimum", "median", "mean", "maximum", "tumor_mean"],
        [
            .. frames.Select(f =>
            {
                double[] sorted = [.. f.Values.Where(float.IsFinite).Select(v => (double)v).Order()];
                IEnumerable<double> inTumor = f.Values.Where((v, i) => float.IsFinite(v) && f.Parenchyma is { } codes && codes[i] == TumorCode).Select(v => (double)v);
                return (FigureValue[])
                [
                    f.Arm, f.TimeDays, label, unit, sorted.FirstOrDefault(double.NaN), Quantiles.OfSorted(sorted, 0.5),
                    sorted.DefaultIfEmpty(double.NaN).Average(), sorted.LastOrDefault(double.NaN), inTumor.DefaultIfEmpty(double.NaN).Average(),
                ];
            }),
        ]);
}

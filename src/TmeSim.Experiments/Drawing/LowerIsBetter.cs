namespace TmeSim.Experiments.Drawing;

/// <summary>
/// Measures of which less is better for the patient whatever the therapy: the size of the tumour. Others say how a therapy works (necrosis,
/// hypoxia, T cells), and more of them may be good or bad.
/// </summary>
internal static class LowerIsBetter
{
    private static readonly string[] Measures = ["tumor_volume_change", "tumor_diameter_mm", "tumor_cells"];

    public static bool Holds(string measure) => Measures.Contains(measure);
}

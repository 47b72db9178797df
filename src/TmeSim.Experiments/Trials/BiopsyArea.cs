using TmeSim.Analysis.Contrasts;

namespace TmeSim.Experiments.Trials;

/// <summary>How well a number tells primary refractoriness when it is read from a biopsy, and from the whole lesion, in the same patients of an arm.</summary>
/// <param name="Arm">Arm.</param>
/// <param name="Biopsy">Measure of the biopsy.</param>
/// <param name="Whole">Measure of the whole.</param>
/// <param name="OfLow">A low value of the whole goes with refractoriness; else a high one. The same is asked of the biopsy.</param>
/// <param name="AreaOfWhole">Area under the curve by the whole, at least 0.5.</param>
/// <param name="AreaOfBiopsy">Area under the curve by the biopsy.</param>
/// <param name="Lost">Area by the whole less that by the biopsy; its interval is the central 95 % of bootstrap samples of patients.</param>
/// <param name="Count">Patients with both who are classed.</param>
/// <param name="Hits">Of these, refractory.</param>
public sealed record BiopsyArea(string Arm, string Biopsy, string Whole, bool OfLow, Estimate AreaOfWhole, Estimate AreaOfBiopsy, Estimate Lost, int Count, int Hits);

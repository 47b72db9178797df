using TmeSim.Analysis.Contrasts;
using TmeSim.Analysis.Sensitivity;

namespace TmeSim.Experiments.Trials;

/// <summary>A number read from a biopsy beside that of the whole lesion, over patients before treatment.</summary>
/// <param name="Biopsy">Measure of the biopsy.</param>
/// <param name="Whole">Measure of the whole.</param>
/// <param name="Count">Patients with both.</param>
/// <param name="Missing">Patients with that of the whole alone: nothing could be read in the needle.</param>
/// <param name="Rank">Spearman's correlation; NaN below three patients.</param>
/// <param name="Ratio">Biopsy over whole: median, and the quartiles as its ends; NaN where no whole is above 0.</param>
/// <param name="OtherSide">Share of patients who lie on one side of the median by the biopsy and on the other by the whole, each by its own median, with Wilson's interval.</param>
public sealed record BiopsyPair(string Biopsy, string Whole, int Count, int Missing, RankCorrelation Rank, Estimate Ratio, Estimate OtherSide);

using TmeSim.Analysis.Contrasts;

namespace TmeSim.Analysis.Outcomes;

/// <summary>Patients with similar predicted risks.</summary>
/// <param name="Low">Smallest risk of the group.</param>
/// <param name="High">Largest risk.</param>
/// <param name="Count">Patients.</param>
/// <param name="Hits">Patients with the outcome.</param>
/// <param name="Predicted">Mean predicted risk.</param>
/// <param name="Observed">Share with the outcome, with Wilson's 95 % interval.</param>
public readonly record struct RiskGroup(double Low, double High, int Count, int Hits, double Predicted, Estimate Observed);

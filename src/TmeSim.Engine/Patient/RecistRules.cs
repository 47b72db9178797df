using TmeSim.Engine.Plan;

namespace TmeSim.Engine.Patient;

/// <summary>Radiological response, best first.</summary>
public enum RecistResponse : byte
{
    Complete,
    Partial,
    Stable,
    Progression,

    /// <summary>No visit after the baseline, or no tumour at the baseline.</summary>
    NotEvaluable,
}

/// <summary>
/// Rules by which a visit is judged, those of RECIST 1.1 (Eisenhauer et al. 2009, doi:10.1016/j.ejca.2008.10.026) for the sum of
/// diameters: progression first, then a complete response, then a partial one from 30 % below the baseline.
/// </summary>
/// <param name="Increase">Rise over the smallest sum so far (the baseline included) that is progression, as a fraction of it; above
/// 0.</param>
/// <param name="AbsoluteMm">Rise over the smallest sum that progression takes at least [mm]; 0 or more.</param>
public readonly record struct RecistRules(double Increase, double AbsoluteMm)
{
    /// <summary>Fall below the baseline that is a partial response, as a fraction of it.</summary>
    public const double PartialFall = 0.3;

    // Rounding of sums, as a share of the baseline.
    private const double Rounding = 1e-9;

    /// <summary>20 % and 5 mm.</summary>
    public static RecistRules Standard { get; } = new(0.2, 5);

    /// <summary>Rules of an arm.</summary>
    public static RecistRules Of(ParameterSet parameters) =>
        new(parameters[Parameter.EndpointsProgressionIncrease], parameters[Parameter.EndpointsProgressionAbsolute]);

    /// <summary>Judges one visit.</summary>
    /// <param name="sumMm">Sum of diameters now [mm].</param>
    /// <param name="baselineMm">Sum at the baseline [mm].</param>
    /// <param name="nadirMm">Smallest sum before this visit, baseline included [mm].</param>
    public RecistResponse Classify(double sumMm, double baselineMm, double nadirMm)
    {
        if (!(baselineMm > 0))
        {
            return RecistResponse.NotEvaluable;
        }

        double slack = Rounding * baselineMm;
        if (sumMm > nadirMm && sumMm >= nadirMm * (1 + Increase) - slack && sumMm >= nadirMm + AbsoluteMm - slack)
        {
            return RecistResponse.Progression;
        }

        return sumMm <= 0 ? RecistResponse.Complete
            : sumMm <= baselineMm * (1 - PartialFall) + slack ? RecistResponse.Partial
            : RecistResponse.Stable;
    }
}

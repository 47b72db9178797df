using TmeSim.Engine.Plan;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Start;

/// <summary>A level that the burn-in brings to what was asked: one row for calibrator, check, manifest and report.</summary>
/// <param name="Measure">Name in files: the measure of the time series that reads the same.</param>
/// <param name="Unit">Unit; "1" for a pure number.</param>
/// <param name="Multiplier">What is frozen at t = 0 so that the level holds.</param>
public sealed record SetPoint(string Measure, string Unit, Multiplier Multiplier)
{
    // Share of the asked level that counts as met.
    private const double Relative = 0.1;

    /// <summary>Level that the plan asks for.</summary>
    public required Func<LesionPlan, TissuePlan, double> Asked { get; init; }

    /// <summary>Level of a lesion; NaN where it is undefined.</summary>
    public required Func<Baseline, double> Reached { get; init; }

    /// <summary>Standard error of the level by the chance of counts, from the asked level; 0 for none.</summary>
    public Func<double, Baseline, double> StandardError { get; init; } = (_, _) => 0;

    /// <summary>How the multiplier is steered; null where division follows the measured loss.</summary>
    internal Steering? Steering { get; init; }

    /// <summary>
    /// Power p of the correction (asked/reached)^p that a held multiplier takes: below 1 where the level feeds back on itself, negative where
    /// more of the multiplier lowers it.
    /// </summary>
    public double CorrectionPower => Steering switch
    {
        { LoweringFrom: > 0 } => -1,
        { Response: > 0 } steering => steering.Response,
        _ => 1,
    };

    /// <summary>How far a level may be from the asked one: 10 %, or two standard errors of the count where that is more.</summary>
    public double Tolerance(double asked, Baseline reached)
    {
        double error = StandardError(asked, reached);
        return Math.Max(Relative * asked, double.IsFinite(error) ? 2 * error : 0);
    }
}

/// <summary>How the calibrator moves a multiplier.</summary>
/// <param name="Gain">g of F = F0 · exp(g · err).</param>
/// <param name="Time">Time constant of F0.</param>
/// <param name="Response">
/// Inverse of how strongly the level answers the multiplier (CD8 feed back on their own entry through IFN-γ); 0 for slow states, whose
/// level in the window is not yet the answer to the multiplier.
/// </param>
internal sealed record Steering(Parameter Gain, Parameter Time, double Response)
{
    /// <summary>
    /// A count per area: a handful of cells come and go by chance, and a multiplier that chases them ends far from what holds their mean.
    /// </summary>
    public bool Counted { get; init; }

    /// <summary>
    /// Positive where more of the multiplier lowers the level: smallest level that deviations are relative to. Such a multiplier is never
    /// 0.
    /// </summary>
    public double LoweringFrom { get; init; }
}

/// <summary>All set-points, each once.</summary>
public static class SetPoints
{
    /// <summary>CD8 T cells of the tumour bed.</summary>
    public static SetPoint Cd8 { get; } = new("cd8_bed_per_mm2", "/mm2", Multiplier.Cd8Entry)
    {
        Asked = (lesion, _) => lesion.Cd8PerMm2,
        Reached = b => b.Cd8PerMm2,
        StandardError = (asked, b) => Math.Sqrt(asked / b.AreaMm2),
        Steering = new(Parameter.BurnInCd8Gain, Parameter.BurnInCd8Time, 0.7) { Counted = true },
    };

    /// <summary>The set-points in the order of manifest and report.</summary>
    public static IReadOnlyList<SetPoint> All { get; } =
    [
        new("tumor_cells", "1", Multiplier.DivisionRatePerDay)
        {
            Asked = (lesion, tissue) => tissue.CellsWithin(lesion.RadiusUm),
            Reached = b => b.TumorCells,
        },
        Cd8,
        new("macrophages_bed_per_mm2", "/mm2", Multiplier.MonocyteEntry)
        {
            Asked = (lesion, _) => lesion.MacrophagesPerMm2,
            Reached = b => b.MacrophagesPerMm2,
            StandardError = (asked, b) => Math.Sqrt(asked / b.AreaMm2),
            Steering = new(Parameter.BurnInMacrophageGain, Parameter.BurnInMacrophageTime, 1) { Counted = true },
        },
        new("cd163_fraction", "1", Multiplier.Polarisation)
        {
            Asked = (lesion, _) => lesion.Cd163Fraction,
            Reached = b => b.Cd163Fraction,
            StandardError = (asked, b) => Math.Sqrt(asked * (1 - asked) / b.Macrophages),
            Steering = new(Parameter.BurnInCd163Gain, Parameter.BurnInCd163Time, 1),
        },
        new("vessels_per_mm2", "/mm2", Multiplier.Sprouting)
        {
            Asked = (lesion, _) => lesion.VesselsPerMm2,
            Reached = b => b.VesselsPerMm2,
            StandardError = (asked, b) => Math.Sqrt(asked / b.AreaMm2),
            Steering = new(Parameter.BurnInVesselGain, Parameter.BurnInVesselTime, 0) { Counted = true },
        },
        new("maturity_mean", "1", Multiplier.VegfOutput)
        {
            Asked = (lesion, _) => lesion.VesselMaturity,
            Reached = b => b.VesselMaturity,
            StandardError = (_, b) => 0.5 / Math.Sqrt(b.Vessels),
            Steering = new(Parameter.BurnInVesselGain, Parameter.BurnInVesselTime, 0) { LoweringFrom = 0.05 },
        },
    ];
}

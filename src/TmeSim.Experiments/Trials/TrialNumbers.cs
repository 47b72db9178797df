using TmeSim.Analysis.Contrasts;
using TmeSim.Analysis.Outcomes;
using TmeSim.Analysis.Survival;
using TmeSim.Analysis.Trees;

namespace TmeSim.Experiments.Trials;

/// <summary>A line of endpoints.csv.</summary>
/// <param name="Arm">Arm.</param>
/// <param name="Endpoint">Name of the endpoint.</param>
/// <param name="Unit">Unit; "1" for shares.</param>
/// <param name="Value">Value with its 95 % interval; ends that are not reached are infinite.</param>
/// <param name="Count">Patients.</param>
/// <param name="Events">Events among them.</param>
/// <param name="Method">How the interval is made.</param>
public sealed record EndpointLine(string Arm, string Endpoint, string Unit, Estimate Value, int Count, int Events, string Method);

/// <summary>A line of contrasts.csv.</summary>
/// <param name="Arm">Arm.</param>
/// <param name="Control">Arm that it is compared with.</param>
/// <param name="Endpoint">What is compared.</param>
/// <param name="Unit">Unit; "1" for ratios and shares.</param>
/// <param name="Subgroup">Rule; empty for all patients.</param>
/// <param name="Level">Side of the rule; empty for all patients.</param>
/// <param name="Value">Contrast with its 95 % interval.</param>
/// <param name="P">p value; NaN without a test.</param>
/// <param name="Interaction">p value of the two sides being alike; NaN without.</param>
/// <param name="Count">Patients in the arm.</param>
/// <param name="ControlCount">Patients in the control arm.</param>
/// <param name="Events">Events in the arm; responders where responses are compared.</param>
/// <param name="ControlEvents">The same in the control arm.</param>
/// <param name="Method">How value, interval and p are made.</param>
public sealed record ContrastLine(
    string Arm, string Control, string Endpoint, string Unit, string Subgroup, string Level, Estimate Value, double P, double Interaction,
    int Count, int ControlCount, int Events, int ControlEvents, string Method);

/// <summary>A covariate beside refractoriness and response in an arm.</summary>
/// <param name="Arm">Arm.</param>
/// <param name="Name">Covariate.</param>
/// <param name="Unit">Unit.</param>
/// <param name="Refractory">Median of those who progress early.</param>
/// <param name="Others">Median of the others.</param>
/// <param name="Area">Area under the curve of a low value telling refractoriness, with its interval.</param>
/// <param name="P">Rank sum test.</param>
/// <param name="Count">Patients who are classed.</param>
/// <param name="Hits">Of these, refractory.</param>
public sealed record BiomarkerLine(string Arm, string Name, string Unit, double Refractory, double Others, Estimate Area, double P,
    int Count, int Hits);

/// <summary>A model of several covariates, each per standard deviation.</summary>
/// <param name="Arm">Arm.</param>
/// <param name="Endpoint">pfs or refractory.</param>
/// <param name="Terms">Ratios per standard deviation.</param>
/// <param name="Test">Likelihood-ratio test of all.</param>
/// <param name="Count">Patients.</param>
/// <param name="Events">Events.</param>
public sealed record ModelLine(string Arm, string Endpoint, IReadOnlyList<RegressionTerm> Terms, ModelTest Test, int Count, int Events);

/// <summary>Power of a trial of other sizes.</summary>
/// <param name="Arm">Arm.</param>
/// <param name="Endpoint">Endpoint.</param>
/// <param name="Power">Power.</param>
public sealed record PowerLine(string Arm, string Endpoint, TrialPower Power);

/// <summary>A risk score made on one half of the patients and held against the other.</summary>
/// <param name="Arm">Arm.</param>
/// <param name="Covariates">Its covariates.</param>
/// <param name="Calibration">Predicted against observed refractoriness.</param>
/// <param name="Area">Area under its curve.</param>
public sealed record ScoreLine(string Arm, IReadOnlyList<string> Covariates, RiskCalibration Calibration, Estimate Area);

/// <summary>All numbers of a trial.</summary>
public sealed record TrialNumbers
{
    public required IReadOnlyList<EndpointLine> Endpoints { get; init; }

    public required IReadOnlyList<ContrastLine> Contrasts { get; init; }

    public required IReadOnlyList<BiomarkerLine> Biomarkers { get; init; }

    public required IReadOnlyList<ModelLine> Models { get; init; }

    public required IReadOnlyList<PowerLine> Power { get; init; }

    public required IReadOnlyList<ScoreLine> Scores { get; init; }

    /// <summary>Tree of refractoriness by arm; none where too few patients are classed.</summary>
    public required IReadOnlyList<(string Arm, ConditionalTree Tree)> Trees { get; init; }

    /// <summary>What a combination adds to its parts, by outcome.</summary>
    public required IReadOnlyList<(string Outcome, CombinationActivity Activity)> Combination { get; init; }

    /// <summary>What pairing saves, by arm and outcome.</summary>
    public required IReadOnlyList<(string Arm, string Outcome, PairingGain Gain)> Pairing { get; init; }

    /// <summary>The same patients are in all arms: contrasts are those of pairs.</summary>
    public required bool IsPaired { get; init; }

    /// <summary>What could not be worked out, and why.</summary>
    public required IReadOnlyList<string> Remarks { get; init; }

    /// <summary>Curves by arm: overall and progression-free survival in months.</summary>
    public required IReadOnlyList<(string Arm, KaplanMeier? Os, KaplanMeier? Pfs)> Curves { get; init; }
}

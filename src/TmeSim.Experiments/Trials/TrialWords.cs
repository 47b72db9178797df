using System.Globalization;
using TmeSim.Analysis.Contrasts;

namespace TmeSim.Experiments.Trials;

/// <summary>Numbers of a trial as reports write them.</summary>
public static class TrialWords
{
    /// <summary>"0.66 (0.50–0.87)", "−2.1 (−4.2 to −0.4)"; ends that are not reached say so.</summary>
    public static string Interval(Estimate value, int digits = 2)
    {
        string N(double v) => double.IsFinite(v) ? v.ToString("F" + digits, CultureInfo.InvariantCulture).Replace('-', '−')
            : double.IsNaN(v) ? "not defined" : "not reached";
        return (double.IsNaN(value.Low) && double.IsNaN(value.High)) || !double.IsFinite(value.Value + value.Low) ? N(value.Value)
            : $"{N(value.Value)} ({N(value.Low)}{(value.Low < 0 || value.High < 0 ? " to " : "–")}{N(value.High)})";
    }

    /// <summary>The same of a ratio or difference, which may be without end.</summary>
    public static string Ratio(Estimate value) => double.IsInfinity(value.Value) && double.IsFinite(value.Low)
        ? $"∞ ({value.Low.ToString("F2", CultureInfo.InvariantCulture)}–∞)"
        : Interval(value).Replace("not reached", "∞", StringComparison.Ordinal);

    /// <summary>"27 % (22–33)".</summary>
    public static string Share(Estimate value)
    {
        static string N(double v) => double.IsFinite(v) ? (100 * v).ToString("0.#", CultureInfo.InvariantCulture) : "not reached";
        return double.IsNaN(value.Low) ? $"{N(value.Value)} %" : $"{N(value.Value)} % ({N(value.Low)}–{N(value.High)})";
    }

    /// <summary>"p = 0.031", "p &lt; 0.001"; "p not defined" where there is none.</summary>
    public static string P(double p) => double.IsNaN(p) ? "p not defined" : p < 0.001 ? "p < 0.001" : "p = "
        + p.ToString(p < 0.1 ? "0.000" : "0.00", CultureInfo.InvariantCulture);

    /// <summary>A value in its unit: shares in percent, months with a digit.</summary>
    public static string Of(EndpointLine line) => line.Unit == "1" ? Share(line.Value) : Interval(line.Value, 1);

    /// <summary>An endpoint in words.</summary>
    public static string Name(string endpoint) => endpoint switch
    {
        "objective_response" => "Objective response", "complete_response" => "Complete response", "disease_control" => "Disease control",
        "progression_as_best_response" => "Progression as best response", "not_evaluable" => "Not evaluable", "primary_refractory" =>
            "Primary refractory",
        "median_os" => "Overall survival, median [months]", "median_pfs" => "Progression-free survival, median [months]",
        "median_time_to_response" => "Time to response, median and quartiles [months]", "median_duration_of_response" =>
            "Duration of response, median [months]",
        "restricted_mean_os" => "Restricted mean survival [months]", "restricted_mean_pfs" =>
            "Restricted mean progression-free survival [months]",
        "median_follow_up" => "Follow-up, median [months]",
        "os_hazard_ratio" => "Overall survival, hazard ratio", "pfs_hazard_ratio" => "Progression-free survival, hazard ratio",
        "restricted_mean_os_difference" => "Restricted mean survival, difference [months]", "restricted_mean_pfs_difference" =>
            "Restricted mean progression-free survival, difference [months]",
        "response_odds_ratio" => "Objective response, odds ratio", "response_difference" => "Objective response, difference",
        "refractory_odds_ratio" => "Primary refractory, odds ratio", "refractory_difference" => "Primary refractory, difference",
        "early_progression" => "Progression seen in the time of refractoriness",
        "os_simulated_hazard_ratio" => "Overall survival up to the wall, hazard ratio",
        "pfs_simulated_hazard_ratio" => "Progression-free survival up to the wall, hazard ratio",
        "os_events_beyond_the_simulation" => "Deaths after the wall, where growth is extrapolated",
        "pfs_events_beyond_the_simulation" => "Progressions or deaths after the wall",
        _ => Words(endpoint),
    };

    private static string Words(string endpoint)
    {
        string text = endpoint.Replace("os_at", "overall survival at", StringComparison.Ordinal).Replace("pfs_at",
            "progression-free survival at", StringComparison.Ordinal).Replace('_', ' ');
        text = text.Replace("os hazard ratio of response by", "overall survival after the landmark, hazard ratio of response by", StringComparison.Ordinal);
        return char.ToUpperInvariant(text[0]) + text[1..];
    }
}

namespace TmeSim.Reports.Domain;

/// <summary>Units that a note has to explain.</summary>
internal static class UnitWords
{
    /// <summary>A sentence for each unit that is not a common one, with a blank before it; empty for none.</summary>
    public static string Explain(IEnumerable<string> units) => string.Concat(units.Distinct().Select(unit => unit switch
    {
        "half-max" => " half-max: multiples of the concentration with half of the largest effect.",
        "V50" => " V50: multiples of the VEGF with half of the largest sprouting.",
        _ => "",
    }));
}

namespace TmeSim.Analysis.Growth;

/// <summary>
/// Closed forms that simulated growth is checked against. Sizes are cell numbers, times and rates share one unit.
/// </summary>
/// <remarks>Birth–death moments and extinction: Kendall, Ann. Math. Stat. 19 (1948) 1, doi:10.1214/aoms/1177730285.</remarks>
public static class GrowthLaws
{
    /// <summary>Logistic size K / (1 + (K/N₀ − 1) e^(−rt)); all arguments positive, t ≥ 0.</summary>
    public static double Logistic(double initial, double capacity, double rate, double time) =>
        capacity / (1 + (capacity / initial - 1) * Math.Exp(-rate * time));

    /// <summary>Gompertz size K (N₀/K)^(e^(−at)) of dN/dt = a N ln(K/N); all arguments positive, t ≥ 0.</summary>
    public static double Gompertz(double initial, double capacity, double rate, double time) =>
        capacity * Math.Exp(Math.Log(initial / capacity) * Math.Exp(-rate * time));

    /// <summary>
    /// Time in which an exponentially growing volume doubles, ln 2 / rate; negative for a shrinking one, infinite at rate 0.
    /// </summary>
    public static double DoublingTime(double rate) => Math.Log(2) / rate;

    /// <summary>Mean size of a birth–death process, N₀ e^((b − d)t).</summary>
    public static double BirthDeathMean(double initial, double birth, double death, double time) =>
        initial * Math.Exp((birth - death) * time);

    /// <summary>Variance of the size of a birth–death process; birth = death is the limit 2 N₀ b t. Death 0 is the Yule process.</summary>
    public static double BirthDeathVariance(double initial, double birth, double death, double time)
    {
        double net = birth - death;
        if (Math.Abs(net * time) < 1e-9)
        {
            return initial * (birth + death) * time;
        }

        double growth = Math.Exp(net * time);
        return initial * (birth + death) / net * growth * (growth - 1);
    }

    /// <summary>Probability that a birth–death process is extinct by a time; +∞ gives the ultimate probability min(1, d/b)^N₀.</summary>
    public static double ExtinctionProbability(double initial, double birth, double death, double time)
    {
        if (double.IsPositiveInfinity(time))
        {
            return Math.Pow(Math.Min(1, death / birth), initial);
        }

        double net = birth - death;
        if (Math.Abs(net * time) < 1e-9)
        {
            return Math.Pow(birth * time / (1 + birth * time), initial);
        }

        double growth = Math.Exp(net * time);
        return Math.Pow(death * (growth - 1) / (birth * growth - death), initial);
    }

    /// <summary>Share e^(−kt) that survives a death hazard k for a time t.</summary>
    public static double Survival(double hazard, double time) => Math.Exp(-hazard * time);
}

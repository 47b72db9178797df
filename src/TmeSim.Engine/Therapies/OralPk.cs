using TmeSim.Engine.Numerics;
using TmeSim.Engine.Plan;

namespace TmeSim.Engine.Therapies;

/// <summary>
/// One-compartment pharmacokinetics with first-order absorption, in closed form (Bateman function): the result at a time does not
/// depend on the steps that lead there (beyond rounding).
/// </summary>
/// <remarks>
/// dG/dt = −ka G and dA/dt = ka G − ke A (Gibaldi and Perrier, Pharmacokinetics, 2nd ed. 1982). The difference quotient of the two
/// exponentials is formed from the slower one, so that ka = ke needs no case of its own and flip-flop kinetics (ka &lt; ke) lose no digits.
/// </remarks>
public sealed class OralPk : IPkModel
{
    private readonly double _gap;
    private readonly double _slower;

    /// <param name="plan">Absorption, apparent volume and half-life, all positive and finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is not positive or not finite.</exception>
    public OralPk(OralPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        RequirePositive(plan.AbsorptionPerHour, nameof(plan.AbsorptionPerHour), "1/h");
        RequirePositive(plan.VolumeL, nameof(plan.VolumeL), "L");
        RequirePositive(plan.HalfLifeHours, nameof(plan.HalfLifeHours), "h");
        AbsorptionPerHour = plan.AbsorptionPerHour;
        VolumeL = plan.VolumeL;
        EliminationPerHour = DetMath.Log(2.0) / plan.HalfLifeHours;
        _gap = Math.Abs(AbsorptionPerHour - EliminationPerHour);
        _slower = Math.Min(AbsorptionPerHour, EliminationPerHour);
    }

    /// <summary>ka [1/h].</summary>
    public double AbsorptionPerHour { get; }

    /// <summary>ke = ln 2 / half-life [1/h].</summary>
    public double EliminationPerHour { get; }

    /// <summary>V/F [L].</summary>
    public double VolumeL { get; }

    /// <inheritdoc/>
    public double ConcentrationMgPerL(in PkState state) => state.CentralMg / VolumeL;

    /// <inheritdoc/>
    public void Dose(ref PkState state, double mg)
    {
        if (!(mg >= 0 && double.IsFinite(mg)))
        {
            throw new ArgumentOutOfRangeException(nameof(mg), mg, "a dose [mg] must be finite and not negative");
        }

        state.GutMg += mg;
    }

    /// <inheritdoc/>
    public void Advance(ref PkState state, double hours)
    {
        if (!(hours >= 0 && double.IsFinite(hours)))
        {
            throw new ArgumentOutOfRangeException(nameof(hours), hours, "an interval [h] must be finite and not negative");
        }

        double gut = state.GutMg;

        // (e^(-ke t) - e^(-ka t)) / (ka - ke), the same whichever is larger.
        double x = _gap * hours;
        double quotient = x < 1e-12 ? hours : DetMath.Expm1Neg(x) / _gap;
        state.CentralMg = state.CentralMg * DetMath.Exp(-EliminationPerHour * hours)
            + AbsorptionPerHour * gut * DetMath.Exp(-_slower * hours) * quotient;
        state.GutMg = gut * DetMath.Exp(-AbsorptionPerHour * hours);
    }

    /// <inheritdoc/>
    public double TurnHours(in PkState state, double leastHours)
    {
        double absorbed = AbsorptionPerHour * state.GutMg, surplus = absorbed - EliminationPerHour * state.CentralMg;
        if (!(surplus > 0))
        {
            return double.PositiveInfinity;
        }

        // Where the rates of both exponentials meet: ln(1 + (ka − ke) q) / (ka − ke), which is q where ka = ke.
        double difference = AbsorptionPerHour - EliminationPerHour;
        double q = surplus / (EliminationPerHour * (absorbed + difference * state.CentralMg)), x = difference * q;
        double turn = Math.Abs(x) < 1e-8 ? q * (1 - 0.5 * x) : DetMath.Log(1 + x) / difference;
        return turn > leastHours ? turn : double.PositiveInfinity;
    }

    private static void RequirePositive(double value, string name, string unit)
    {
        if (!(value > 0 && double.IsFinite(value)))
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} [{unit}] must be positive and finite");
        }
    }
}

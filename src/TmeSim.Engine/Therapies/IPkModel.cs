using TmeSim.Engine.Plan;

namespace TmeSim.Engine.Therapies;

/// <summary>Pharmacokinetics of one drug, advanced in closed form between doses.</summary>
public interface IPkModel
{
    /// <summary>Gives a dose [mg] now.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The dose is negative or not finite.</exception>
    void Dose(ref PkState state, double mg);

    /// <summary>Advances the state by an interval [h], zero or more.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The interval is negative or not finite.</exception>
    void Advance(ref PkState state, double hours);

    /// <summary>Concentration in blood [mg/L].</summary>
    double ConcentrationMgPerL(in PkState state);

    /// <summary>
    /// Time [h] until the concentration turns from rising to falling if nothing more is given, the first one above <paramref name="leastHours"/>: the end of an infusion, the peak of absorption. +∞ when it only falls.
    /// </summary>
    double TurnHours(in PkState state, double leastHours);

    /// <summary>The model of a plan.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value of the plan is not positive or not finite.</exception>
    static IPkModel Create(PkPlan plan) => plan switch
    {
        TwoCompartmentPlan p => new TwoCompartmentPk(p),
        OralPlan p => new OralPk(p),
        _ => throw new ArgumentOutOfRangeException(nameof(plan), plan, "unknown pharmacokinetics"),
    };
}

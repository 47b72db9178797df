using TmeSim.Engine.Numerics;
using TmeSim.Engine.Plan;

namespace TmeSim.Engine.Therapies;

/// <summary>
/// Two-compartment pharmacokinetics after intravenous infusion, advanced in closed form: the result at a time does not depend
/// on the steps that lead there (beyond rounding, about 1e-14), so no step length has to be chosen for it.
/// </summary>
/// <remarks>
/// dA1/dt = R − (k10 + k12) A1 + k21 A2 and dA2/dt = k12 A1 − k21 A2, with α &gt; β the roots of
/// s² − (k10 + k12 + k21) s + k10 k21 (Gibaldi and Perrier, Pharmacokinetics, 2nd ed. 1982).
/// The roots never coincide: (α − β)² = (k10 + k12 − k21)² + 4 k12 k21 &gt; 0 while Q is positive, and the weights below are
/// formed without subtracting nearly equal numbers.
/// </remarks>
public sealed class TwoCompartmentPk : IPkModel
{
    private readonly double _gap;
    private readonly double _weightAlpha;
    private readonly double _weightBeta;
    private readonly double _infusionHours;

    /// <param name="plan">Clearances, volumes and infusion time, all positive and finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is not positive or not finite.</exception>
    public TwoCompartmentPk(TwoCompartmentPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        RequirePositive(plan.ClearanceLPerDay, nameof(plan.ClearanceLPerDay), "L/d");
        RequirePositive(plan.CentralVolumeL, nameof(plan.CentralVolumeL), "L");
        RequirePositive(plan.ExchangeLPerDay, nameof(plan.ExchangeLPerDay), "L/d");
        RequirePositive(plan.PeripheralVolumeL, nameof(plan.PeripheralVolumeL), "L");
        RequirePositive(plan.InfusionHours, nameof(plan.InfusionHours), "h");
        CentralVolumeL = plan.CentralVolumeL;
        _infusionHours = plan.InfusionHours;
        EliminationPerHour = plan.ClearanceLPerDay / plan.CentralVolumeL / 24;
        OutwardPerHour = plan.ExchangeLPerDay / plan.CentralVolumeL / 24;
        ReturnPerHour = plan.ExchangeLPerDay / plan.PeripheralVolumeL / 24;

        double difference = EliminationPerHour + OutwardPerHour - ReturnPerHour;
        double product = OutwardPerHour * ReturnPerHour;
        _gap = DetMath.Sqrt(difference * difference + 4 * product);
        AlphaPerHour = 0.5 * (EliminationPerHour + OutwardPerHour + ReturnPerHour + _gap);
        BetaPerHour = EliminationPerHour * ReturnPerHour / AlphaPerHour;

        // alpha - k21 and k21 - beta: their product is k12 k21, so the smaller follows from the larger.
        double larger = 0.5 * (Math.Abs(difference) + _gap);
        _weightAlpha = (difference >= 0 ? larger : product / larger) / _gap;
        _weightBeta = (difference >= 0 ? product / larger : larger) / _gap;
    }

    /// <summary>V1 [L].</summary>
    public double CentralVolumeL { get; }

    /// <summary>k10 = CL/V1 [1/h].</summary>
    public double EliminationPerHour { get; }

    /// <summary>k12 = Q/V1 [1/h].</summary>
    public double OutwardPerHour { get; }

    /// <summary>k21 = Q/V2 [1/h].</summary>
    public double ReturnPerHour { get; }

    /// <summary>Rate of the fast (distribution) phase [1/h].</summary>
    public double AlphaPerHour { get; }

    /// <summary>Rate of the slow (terminal) phase [1/h]; the terminal half-life is ln 2 / β.</summary>
    public double BetaPerHour { get; }

    /// <summary>Concentration in blood [mg/L].</summary>
    public double ConcentrationMgPerL(in PkState state) => state.CentralMg / CentralVolumeL;

    /// <summary>
    /// Starts an infusion of <paramref name="mg"/> [mg] that runs for the infusion time of the plan. Infusions that overlap add up.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The dose is negative or not finite.</exception>
    /// <exception cref="InvalidOperationException">More than <see cref="PkState.MaximumInfusions"/> infusions would run at
    /// once.</exception>
    public void Dose(ref PkState state, double mg)
    {
        if (!(mg >= 0 && double.IsFinite(mg)))
        {
            throw new ArgumentOutOfRangeException(nameof(mg), mg, "a dose [mg] must be finite and not negative");
        }

        if (mg == 0)
        {
            return;
        }

        for (int i = 0; i < PkState.MaximumInfusions; i++)
        {
            ref PkState.Infusion slot = ref state.Slots[i];
            if (slot.RemainingHours == 0 || slot.RemainingHours == _infusionHours)
            {
                slot.MgPerHour += mg / _infusionHours;
                slot.RemainingHours = _infusionHours;
                return;
            }
        }

        throw new InvalidOperationException(
            $"more than {PkState.MaximumInfusions} infusions of {_infusionHours} h overlap; give doses further apart or shorten the "
            + "infusion");
    }

    /// <summary>Advances the state by <paramref name="hours"/> [h], zero or more.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The interval is negative or not finite.</exception>
    public void Advance(ref PkState state, double hours)
    {
        if (!(hours >= 0 && double.IsFinite(hours)))
        {
            throw new ArgumentOutOfRangeException(nameof(hours), hours, "an interval [h] must be finite and not negative");
        }

        while (hours > 0)
        {
            double interval = hours;
            for (int i = 0; i < PkState.MaximumInfusions; i++)
            {
                double remaining = state.Slots[i].RemainingHours;
                interval = remaining > 0 && remaining < interval ? remaining : interval;
            }

            AdvanceConstantRate(ref state, interval);
            for (int i = 0; i < PkState.MaximumInfusions; i++)
            {
                ref PkState.Infusion slot = ref state.Slots[i];
                slot.RemainingHours -= interval;
                if (slot.RemainingHours <= 0)
                {
                    slot = default;
                }
            }

            hours -= interval;
        }
    }

    /// <inheritdoc/>
    public double TurnHours(in PkState state, double leastHours)
    {
        double first = double.PositiveInfinity;
        for (int i = 0; i < PkState.MaximumInfusions; i++)
        {
            double remaining = state.Slots[i].RemainingHours;
            first = remaining > leastHours && remaining < first ? remaining : first;
        }

        return first;
    }

    private void AdvanceConstantRate(ref PkState state, double hours)
    {
        double rate = state.InfusionMgPerHour;
        double fast = DetMath.Exp(-AlphaPerHour * hours);
        double slow = DetMath.Exp(-BetaPerHour * hours);
        double fastArea = DetMath.Expm1Neg(AlphaPerHour * hours) / AlphaPerHour;
        double slowArea = DetMath.Expm1Neg(BetaPerHour * hours) / BetaPerHour;
        double exchange = slow * DetMath.Expm1Neg(_gap * hours) / _gap; // (slow - fast) / (alpha - beta) without cancellation
        double central = state.CentralMg, peripheral = state.PeripheralMg;
        state.CentralMg = (_weightAlpha * fast + _weightBeta * slow) * central + ReturnPerHour * exchange * peripheral
            + rate * (_weightAlpha * fastArea + _weightBeta * slowArea);
        state.PeripheralMg = OutwardPerHour * exchange * central + (_weightBeta * fast + _weightAlpha * slow) * peripheral
            + rate * OutwardPerHour * (slowArea - fastArea) / _gap;
    }

    private static void RequirePositive(double value, string name, string unit)
    {
        if (!(value > 0 && double.IsFinite(value)))
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} [{unit}] must be positive and finite");
        }
    }
}

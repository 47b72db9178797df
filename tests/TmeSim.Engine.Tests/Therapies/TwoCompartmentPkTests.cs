using TmeSim.Engine.Plan;
using TmeSim.Engine.Therapies;

namespace TmeSim.Engine.Tests.Therapies;

public class TwoCompartmentPkTests
{
    private static readonly TwoCompartmentPlan Atezolizumab = new(0.200, 3.28, 0.546, 3.63, 1);

    [Theory]
    [InlineData(1, 364.128)]
    [InlineData(24, 296.426)]
    [InlineData(168, 135.850)]
    [InlineData(336, 98.664)]
    [InlineData(504, 80.967)]
    public void SingleDose_HasTheTabulatedConcentrations(double hours, double expected)
    {
        var pk = new TwoCompartmentPk(Atezolizumab);
        PkState state = default;
        pk.Dose(ref state, 1200);
        pk.Advance(ref state, hours);
        Assert.Equal(expected, pk.ConcentrationMgPerL(state), 5e-4);
    }

    [Fact]
    public void HalfLives_AreTheTabulated()
    {
        var pk = new TwoCompartmentPk(Atezolizumab);
        Assert.Equal(1.970, Math.Log(2) / pk.AlphaPerHour / 24, 5e-4);
        Assert.Equal(26.586, Math.Log(2) / pk.BetaPerHour / 24, 5e-4);
    }

    [Fact]
    public void AreaUnderTheCurve_IsDoseOverClearance()
    {
        var pk = new TwoCompartmentPk(Atezolizumab);
        PkState state = default;
        pk.Dose(ref state, 1200);
        double area = 0;
        for (int i = 0; i < 200_000; i++)
        {
            // Simpson's rule per interval of a fine grid; the infusion ends on a grid point.
            double start = pk.ConcentrationMgPerL(state);
            pk.Advance(ref state, 0.125);
            double middle = pk.ConcentrationMgPerL(state);
            pk.Advance(ref state, 0.125);
            area += (start + 4 * middle + pk.ConcentrationMgPerL(state)) * 0.25 / 6;
        }

        Assert.True(state.CentralMg < 1e-12);
        Assert.Equal(6000.0, area / 24, 1e-6 * 6000);
    }

    [Fact]
    public void RepeatedDoses_ReachTheTabulatedSteadyState()
    {
        var pk = new TwoCompartmentPk(Atezolizumab);
        PkState state = default;
        double trough = 0, peak = 0;
        for (int cycle = 0; cycle < 30; cycle++)
        {
            pk.Dose(ref state, 1200);
            pk.Advance(ref state, 1);
            peak = pk.ConcentrationMgPerL(state);
            pk.Advance(ref state, 21 * 24 - 1);
            trough = pk.ConcentrationMgPerL(state);
        }

        Assert.Equal(191.85, trough, 5e-3);
        Assert.Equal(555.77, peak, 5e-3);
    }

    [Theory]
    [InlineData(0.0625)]
    [InlineData(0.3)]
    [InlineData(1)]
    [InlineData(6)]
    [InlineData(504)]
    public void StepLength_DoesNotMatter(double step)
    {
        var pk = new TwoCompartmentPk(Atezolizumab);
        PkState state = default;
        for (int cycle = 0; cycle < 3; cycle++)
        {
            pk.Dose(ref state, 1200);
            for (int i = 0; i < (int)Math.Round(504 / step); i++)
            {
                pk.Advance(ref state, step);
            }
        }

        double expected = Superposition(Atezolizumab, 1200, 1512, 0, 504, 1008);
        Assert.Equal(expected, pk.ConcentrationMgPerL(state), 1e-12 * expected);
    }

    [Fact]
    public void OverlappingInfusions_EqualSuperposition()
    {
        TwoCompartmentPlan plan = Atezolizumab with { InfusionHours = 10 };
        var pk = new TwoCompartmentPk(plan);
        PkState state = default;
        double time = 0;
        foreach (double dose in (double[])[0, 3, 3, 7.5, 12.25])
        {
            pk.Advance(ref state, dose - time);
            time = dose;
            pk.Dose(ref state, 500);
        }

        Assert.Equal(50 * 4, state.InfusionMgPerHour, 1e-12);
        foreach (double check in (double[])[12.5, 13.1, 17, 20, 22.25, 40, 500])
        {
            pk.Advance(ref state, check - time);
            time = check;
            double expected = Superposition(plan, 500, check, 0, 3, 3, 7.5, 12.25);
            Assert.Equal(expected, pk.ConcentrationMgPerL(state), 1e-12 * expected);
        }

        Assert.Equal(0, state.InfusionMgPerHour);
    }

    [Fact]
    public void NearlyEqualRoots_StayAccurate()
    {
        // k10 = k21 and a tiny exchange: the roots differ by 2e-6 of their size. Peripheral mass comes back late; compare with many small steps.
        TwoCompartmentPlan plan = new(1, 1, 1e-6, 1e-6, 2);
        var pk = new TwoCompartmentPk(plan);
        Assert.True(pk.AlphaPerHour > pk.BetaPerHour);
        PkState once = default, many = default;
        pk.Dose(ref once, 100);
        pk.Dose(ref many, 100);
        pk.Advance(ref once, 50);
        for (int i = 0; i < 5000; i++)
        {
            pk.Advance(ref many, 0.01);
        }

        Assert.Equal(once.CentralMg, many.CentralMg, 1e-11 * once.CentralMg);
        Assert.Equal(once.PeripheralMg, many.PeripheralMg, 1e-9 * once.PeripheralMg);

        // Without return the central compartment follows the one-compartment solution within the exchanged share (1e-6).
        double k = pk.EliminationPerHour;
        Assert.Equal(50 / k * (1 - Math.Exp(-2 * k)) * Math.Exp(-48 * k), once.CentralMg, 1e-4);
    }

    [Fact]
    public void ZeroDose_ChangesNothing()
    {
        var pk = new TwoCompartmentPk(Atezolizumab);
        PkState state = default;
        pk.Dose(ref state, 0);
        pk.Advance(ref state, 100);
        Assert.Equal(0, pk.ConcentrationMgPerL(state));
        Assert.Equal(0, state.InfusionMgPerHour);
        Assert.Equal(0, state.PeripheralMg);
    }

    [Fact]
    public void BadValues_AreRefused()
    {
        var pk = new TwoCompartmentPk(Atezolizumab);
        PkState state = default;
        Assert.Throws<ArgumentOutOfRangeException>(() => pk.Dose(ref state, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => pk.Dose(ref state, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => pk.Advance(ref state, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TwoCompartmentPk(Atezolizumab with { ExchangeLPerDay = 0 }));
        for (int i = 0; i < PkState.MaximumInfusions; i++)
        {
            pk.Dose(ref state, 1);
            pk.Advance(ref state, 0.01);
        }

        Assert.Throws<InvalidOperationException>(() => pk.Dose(ref state, 1));
    }

    /// <summary>The textbook form: a sum over doses of the infusion response [mg/L] at a time [h].</summary>
    private static double Superposition(TwoCompartmentPlan plan, double mg, double time, params double[] starts)
    {
        double k10 = plan.ClearanceLPerDay / plan.CentralVolumeL, k12 = plan.ExchangeLPerDay / plan.CentralVolumeL;
        double k21 = plan.ExchangeLPerDay / plan.PeripheralVolumeL, sum = k10 + k12 + k21;
        double alpha = (sum + Math.Sqrt(sum * sum - 4 * k10 * k21)) / 2, beta = (sum - Math.Sqrt(sum * sum - 4 * k10 * k21)) / 2;
        double a = (alpha - k21) / (alpha - beta) / plan.CentralVolumeL, b = (k21 - beta) / (alpha - beta) / plan.CentralVolumeL;
        double length = plan.InfusionHours / 24, rate = mg / length, total = 0;
        foreach (double start in starts)
        {
            double t = (time - start) / 24, during = Math.Min(t, length), after = t - during;
            total += rate * (a / alpha * (1 - Math.Exp(-alpha * during)) * Math.Exp(-alpha * after)
                + b / beta * (1 - Math.Exp(-beta * during)) * Math.Exp(-beta * after));
        }

        return total;
    }
}

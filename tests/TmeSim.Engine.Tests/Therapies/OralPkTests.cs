using TmeSim.Engine.Plan;
using TmeSim.Engine.Therapies;

namespace TmeSim.Engine.Tests.Therapies;

public sealed class OralPkTests
{
    private static readonly OralPlan Plan = new(1, 150, 10);
    private static readonly double Ke = Math.Log(2) / 10;

    /// <summary>Bateman function: C(t) = D/V · ka/(ka − ke) · (e^(−ke t) − e^(−ka t)).</summary>
    [Theory]
    [InlineData(1, 10)]
    [InlineData(0.05, 2)] // flip-flop: absorption is the slow process
    [InlineData(0.0693, 10)]
    public void SingleDose_FollowsTheBatemanFunction(double ka, double halfLife)
    {
        var pk = new OralPk(new OralPlan(ka, 150, halfLife));
        double ke = Math.Log(2) / halfLife;
        PkState state = default;
        pk.Dose(ref state, 240);
        for (int hour = 1; hour <= 96; hour++)
        {
            pk.Advance(ref state, 1);
            double expected = 240.0 / 150 * ka / (ka - ke) * (Math.Exp(-ke * hour) - Math.Exp(-ka * hour));
            Assert.Equal(expected, pk.ConcentrationMgPerL(state), 1e-9 * expected + 1e-15);
        }
    }

    [Fact]
    public void EqualRates_FollowTheLimit()
    {
        var pk = new OralPk(new OralPlan(Ke, 150, 10));
        PkState state = default;
        pk.Dose(ref state, 150);
        pk.Advance(ref state, 7);
        Assert.Equal(Ke * 7 * Math.Exp(-Ke * 7), pk.ConcentrationMgPerL(state), 1e-12);
    }

    [Fact]
    public void Peak_LiesAtLogRatioOverDifference()
    {
        double peak = Math.Log(1 / Ke) / (1 - Ke);
        Assert.True(At(peak) > At(peak - 0.01));
        Assert.True(At(peak) > At(peak + 0.01));

        static double At(double hours)
        {
            var pk = new OralPk(Plan);
            PkState state = default;
            pk.Dose(ref state, 240);
            pk.Advance(ref state, hours);
            return pk.ConcentrationMgPerL(state);
        }
    }

    [Fact]
    public void Steps_OfAnyLength_GiveTheSame()
    {
        var pk = new OralPk(Plan);
        PkState one = default, many = default;
        pk.Dose(ref one, 100);
        pk.Dose(ref many, 100);
        pk.Advance(ref one, 12);
        for (int i = 0; i < 1200; i++)
        {
            pk.Advance(ref many, 0.01);
        }

        Assert.Equal(one.CentralMg, many.CentralMg, 1e-11);
        Assert.Equal(one.GutMg, many.GutMg, 1e-11);
    }

    [Fact]
    public void Area_IsDoseOverClearance()
    {
        // Trapezoid over the closed form; V/F · ke is the apparent clearance.
        var pk = new OralPk(Plan);
        PkState state = default;
        pk.Dose(ref state, 240);
        double area = 0, before = 0;
        const double step = 0.005;
        for (int i = 0; i < 60_000; i++)
        {
            pk.Advance(ref state, step);
            double now = pk.ConcentrationMgPerL(state);
            area += step * (before + now) / 2;
            before = now;
        }

        Assert.Equal(240 / (150 * Ke), area, 1e-4 * area);
    }

    [Fact]
    public void TwiceADay_ReachesTheGeometricSeries()
    {
        // At steady state just before a dose: Σ over all earlier doses of the Bateman function.
        var pk = new OralPk(Plan);
        PkState state = default;
        for (int dose = 0; dose < 60; dose++)
        {
            pk.Dose(ref state, 240);
            pk.Advance(ref state, 12);
        }

        double expected = 240.0 / 150 / (1 - Ke) * (Math.Exp(-Ke * 12) / (1 - Math.Exp(-Ke * 12)) - Math.Exp(-12) / (1 - Math.Exp(-12)));
        Assert.Equal(expected, pk.ConcentrationMgPerL(state), 1e-9 * expected);
    }

    [Theory]
    [InlineData(0, 150, 10)]
    [InlineData(1, -1, 10)]
    [InlineData(1, 150, double.NaN)]
    public void BadPlan_IsRejected(double ka, double volume, double halfLife) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new OralPk(new OralPlan(ka, volume, halfLife)));
}

using TmeSim.Engine.Radiation;

namespace TmeSim.Engine.Tests.Radiation;

/// <summary>α 0.3 /Gy, α/β 10 Gy; expected digits worked out from the formulas outside this program.</summary>
public sealed class CellSurvivalTests
{
    private const double AlphaBeta = 10;
    private static readonly CellSurvival Cell = new(0.3, 0.03);

    [Theory]
    [InlineData(30, 2, 4.1614e-10, 72.00, 60.000, 21.60)]
    [InlineData(3, 8, 2.3526e-6, 43.20, 36.000, 12.96)]
    [InlineData(1, 20, 1.5230e-8, 60.00, 50.000, 18.00)]
    [InlineData(5, 6, 5.5739e-7, 48.00, 40.000, 14.40)]
    [InlineData(1, 10, 2.4788e-3, 20.00, 16.667, 6.00)]
    [InlineData(3, 10, 1.5230e-8, 60.00, 50.000, 18.00)]
    [InlineData(6, 3, 8.9383e-4, 23.40, 19.500, 7.02)]
    public void Regimen_HasItsSurvivalAndDoses(int fractions, double gy, double surviving, double bed, double eqd2, double logKill)
    {
        Assert.Equal(logKill, fractions * Cell.LogKill(gy), 1e-12);
        Assert.Equal(surviving, Math.Pow(Cell.Surviving(gy), fractions), 5e-5 * surviving);
        Assert.Equal(bed, CellSurvival.Bed(fractions, gy, AlphaBeta), 1e-12);
        Assert.Equal(eqd2, CellSurvival.Eqd2(fractions, gy, AlphaBeta), 5e-4);
    }

    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(3.28, 1.75, 2)]
    [InlineData(10, 2.1295, 2.5060)]
    [InlineData(38, 2.3808, 2.8411)]
    [InlineData(1e12, 2.5, 3)]
    public void Oer_FollowsAlper(double mmHg, double onAlpha, double onBeta)
    {
        Assert.Equal(onAlpha, CellSurvival.Oer(mmHg, 2.5, 3.28), 5e-5);
        Assert.Equal(onBeta, CellSurvival.Oer(mmHg, 3, 3.28), 5e-5);
    }

    /// <summary>α 0.2 /Gy, α/β 2.2 Gy at 2 Gy.</summary>
    [Theory]
    [InlineData(0, 0.8184)]
    [InlineData(3.28, 0.6430)]
    [InlineData(1e12, 0.4660)]
    public void SurvivalAtTwoGy_FallsWithOxygen(double mmHg, double expected) =>
        Assert.Equal(expected, new CellSurvival(0.2, 0.2 / 2.2).At(mmHg, 2.5, 3, 3.28).Surviving(2), 5e-5);

    [Fact]
    public void Survival_OrdersRegimensAndOxygen()
    {
        Assert.True(Math.Pow(Cell.Surviving(8), 3) > Math.Pow(Cell.Surviving(6), 5));
        Assert.True(Math.Pow(Cell.Surviving(6), 5) > Cell.Surviving(20));
        for (double gy = 0.5; gy <= 30; gy += 0.5)
        {
            Assert.True(Cell.At(1, 2.5, 3, 3.28).Surviving(gy) > Cell.At(40, 2.5, 3, 3.28).Surviving(gy));
        }

        Assert.Equal(1, Cell.Surviving(0));
    }

    [Fact]
    public void LinearAboveThreshold_MeetsItsTangent()
    {
        CellSurvival bent = Cell with { LinearAboveGy = 8 };
        Assert.Equal(Cell.LogKill(7.9), bent.LogKill(7.9));
        Assert.Equal(Cell.LogKill(8), bent.LogKill(8));

        // Slope α + 2 β d beyond: at 20 Gy 4.32 + 0.78 · 12.
        Assert.Equal(8 * (0.3 + 0.24) + (0.3 + 0.48) * 12, bent.LogKill(20), 1e-12);
        Assert.True(bent.LogKill(20) < Cell.LogKill(20));
    }

    [Fact]
    public void Tcp_IsPoisson() => Assert.Equal(Math.Exp(-1e5 * 2.3526e-6), CellSurvival.Tcp(1e5, 2.3526e-6), 1e-12);
}

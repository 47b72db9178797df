using TmeSim.Experiments.Bench;

namespace TmeSim.Experiments.Tests.Bench;

/// <summary>The solver of fields against a manufactured solution: second order.</summary>
public sealed class SolverCheckTests
{
    [Fact]
    public void Solver_IsOfSecondOrder()
    {
        IReadOnlyList<SolverError> errors = SolverCheck.Run();
        Assert.All(errors.Skip(1), e => Assert.InRange(e.Order, 1.8, 2.2));
        Assert.True(errors[^1].Error < 2e-5, $"{errors[^1].Error:E2}");
    }
}

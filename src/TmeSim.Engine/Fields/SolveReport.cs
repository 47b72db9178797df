namespace TmeSim.Engine.Fields;

/// <summary>How a field solve went.</summary>
/// <param name="Cycles">Multigrid cycles done; 0 when the field was already converged.</param>
/// <param name="InitialResidual">max |r / diagonal| before the first cycle, relative to max |c|.</param>
/// <param name="Residual">The same after the last cycle.</param>
/// <param name="Converged">The residual is below the asked tolerance.</param>
/// <param name="AtFloor">A cycle no longer reduced the residual: the float32 floor was reached.</param>
public readonly record struct SolveReport(int Cycles, float InitialResidual, float Residual, bool Converged, bool AtFloor);

namespace TmeSim.Engine.Multigrid;

/// <summary>How a field solve went.</summary>
/// <param name="Cycles">Multigrid cycles done; 0 when the field was already converged.</param>
/// <param name="InitialResidual">max |r / diagonal| before the first cycle, relative to max |c| or to the smallest size that
/// counts.</param>
/// <param name="Residual">The same after the last cycle, or before its last sweep when it was small enough there.</param>
/// <param name="Converged">The residual is below the asked tolerance, and so was the error of long waves as far as the last cycle
/// shows; or one cycle was enough by the residual before it.</param>
/// <param name="AtFloor">A cycle no longer reduced the residual: the float32 floor was reached.</param>
/// <param name="Below">Size of the most negative value that the cycles left; 0 when there is none.</param>
public readonly record struct SolveReport(int Cycles, float InitialResidual, float Residual, bool Converged, bool AtFloor, float Below = 0);

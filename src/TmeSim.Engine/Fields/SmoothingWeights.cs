namespace TmeSim.Engine.Fields;

/// <summary>
/// Damping of the three Jacobi sweeps of a cycle: reciprocals of Chebyshev nodes over the part of the spectrum of
/// D⁻¹A that the coarse level cannot see, (½, 2) in two dimensions and (⅓, 2) in three.
/// </summary>
/// <param name="First">First sweep before the coarse correction.</param>
/// <param name="Second">Second sweep before it.</param>
/// <param name="Last">The sweep after it.</param>
internal readonly record struct SmoothingWeights(float First, float Second, float Last)
{
    public static SmoothingWeights For(int dimensions) => dimensions < 3 ? new(0.5346f, 1.7361f, 0.7951f) : new(0.5695f, 1.732f, 0.8f);
}

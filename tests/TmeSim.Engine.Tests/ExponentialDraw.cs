using TmeSim.Engine.Numerics;

namespace TmeSim.Engine.Tests;

/// <summary>Exponential with mean 1 by inversion, in (0, 22.88), for reference processes in continuous time.</summary>
internal static class ExponentialDraw
{
    public static double Of(uint word) => -DetMath.Log(Draws.UniformOpen(word));
}

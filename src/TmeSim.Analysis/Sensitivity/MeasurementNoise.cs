using TmeSim.Engine.Numerics;

namespace TmeSim.Analysis.Sensitivity;

/// <summary>Noise of measurements that a calibration adds to simulated outcomes, as a function of what it is added to.</summary>
public static class MeasurementNoise
{
    private const ulong Salt = 0x6E6F697365;

    /// <summary>A standard normal number: multiply it by the sd of the measurement.</summary>
    /// <param name="key">Key of the calibration.</param>
    /// <param name="generation">Number of the generation.</param>
    /// <param name="attempt">Number of the attempt.</param>
    /// <param name="index">Number of the measured value.</param>
    public static double Normal(ulong key, int generation, long attempt, int index)
    {
        PhiloxBlock block = Philox4x32.Block((uint)attempt, (uint)(attempt >> 32), (uint)generation, (uint)index,
            RandomKey.Create(key ^ Salt, 0, 0));
        return Draws.Normal(block.X0, block.X1);
    }
}

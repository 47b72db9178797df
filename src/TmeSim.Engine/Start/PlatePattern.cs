using TmeSim.Engine.Lattice;
using TmeSim.Engine.Numerics;
using TmeSim.Engine.Plan;

namespace TmeSim.Engine.Start;

/// <summary>
/// Trabeculae: sinusoidal tracks run where a random sum of plane waves of one length is zero, at a distance from one another that
/// varies around that of the plates (MODEL.md 7.12a).
/// </summary>
internal sealed class PlatePattern
{
    /// <summary>Waves of the sum: enough that no direction stands out.</summary>
    private const int Waves = 32;

    private readonly (double X, double Y, double Z, double Turns)[] _waves;
    private readonly double _half;

    public PlatePattern(LatticeShape shape, ParameterSet parameters, RandomKey key)
    {
        double width = parameters[Parameter.TumorTrackWidth], pitch = parameters[Parameter.TumorPlateThickness] + width;
        var hash = new LayoutHash(key, LayoutHash.Plates);
        int axes = Math.Max(1, shape.Dimensions);

        // Zero lines of such a sum have the length k/(2√2) per area; surfaces 2k/(π√3) per volume, zeros k/π per length (Rice).
        double wave = (axes switch { 1 => Math.PI, 2 => 2 * Math.Sqrt(2.0), _ => Math.PI * Math.Sqrt(3.0) / 2 }) / pitch / (2 * Math.PI);
        _half = width / 2;
        _waves = new (double, double, double, double)[Waves];
        for (int i = 0; i < Waves; i++)
        {
            (double x, double y, double z) = hash.Direction(i, 0, 0, axes);
            _waves[i] = (wave * x, wave * y, wave * z, hash.Uniform(i, 0, 0, 7));
        }
    }

    /// <summary>True in a track. Places [µm] along open axes; 0 along others.</summary>
    public bool IsTrack(double x, double y, double z)
    {
        double sum = 0, slopeX = 0, slopeY = 0, slopeZ = 0;
        foreach ((double waveX, double waveY, double waveZ, double turns) in _waves)
        {
            double phase = (waveX * x) + (waveY * y) + (waveZ * z) + turns, sine = Turn.Sin(phase);
            sum += Turn.Cos(phase);
            slopeX -= waveX * sine;
            slopeY -= waveY * sine;
            slopeZ -= waveZ * sine;
        }

        // Distance from the zero line to first order: |f|/|∇f|.
        double slope = 4 * Math.PI * Math.PI * ((slopeX * slopeX) + (slopeY * slopeY) + (slopeZ * slopeZ));
        return sum * sum < _half * _half * slope;
    }
}

/// <summary>Sine and cosine of whole turns, within 10⁻⁹: sums and products in a fixed order, so that every machine gives the same bits.</summary>
internal static class Turn
{
    public static double Sin(double turns) => Cos(turns - 0.25);

    public static double Cos(double turns)
    {
        double part = Math.Abs(turns - Math.Floor(turns + 0.5));
        return part > 0.25 ? -Near(0.5 - part) : Near(part);
    }

    // Taylor's series up to a quarter turn.
    private static double Near(double turns)
    {
        double y = 2 * Math.PI * turns;
        double t = y * y;
        double sum = 1 - (t / 240);
        ReadOnlySpan<double> steps = [182, 132, 90, 56, 30, 12, 2];
        foreach (double step in steps)
        {
            sum = 1 - (t / step * sum);
        }

        return sum;
    }
}

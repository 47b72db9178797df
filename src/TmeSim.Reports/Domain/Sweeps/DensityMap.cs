namespace TmeSim.Reports.Domain.Sweeps;

/// <summary>Weighted Gaussian density of points in a plane (bandwidths by Scott's rule) and the levels that enclose parts of its mass.</summary>
internal sealed class DensityMap
{
    private const int Size = 48;
    private const double FewestPoints = 20;
    private readonly double[,] _density;

    private DensityMap(double[] x, double[] y, double[,] density)
    {
        X = x;
        Y = y;
        _density = density;
    }

    public double[] X { get; }

    public double[] Y { get; }

    /// <summary>Density at a column and row, up to a common factor.</summary>
    public double At(int column, int row) => _density[column, row];

    /// <summary>A density; null for points too few or without spread.</summary>
    public static DensityMap? Of(double[] x, double[] y, double[] weights, (double Low, double High) xRange, (double Low, double High) yRange)
    {
        double size = weights.Length == 0 ? 0 : 1 / weights.Sum(w => w * w);
        double xWidth = Deviation(x, weights) * Math.Pow(size, -1 / 6.0);
        double yWidth = Deviation(y, weights) * Math.Pow(size, -1 / 6.0);
        if (size < FewestPoints || !(xWidth > (xRange.High - xRange.Low) * 1e-4) || !(yWidth > (yRange.High - yRange.Low) * 1e-4))
        {
            return null;
        }

        double[] columns = [.. Enumerable.Range(0, Size).Select(i => xRange.Low + ((xRange.High - xRange.Low) * i / (Size - 1)))];
        double[] rows = [.. Enumerable.Range(0, Size).Select(i => yRange.Low + ((yRange.High - yRange.Low) * i / (Size - 1)))];
        double[,] density = new double[Size, Size];
        double[] across = new double[Size];
        for (int k = 0; k < x.Length; k++)
        {
            for (int c = 0; c < Size; c++)
            {
                across[c] = weights[k] * Kernel((columns[c] - x[k]) / xWidth);
            }

            for (int r = 0; r < Size; r++)
            {
                double up = Kernel((rows[r] - y[k]) / yWidth);
                for (int c = 0; up > 0 && c < Size; c++)
                {
                    density[c, r] += across[c] * up;
                }
            }
        }

        return new DensityMap(columns, rows, density);
    }

    /// <summary>Density above which a part of the mass lies.</summary>
    public double Level(double part)
    {
        double[] falling = [.. _density.Cast<double>().OrderDescending()];
        double wanted = falling.Sum() * part;
        double sum = 0;
        return falling.First(value => (sum += value) >= wanted * (1 - 1e-12));
    }

    private static double Kernel(double z) => Math.Abs(z) > 5 ? 0 : Math.Exp(-0.5 * z * z);

    private static double Deviation(double[] values, double[] weights)
    {
        double mean = values.Zip(weights, (v, w) => v * w).Sum();
        return Math.Sqrt(values.Zip(weights, (v, w) => (v - mean) * (v - mean) * w).Sum());
    }
}

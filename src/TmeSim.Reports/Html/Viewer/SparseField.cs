namespace TmeSim.Reports.Html.Viewer;

/// <summary>A smooth field by some of its sites: every n-th along x and y, and the last ones.</summary>
/// <param name="Codes">Steps of the range, layer by layer.</param>
/// <param name="Width">Sites kept along x.</param>
/// <param name="Height">Sites kept along y.</param>
internal sealed record SparseField(int[] Codes, int Width, int Height)
{
    /// <summary>Steps of the sites kept: all that a byte holds, so that nearly all of the error may be that of the interpolation.</summary>
    public const int Steps = 254;

    /// <summary>Keeps every <paramref name="stride"/>-th site, or gives null when interpolation between them is off by more than half of one of <paramref name="steps"/>.</summary>
    public static SparseField? Create(float[] values, (int Nx, int Ny) size, (double Low, double High) range, int stride, int steps)
    {
        int width = Length(size.Nx, stride), height = Length(size.Ny, stride), layer = size.Nx * size.Ny;
        double span = range.High - range.Low, scale = span > 0 ? Steps / span : 0;
        int[] codes = new int[width * height * (values.Length / layer)];
        for (int i = 0; i < codes.Length; i++)
        {
            int x = Math.Min(i % width * stride, size.Nx - 1), y = Math.Min(i / width % height * stride, size.Ny - 1);
            codes[i] = (int)(((values[(i / (width * height) * layer) + (y * size.Nx) + x] - range.Low) * scale) + 0.5);
        }

        var sparse = new SparseField(codes, width, height);
        return sparse.Holds(values, size, range.Low, stride, span / Steps, span / steps / 2) ? sparse : null;
    }

    /// <summary>Sites kept along an edge.</summary>
    private static int Length(int size, int stride) => ((size - 2 + stride) / stride) + 1;

    private bool Holds(float[] values, (int Nx, int Ny) size, double low, int stride, double step, double tolerance)
    {
        for (int row = 0; row < values.Length / size.Nx; row++)
        {
            int y = row % size.Ny, plane = row / size.Ny * Width * Height;
            (int above, int below, double down) = Between(y, size.Ny, stride);
            for (int x = 0; x < size.Nx; x++)
            {
                (int left, int right, double along) = Between(x, size.Nx, stride);
                double upper = Mix(Codes[plane + (above * Width) + left], Codes[plane + (above * Width) + right], along);
                double lower = Mix(Codes[plane + (below * Width) + left], Codes[plane + (below * Width) + right], along);
                if (Math.Abs(low + (Mix(upper, lower, down) * step) - values[(row * size.Nx) + x]) > tolerance)
                {
                    return false;
                }
            }
        }

        return true;
    }

    // The kept sites on both sides of a site, and its place between them.
    private static (int Before, int After, double Part) Between(int site, int size, int stride)
    {
        int before = site / stride, start = before * stride, end = Math.Min(start + stride, size - 1);
        return end > start ? (before, before + 1, (double)(site - start) / (end - start)) : (before, before, 0);
    }

    private static double Mix(double a, double b, double part) => a + ((b - a) * part);
}

namespace TmeSim.Analysis.Shapes;

/// <summary>
/// Exact Euclidean distance of every site to the nearest marked site, in time proportional to the number of sites.
/// </summary>
/// <remarks>Felzenszwalb and Huttenlocher, Theory Comput. 8 (2012) 415, doi:10.4086/toc.2012.v008a019: lower envelopes of parabolas, axis
/// by axis.</remarks>
public static class DistanceTransform
{
    /// <summary>
    /// Distance [µm] between centres of each site and the nearest marked site; 0 on marked sites, +∞ when none is marked.
    /// </summary>
    /// <exception cref="ArgumentException">The mask does not fit the grid.</exception>
    public static double[] Distances(ReadOnlySpan<bool> mask, MaskGrid grid)
    {
        double[] result = SquaredSites(mask, grid);
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = Math.Sqrt(result[i]) * grid.SpacingUm;
        }

        return result;
    }

    /// <summary>Squared distance in sites: whole numbers, so comparisons with a squared radius are exact.</summary>
    /// <inheritdoc cref="Distances(ReadOnlySpan{bool}, MaskGrid)"/>
    public static double[] SquaredSites(ReadOnlySpan<bool> mask, MaskGrid grid)
    {
        grid.Require(mask.Length, nameof(mask));
        var squared = new double[mask.Length];
        for (int i = 0; i < squared.Length; i++)
        {
            squared[i] = mask[i] ? 0 : double.PositiveInfinity;
        }

        var line = new Line(Math.Max(grid.Nx, Math.Max(grid.Ny, grid.Nz)));
        int plane = grid.Nx * grid.Ny;
        for (int start = 0; start < squared.Length; start += grid.Nx)
        {
            line.Transform(squared, start, 1, grid.Nx);
        }

        for (int z = 0; z < grid.Nz; z++)
        {
            for (int x = 0; x < grid.Nx; x++)
            {
                line.Transform(squared, z * plane + x, grid.Nx, grid.Ny);
            }
        }

        for (int start = 0; start < plane; start++)
        {
            line.Transform(squared, start, plane, grid.Nz);
        }

        return squared;
    }

    /// <summary>Scratch of the one-dimensional transform: min over q of (p − q)² + f(q).</summary>
    private readonly struct Line(int capacity)
    {
        private readonly double[] _heights = new double[capacity];
        private readonly int[] _centres = new int[capacity];
        private readonly double[] _starts = new double[capacity];

        public void Transform(double[] values, int start, int step, int count)
        {
            if (count == 1)
            {
                return;
            }

            int hull = -1;
            for (int q = 0; q < count; q++)
            {
                double f = values[start + q * step];
                _heights[q] = f;
                if (double.IsPositiveInfinity(f))
                {
                    continue;
                }

                double from = double.NegativeInfinity;
                while (hull >= 0)
                {
                    int v = _centres[hull];
                    from = (f + (double)q * q - (_heights[v] + (double)v * v)) / (2.0 * (q - v));
                    if (from > _starts[hull])
                    {
                        break;
                    }

                    hull--;
                    from = double.NegativeInfinity;
                }

                hull++;
                _centres[hull] = q;
                _starts[hull] = from;
            }

            for (int p = 0, k = 0; p < count && hull >= 0; p++)
            {
                while (k < hull && _starts[k + 1] < p)
                {
                    k++;
                }

                double away = p - _centres[k];
                values[start + p * step] = away * away + _heights[_centres[k]];
            }
        }
    }
}

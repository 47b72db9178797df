namespace TmeSim.Engine.Plan;

/// <summary>
/// The dose of a fraction over the lattice, as shares of the dose that the course names, on a grid of lines that need not be even. Between them it
/// is linear along each axis, beyond the outermost ones as there. Places count from the low corner of the lattice, sites lie at their centres.
/// </summary>
public sealed class DoseMap
{
    /// <summary>Largest share of the named dose.</summary>
    public const double MostShare = 100;

    /// <summary>Places along an axis at which <see cref="Mean"/> looks.</summary>
    public const int MostSamples = 64;

    private readonly double[] _x, _y, _z, _shares;

    /// <param name="x">Lines along x [µm], rising, at least one.</param>
    /// <param name="y">Lines along y [µm].</param>
    /// <param name="z">Lines along z [µm]; one where the dose does not depend on it.</param>
    /// <param name="shares">Shares (0 to <see cref="MostShare"/>) at all crossings, x fastest, z slowest.</param>
    /// <exception cref="ArgumentException">Lines do not rise, a share is out of range, or there are too few or many of them.</exception>
    public DoseMap(IReadOnlyList<double> x, IReadOnlyList<double> y, IReadOnlyList<double> z, IReadOnlyList<double> shares)
    {
        (_x, _y, _z, _shares) = (Lines(x, nameof(x)), Lines(y, nameof(y)), Lines(z, nameof(z)), [.. shares]);
        if (_shares.LongLength != (long)_x.Length * _y.Length * _z.Length || !_shares.All(s => s is >= 0 and <= MostShare))
        {
            throw new ArgumentException($"a dose map has a share between 0 and {MostShare} at each of its crossings", nameof(shares));
        }
    }

    /// <summary>Lines along each axis [µm].</summary>
    public (IReadOnlyList<double> X, IReadOnlyList<double> Y, IReadOnlyList<double> Z) Axes => (_x, _y, _z);

    /// <summary>Shares at all crossings, x fastest.</summary>
    public IReadOnlyList<double> Shares => _shares;

    /// <summary>Share of the named dose at a place [µm].</summary>
    public double At(double x, double y, double z)
    {
        ((int x0, int x1, double tx), (int y0, int y1, double ty), (int z0, int z1, double tz)) = (Find(_x, x), Find(_y, y), Find(_z, z));
        double Row(int yi, int zi) => Between(_shares[Index(x0, yi, zi)], _shares[Index(x1, yi, zi)], tx);
        double Layer(int zi) => Between(Row(y0, zi), Row(y1, zi), ty);
        return Between(Layer(z0), Layer(z1), tz);
    }

    /// <summary>Mean share over all sites of a lattice, at most 1 each.</summary>
    public double MeanCovered(TissuePlan tissue)
    {
        ArgumentNullException.ThrowIfNull(tissue);
        double sum = 0, h = tissue.SpacingUm;
        for (int z = 0; z < tissue.Nz; z++)
        {
            for (int y = 0; y < tissue.Ny; y++)
            {
                for (int x = 0; x < tissue.Nx; x++)
                {
                    sum += Math.Min(1, At((x + 0.5) * h, (y + 0.5) * h, (z + 0.5) * h));
                }
            }
        }

        return sum / ((double)tissue.Nx * tissue.Ny * tissue.Nz);
    }

    /// <summary>
    /// Mean of a function of the share over a lattice, taken at up to <see cref="MostSamples"/> places along each axis in the middle of equal
    /// parts; of the very value where all shares are alike.
    /// </summary>
    /// <param name="tissue">The lattice.</param>
    /// <param name="of">Function of a share.</param>
    /// <param name="withinUm">Only places so near to the middle of the lattice count [µm], where there are any.</param>
    public double Mean(TissuePlan tissue, Func<double, double> of, double withinUm = double.PositiveInfinity)
    {
        ArgumentNullException.ThrowIfNull(tissue);
        ArgumentNullException.ThrowIfNull(of);
        if (_shares.All(s => s == _shares[0]))
        {
            return of(_shares[0]);
        }

        (double X, double Y, double Z)[] places = [.. Places(tissue)];
        (double mx, double my, double mz) = (tissue.Nx * tissue.SpacingUm / 2, tissue.Ny * tissue.SpacingUm / 2, tissue.Nz * tissue.SpacingUm / 2);
        (double X, double Y, double Z)[] near = [.. places.Where(q =>
            Math.Sqrt(((q.X - mx) * (q.X - mx)) + ((q.Y - my) * (q.Y - my)) + ((q.Z - mz) * (q.Z - mz))) <= withinUm)];
        return (near.Length > 0 ? near : places).Average(q => of(At(q.X, q.Y, q.Z)));
    }

    private static IEnumerable<(double X, double Y, double Z)> Places(TissuePlan tissue)
    {
        double[] Along(int sites)
        {
            int parts = Math.Min(sites, MostSamples);
            return [.. Enumerable.Range(0, parts).Select(i => (i + 0.5) * sites * tissue.SpacingUm / parts)];
        }

        double[] xs = Along(tissue.Nx), ys = Along(tissue.Ny);
        return from z in Along(tissue.Nz)
               from y in ys
               from x in xs
               select (x, y, z);
    }

    private int Index(int x, int y, int z) => ((z * _y.Length) + y) * _x.Length + x;

    private static double Between(double low, double high, double t) => low + ((high - low) * t);

    private static (int Low, int High, double T) Find(double[] lines, double at)
    {
        if (lines.Length == 1 || at <= lines[0])
        {
            return (0, 0, 0);
        }

        if (at >= lines[^1])
        {
            return (lines.Length - 1, lines.Length - 1, 0);
        }

        int found = Array.BinarySearch(lines, at), low = found >= 0 ? found : ~found - 1;
        return (low, low + 1, (at - lines[low]) / (lines[low + 1] - lines[low]));
    }

    private static double[] Lines(IReadOnlyList<double> lines, string name) =>
        lines.Count > 0 && lines.All(double.IsFinite) && lines.Zip(lines.Skip(1)).All(p => p.First < p.Second) ? [.. lines]
            : throw new ArgumentException("lines of a dose map are finite and rise", name);
}

using TmeSim.Engine.Lattice;

namespace TmeSim.Engine.Start;

/// <summary>
/// The sites nearest to the centre of a lattice, an exact number of them: those inside a sphere, and of the shell on it those
/// with the lowest rank. Found by counting, so that no list of sites is needed.
/// </summary>
/// <remarks>Distances are whole numbers here: twice the offset from the centre, which may lie between sites, squared.</remarks>
internal sealed class NoduleOutline
{
    private readonly LatticeShape _shape;
    private readonly Func<int, bool>? _takes;

    /// <param name="shape">The lattice.</param>
    /// <param name="sites">Sites wanted, 1 to all that are taken.</param>
    /// <param name="takes">Sites that count; null for all.</param>
    public NoduleOutline(LatticeShape shape, int sites, Func<int, bool>? takes = null)
    {
        (_shape, _takes) = (shape, takes);
        long low = 0, high = Squared(0, 0, 0);
        while (low < high)
        {
            long middle = low + (high - low) / 2;
            (low, high) = CountWithin(middle) >= sites ? (low, middle) : (middle + 1, high);
        }

        ShellSquared = low;
        OnShell = (int)(sites - CountWithin(low - 1));
    }

    /// <summary>Squared double distance of the outermost sites.</summary>
    public long ShellSquared { get; }

    /// <summary>Sites to take of those at exactly that distance.</summary>
    public int OnShell { get; }

    /// <summary>Distance of the outermost site from the centre [sites].</summary>
    public double Radius => Math.Sqrt(ShellSquared / 4.0);

    /// <summary>Squared double distance of a site from the centre.</summary>
    public long Squared(int x, int y, int z) => Axis(x, _shape.Nx) + Axis(y, _shape.Ny) + Axis(z, _shape.Nz);

    /// <summary>Column before which no site of a row lies within the shell; the length of the row where none does.</summary>
    public int FirstColumn(int y, int z)
    {
        long rest = ShellSquared - Axis(y, _shape.Ny) - Axis(z, _shape.Nz);
        return rest < 0 ? _shape.Nx : (int)Math.Max(0, (_shape.Nx - 1 - Root(rest)) / 2);
    }

    private static long Axis(int at, int size) => (2L * at - (size - 1)) * (2L * at - (size - 1));

    private long CountWithin(long squared)
    {
        if (_takes is not null)
        {
            return CountTaken(squared, _takes);
        }

        long count = 0;
        for (int row = 0; row < _shape.Rows; row++)
        {
            long rest = squared - Axis(row % _shape.Ny, _shape.Ny) - Axis(row / _shape.Ny, _shape.Nz);
            if (rest >= 0)
            {
                // Offsets are even on an odd axis and odd on an even one.
                long reach = Math.Min(Root(rest), _shape.Nx - 1);
                count += _shape.Nx % 2 == 1 ? reach / 2 * 2 + 1 : (reach + 1) / 2 * 2;
            }
        }

        return count;
    }

    private long CountTaken(long squared, Func<int, bool> takes)
    {
        long count = 0;
        for (int row = 0; row < _shape.Rows; row++)
        {
            int start = _shape.RowStart(row), y = row % _shape.Ny, z = row / _shape.Ny;
            for (int x = 0; x < _shape.Nx; x++)
            {
                count += Squared(x, y, z) <= squared && takes(start + x) ? 1 : 0;
            }
        }

        return count;
    }

    /// <summary>The largest whole number whose square is not above the value.</summary>
    private static long Root(long value)
    {
        long root = (long)Math.Sqrt((double)value);
        while (root * root > value)
        {
            root--;
        }

        while ((root + 1) * (root + 1) <= value)
        {
            root++;
        }

        return root;
    }
}

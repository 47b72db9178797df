using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace TmeSim.Engine.Lattice;

/// <summary>
/// The index arithmetic of a regular grid in one, two or three dimensions, shared by every per-site array.
/// A site index addresses cell layers and fields alike: rows are padded so that a row starts on 64 bytes
/// (16 floats), with a halo around every axis that has more than one site. A 2D lattice is a 3D lattice with one layer.
/// </summary>
/// <remarks>
/// Row (y, z) begins at <c>Site(0, y, z)</c>, a multiple of 16. The element before a row and the elements after it are halo.
/// Axes with a single site have no neighbours: their directions are absent from <see cref="FaceOffsets"/> and
/// <see cref="MooreOffsets"/>, so no rule and no draw can depend on how thin axes are written.
/// </remarks>
public sealed class LatticeShape
{
    /// <summary>Elements per 64-byte line of float32.</summary>
    public const int RowAlignment = 16;

    /// <param name="nx">Sites along x, at least 1.</param>
    /// <param name="ny">Sites along y, at least 1.</param>
    /// <param name="nz">Sites along z, at least 1 (1 = two-dimensional).</param>
    /// <param name="spacingUm">Distance of neighbouring sites [µm], positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size below 1, a spacing not above 0, or more than <see cref="LargestLength"/>
    /// elements.</exception>
    public LatticeShape(int nx, int ny, int nz, double spacingUm)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(nx);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(ny);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(nz);
        if (!(spacingUm > 0) || double.IsInfinity(spacingUm))
        {
            throw new ArgumentOutOfRangeException(nameof(spacingUm), spacingUm, "the spacing must be positive");
        }

        Nx = nx;
        Ny = ny;
        Nz = nz;
        SpacingUm = spacingUm;
        long length = LengthOf(nx, ny, nz);
        if (length > LargestLength)
        {
            throw new ArgumentOutOfRangeException(
                nameof(nx),
                $"{nx} x {ny} x {nz} sites need {length} elements with halo and padding; at most {LargestLength} can be indexed");
        }

        Stride = (int)StrideOf(nx);
        PlaneStride = (int)((ny == 1 ? 1 : ny + 2) * StrideOf(nx));
        Length = (int)length;
        Origin = RowAlignment + (ny == 1 ? 0 : Stride) + (nz == 1 ? 0 : PlaneStride);
        SiteCount = (long)nx * ny * nz;
        Dimensions = (nx > 1 ? 1 : 0) + (ny > 1 ? 1 : 0) + (nz > 1 ? 1 : 0);
        FaceOffsets = BuildOffsets(facesOnly: true);
        MooreOffsets = BuildOffsets(facesOnly: false);
    }

    /// <summary>Most elements of a per-site array: indices are 32-bit.</summary>
    public const int LargestLength = int.MaxValue - 64;

    /// <summary>
    /// Elements of a per-site array of a lattice, halo and padding included, also of one too large to make (at most 2⁶³ − 1).
    /// </summary>
    /// <param name="nx">Sites along x, at least 1.</param>
    /// <param name="ny">Sites along y, at least 1.</param>
    /// <param name="nz">Sites along z, at least 1.</param>
    public static long LengthOf(int nx, int ny, int nz)
    {
        Int128 plane = (Int128)(ny == 1 ? 1L : ny + 2L) * StrideOf(nx);
        Int128 length = plane * (nz == 1 ? 1L : nz + 2L) + RowAlignment;
        return (long)Int128.Min(length, long.MaxValue);
    }

    public int Nx { get; }

    public int Ny { get; }

    public int Nz { get; }

    /// <summary>Distance of neighbouring sites [µm].</summary>
    public double SpacingUm { get; }

    /// <summary>Elements from a site to its neighbour in +y.</summary>
    public int Stride { get; }

    /// <summary>Elements from a site to its neighbour in +z.</summary>
    public int PlaneStride { get; }

    /// <summary>Index of site (0, 0, 0), a multiple of 16.</summary>
    public int Origin { get; }

    /// <summary>Elements of a per-site array, halo and padding included.</summary>
    public int Length { get; }

    /// <summary>Sites of the tissue, without halo.</summary>
    public long SiteCount { get; }

    /// <summary>Axes with more than one site (0 to 3).</summary>
    public int Dimensions { get; }

    /// <summary>Rows along x: ny · nz. Row r is (y, z) = (r mod ny, r div ny).</summary>
    public int Rows => Ny * Nz;

    /// <summary>Index steps to the face neighbours on open axes, in the order −x +x −y +y −z +z.</summary>
    public int[] FaceOffsets { get; }

    /// <summary>Index steps to the Moore neighbours on open axes (8 in 2D, 26 in 3D), z slowest, x fastest.</summary>
    public int[] MooreOffsets { get; }

    /// <summary>Area of one site [mm²].</summary>
    public double SiteAreaMm2 => SpacingUm * SpacingUm * 1e-6;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Site(int x, int y, int z = 0) => Origin + z * PlaneStride + y * Stride + x;

    /// <summary>Index of the first site of row <paramref name="row"/> (0 to <see cref="Rows"/> − 1).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int RowStart(int row)
    {
        int z = row / Ny;
        return Origin + z * PlaneStride + (row - z * Ny) * Stride;
    }

    /// <summary>Coordinates of a site index of the interior.</summary>
    public (int X, int Y, int Z) Coordinates(int site)
    {
        int rest = site - Origin;
        int z = rest / PlaneStride;
        rest -= z * PlaneStride;
        int y = rest / Stride;
        return (rest - y * Stride, y, z);
    }

    /// <summary>The sites of an array as [z, y, x], without halo and without copying.</summary>
    public ReadOnlyTensorSpan<T> View<T>(SiteArray<T> sites)
        where T : unmanaged => new(sites.Span[Origin..], [Nz, Ny, Nx], [Nz > 1 ? PlaneStride : 0, Ny > 1 ? Stride : 0, Nx > 1 ? 1 : 0]);

    /// <summary>True when the coordinates lie inside the tissue.</summary>
    public bool Contains(int x, int y, int z) => (uint)x < (uint)Nx && (uint)y < (uint)Ny && (uint)z < (uint)Nz;

    // Registers run to the end of the last line of a row; the line after it has the halo behind the row and, at its end, that before the next.
    private static long StrideOf(int nx) => (((long)nx + RowAlignment - 1) / RowAlignment + 1) * RowAlignment;

    private int[] BuildOffsets(bool facesOnly)
    {
        var offsets = new List<int>();
        int rx = Nx > 1 ? 1 : 0, ry = Ny > 1 ? 1 : 0, rz = Nz > 1 ? 1 : 0;
        if (facesOnly)
        {
            foreach ((int reach, int step) in ((int, int)[])[(rx, 1), (ry, Stride), (rz, PlaneStride)])
            {
                if (reach == 1)
                {
                    offsets.Add(-step);
                    offsets.Add(step);
                }
            }

            return [.. offsets];
        }

        for (int dz = -rz; dz <= rz; dz++)
        {
            for (int dy = -ry; dy <= ry; dy++)
            {
                for (int dx = -rx; dx <= rx; dx++)
                {
                    if (dx != 0 || dy != 0 || dz != 0)
                    {
                        offsets.Add(dz * PlaneStride + dy * Stride + dx);
                    }
                }
            }
        }

        return [.. offsets];
    }
}

using TmeSim.Engine.Lattice;

namespace TmeSim.Benchmarks;

/// <summary>A lattice as a benchmark parameter; the report divides times by its sites.</summary>
/// <param name="Nx">Sites along x.</param>
/// <param name="Ny">Sites along y.</param>
/// <param name="Nz">Sites along z, 1 for two dimensions.</param>
public sealed record Grid(int Nx, int Ny, int Nz = 1)
{
    public long Sites => (long)Nx * Ny * Nz;

    public static Grid Square(int side) => new(side, side);

    public static Grid Cube(int side) => new(side, side, side);

    public LatticeShape Shape() => new(Nx, Ny, Nz, 20);

    public override string ToString() => Nz == 1 ? $"{Nx}x{Ny}" : $"{Nx}x{Ny}x{Nz}";
}

using TmeSim.Engine.Lattice;
using TmeSim.Engine.Numerics;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Cd8;

/// <summary>
/// The invasive margin: liver within a width of the tumour bed. Asked for few vessels a step, so nothing is kept of it and it always
/// follows the tissue as it is.
/// </summary>
/// <param name="lesion">The tissue.</param>
/// <param name="widthUm">Width [µm]; a distance of exactly this still counts. 0: no margin.</param>
internal sealed class InvasiveMargin(LesionState lesion, double widthUm)
{
    private readonly double _widthSites = (widthUm / lesion.Shape.SpacingUm) + 1e-9;

    /// <summary>Whether a site of liver lies within the width of a site that is none, centre to centre.</summary>
    public bool Holds(int site)
    {
        LatticeShape shape = lesion.Shape;
        (int x, int y, int z) = shape.Coordinates(site);
        int reach = (int)_widthSites, ry = shape.Ny > 1 ? reach : 0, rz = shape.Nz > 1 ? reach : 0;
        for (int dz = -rz; dz <= rz; dz++)
        {
            for (int dy = -ry; dy <= ry; dy++)
            {
                double rest = (_widthSites * _widthSites) - (dy * dy) - (dz * dz);
                if (rest < 0 || !shape.Contains(x, y + dy, z + dz))
                {
                    continue;
                }

                int width = shape.Nx > 1 ? (int)DetMath.Sqrt(rest) : 0;
                int first = Math.Max(x - width, 0), last = Math.Min(x + width, shape.Nx - 1);
                if (lesion.ParenchymaCodes.Span.Slice(shape.Site(first, y + dy, z + dz), last - first + 1)
                    .ContainsAnyExcept(Parenchyma.Hepatocyte))
                {
                    return true;
                }
            }
        }

        return false;
    }
}

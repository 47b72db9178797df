namespace TmeSim.Analysis.Spatial;

/// <summary>The region that a point pattern was observed in. Statistics count its size and its edges.</summary>
public abstract class StudyWindow
{
    /// <summary>Relative difference below which a distance and a radius count as the same.</summary>
    internal const double Tie = 1e-9;

    /// <summary>2 or 3.</summary>
    public abstract int Dimensions { get; }

    /// <summary>Area [µm²] or volume [µm³].</summary>
    public abstract double Size { get; }

    /// <summary>Radii beyond this one [µm] have no meaning here: half the diagonal of the smallest box around the window.</summary>
    public abstract double LargestRadius { get; }

    /// <summary>The point lies in the window, its ends included.</summary>
    public abstract bool Contains(TissuePoint point);

    /// <summary>Distance [µm] from a point of the window to the outside of it.</summary>
    public abstract double EdgeDistance(TissuePoint point);

    /// <summary>Area [µm²] or volume [µm³] of the window that it shares with itself moved by a displacement [µm].</summary>
    public abstract double Overlap(double dx, double dy, double dz);

    /// <summary>Share of the circle around a point of the window with this radius [µm] that lies in the window, 0 to 1.</summary>
    /// <exception cref="ArgumentException">The window is no rectangle.</exception>
    public abstract double CircleShare(TissuePoint centre, double radius);

    /// <summary>A uniform point of the window from three uniform numbers of [0, 1).</summary>
    public abstract TissuePoint Uniform(double u, double v, double w);

    internal double Weight(EdgeCorrection correction, TissuePoint from, TissuePoint to, double distance) => correction switch
    {
        EdgeCorrection.Translate => Size / Overlap(to.X - from.X, to.Y - from.Y, to.Z - from.Z),
        EdgeCorrection.Isotropic => distance == 0 ? 1 : 1 / CircleShare(from, distance),
        _ => 1,
    };

    /// <summary>The radius [µm] reaches a distance [µm], ties included whatever rounding made of them.</summary>
    internal static bool Reaches(double radius, double distance) => distance <= radius * (1 + Tie);

    /// <summary>Size of a disc [µm²] or ball [µm³] with that radius [µm]: K under CSR.</summary>
    public double Ball(double radius) => Dimensions == 2 ? Math.PI * radius * radius : 4.0 / 3 * Math.PI * radius * radius * radius;

    /// <summary>Circumference of a circle [µm] or surface of a sphere [µm²].</summary>
    internal double Sphere(double radius) => Dimensions == 2 ? 2 * Math.PI * radius : 4 * Math.PI * radius * radius;

    internal void RequirePoints(ReadOnlySpan<TissuePoint> points, string name)
    {
        foreach (TissuePoint point in points)
        {
            if (!Contains(point))
            {
                throw new ArgumentException($"the point ({point.X}, {point.Y}, {point.Z}) um lies outside the window", name);
            }
        }
    }

    /// <exception cref="ArgumentException">Isotropic correction of a window that is no rectangle.</exception>
    internal void RequireCorrection(EdgeCorrection correction)
    {
        if (correction == EdgeCorrection.Isotropic && this is not BoxWindow { Dimensions: 2 })
        {
            throw new ArgumentException(
                "the isotropic correction is there for rectangles only; use translate or border for volumes and masks", nameof(correction));
        }
    }

    /// <exception cref="ArgumentException">The radii are negative, do not rise, or are too large for the window.</exception>
    internal void RequireRadii(ReadOnlySpan<double> radii, double reach = 0)
    {
        for (int i = 0; i < radii.Length; i++)
        {
            if (!(radii[i] >= 0) || (i > 0 && !(radii[i] > radii[i - 1])))
            {
                throw new ArgumentException("radii [um] must be zero or more and rise", nameof(radii));
            }
        }

        if (radii.Length > 0 && !(radii[^1] + reach <= LargestRadius))
        {
            throw new ArgumentException(
                $"the largest radius, {radii[^1] + reach} um, must not exceed half the diagonal of the window, {LargestRadius:0.#} um",
                nameof(radii));
        }
    }
}

namespace TmeSim.Analysis.Spatial;

/// <summary>Contacts between cells no farther apart than a reach, each pair once.</summary>
/// <param name="TumorImmune">Pairs of a tumour cell and an immune cell.</param>
/// <param name="ImmuneImmune">Pairs of immune cells.</param>
public readonly record struct MixingScore(long TumorImmune, long ImmuneImmune)
{
    /// <summary>Reach [µm] that takes in the eight neighbours of a 20 µm lattice and no more.</summary>
    public const double DefaultReachUm = 30;

    /// <summary>
    /// Tumour-immune over immune-immune contacts: low in compartmentalised tissue. +∞ when immune cells only touch tumour, NaN without
    /// contacts.
    /// </summary>
    /// <remarks>After Keren et al. 2018, Cell 174, 1373, doi:10.1016/j.cell.2018.08.039. No edge correction: contacts are short against the
    /// window and both kinds lose alike.</remarks>
    public double Value => (double)TumorImmune / ImmuneImmune;

    /// <summary>Counts the contacts.</summary>
    /// <param name="tumor">Tumour cells.</param>
    /// <param name="immune">Immune cells; one may share its place with a tumour cell, which is a contact too.</param>
    /// <param name="dimensions">2 or 3: in two dimensions z is ignored.</param>
    /// <param name="reachUm">Largest distance of a contact [µm], positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">The reach is not positive.</exception>
    public static MixingScore Of(ReadOnlySpan<TissuePoint> tumor, ReadOnlySpan<TissuePoint> immune, int dimensions,
        double reachUm = DefaultReachUm)
    {
        if (!(reachUm > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(reachUm), reachUm, "the reach of a contact [um] must be positive");
        }

        var mixed = new Counter();
        new PointBins(tumor, dimensions, reachUm).VisitPairs(immune, reachUm, ref mixed);
        var same = new Counter();
        new PointBins(immune, dimensions, reachUm).VisitPairs(immune, reachUm, ref same);

        // Every immune cell found itself, and every other pair was found from both ends.
        return new MixingScore(mixed.Pairs, (same.Pairs - immune.Length) / 2);
    }

    private struct Counter : IPairVisitor
    {
        public long Pairs;

        public void Visit(int from, int to, double squared) => Pairs++;
    }
}

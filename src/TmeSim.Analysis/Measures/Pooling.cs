using TmeSim.Engine;

namespace TmeSim.Analysis.Measures;

/// <summary>How a measure of a lesion follows from those of its tiles, which are samples of one tissue.</summary>
public sealed class Pooling
{
    private readonly Func<LesionReading, double>? _weight;
    private readonly Func<IReadOnlyList<LesionReading>, double>? _ofTiles;
    private readonly bool _isSum;

    private Pooling(bool isSum, Func<LesionReading, double>? weight, Func<IReadOnlyList<LesionReading>, double>? ofTiles)
    {
        (_isSum, _weight, _ofTiles) = (isSum, weight, ofTiles);
    }

    /// <summary>The mean over tiles: what is the same in all of them, and distances and indices whose numerators do not add.</summary>
    public static Pooling Mean { get; } = new(false, _ => 1, null);

    /// <summary>The sum over tiles: counts.</summary>
    public static Pooling Sum { get; } = new(true, null, null);

    /// <summary>A mean or share over living tumour cells.</summary>
    public static Pooling OverTumorCells { get; } = Weighed(r => r.State.TumorCells);

    /// <summary>A share of the CD8 T cells.</summary>
    public static Pooling OverCd8 { get; } = Weighed(r => r.State.Cd8.Count);

    /// <summary>A share of the tumour-reactive CD8 T cells.</summary>
    public static Pooling OverReactiveCd8 { get; } = Weighed(r => r.Immune.Reactive);

    /// <summary>A mean or share of the macrophages.</summary>
    public static Pooling OverMacrophages { get; } = Weighed(r => r.State.Macrophages.Count);

    /// <summary>A mean over vessels of the bed.</summary>
    public static Pooling OverVessels { get; } = Weighed(r => r.Baseline.Vessels);

    /// <summary>A density, or a mean over sites, of the tumour bed.</summary>
    public static Pooling OverBed { get; } = Weighed(r => r.BedAreaMm2);

    /// <summary>A mean with the weight of what it is a mean over.</summary>
    public static Pooling Weighed(Func<LesionReading, double> weight) => new(false, weight, null);

    /// <summary>Read from the lesion as a whole.</summary>
    public static Pooling OfLesion(Func<Simulation, int, double> read) => OfTiles(tiles => read(tiles[0].Simulation, tiles[0].Lesion));

    /// <summary>The value of the tile that the biopsy needle of the lesion hits.</summary>
    public static Pooling OfBiopsy(Func<LesionReading, double> read) => OfTiles(tiles => read(tiles[NeedleTrack.Tile(tiles[0])]));

    /// <summary>Worked out from what all tiles hold together.</summary>
    internal static Pooling OfTiles(Func<IReadOnlyList<LesionReading>, double> read) => new(false, null, read);

    /// <summary>The value of a lesion; NaN where no tile defines it.</summary>
    /// <param name="tiles">Readings of its tiles, at least one.</param>
    /// <param name="values">Their values.</param>
    public double Of(IReadOnlyList<LesionReading> tiles, ReadOnlySpan<double> values)
    {
        if (_ofTiles is not null)
        {
            return _ofTiles(tiles);
        }

        double sum = 0, weights = 0;
        for (int i = 0; i < tiles.Count; i++)
        {
            if (double.IsFinite(values[i]))
            {
                double weight = _isSum ? 1 : _weight!(tiles[i]);
                sum += weight * values[i];
                weights += weight;
            }
        }

        return weights == 0 ? double.NaN : _isSum ? sum : sum / weights;
    }
}

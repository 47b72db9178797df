using TmeSim.Analysis.Measures;
using TmeSim.Engine;
using TmeSim.Engine.Plan;

namespace TmeSim.Experiments.Measures;

/// <summary>
/// Reads one row of measures from a simulation between steps. What is not defined (a mean or share of no cells, a density of no area, a
/// distance to nothing) is NaN, never 0 or infinite; the texts of <see cref="MeasureTable"/> say when.
/// </summary>
public sealed class MeasureReader
{
    private readonly MeasureColumns _columns;
    private readonly long[][] _booksAtStart;

    /// <summary>Begins an arm: what the books hold now is the zero of the cumulative columns.</summary>
    public MeasureReader(MeasureColumns columns, Simulation simulation)
    {
        _columns = columns;
        _booksAtStart = [.. simulation.Lesions.Select(l => l.Ledger.Counts.ToArray())];
    }

    /// <summary>Goes on with an arm.</summary>
    /// <param name="columns">Columns.</param>
    /// <param name="booksAtStart">What <see cref="BooksAtStart"/> was.</param>
    internal MeasureReader(MeasureColumns columns, long[][] booksAtStart) => (_columns, _booksAtStart) = (columns, booksAtStart);

    /// <summary>What each tissue had booked when the arm began.</summary>
    internal long[][] BooksAtStart => _booksAtStart;

    /// <summary>Values of one lesion in the order of <see cref="MeasureColumns.Measures"/>; NaN where not defined.</summary>
    /// <param name="simulation">State to read.</param>
    /// <param name="lesion">Index of the lesion.</param>
    /// <param name="parameters">Parameters of the arm: thresholds of exhausted and CD163+ cells.</param>
    public double[] Read(Simulation simulation, int lesion, ParameterSet parameters)
    {
        LesionReading[] readings =
        [
            .. Enumerable.Range(simulation.TissueOf(lesion), simulation.Plan.Tissue.Tiles)
                .Select(tissue => new LesionReading(simulation, tissue, parameters, _booksAtStart[tissue])),
        ];
        return
        [
            .. _columns.Measures.Select(m => Finite(
                readings.Length == 1 ? m.Read!(readings[0]) : m.Pooling.Of(readings, [.. readings.Select(m.Read!)]))),
        ];
    }

    private static double Finite(double value) => double.IsFinite(value) ? value : double.NaN;
}

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

    /// <summary>What each lesion had booked when the arm began.</summary>
    internal long[][] BooksAtStart => _booksAtStart;

    /// <summary>Values of one lesion in the order of <see cref="MeasureColumns.Measures"/>; NaN where not defined.</summary>
    /// <param name="simulation">State to read.</param>
    /// <param name="lesion">Index of the lesion.</param>
    /// <param name="parameters">Parameters of the arm: thresholds of exhausted and CD163+ cells.</param>
    public double[] Read(Simulation simulation, int lesion, ParameterSet parameters)
    {
        var reading = new LesionReading(simulation, lesion, parameters, _booksAtStart[lesion]);
        return [.. _columns.Measures.Select(m => m.Read!(reading)).Select(value => double.IsFinite(value) ? value : double.NaN)];
    }
}

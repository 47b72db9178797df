using TmeSim.Engine.Extensions;
using TmeSim.Engine.Lattice;
using TmeSim.Engine.State;

namespace TmeSim.Analysis.Measures;

/// <summary>
/// Measures of what a library user adds to the model: the number of cells of each kind, the mean of each field over living tumour cells.
/// </summary>
public static class ExtensionMeasures
{
    /// <summary>The measures of an extension, which follow those of <see cref="MeasureTable"/>.</summary>
    public static IEnumerable<Measure> Of(ModelExtension extension) =>
    [
        .. extension.Kinds.Select((kind, i) => new Measure(
            $"{kind.Key}_cells", "1", $"Cells of the kind {kind.Plural}.", r => r.State.Stores[ImmuneKinds.All.Count + i].Count) { Pooling = Pooling.Sum }),
        .. extension.Fields.Select((field, i) => new Measure(
            $"{field.Key}_mean", field.Unit, $"Mean {field.Label} over living tumour cells. Empty without any.",
            r => Mean(r.State, FieldTable.Further(i))) { Pooling = Pooling.OverTumorCells }),
    ];

    // Site order: the sum depends on the state alone.
    private static double Mean(LesionState state, FieldId field)
    {
        LatticeShape shape = state.Shape;
        double sum = 0;
        for (int row = 0; row < shape.Rows; row++)
        {
            for (int site = shape.RowStart(row), end = site + shape.Nx; site < end; site++)
            {
                sum += state.ParenchymaCodes[site] == Parenchyma.Tumor ? state.Field(field)[site] : 0;
            }
        }

        return sum / state.TumorCells;
    }
}

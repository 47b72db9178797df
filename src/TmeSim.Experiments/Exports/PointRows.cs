using System.Globalization;
using TmeSim.Experiments.Cells;
using TmeSim.Experiments.Folders;

namespace TmeSim.Experiments.Exports;

/// <summary>
/// The cells of a snapshot as rows of points.csv: place, type, state, traits, and the fields there. Traits that the snapshot does not hold, or
/// that a cell of the type does not have, are empty.
/// </summary>
internal sealed class PointRows(CellVocabulary words)
{
    /// <summary>Names of the columns.</summary>
    public string Header() => "arm,replicate,lesion,time_d,cell_id,x_um,y_um,z_um,type,state,clone,mhc1,pdl1_per_um2,exhaustion,engaged,"
        + "tumor_reactive,differentiation,cd163_score,perfusion,lumen_density,maturity,"
        + string.Join(',', words.Variables.Skip(CellVocabulary.FirstField).Select(v => v.Name));

    /// <summary>Rows in site order, at a site parenchyma, immune cell, vessel.</summary>
    /// <param name="snapshot">Tissue.</param>
    /// <param name="keys">First columns of each row: arm to time.</param>
    public IEnumerable<string> Of(TissueSnapshot snapshot, string keys) => CellWalk.Of(snapshot, words).Select(row => Row(row, keys));

    private string Row(CellRow row, string keys)
    {
        string differentiation = row.Differentiation < 0 ? "" : CellVocabulary.Differentiations[row.Differentiation];
        return string.Join(',',
        [
            keys, row.Id, Csv.Measured(row.Place.X), Csv.Measured(row.Place.Y), Csv.Measured(row.Place.Z), words.Types[row.Type],
            words.States[row.State], Whole(row.CloneIndex), Value(CellVocabulary.Mhc1), Value(CellVocabulary.Pdl1),
            Value(CellVocabulary.Exhaustion), Whole(row.Engaged), Whole(row.Reactive), differentiation, Value(CellVocabulary.Cd163),
            Value(CellVocabulary.Perfusion), Value(CellVocabulary.Lumen), Value(CellVocabulary.Maturity),
            .. Enumerable.Range(CellVocabulary.FirstField, row.Values.Length - CellVocabulary.FirstField).Select(Value),
        ]);

        string Value(int variable) => Csv.Measured(row.Values[variable]);
    }

    private static string Whole(int value) => value < 0 ? "" : value.ToString(CultureInfo.InvariantCulture);
}

namespace TmeSim.Experiments.Cells;

/// <summary>A column of a table of cells, beside the variables.</summary>
internal abstract record CellColumn(string Name, string Text);

/// <summary>A column of words.</summary>
/// <param name="Name">Name.</param>
/// <param name="Text">What it says.</param>
/// <param name="Categories">The words.</param>
/// <param name="Codes">Place of the word of each cell of a batch; −1 for none.</param>
internal sealed record CategoryColumn(string Name, string Text, IReadOnlyList<string> Categories, Func<CellBatch, int[]> Codes) : CellColumn(Name, Text);

/// <summary>A column of whole numbers.</summary>
internal sealed record WholeColumn(string Name, string Text, Func<CellBatch, int[]> Values) : CellColumn(Name, Text);

/// <summary>A column of numbers.</summary>
internal sealed record RealColumn(string Name, string Text, Func<CellBatch, double[]> Values) : CellColumn(Name, Text);

/// <summary>The columns of a table of cells.</summary>
internal static class CellColumns
{
    private static readonly string[] NoYes = ["no", "yes"];

    public static IReadOnlyList<CellColumn> Of(CellVocabulary words)
    {
        CellSample[] samples = [.. words.Samples];
        return
        [
            new CategoryColumn("sample", "snapshot: arm, replicate, lesion and day", [.. samples.Select(s => s.Name)], b => Whole(b, b.Sample)),
            OfSample("arm", "arm", samples, s => s.Arm),
            new WholeColumn("replicate", "replicate", b => Whole(b, b.Sample, s => samples[s].Replicate)),
            OfSample("lesion", "lesion", samples, s => s.Lesion),
            new RealColumn("time_d", "time after t = 0 [d]", b => [.. Whole(b, b.Sample).Select(s => samples[s].TimeDays)]),
            new RealColumn("x_um", "centre of its site [um]", b => b.X[..b.Count]),
            new RealColumn("y_um", "centre of its site [um]", b => b.Y[..b.Count]),
            new RealColumn("z_um", "centre of its site [um]", b => b.Z[..b.Count]),
            new CategoryColumn("type", "type of the cell", words.Types, b => Whole(b, b.Type)),
            new CategoryColumn("state", "state within the type", words.States, b => Whole(b, b.State)),
            new CategoryColumn("clone", "clone of a living tumour cell", words.Clones, b => Whole(b, b.Clone)),
            new WholeColumn("clone_index", "its index, -1 without", b => Whole(b, b.CloneIndex)),
            new CategoryColumn("engaged", "a CD8 T cell engages a tumour cell", NoYes, b => Whole(b, b.Engaged)),
            new CategoryColumn("tumor_reactive", "a CD8 T cell knows the tumour", NoYes, b => Whole(b, b.Reactive)),
            new CategoryColumn("differentiation", "of a CD8 T cell that knows the tumour", CellVocabulary.Differentiations, b => Whole(b, b.Differentiation)),
        ];
    }

    private static CategoryColumn OfSample(string name, string text, CellSample[] samples, Func<CellSample, string> word)
    {
        string[] words = [.. samples.Select(word).Distinct()];
        int[] codes = [.. samples.Select(s => Array.IndexOf(words, word(s)))];
        return new CategoryColumn(name, text, words, b => Whole(b, b.Sample, s => codes[s]));
    }

    private static int[] Whole(CellBatch batch, int[] values) => values[..batch.Count];

    private static int[] Whole(CellBatch batch, int[] values, Func<int, int> of) => Array.ConvertAll(Whole(batch, values), i => of(i));
}

namespace TmeSim.Experiments.Journal;

/// <summary>What all journals of a sweep hold: for each simulation the outputs asked for, or why it failed.</summary>
internal sealed class SweepResults
{
    private readonly Dictionary<RunId, JournalRow> _rows = [];

    private SweepResults()
    {
    }

    /// <summary>Simulations that came to their end with all outputs.</summary>
    public IEnumerable<JournalRow> Finished => _rows.Values.Where(r => r.Error is null);

    /// <summary>All simulations, failed ones among them.</summary>
    public IEnumerable<JournalRow> All => _rows.Values;

    /// <summary>Reads the journals of a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="wanted">What rows must have; values come out in its order. Rows of another model, or without one of the outputs, count
    /// for nothing.</param>
    public static SweepResults Read(SweepFolder folder, JournalHeader wanted)
    {
        var results = new SweepResults();
        foreach ((_, JournalContent content) in folder.ReadJournals())
        {
            if (content.Header is { } header && Places(header, wanted) is { } places)
            {
                results.Add(content, header, places);
            }
        }

        return results;
    }

    public JournalRow? Find(RunId run) => _rows.GetValueOrDefault(run);

    private void Add(JournalContent content, JournalHeader header, int[] places)
    {
        foreach (JournalRow row in content.Rows)
        {
            // What was finished stays so, whatever a later attempt met.
            if (row.Error is null || !_rows.TryGetValue(row.Run, out JournalRow? old) || old.Error is not null)
            {
                _rows[row.Run] = row with { Values = row.Error is not null ? [] : Pick(row.Values, header, places) };
            }
        }
    }

    // Places of the wanted outputs in the header; null when a row of it is of no use.
    private static int[]? Places(JournalHeader header, JournalHeader wanted)
    {
        int[] places = [.. wanted.Outputs.Select(o => header.Outputs.ToList().IndexOf(o))];
        return header.Agrees(wanted) && !places.Contains(-1) && wanted.Series.All(header.Series.Contains) ? places : null;
    }

    private static double[] Pick(IReadOnlyList<double> values, JournalHeader header, int[] places) =>
        [.. Enumerable.Range(0, header.Lesions).SelectMany(lesion => places.Select(p => values[(lesion * header.Outputs.Count) + p]))];
}

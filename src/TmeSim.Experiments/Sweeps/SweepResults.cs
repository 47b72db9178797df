namespace TmeSim.Experiments;

/// <summary>What all journals of a sweep hold: for each simulation the outputs asked for, or why it failed.</summary>
internal sealed class SweepResults
{
    private readonly Dictionary<RunId, JournalRow> _rows = [];
    private readonly Dictionary<RunId, (string Shard, long Start, long End)> _series = [];

    private SweepResults()
    {
    }

    /// <summary>Simulations that came to their end with all outputs.</summary>
    public IEnumerable<JournalRow> Finished => _rows.Values.Where(r => r.Error is null);

    /// <summary>Lines that were damaged.</summary>
    public int Damaged { get; private set; }

    /// <summary>Reads the journals of a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="wanted">What rows must have; values come out in its order. Rows of another model, or without one of the outputs, count for nothing.</param>
    public static SweepResults Read(SweepFolder folder, JournalHeader wanted)
    {
        var results = new SweepResults();
        foreach ((string shard, JournalContent content) in folder.ReadJournals())
        {
            results.Damaged += content.Damaged;
            if (content.Header is { } header && Places(header, wanted) is { } places)
            {
                results.Add(shard, content, header, places);
            }
        }

        return results;
    }

    public JournalRow? Find(RunId run) => _rows.GetValueOrDefault(run);

    public IEnumerable<JournalRow> Failures => _rows.Values.Where(r => r.Error is not null);

    private void Add(string shard, JournalContent content, JournalHeader header, int[] places)
    {
        long start = 0;
        foreach (JournalRow row in content.Rows)
        {
            // What was finished stays so, whatever a later attempt met.
            if (row.Error is null || !_rows.TryGetValue(row.Run, out JournalRow? old) || old.Error is not null)
            {
                _rows[row.Run] = row with { Values = row.Error is not null ? [] : Pick(row.Values, header, places) };
                _series[row.Run] = (shard, start, row.SeriesEnd);
            }

            start = row.SeriesEnd;
        }
    }

    // Places of the wanted outputs in the header; null when a row of it is of no use.
    private static int[]? Places(JournalHeader header, JournalHeader wanted)
    {
        int[] places = [.. wanted.Outputs.Select(o => header.Outputs.ToList().IndexOf(o))];
        return header.ModelVersion == wanted.ModelVersion && header.Lesions == wanted.Lesions && !places.Contains(-1) && wanted.Series.All(header.Series.Contains) ? places : null;
    }

    private static double[] Pick(IReadOnlyList<double> values, JournalHeader header, int[] places) =>
        [.. Enumerable.Range(0, header.Lesions).SelectMany(lesion => places.Select(p => values[(lesion * header.Outputs.Count) + p]))];
}

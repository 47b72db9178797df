namespace TmeSim.Experiments.Drawing;

/// <summary>Two keys of a list that form a whole grid, while each of the others goes along with one of them (dose by patient, where NLR, CD8 and macrophages make the patient).</summary>
/// <param name="X">The key that is named first.</param>
/// <param name="Y">The other.</param>
/// <param name="Along">What goes along with which, in words; empty for nothing.</param>
internal sealed record SweepPlane(FactorColumn X, FactorColumn Y, string Along)
{
    /// <summary>The first such pair; null when the list is no grid.</summary>
    public static SweepPlane? Of(SweepData data)
    {
        IReadOnlyList<FactorColumn> varied = data.Varied;
        for (int i = 0; i < varied.Count; i++)
        {
            for (int j = i + 1; j < varied.Count; j++)
            {
                (FactorColumn x, FactorColumn y) = (varied[i], varied[j]);
                FactorColumn[] others = [.. varied.Where(f => f != x && f != y)];
                bool whole = x.Levels.Length * y.Levels.Length == data.Points
                    && Enumerable.Range(0, data.Points).Select(p => (x.Place(p), y.Place(p))).Distinct().Count() == data.Points;
                if (whole && others.All(f => Follows(f, x, data.Points) || Follows(f, y, data.Points)))
                {
                    return new SweepPlane(x, y, string.Join("; ", ((FactorColumn[])[x, y])
                        .Select(leader => (leader, Followers: others.Where(f => Follows(f, leader, data.Points)).Select(f => f.Name).ToArray()))
                        .Where(l => l.Followers.Length > 0).Select(l => $"{string.Join(", ", l.Followers)} with {l.leader.Name}")));
                }
            }
        }

        return null;
    }

    private static bool Follows(FactorColumn factor, FactorColumn leader, int points)
    {
        var values = new int?[leader.Levels.Length];
        for (int p = 0; p < points; p++)
        {
            if ((values[leader.Place(p)] ??= factor.Place(p)) != factor.Place(p))
            {
                return false;
            }
        }

        return true;
    }
}

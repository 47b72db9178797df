using TmeSim.Analysis.Measures;
using TmeSim.Experiments.Results;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Drawing;

/// <summary>Names that a figure asks for and the runs do not have. The scenario knows them all; a run may hold fewer arms, other drugs, other clones.</summary>
internal static class RequestedNames
{
    /// <summary>Adds an omission for each.</summary>
    public static void Check(ResultSet results, FigureRequest request, Omissions omitted)
    {
        foreach (string arm in request.Arms.Where(a => results.Shown([a]).Count == 0))
        {
            omitted.Add($"arm {arm}", "no replicate of it is finished here", $"Arms: {string.Join(", ", results.Arms.Select(a => a.Label))}");
        }

        foreach (string lesion in request.Lesions.Where(l => results.ShownLesions([l]).Count == 0))
        {
            omitted.Add($"lesion {lesion}", "no run has it", $"Lesions: {string.Join(", ", results.Lesions)}");
        }

        if (request.Control is { } control && results.Shown([control]).Count == 0)
        {
            omitted.Add($"comparison with {control}", "no replicate of that arm is finished here", $"Arms: {string.Join(", ", results.Arms.Select(a => a.Label))}");
        }

        foreach (string measure in request.Measures.Where(m => !Columns(results, m).Any()))
        {
            string family = MeasureTable.Find(measure)?.Name ?? measure;
            string[] like = [.. Columns(results, family)];
            omitted.Add(
                $"measure {measure}", "no run has this column (no such drug or clone in its arms and lesions)", like.Length > 0 ? $"Columns of this kind: {string.Join(", ", like)}" : "");
        }
    }

    /// <summary>Columns of a measure or of a family such as clone_*_cells.</summary>
    public static IEnumerable<string> Columns(ResultSet results, string measure) => measure.Contains('*')
        ? results.Table.Measures.Where(c => MeasureTable.Find(c)?.Name == measure)
        : results.Table.Column(measure) >= 0 ? [measure] : [];
}

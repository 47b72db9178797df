using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Trials;
using TmeSim.Reports.Html;

namespace TmeSim.Experiments.Work;

/// <summary>Files made of the numbers of a trial, whoever made its table.</summary>
internal static class TrialOutput
{
    private const string Biopsy = "biopsy.csv";

    /// <summary>Writes endpoints.csv, contrasts.csv, biomarkers.csv, tree.json and, where there is something to write,
    /// biopsy.csv.</summary>
    /// <exception cref="RunFolderException">A file cannot be written.</exception>
    public static void Tables(string directory, TrialNumbers numbers, BiopsyNumbers biopsies)
    {
        AtomicFile.WriteText(Path.Combine(directory, ResultFiles.Endpoints), TrialFiles.Endpoints(numbers));
        AtomicFile.WriteText(Path.Combine(directory, ResultFiles.Contrasts), TrialFiles.Contrasts(numbers));
        AtomicFile.WriteText(Path.Combine(directory, "biomarkers.csv"), TrialFiles.Biomarkers(numbers));
        AtomicFile.WriteText(Path.Combine(directory, "tree.json"), TrialFiles.Trees(numbers));
        if (!biopsies.IsEmpty)
        {
            AtomicFile.WriteText(Path.Combine(directory, Biopsy), biopsies.Csv());
        }
    }

    /// <summary>Files of biopsies, for the list of a report.</summary>
    public static IReadOnlyList<ReportFile> Files(BiopsyNumbers biopsies) => biopsies.IsEmpty ? []
        : [new(Biopsy, "readings of a biopsy against those of the whole lesion")];
}

using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Trials;

namespace TmeSim.Experiments.Work;

/// <summary>Files made of the numbers of a trial, whoever made its table.</summary>
internal static class TrialOutput
{
    /// <summary>Writes endpoints.csv, contrasts.csv, biomarkers.csv and tree.json.</summary>
    /// <exception cref="RunFolderException">A file cannot be written.</exception>
    public static void Tables(string directory, TrialNumbers numbers)
    {
        AtomicFile.WriteText(Path.Combine(directory, ResultFiles.Endpoints), TrialFiles.Endpoints(numbers));
        AtomicFile.WriteText(Path.Combine(directory, ResultFiles.Contrasts), TrialFiles.Contrasts(numbers));
        AtomicFile.WriteText(Path.Combine(directory, "biomarkers.csv"), TrialFiles.Biomarkers(numbers));
        AtomicFile.WriteText(Path.Combine(directory, "tree.json"), TrialFiles.Trees(numbers));
    }
}

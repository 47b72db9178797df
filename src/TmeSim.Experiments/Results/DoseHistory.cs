using System.Globalization;
using TmeSim.Engine.Therapies;
using TmeSim.Experiments.Folders;

namespace TmeSim.Experiments.Results;

/// <summary>
/// Doses of drugs that each replicate got, as events.csv has them: courses end at conditions and at progression, replicate by replicate.
/// </summary>
internal sealed class DoseHistory
{
    private readonly ILookup<(string Arm, int Replicate), GivenDose> _doses;

    /// <exception cref="RunFolderException">events.csv cannot be read.</exception>
    public DoseHistory(FinishedRun run)
    {
        try
        {
            _doses = run.Lines(ResultFiles.Events).Skip(1).Select(Csv.Split).Where(f => f.Length > 6 && f[4] == "dose")
                .ToLookup(f => (f[0], int.Parse(f[1], CultureInfo.InvariantCulture)),
                    f => new GivenDose(f[5], 24 * Number(f[3]), Number(f[6])));
        }
        catch (FormatException e)
        {
            throw new RunFolderException($"cannot read {run.In(ResultFiles.Events)}: {e.Message}", e);
        }
    }

    /// <summary>Doses of a replicate, in order of time.</summary>
    public IReadOnlyList<GivenDose> Of(string arm, int replicate) => [.. _doses[(arm, replicate)]];

    private static double Number(string field) => double.Parse(field, CultureInfo.InvariantCulture);
}

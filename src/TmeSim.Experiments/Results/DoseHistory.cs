using System.Globalization;
using TmeSim.Engine.Therapies;
using TmeSim.Experiments.Folders;

namespace TmeSim.Experiments.Results;

/// <summary>
/// Doses of drugs and fractions of radiation that each replicate got, as events.csv has them: courses end at conditions and at progression, replicate
/// by replicate.
/// </summary>
internal sealed class DoseHistory
{
    private readonly ILookup<(string Arm, int Replicate), GivenDose> _doses;
    private readonly ILookup<(string Arm, int Replicate), double> _days;

    /// <exception cref="RunFolderException">events.csv cannot be read.</exception>
    public DoseHistory(FinishedRun run)
    {
        try
        {
            string[][] given = [.. run.Lines(ResultFiles.Events).Skip(1).Select(Csv.Split).Where(f => f.Length > 6 && f[4] is "dose" or "fraction")];
            _days = given.ToLookup(Replicate, f => Number(f[3]));
            _doses = given.Where(f => f[4] == "dose").ToLookup(Replicate, f => new GivenDose(f[5], 24 * Number(f[3]), Number(f[6])));
        }
        catch (FormatException e)
        {
            throw new RunFolderException($"cannot read {run.In(ResultFiles.Events)}: {e.Message}", e);
        }
    }

    /// <summary>Doses of a replicate, in order of time.</summary>
    public IReadOnlyList<GivenDose> Of(string arm, int replicate) => [.. _doses[(arm, replicate)]];

    /// <summary>Day of the last dose or fraction of a replicate; NaN where there was none.</summary>
    public double LastDay(string arm, int replicate) => _days[(arm, replicate)].DefaultIfEmpty(double.NaN).Max();

    private static (string Arm, int Replicate) Replicate(string[] fields) => (fields[0], int.Parse(fields[1], CultureInfo.InvariantCulture));

    private static double Number(string field) => double.Parse(field, CultureInfo.InvariantCulture);
}

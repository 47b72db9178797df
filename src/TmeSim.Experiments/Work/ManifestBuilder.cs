using System.Runtime.InteropServices;
using System.Text;
using TmeSim.Engine;
using TmeSim.Engine.Plan;
using TmeSim.Engine.Radiation;
using TmeSim.Engine.Therapies;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Measures;
using TmeSim.Experiments.Results;
using TmeSim.Experiments.Running;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Work;

/// <summary>Makes the manifest of a request and adds to it what comes in. Entries stand in the order of arm, replicate, time.</summary>
internal sealed class ManifestBuilder
{
    private readonly RunRequest _request;
    private readonly ScenarioDefinition _scenario;
    private readonly RunSchedule _schedule;

    public ManifestBuilder(RunRequest request)
    {
        _request = request;
        _scenario = request.Scenario;
        _schedule = new RunSchedule(_scenario);
        Arms = request.Arms.Count > 0 ? [.. request.Arms.Distinct().Order()] : [.. Enumerable.Range(0, _scenario.Arms.Count)];
    }

    /// <summary>Indices of the arms asked for.</summary>
    public int[] Arms { get; }

    /// <summary>
    /// Arms and replicates that are to be run besides those asked for: an earlier session had finished them, and they were damaged.
    /// </summary>
    public IReadOnlyList<ArmReplicate> Again { get; set; } = [];

    /// <summary>A manifest without results.</summary>
    public Manifest Fresh() => new()
    {
        Status = Manifest.Interrupted,
        ToolVersion = ToolInfo.Version,
        ModelVersion = Simulation.ModelVersion,
        Commit = ToolInfo.Commit,
        Runtime = RuntimeInformation.FrameworkDescription,
        OperatingSystem = RuntimeInformation.OSDescription,
        Cpu = ToolInfo.Cpu(),
        Scenario = _scenario.Name,
        IdentityHash = _scenario.IdentityHash,
        OutputHash = OutputHash(),
        Seed = _scenario.Plan.Seed,
        Replicates = _scenario.Replicates,
        Arms = [.. Arms.Select(a => _scenario.Arms[a].Name)],
        Lesions = [.. _scenario.Plan.Lesions.Select(l => l.Name)],
        BranchedFrom = _request.BranchedFrom,
        Command = _request.Command,
        Warnings = _request.Warnings,
        Imported = ImportStatistics.Of(_scenario.Plan),
        Inputs = [.. _scenario.Inputs.Select(i => new InputEntry(i.Path, i.Sha256))],
        Columns = [.. new MeasureColumns(_scenario).All.Select(c => new ColumnEntry(c.Name, c.Unit, c.Text))],
        EventColumns = [.. ResultTables.EventColumns.Select(c => new ColumnEntry(c.Name, c.Unit, c.Text))],
        ResponseColumns = [.. ResponseTable.Columns.Select(c => new ColumnEntry(c.Name, c.Unit, c.Text))],
    };

    /// <summary>
    /// The manifest with its list of missing pairs, and with what is known beforehand of all arms that it names, those of earlier sessions
    /// too.
    /// </summary>
    public Manifest Listing(Manifest manifest)
    {
        ArmPlan[] arms = [.. _scenario.Arms.Where(a => manifest.Arms.Contains(a.Name))];
        return manifest with
        {
            Missing = [.. Missing(manifest).Select(m => new ArmReplicate(_scenario.Arms[m.Arm].Name, m.Replicate))],
            Radiotherapy = [.. arms.SelectMany(a => a.Radiation.Select(c => Radiotherapy(a, c)))],
            Survivors = [.. arms.SelectMany(a => IrradiatedLesion.Of(_scenario.Plan, a).Select(l => Survivors(a, l)))],
            Liver = arms.Any(a => a.Radiation.Count > 0) ? Liver() : null,
        };
    }

    /// <summary>Pairs asked for that are not done.</summary>
    public IEnumerable<(int Arm, int Replicate)> Missing(Manifest manifest)
    {
        var done = manifest.Done.Select(d => (ArmIndex(d.Arm), d.Replicate)).ToHashSet();
        IEnumerable<(int Arm, int Replicate)> asked = from arm in Arms from replicate in Enumerable.Range(0,
            _scenario.Replicates) select (arm, replicate);
        return asked.Union(Again.Select(a => (ArmIndex(a.Arm), a.Replicate))).Where(pair => !done.Contains(pair)).Order();
    }

    /// <summary>Index of an arm by name; -1 when there is none.</summary>
    private int ArmIndex(string name) => _scenario.Arms.Select(a => a.Name).ToList().IndexOf(name);

    private RadiotherapyEntry Radiotherapy(ArmPlan arm, RadiationCourse course)
    {
        int fractions = course.Cycles ?? 1;
        var dose = FractionsDose.Of(arm, course, fractions);
        return new RadiotherapyEntry(
            arm.Name, _scenario.Plan.Lesions[course.Lesion].Name, course.LinearAbove ? "lq_l" : "lq", fractions, course.FractionGy,
            course.Coverage,
            arm.Parameters[Parameter.RadiationAlphaBeta], dose.BedGy, dose.Eqd2Gy, dose.Surviving);
    }

    private SurvivorsEntry Survivors(ArmPlan arm, IrradiatedLesion lesion) => new(
        arm.Name, _scenario.Plan.Lesions[lesion.Lesion].Name, lesion.Fractions, lesion.BedGy, lesion.Eqd2Gy, lesion.Surviving,
        lesion.TileCells, lesion.TileSurvivors, lesion.LesionCells, lesion.LesionSurvivors);

    // A mean dose of 0 beside an irradiated lesion is a dose that nobody gave.
    private LiverEntry Liver()
    {
        PatientPlan patient = _scenario.Plan.Patient;
        return new LiverEntry(
            patient.ChildPugh.ToString(), patient.MeanLiverDoseGy, LiverRisk.LimitGy(patient.ChildPugh),
            patient.MeanLiverDoseGy > 0 ? LiverRisk.Ntcp(patient.MeanLiverDoseGy, patient.ChildPugh) : null);
    }

    private string OutputHash()
    {
        var text = new StringBuilder().Append(Csv.Number(_scenario.RecordEveryHours)).Append('\n').Append(_schedule.SnapshotsOfAll)
            .Append('\n');
        text.Append(Csv.Number(_scenario.SnapshotEveryHours ?? double.NaN)).Append('\n').Append(_schedule.Steps).Append('\n')
            .AppendJoin(',', new MeasureColumns(_scenario).All.Select(c => c.Name));
        if (_scenario.KeptStatesHours.Count > 0)
        {
            text.Append('\n').AppendJoin(',', _scenario.KeptStatesHours.Order().Select(Csv.Number));
        }

        return TextHash.Hex(text.ToString());
    }
}

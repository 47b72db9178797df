using System.Globalization;
using TmeSim.Engine;
using TmeSim.Engine.Plan;
using TmeSim.Experiments.Bench;
using TmeSim.Experiments.Evidence;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Reporting;
using TmeSim.Experiments.Results;
using TmeSim.Scenarios;
using TmeSim.Scenarios.Parameters;

namespace TmeSim.Experiments.Work;

/// <summary>An assessment of credibility that is to be written.</summary>
public sealed record CredibilityRequest
{
    /// <summary>Half-width that a mean over replicates should have if nothing else is asked for.</summary>
    public const double DefaultPrecision = 0.05;

    /// <summary>Run folder; null to speak of the model alone.</summary>
    public string? Run { get; init; }

    /// <summary>Folder that the files are written into.</summary>
    public required string OutDirectory { get; init; }

    /// <summary>What the user said.</summary>
    public CredibilityAnswers Answers { get; init; } = CredibilityAnswers.None;

    /// <summary>Folder of `tmesim evidence`, which may not be there.</summary>
    public required string EvidenceDirectory { get; init; }

    /// <summary>Half-width of the 95 % interval that a mean of tumor_volume_change should have, above 0.</summary>
    public double Precision { get; init; } = DefaultPrecision;

    /// <summary>Command that repeats it.</summary>
    public string Command { get; init; } = "tmesim credibility";
}

/// <summary>
/// Fills the headings of ICH M15 (2024, draft) and ASME V&amp;V 40 (2018) with what the project and a run folder hold, says what is not
/// held, and leaves to the user what
/// only the user can say.
/// </summary>
public static class CredibilitySession
{
    /// <summary>Names of the files.</summary>
    public const string Page = ResultFiles.Credibility, Markdown = ResultFiles.CredibilityText;

    /// <summary>Writes credibility.html and credibility.md, and what they are into the research object of a run.</summary>
    /// <returns>What they say.</returns>
    /// <exception cref="RunFolderException">The run cannot be read, or a file not written.</exception>
    /// <exception cref="DamagedRunException">Nothing is left of the run.</exception>
    public static IReadOnlyList<CredibilitySection> Execute(CredibilityRequest request)
    {
        if (request.Run is { } given && OtherKind(given) is { } other)
        {
            throw new RunFolderException($"{given} is no run folder: {other}");
        }

        FinishedRun? run = request.Run is { } folder ? FinishedRun.Open(folder) : null;
        CredibilityRun? told = run is null ? null : new CredibilityRun(run, request.Precision);
        IReadOnlyList<CredibilitySection> sections =
        [
            .. CredibilityStatements.OfUser(request.Answers), Code(), .. told is null ? []
                : (CredibilitySection[])[told.Convergence(), told.Replicates()],
            .. Validation(request), Uncertainty(told), Sensitivity(request, told), Applicability(request, told), told?.Versions()
                ?? Versions(),
        ];
        string title = "Credibility of " + (run is null ? "the model" : run.Manifest.Scenario);
        AtomicFile.WriteText(Path.Combine(request.OutDirectory, Markdown), CredibilitySection.Markdown(title, sections));
        CredibilityReport.Write(Path.Combine(request.OutDirectory, Page), title, sections, run?.Manifest, request.Command);
        if (run is not null && Path.GetFullPath(request.OutDirectory) == run.Directory)
        {
            RunCrate.Write(run.Directory, run.Manifest);
        }

        return sections;
    }

    // What a folder is that is of another kind, and what is wanted; null for a run, and what only its manifest can tell.
    private static string? OtherKind(string directory)
    {
        if (!Directory.Exists(directory))
        {
            return null;
        }

        FolderKind kind = FolderKinds.Of(directory);
        string[] inside = kind != FolderKind.None ? [] : [.. Directory.EnumerateDirectories(directory).Where(d =>
            FolderKinds.Of(d) == FolderKind.Run).Select(d => Path.GetFileName(d)!).Order(StringComparer.Ordinal)];
        return kind is not (FolderKind.None or FolderKind.Run or FolderKind.Unknown)
            ? $"it holds a {kind.Name()}; give the folder of one run, which 'tmesim run' named, or none to speak of the model alone"
            : inside.Length == 0 ? null
            : $"it holds {inside.Length} folder{(inside.Length == 1 ? "" : "s")} of runs; give one of them, as {inside[0]}";
    }

    // The solver now; the rest of the code by what the project has.
    private static CredibilitySection Code()
    {
        IReadOnlyList<SolverError> errors = SolverCheck.Run();
        return new("Code verification",
        [
            Held("Solver of fields", string.Create(CultureInfo.InvariantCulture,
                $"solved just now against a manufactured solution: order {errors[^1].Order:0.00} between {errors[^2].SpacingUm:0} and "
                    + $"{errors[^1].SpacingUm:0} µm (2 is expected), error {errors.Single(e => e.SpacingUm == 20).Error:0.0E0} of the largest value at 20 µm")),
            Held("Repeatability",
                "a scenario and a seed give the same bits whatever the threads and vector width; each run holds fingerprints of its "
                    + "states"),
            NotHeld("Test suite",
                "exact answers for fields, pharmacokinetics, survival after radiation and growth are tests of the project (dotnet test); "
                    + "the tool does not hold their results"),
        ])
        {
            Table = (["Spacing [µm]", "Sites", "Largest error over the largest value", "Order", "Cycles"],
                [.. errors.Select(e => (IReadOnlyList<string>)[Number(e.SpacingUm), $"{e.Sites}²",
                    e.Error.ToString("0.00E0", CultureInfo.InvariantCulture), Number(e.Order), $"{e.Cycles}"])]),
        };
    }

    // Fits, checks and predictions apart.
    private static IEnumerable<CredibilitySection> Validation(CredibilityRequest request)
    {
        HeldVerdicts? verdicts = HeldVerdicts.Of(request.EvidenceDirectory, out string? fault);
        int version = verdicts?.Version ?? 0;
        CredibilityItem held = fault is not null
            ? NotHeld("Verdicts", $"{HeldVerdicts.FileName} cannot be read, in {request.EvidenceDirectory}: {fault}")
            : verdicts is null ? NotHeld("Verdicts",
                $"no evidence.json in {request.EvidenceDirectory}: tmesim evidence makes them, --evidence DIR names the folder")
            : version != Simulation.ModelVersion ? NotHeld("Verdicts",
                $"those of {request.EvidenceDirectory} are of model version {version}, this is {Simulation.ModelVersion}")
            : Held("Verdicts", $"of {request.EvidenceDirectory}, model version {version}; intervals and reasons in its report.html"
                + Untested(verdicts!));
        bool usable = held.Status == CredibilityStatus.Held;
        Dictionary<string, string> words = usable ? verdicts!.Claims.Where(c => c.IsCurrent).ToDictionary(c => c.Id, c => c.Word,
            StringComparer.Ordinal) : [];
        string[] kinds = ["reproduced", "contradicted", "undecided"];
        yield return new("Validation: fits, checks and predictions",
        [
            held, Held("Fits", string.Join("; ", FitLibrary.All.Select(f => $"{f.What}: to {f.To}"))),
            Held("Separation", "no prediction stands in a fit or calibration of the project (a test follows the data)"),
        ])
        {
            Table = (["Role", "Claims in scope", .. usable ? kinds : [], .. usable ? (string[])["not tested"] : []],
                [.. ((EvidenceRole[])[EvidenceRole.Fit, EvidenceRole.Check, EvidenceRole.Prediction]).Select(role =>
                {
                    EvidenceEntry[] of = [.. EvidenceLibrary.All.Where(c => c.Role == role && c.Tests.Count > 0)];
                    return (IReadOnlyList<string>)[role.ToString(), $"{of.Length}", .. usable
                        ? kinds.Select(k => $"{of.Count(c => words.GetValueOrDefault(c.Id) == k)}")
                            .Append($"{of.Count(c => !kinds.Contains(words.GetValueOrDefault(c.Id) ?? ""))}") : []];
                })]),
        };
        EvidenceEntry[] off = [.. EvidenceLibrary.All.Where(c => words.GetValueOrDefault(c.Id) == "contradicted")];
        if (off.Length > 0)
        {
            yield return new("Validation: what the model contradicts",
                [Held("Contradicted claims", $"{off.Length}; a use that rests on one of them is not supported")])
            {
                Table = (["Id", "Role", "Claim"], [.. off.Select(c => (IReadOnlyList<string>)[c.Id, c.Role.ToString().ToLowerInvariant(),
                    c.Claim])]),
            };
        }
    }

    private static CredibilitySection Uncertainty(CredibilityRun? run)
    {
        string grades = string.Join(", ", Enum.GetValues<Grade>().Select(g =>
            $"{ParameterLibrary.All.Count(p => p.Grade == g)} {g.ToString().ToLowerInvariant()}"));
        List<CredibilityItem> items = [Held("Parameters",
            $"{ParameterLibrary.All.Count}: {grades}; sources by tmesim evidence --parameters")];
        if (run is not null)
        {
            ScenarioDefinition scenario = run.Scenario;
            ParameterSet defaults = ParameterLibrary.Defaults(scenario.Preset);
            string[] own = [.. ParameterLibrary.All.Where(p => scenario.Plan.Parameters[p.Parameter] != defaults[p.Parameter]).Select(p =>
                $"{p.Key} {p.Written(scenario.Plan.Parameters[p.Parameter])}")];
            items.Add(own.Length == 0 ? Held("Parameters of the scenario", $"those of the preset {scenario.Preset}")
                : Held("Parameters of the scenario",
                $"changed from the preset {scenario.Preset}, without a source here: {string.Join(", ", own)}"));
            items.Add(run.Baseline());
        }

        items.Add(NotHeld("Uncertainty of the model's form",
            "rules that are left out or are otherwise are not sampled; switches and the claims out of scope say which there are"));
        return new("Uncertainty", items);
    }

    private static CredibilitySection Sensitivity(CredibilityRequest request, CredibilityRun? run)
    {
        string ranking = Path.Combine(request.EvidenceDirectory, "parameters", "ranking.csv");
        string[][] rows = File.Exists(ranking) ? [.. Csv.Lines(ranking).Skip(1).Select(Csv.Split)] : [];
        string[][] first = [.. rows.Where(r => r.Length > 12 && r[1] == ScreeningSession.Ranked && int.TryParse(r[2], out int rank)
            && rank <= 5)];
        return new("Sensitivity",
        [
            first.Length > 0 ? Held("Assumptions", $"ranked in {ranking}: the five that matter most of each therapy question")
                : NotHeld("Assumptions", "no ranking of assumptions: tmesim evidence --parameters --rank makes one"),
            .. run is null ? [] : (CredibilityItem[])[run.Sensitivity()],
        ])
        { Table = (["Question", "Rank", "Parameter", "From", "To", "μ* of the effect on the volume", "σ"],
            [.. first.Select(r => (IReadOnlyList<string>)[r[0], r[2], r[3], r[4], r[5], r[7], r[11]])]) };
    }

    private static CredibilitySection Applicability(CredibilityRequest request, CredibilityRun? run)
    {
        List<CredibilityItem> items = [request.Answers.Applicability is { } said
            ? new CredibilityItem("Applicability", CredibilityStatus.Stated, said)
            : new CredibilityItem("Applicability", CredibilityStatus.NotStated, "why the validation speaks for this context of use")];
        List<IReadOnlyList<string>> rows = [];
        if (run is not null)
        {
            ScenarioDefinition scenario = run.Scenario;
            string[] given = [.. CredibilityTherapies.Of(scenario.Arms)];
            ILookup<string, string> claims = CredibilityTherapies.OfClaims();
            rows.AddRange(given.Select(therapy => (IReadOnlyList<string>)[therapy, $"{claims[therapy].Count()}",
                claims.Contains(therapy) ? string.Join(", ", claims[therapy]) : "none: nothing of it was held against the literature"]));
            items.Add(Held("Therapies", given.Length == 0 ? "the run gives none"
                : "claims whose tests read arms that get what this run gives: see the table"));
            items.Add(Held("Preset",
                $"{scenario.Preset}; claims on runs are tested with the presets of their scenarios, trials with lasting"));
        }

        items.Add(Held("Limits",
            $"a lattice of one small nodule stands for a lesion; {EvidenceLibrary.All.Count(c => c.OutOfScope.Length > 0)} claims of the "
                + "literature are out of scope, with reasons (tmesim evidence); not for treatment decisions"));
        return new("Applicability", items) { Table = (["Therapy", "Claims", "Ids"], rows) };
    }

    private static CredibilitySection Versions() => new("Versions and hashes",
        [Held("Tool",
            $"TmeSim {ToolInfo.Version}{(ToolInfo.Commit is { } commit ? $", commit {commit}" : "")}, model {Simulation.ModelVersion}"),
            NotHeld("Run", "no run folder was given")]);

    private static string Untested(HeldVerdicts verdicts)
    {
        int none = EvidenceLibrary.All.Count(c => c.Tests.Count > 0 && !verdicts.Claims.Any(v => v.Id == c.Id && v.IsCurrent));
        return none == 0 ? "" : $"; {none} of the claims in scope are not tested there: tmesim evidence tests them";
    }

    private static CredibilityItem Held(string topic, string text) => new(topic, CredibilityStatus.Held, text);

    private static CredibilityItem NotHeld(string topic, string text) => new(topic, CredibilityStatus.NotHeld, text);

    private static string Number(double value) => double.IsFinite(value) ? value.ToString("G3", CultureInfo.InvariantCulture) : "";
}

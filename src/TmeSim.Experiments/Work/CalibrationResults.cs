using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using TmeSim.Analysis.Sensitivity;
using TmeSim.Engine;
using TmeSim.Experiments.Designs;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Journal;
using TmeSim.Experiments.Measures;
using TmeSim.Experiments.Reporting;
using TmeSim.Reports.Plots;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Work;

/// <summary>
/// Writes what a calibration found: posterior.csv, generations.csv, calibration.json, calibrated.yaml, figures and report.
/// </summary>
internal sealed class CalibrationResults(CalibrationFit fit, SweepFolder folder)
{
    /// <summary>Columns of generations.csv.</summary>
    public static readonly ColumnInfo[] GenerationColumns =
    [
        new("generation", "1", "Number of the generation, from 0."),
        new("epsilon", "1",
        "Tolerance: largest distance that was accepted [standard deviations of the targets]; empty for the first generation, which accepts "
        + "all."),
        new("particles", "1", "Parameter vectors kept."),
        new("attempts", "1", "Parameter vectors tried."),
        new("acceptance", "1", "Share of attempts that was kept."),
        new("effective_sample_size", "1", "Particles of equal weight that say as much as these."),
    ];

    private readonly ScenarioDefinition _scenario = fit.Scenario;
    private readonly CalibrationPlan _plan = fit.Scenario.Calibration!;

    /// <summary>Fitted keys of the last of some generations; none without one.</summary>
    public static IReadOnlyList<FittedParameter> Fitted(CalibrationPlan plan, IReadOnlyList<CalibratedGeneration> generations)
    {
        if (generations.Count == 0)
        {
            return [];
        }

        var posterior = AbcPosterior.Of(generations[^1].Abc);
        return [.. plan.Factors.Select((f, i) => new FittedParameter(
            f.Path, f.Label, f.Unit, posterior.Quantile(i, 0.5), posterior.Quantile(i, 0.025), posterior.Quantile(i, 0.975),
                posterior.Means[i], posterior.StandardDeviations[i]))];
    }

    /// <summary>Writes everything that the complete generations give.</summary>
    /// <param name="status">How the calibration came out.</param>
    /// <param name="plots">What draws the files in figures/; null for no figures and no report.</param>
    /// <exception cref="RunFolderException">A file cannot be written.</exception>
    public CalibrationOutcome Write(RunStatus status, IReadOnlyList<FigureFormat>? plots)
    {
        using RunFolder held = RunFolder.Open(folder.Path);
        AtomicFile.WriteText(folder.In("posterior.csv"), Particles());
        AtomicFile.WriteText(folder.In("generations.csv"), Generations());
        AtomicFile.WriteText(folder.In("calibration.json"), Manifest(status).ToJsonString(ManifestJson.Readable.Options) + "\n");
        string? scenario = fit.Parameters.Count == 0 ? null : Calibrated();
        string? report = plots is not null && fit.Parameters.Count > 0 ? CalibrationReport.Write(fit, folder, plots) : null;
        return new CalibrationOutcome(status, folder.Path, fit.Stop, fit.Generations.Count, fit.Simulations, fit.Parameters,
            scenario, report);
    }

    // All complete generations, the last one is the posterior.
    private string Particles()
    {
        var text = new StringBuilder();
        text.AppendJoin(',', ["generation", "attempt", "weight", "distance", .. SweepTable.FactorColumns(_plan.Factors).Select(Csv.Text),
            .. _plan.Targets.Select(t => Csv.Text("simulated " + t.Name))]).Append('\n');
        foreach (CalibratedGeneration generation in fit.Generations)
        {
            for (int i = 0; i < generation.Abc.Particles.Count; i++)
            {
                AbcParticle p = generation.Abc.Particles[i];
                text.Append(CultureInfo.InvariantCulture,
                    $"{generation.Abc.Number},{p.Attempt},{Csv.Number(generation.Abc.Weights[i])},{Csv.Number(p.Distance)},");
                text.AppendJoin(',', p.Parameters.Concat(generation.Simulated[i]).Select(Csv.Number)).Append('\n');
            }
        }

        return text.ToString();
    }

    private string Generations()
    {
        var text = new StringBuilder().AppendJoin(',', GenerationColumns.Select(c => c.Name)).Append('\n');
        foreach (AbcGeneration g in fit.Generations.Select(g => g.Abc))
        {
            text.Append(CultureInfo.InvariantCulture,
                $"{g.Number},{Csv.Number(g.Epsilon)},{g.Particles.Count},{g.Attempts},{Csv.Number(g.AcceptanceRate)},{Csv.Number(g.EffectiveSampleSize)}\n");
        }

        return text.ToString();
    }

    private JsonObject Manifest(RunStatus status) => new()
    {
        ["format"] = "tmesim-calibration/1",
        ["status"] = status == RunStatus.Interrupted ? Folders.Manifest.Interrupted : Folders.Manifest.Finished,
        ["stop"] = JsonNamingPolicy.SnakeCaseLower.ConvertName(fit.Stop.ToString()),
        ["tool_version"] = ToolInfo.Version,
        ["commit"] = ToolInfo.Commit,
        ["model_version"] = Simulation.ModelVersion,
        ["scenario"] = _scenario.Name,
        ["identity_hash"] = _scenario.IdentityHash,
        ["command"] = fit.Command,
        ["replicates"] = _scenario.Replicates,
        ["particles"] = _plan.Particles,
        ["generations"] = fit.Generations.Count,
        ["simulations"] = fit.Simulations,
        ["parameters"] = new JsonArray([.. fit.Parameters.Select(p => new JsonObject
        {
            ["path"] = p.Path, ["unit"] = p.Unit, ["median"] = p.Median, ["low_95"] = p.Low, ["high_95"] = p.High, ["mean"] = p.Mean,
                ["sd"] = Finite(p.Sd),
        })]),
        ["targets"] = new JsonArray([.. _plan.Targets.Select(
        t => new JsonObject { ["name"] = t.Name, ["value"] = t.Value, ["sd"] = t.Sd, ["series"] = t.Series })]),
        ["warnings"] = new JsonArray([.. fit.Warnings.Select(w => (JsonNode)w)]),
    };

    private static JsonNode? Finite(double value) => double.IsFinite(value) ? value : null;

    // The scenario as any other, with the posterior medians in place; checked again, since medians of a bent posterior may not fit
    // together.
    private string? Calibrated()
    {
        var overrides = new ScenarioOverrides
        {
            Sets = [.. fit.Parameters.SelectMany(
                (p, i) => _plan.Factors[i].Keys.Select(key => $"{key}={_plan.Factors[i].Level(p.Median).Text}")),
                $"name={_scenario.Name}, calibrated"],
        };
        ScenarioResult read = ScenarioReader.ReadText(_scenario.ResolvedYaml, "resolved.yaml", folder.Path, overrides);
        if (read.Definition is not { } definition)
        {
            return null;
        }

        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture,
            $"# Posterior medians of a calibration (TmeSim {ToolInfo.Version}, model {Simulation.ModelVersion}, generation "
            + $"{fit.Generations[^1].Abc.Number}):\n");
        foreach (FittedParameter p in fit.Parameters)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"#   {p.Path}: {p.Median:G6} ({p.Low:G4} to {p.High:G4}){(p.Unit == "1" ? "" : " " + p.Unit)}\n");
        }

        text.Append(
            "# Intervals hold 95 % of the posterior; a single vector of medians leaves out how keys go together: see posterior.csv.\n")
            .Append(definition.ResolvedYaml);
        string path = folder.In("calibrated.yaml");
        AtomicFile.WriteText(path, text.ToString());
        return path;
    }
}

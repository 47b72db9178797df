using TmeSim.Engine.Plan;
using TmeSim.Scenarios.Diagnostics;
using TmeSim.Scenarios.Drugs;
using TmeSim.Scenarios.Keys;
using TmeSim.Scenarios.Parameters;
using TmeSim.Scenarios.Reading;
using TmeSim.Scenarios.Units;
using TmeSim.Scenarios.Yaml;

namespace TmeSim.Scenarios.Resolve;

/// <summary>
/// Validated values to the definition. Runs on stand-in values too, so that it finds mistakes beside those already found.
/// </summary>
internal sealed class DefinitionBuilder(MapValue root, IReadOnlySet<string> ownDrugs, string? directory, List<InputFile> inputs,
    DiagnosticSink sink)
{
    private static readonly Unit Hours = Unit.Of("h");

    /// <summary>The merged nodes that the values were read from; only they know what a varied path leads to.</summary>
    public YamlMapping? Tree { get; init; }

    /// <summary>One point of a sweep: no resolved YAML, no sweep.</summary>
    public bool IsPoint { get; init; }

    public ScenarioDefinition Build()
    {
        ScalarValue preset = root.Scalar("preset");
        PlanBuilder planning = new(root, new CellTableBuilder(directory, inputs, sink) { IsPoint = IsPoint }, sink);
        SimulationPlan plan = planning.Build(
            ParameterLibrary.Defaults(preset.Text), ParameterLibrary.DefaultMechanisms(preset.Text));
        DoseMapBuilder maps = new(directory, inputs, sink);
        ArmBuilder arms = new(root, plan, maps, sink);
        List<ArmPlan> armPlans = arms.Build();
        if (root["trial"] is MapValue { IsGood: true } trialBlock && trialBlock.Text("treatment_beyond_progression") == "off")
        {
            armPlans = [.. armPlans.Select(UntilProgression)];
        }

        if (root["arms"] is ListValue { IsGood: true, Items.Count: 0 } empty)
        {
            sink.Error(empty.Mark, empty.Path, "there is no arm; remove the key for one arm Control without therapy");
        }

        ScenarioNames names = new([.. armPlans.Select(a => a.Name)], [.. plan.Lesions.Select(l => l.Name)], sink);
        FigureBuilder figures = new(names, root.Map("time").Scalar("duration"), sink);
        DataBuilder data = new(names, figures.EndHours, directory, inputs, sink);
        List<ObservedSeries> series = [.. root.Members("data").Select(data.Build).OfType<ObservedSeries>()];
        Varied? varied = Tree is null ? null : new Varied(Tree, ownDrugs, directory, sink);
        RowTimes rows = new(plan.Time, root.Map("time").In("record_every", Hours));
        SweepPlan? sweep = varied is null || root["sweep"] is not MapValue block ? null
            : new SweepBuilder(block, varied, rows, names, sink).Build();
        CalibrationPlan? calibration = varied is null || root["calibrate"] is not MapValue fit ? null
            : new CalibrationBuilder(fit, varied, rows, names, series, sink).Build();
        CohortPlan? cohort = varied is null || root["cohort"] is not MapValue { IsGood: true } patients ? null
            : new CohortBuilder(patients, varied, sink).Build(new PatientTableReader(varied, directory, inputs, sink));
        TrialPlan? trial = null;
        if (cohort is not null && root["trial"] is MapValue { IsGood: true } clinical
            && new TrialBuilder(clinical, cohort, names, rows, sink).Build() is var (planned, named))
        {
            (trial, cohort) = (planned, named);
        }

        if (sweep is not null && armPlans.Count > 1)
        {
            sweep = sweep with { ArmKeys = ArmKeys.Of([.. root.Members("arms")], armPlans, sweep.Factors) };
        }

        return new ScenarioDefinition
        {
            Sweep = sweep,
            SweepSpace = sweep is null ? null : varied!.Space(sweep.Factors),
            Cohort = cohort,
            Trial = trial,
            TrialSpace = trial is null ? null : varied!.Space(trial.Sweep.Factors),
            Calibration = calibration,
            CalibrationSpace = calibration is null ? null : varied!.Space(calibration.Factors),
            Name = root.Text("name"),
            Preset = preset.Text,
            Plan = plan,
            Arms = armPlans,
            Replicates = (int)root.Number("replicates"),
            RecordEveryHours = root.Map("time").In("record_every", Hours),
            SnapshotEveryHours = root.Map("time").Optional("snapshot_every")?.In(Hours),
            KeptStatesHours = [.. KeptStates(plan)],
            LimitBytes = (root["output"] as MapValue)?.Optional("limit")?.In(Unit.Of("B")),
            CheckpointEveryHours = (root["output"] as MapValue)?.Optional("checkpoint_every")?.In(Hours),
            Figures = [.. root.Members("figures").Select(figures.Build)],
            Data = series,
            Kept = [.. series.Select(d => new KeptFile(d.KeptAs, d.Text)), .. planning.Tables.Select(t => new KeptFile(t.KeptAs, t.Text)), .. maps.Kept],
            ResolvedYaml = sink.HasErrors || IsPoint ? string.Empty : ValueWriter.Write(Resolved(plan, arms.Used, series, planning.Tables, maps, cohort,
                (sweep?.Factors ?? []).Concat(trial?.Sweep.Factors ?? []).Any(f => f.Keys.Contains("reference.name")))),
            Inputs = inputs,
        };
    }

    private IEnumerable<double> KeptStates(SimulationPlan plan)
    {
        foreach (ScalarValue time in root["output"] is MapValue output && output["checkpoints"] is ListValue times ? times.Scalars : [])
        {
            double hours = time.In(Hours), step = plan.Time.StepHours;
            if (time.IsGood && (hours > plan.Time.DurationHours || Math.Abs(hours - (Math.Round(hours / step) * step)) > 1e-6))
            {
                sink.Error(time.Mark, time.Path, $"{time.Text} is no step of the run, whose steps of {Quantity.Format(step)} h end at "
                    + $"{Quantity.Format(plan.Time.DurationHours / 24)} d");
            }

            yield return hours;
        }
    }

    // The scenario with all parameters written out and the drugs that it uses, so that it does not depend on a library.
    private MapValue Resolved(SimulationPlan plan, HashSet<string> used, List<ObservedSeries> series, IReadOnlyList<ReadTable> tables, DoseMapBuilder maps, CohortPlan? cohort,
        bool variesReference)
    {
        MapValue resolved = new(root.Spec, root.Mark, root.Path);
        foreach ((string key, Value value) in root.Ordered)
        {
            // Where points name their reference patient, the library gives its values to each.
            if (key == "reference" && variesReference)
            {
                if (Tree!["reference"] is YamlMapping written)
                {
                    resolved.Add(key, Written((MapValue)value, written));
                }

                continue;
            }

            resolved.Add(key, key switch
            {
                "parameters" => AllParameters(plan.Parameters, (MapValue)value),
                "drugs" => Only((ListValue)value, d => used.Contains(d.Text("name")) || ownDrugs.Contains(d.Text("name"))),
                "arms" when maps.Kept.Any() => WithMaps(value, maps),
                "data" => WithFiles((ListValue)value, series),
                "cohort" when cohort?.Table is { } table => Renamed((MapValue)value, "table", table.KeptAs),
                "lesions" => WithTables(root.Text("baseline") == "reference" ? WithoutLevels((ListValue)value) : (ListValue)value, tables),
                "time" when tables.Count > 0 => Renamed((MapValue)value, "burn_in", "0 d"),
                _ => value,
            });
        }

        return resolved;
    }

    private static MapValue AllParameters(ParameterSet set, MapValue block)
    {
        MapValue all = new(block.Spec, block.Mark, block.Path);
        foreach (ParameterInfo info in ParameterTable.All)
        {
            all.Add(info.Key, Number(block.Spec.Child(info.Key)!, block, set[info.Id], Unit.Of(info.Unit)));
        }

        return all;
    }

    private static ScalarValue Number(KeySpec spec, MapValue block, double value, Unit unit) =>
        new(spec, block.Mark, block.Path) { Text = Quantity.Format(value, unit), Number = value, Unit = unit };

    private static ListValue Only(ListValue list, Func<MapValue, bool> keep)
    {
        ListValue kept = new(list.Spec, list.Mark, list.Path);
        kept.Items.AddRange(list.Maps.Where(keep).Select(DrugSources.Corrected));
        return kept;
    }

    // What comes out of a reference patient is not asked for.
    private static ListValue WithoutLevels(ListValue lesions)
    {
        ListValue copy = new(lesions.Spec, lesions.Mark, lesions.Path);
        copy.Items.AddRange(lesions.Maps.Select(lesion => Without(lesion, string.Empty)));
        return copy;
    }

    private static MapValue Without(MapValue map, string block)
    {
        MapValue kept = new(map.Spec, map.Mark, map.Path);
        foreach ((string key, Value value) in map.Ordered)
        {
            if (!ReferenceBuilder.ComeOut.Any(c => c.Block == block && c.Key == key))
            {
                kept.Add(key, block.Length == 0 && value is MapValue inner ? Without(inner, key) : value);
            }
        }

        return kept;
    }

    // No dose after an assessment of the simulated lesions has shown progression.
    private static ArmPlan UntilProgression(ArmPlan arm) => arm with
    {
        Therapy = [.. arm.Therapy.Select(c => c with { UntilProgression = true })],
    };

    private static MapValue Written(MapValue map, YamlMapping written)
    {
        MapValue kept = new(map.Spec, map.Mark, map.Path);
        foreach ((string key, Value value) in map.Ordered.Where(v => written.Find(v.Key) is not null))
        {
            kept.Add(key, value);
        }

        return kept;
    }

    private static MapValue Renamed(MapValue map, string renamed, string text)
    {
        MapValue changed = new(map.Spec, map.Mark, map.Path);
        foreach ((string key, Value value) in map.Ordered)
        {
            changed.Add(key, key == renamed ? new ScalarValue(value.Spec, value.Mark, value.Path) { Text = text } : value);
        }

        return changed;
    }

    // A run folder keeps the cells as they were understood, whatever the table was.
    private static ListValue WithTables(ListValue lesions, IReadOnlyList<ReadTable> tables)
    {
        if (tables.Count == 0)
        {
            return lesions;
        }

        ListValue copy = new(lesions.Spec, lesions.Mark, lesions.Path);
        foreach (MapValue lesion in lesions.Maps)
        {
            MapValue changed = new(lesion.Spec, lesion.Mark, lesion.Path);
            foreach ((string key, Value value) in lesion.Ordered)
            {
                changed.Add(key, key == "cells" && tables.FirstOrDefault(t => t.Lesion == lesion.Text("name")) is { } table ? Kept((MapValue)value, table) : value);
            }

            copy.Items.Add(changed);
        }

        return copy;
    }

    private static MapValue Kept(MapValue block, ReadTable table)
    {
        MapValue kept = new(block.Spec, block.Mark, block.Path);
        foreach ((string key, string text) in ((string, string)[])[("file", table.KeptAs), ("place", "as_given")])
        {
            kept.Add(key, new ScalarValue(block.Spec.Child(key)!, block.Mark, block.Path) { Text = text });
        }

        return kept;
    }

    private static Value WithMaps(Value value, DoseMapBuilder maps)
    {
        if (value is ListValue list)
        {
            ListValue copy = new(list.Spec, list.Mark, list.Path);
            copy.Items.AddRange(list.Items.Select(i => WithMaps(i, maps)));
            return copy;
        }

        if (value is MapValue map)
        {
            MapValue changed = new(map.Spec, map.Mark, map.Path);
            foreach ((string key, Value inner) in map.Ordered)
            {
                changed.Add(key, WithMaps(inner, maps));
            }

            return changed;
        }

        return maps.KeptOf(value) is { } kept ? new ScalarValue(value.Spec, value.Mark, value.Path) { Text = kept.Path } : value;
    }

    // A run folder keeps the files beside its resolved.yaml.
    private static ListValue WithFiles(ListValue list, List<ObservedSeries> series)
    {
        ListValue copy = new(list.Spec, list.Mark, list.Path);
        foreach ((MapValue entry, int i) in list.Maps.Select((e, i) => (e, i)))
        {
            copy.Items.Add(Renamed(entry, "file", series[i].KeptAs));
        }

        return copy;
    }
}

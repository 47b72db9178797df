using TmeSim.Analysis.Cohorts;
using TmeSim.Analysis.Measures;
using TmeSim.Analysis.Trials;
using TmeSim.Engine.Plan;
using TmeSim.Scenarios.Diagnostics;
using TmeSim.Scenarios.Keys;
using TmeSim.Scenarios.Reading;
using TmeSim.Scenarios.Units;

namespace TmeSim.Scenarios.Resolve;

/// <summary>The <c>trial:</c> block, and the simulations that it asks for.</summary>
internal sealed class TrialBuilder(MapValue block, CohortPlan cohort, ScenarioNames names, RowTimes rows, DiagnosticSink sink)
{
    private const double WeekDays = 7;
    private static readonly Unit Days = Unit.Of("d"), Millimetres = Unit.Of("mm");

    // Columns of patients.csv and visits.csv that are always there.
    private static readonly string[] Reserved = ["patient", "arm", "stratum", "best_response", "best_change", "response_day",
        "progression_day", "progressed", "pfs_day", "pfs_event",
        "death_day", "died", "os_day", "os_event", "follow_up_day", "baseline_mm", "albi", "refractory", "pfs_reason", "os_reason",
            "new_lesions", "status", "seed", "error", "lesions"];

    private IReadOnlyList<CohortTrait> _traits = cohort.Traits;

    /// <summary>The trial with the cohort whose traits have names of their own, or null after an error.</summary>
    public (TrialPlan Trial, CohortPlan Cohort)? Build()
    {
        bool good = Biomarkers() is var biomarkers && biomarkers is not null;
        if (!good)
        {
            return null;
        }

        _traits = Labelled(biomarkers!);
        TrialEndpoint primary = Enum.Parse<TrialEndpoint>(block.Text("primary"), ignoreCase: true);
        ClinicalRules? rules = Rules();
        double[]? grid = Grid();
        int[]? allocation = Allocation();
        int control = Control();
        bool randomised = block.Text("design") == "randomised";
        foreach (string key in randomised ? (string[])[] : ["allocation", "stratify"])
        {
            if (block[key] is { } extra)
            {
                sink.Error(extra.Mark, extra.Path, $"'{key}' goes with `design: randomised`; here every patient is in every arm");
                return null;
            }
        }

        List<CohortRule>? stratify = ReadRules("stratify", [], false), subgroups = ReadRules("subgroups", biomarkers!, true);
        List<string>? tree = Tree(biomarkers!);
        if (rules is null || grid is null || allocation is null || control < 0 || stratify is null || subgroups is null || tree is null
            || Series() is not { } series)
        {
            return null;
        }

        CohortPlan patients = cohort with { Traits = _traits };
        return (new TrialPlan
        {
            IsRandomised = randomised, EndsAtProgression = block.Text("treatment_beyond_progression") == "off", Allocation = allocation,
                Stratify = stratify, Control = control, Primary = primary, Rules = rules,
            RefractoryDays = block.In("refractory", Days), Biomarkers = biomarkers!, Subgroups = subgroups, Tree = tree, GridDays = grid,
            Sweep = Simulations(biomarkers!, grid, series, randomised ? Arms(allocation, stratify) : null),
        }, patients);
    }

    private List<string>? Biomarkers()
    {
        if (block["biomarkers"] is not ListValue list)
        {
            return [.. TrialKeys.Biomarkers];
        }

        return list.Scalars.All(names.Measure) && list.IsGood ? [.. list.Scalars.Select(s => s.Text).Distinct()] : null;
    }

    private IReadOnlyList<string>? Series() => block["series"] is not ListValue list ? [] : list.IsGood && list.Scalars.All(names.Measure)
        ? [.. list.Scalars.Select(s => s.Text).Distinct()] : null;

    // A trait may not be called like a measure or a column of the tables.
    private IReadOnlyList<CohortTrait> Labelled(List<string> biomarkers)
    {
        List<SweepFactor> factors = SweepBuilder.Labelled([.. cohort.Traits.Select(t => t.Factor)]);
        return [.. cohort.Traits.Select((t, i) => t with
        {
            Factor = biomarkers.Contains(factors[i].Label) || Reserved.Contains(factors[i].Label)
                || MeasureTable.Find(factors[i].Label) is not null
                ? t.Factor with { Label = t.Factor.Path } : factors[i],
        })];
    }

    private ClinicalRules? Rules()
    {
        MapValue imaging = block.Map("imaging"), lesions = block.Map("new_lesions"), survival = block.Map("survival");
        double end = rows.DurationHours / 24, accrual = block.In("accrual", Days), cut = block.Optional("cut_off")?.In(Days) ?? end
            + accrual;
        if (block.Optional("cut_off") is { IsGood: true } early && cut <= accrual)
        {
            sink.Error(early.Mark, early.Path, $"the analysis comes on day {Quantity.Format(cut)}, before the last patient has entered on day "
                + $"{Quantity.Format(accrual)}: some would not be followed at all");
            return null;
        }

        if (block.Optional("cut_off") is { IsGood: true } written && cut > end + accrual + 1e-9)
        {
            sink.Warn(written.Mark, written.Path,
                $"the first patients are simulated for {Quantity.Format(end)} d: their follow-up ends before the analysis");
        }

        ImagingSchedule schedule = new(imaging.In("every", Days), imaging.In("until", Days), imaging.In("then", Days));
        double? off = schedule.Days(end).Cast<double?>().FirstOrDefault(d => !rows.Has(d!.Value * 24));
        if (off is not null)
        {
            sink.Error(imaging.Mark, imaging.Path,
                $"the assessment on day {Quantity.Format(off.Value)} has no row in the time series; rows are {Quantity.Format(rows.RecordHours)} h apart (time.record_every)");
            return null;
        }

        if (schedule.Days(end).Count == 0)
        {
            sink.Error(imaging.Mark, imaging.Path,
                $"the first assessment, on day {Quantity.Format(imaging.In("every", Days))}, comes after the end of the run on day {Quantity.Format(end)}");
            return null;
        }

        return new ClinicalRules
        {
            Imaging = schedule, Criteria = block.Text("criteria") == "mrecist" ? ResponseCriteria.Mrecist : ResponseCriteria.Recist,
            MeasurementError = block.Number("measurement_error"), DetectionMm = block.In("detection", Millimetres),
                MissedVisits = block.Number("missed_visits"),
            DropOutPerYear = block.Number("drop_out"), AccrualDays = accrual, CutOffDays = cut,
            NewLesions = new NewLesionRules(lesions.Number("rate"), lesions.Number("power"), lesions.In("diameter", Millimetres)),
            Survival = new SurvivalRules
            {
                AlbiMean = survival.Number("albi"), AlbiSd = survival.Number("albi_sd"), AlbiPerYear = survival.Number("albi_rate"),
                AlbiOfLiverDisease = survival.Number("liver_disease"), BackgroundPerYear = survival.Number("background"),
                    HazardPerYear = survival.Number("hazard"),
                BurdenPower = survival.Number("burden_power"), AlbiLogHazard = survival.Number("albi_hazard"),
                    GrowthLogHazard = survival.Number("growth_hazard"),
            },
        };
    }

    private double[]? Grid()
    {
        double end = rows.DurationHours / 24;
        List<double> days = [];
        for (double day = 0; day < end - 1e-9; day += WeekDays)
        {
            if (!rows.Has(day * 24))
            {
                sink.Error(block.Mark, block.Path,
                    $"a trial reads the burden every week, and the time series has no row on day {Quantity.Format(day)}; write a part of a week as time.record_every");
                return null;
            }

            days.Add(day);
        }

        return [.. days, end];
    }

    private int[]? Allocation()
    {
        if (block["allocation"] is not ListValue list)
        {
            return [.. names.Arms.Select(_ => 1)];
        }

        int[] weights = [.. list.Scalars.Select(s => (int)s.Number)];
        if (weights.Length != names.Arms.Count || list.Scalars.Any(s => s.Number != Math.Round(s.Number)))
        {
            sink.Error(list.Mark, list.Path, $"{names.Arms.Count} arms ({string.Join(", ", names.Arms)}) need as many whole weights");
            return null;
        }

        return weights;
    }

    private int Control()
    {
        List<string> arms = [.. names.Arms];
        return block.Optional("control") is { } named ? (names.Arm(named) ? arms.IndexOf(named.Text) : -1)
            : arms.IndexOf("Control") is var control and >= 0 ? control : arms.Count - 1;
    }

    private string? UnitOf(string subject, IReadOnlyList<string> biomarkers) =>
        Trait(subject) is { } trait ? trait.Factor.Unit
        : biomarkers.Contains(subject) ? MeasureTable.Find(subject)?.Unit ?? "1"
        : subject == "stratum" && cohort.Strata.Count > 0 ? string.Empty
        : null;

    private CohortTrait? Trait(string subject) => _traits.FirstOrDefault(t => t.Factor.Label == subject || t.Factor.Path == subject);

    private List<CohortRule>? ReadRules(string key, List<string> biomarkers, bool mayBeMedian)
    {
        if (block[key] is not ListValue list)
        {
            return [];
        }

        RuleReader reader = new(sink, s => UnitOf(s, biomarkers), [.. _traits.Select(t => t.Factor.Path), .. biomarkers], mayBeMedian,
            biomarkers.Contains, Words);
        return reader.Read(list)?.ConvertAll(r => r with { Subject = Trait(r.Subject)?.Factor.Label ?? r.Subject });
    }

    private List<string>? Words(string subject) => subject == "stratum" ? [.. cohort.Strata]
        : Trait(subject) is { Factor.IsWord: true } trait ? [.. trait.Factor.Levels.Select(l => l.Text).Distinct()] : null;

    private List<string>? Tree(List<string> biomarkers)
    {
        if (block["tree"] is not ListValue list)
        {
            return [.. biomarkers];
        }

        foreach (ScalarValue name in list.Scalars.Where(s => UnitOf(s.Text, biomarkers) is null))
        {
            sink.Error(name.Mark, name.Path,
                $"no patient has '{Excerpt.Of(name.Text)}'{Suggestion.Clause(name.Text, [.. _traits.Select(t => t.Factor.Label), .. biomarkers], "traits")}");
            return null;
        }

        return [.. list.Scalars.Select(s => Trait(s.Text)?.Factor.Label ?? s.Text).Distinct()];
    }

    private int[] Arms(int[] allocation, List<CohortRule> stratify)
    {
        Allocation allocator = new(allocation, cohort.Seed);
        string Stratum(int patient) => cohort.Patients[patient].Stratum
            + string.Concat(stratify.Select(r => Holds(r, patient) ? '+' : '-'));
        return [.. Enumerable.Range(0, cohort.Patients.Count).Select(i => allocator.Next(Stratum(i)))];
    }

    private bool Holds(CohortRule rule, int patient)
    {
        if (rule.Subject == "stratum")
        {
            return rule.Holds(cohort.Patients[patient].Stratum);
        }

        FactorLevel level = Trait(rule.Subject)!.Factor.Levels[patient];
        return rule.Word.Length > 0 ? rule.Holds(level.Text) : rule.Holds(level.Number, rule.Value);
    }

    private SweepPlan Simulations(List<string> biomarkers, double[] grid, IReadOnlyList<string> series, int[]? arms)
    {
        List<SweepFactor> factors = [.. _traits.Select(t => t.Factor)];
        if (!factors.Any(f => f.Keys.Contains("seed")))
        {
            factors.Add(new SweepFactor
            {
                Entry = "seed", Path = "seed", Keys = ["seed"], Label = "seed", Unit = "1", IsWhole = true,
                Levels = [.. cohort.Patients.Select(p => PatientDraws.SimulationSeed(cohort.Seed, p.Number)).Select(s =>
                    new FactorLevel(s.ToString(), s))],
            });
        }

        double[] visits = [.. new ImagingSchedule(block.Map("imaging").In("every", Days), block.Map("imaging").In("until", Days),
            block.Map("imaging").In("then", Days)).Days(grid[^1])];
        List<SweepOutput> outputs = [.. biomarkers.Select(m => Output(m, 0))];
        outputs.AddRange(grid.SelectMany(_ => BurdenMeasures, (day, measure) => Output(measure, day)));
        outputs.AddRange(visits.SelectMany(_ => biomarkers, (day, measure) => Output(measure, day)));
        return new SweepPlan
        {
            Method = SweepMethod.List, Factors = factors, Samples = 0, MorrisLevels = 4, Seed = cohort.Seed, Outputs = outputs,
                Series = series,
            Points = cohort.Patients.Count, ArmOfPoint = arms, Space = cohort.Space,
        };
    }

    /// <summary>Measures that the burden is read from.</summary>
    public static readonly string[] BurdenMeasures = ["tumor_cells", "dying_cells", "necrotic_cells"];

    private static SweepOutput Output(string measure, double day) => new($"{measure}@{Quantity.Format(day)} d", measure, OutputTime.At,
        day * 24);
}

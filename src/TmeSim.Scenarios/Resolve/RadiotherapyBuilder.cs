using TmeSim.Engine.Plan;
using TmeSim.Engine.Radiation;
using TmeSim.Engine.Therapies;
using TmeSim.Scenarios.Diagnostics;
using TmeSim.Scenarios.Reading;
using TmeSim.Scenarios.Units;

namespace TmeSim.Scenarios.Resolve;

/// <summary>Courses of radiotherapy, and warnings about what they leave and about the liver.</summary>
internal sealed class RadiotherapyBuilder(MapValue root, SimulationPlan plan, DoseMapBuilder maps, DiagnosticSink sink)
{
    private static readonly Unit Hours = Unit.Of("h");
    private static readonly Unit Micrometres = Unit.Of("um");
    private static readonly string[] DrugKeys = ["drug", "dose", "every", "cycles"];
    private bool _warned;

    private double End => root.Map("time").Scalar("duration").IsGood ? plan.Time.DurationHours : double.PositiveInfinity;

    /// <summary>The course of a therapy entry with a radiotherapy block; null after an error.</summary>
    public RadiationCourse? Build(MapValue course)
    {
        MapValue beam = course.Map("radiotherapy");
        if (!beam.IsGood)
        {
            return null;
        }

        new CourseTiming(End, sink).Check(course);
        foreach (string key in DrugKeys)
        {
            if (course[key] is Value { IsGood: true } odd)
            {
                sink.Error(odd.Mark, odd.Path, key == "drug"
                    ? "an entry gives a drug or radiotherapy, not both; write two entries"
                    : $"belongs to a drug; fractions, dose and interval of radiotherapy stand inside `radiotherapy:`");
            }
        }

        int lesion = Lesion(beam);
        if (lesion < 0)
        {
            return null;
        }

        LesionPlan target = plan.Lesions[lesion];
        double perClinical = 2 * target.RadiusUm / 1000 / target.DiameterMm;
        DoseMap? map = Map(beam);
        RadiationCourse built = new()
        {
            Lesion = lesion,
            FractionGy = beam.Number("dose"),
            Coverage = map?.MeanCovered(plan.Tissue) ?? beam.Number("coverage"),
            PenumbraUm = map is null ? beam.In("penumbra", Micrometres) * perClinical : 0,
            Map = map,
            LinearAbove = beam.Text("model") == "lq_l",
            Weekends = beam.Text("weekends") == "on",
            StartHours = course.In("start", Hours),
            EveryHours = beam.In("every", Hours),
            Cycles = (int)beam.Number("fractions"),
            StopHours = CourseTiming.StopHours(course),
            UntilProgression = CourseTiming.UntilProgression(course),
            Until = CourseTiming.Condition(course),
        };
        if (built.StopHours is double stop && built.DueHours(0) >= stop && stop > built.StartHours)
        {
            ScalarValue end = course.Optional("stop") ?? course.Scalar("until");
            sink.Error(end.Mark, end.Path, $"{end.Text} lies before the first fraction, which waits for Monday (day {built.DueHours(0) / 24:0.##}); make it later or treat on weekends");
        }

        return built;
    }

    /// <summary>Warns where the fractions clear the tile but not the lesion, and once about the dose of the liver.</summary>
    /// <param name="arm">The arm.</param>
    /// <param name="beams">Block of each of its courses of radiotherapy.</param>
    public void CheckArm(ArmPlan arm, IReadOnlyList<MapValue> beams)
    {
        if (beams.Count == 0 || sink.HasErrors)
        {
            return;
        }

        CheckLiver(beams[0]);
        foreach (IrradiatedLesion lesion in IrradiatedLesion.Of(plan, arm).Where(l => l.OnlyTheTileIsCleared))
        {
            MapValue beam = beams[arm.Radiation.Index().Last(c => c.Item.Lesion == lesion.Lesion).Index];
            sink.Warn(beam.Mark, beam.Path, $"{SurvivorText.Of(plan, arm, lesion)}: the tile is expected to be cleared, the lesion is not. {SurvivorText.Artefact}");
        }
    }

    // Once for the patient: the mean liver dose is missing, or lies above the limit of the Child-Pugh class.
    private void CheckLiver(MapValue beam)
    {
        char grade = plan.Patient.ChildPugh;
        double gy = plan.Patient.MeanLiverDoseGy, risk = LiverRisk.Ntcp(gy, grade);
        if (_warned)
        {
            return;
        }

        ScalarValue dose = root.Map("patient").Scalar("mean_liver_dose");
        if (gy <= 0)
        {
            _warned = true;
            (Value at, string path) = dose.IsDefault ? (beam, beam.Path) : ((Value)dose, dose.Path);
            sink.Warn(at.Mark, path, "an irradiated liver with patient.mean_liver_dose at 0 Gy: its dose is missing, so the risk of radiation-induced liver disease (NTCP) is not reported; give the mean dose of the treatment plan");
        }
        else if (gy > LiverRisk.LimitGy(grade))
        {
            _warned = true;
            string limit = grade == 'C' ? "no dose is known to be safe" : $"the limit is {Quantity.Format(LiverRisk.LimitGy(grade))} Gy";
            sink.Warn(dose.Mark, dose.Path,
                FormattableString.Invariant($"a mean liver dose of {dose.Text} in Child-Pugh {grade}: {limit}; probability of radiation-induced liver disease {(risk < 1e-4 ? "below 0.0001" : risk.ToString("0.0000", System.Globalization.CultureInfo.InvariantCulture))} (Lyman{(grade == 'A' ? string.Empty : ", its dose for this class assumed")})"));
        }
    }

    private DoseMap? Map(MapValue beam)
    {
        if (beam.Optional("dose_map") is not { IsGood: true } file)
        {
            return null;
        }

        // As they are by default they may stand there: a run folder keeps all keys.
        foreach ((string key, bool isUsual) in ((string, bool)[])[("coverage", beam.Number("coverage") == 1), ("penumbra", beam.In("penumbra", Micrometres) == 5000)])
        {
            if (beam.Scalar(key) is { IsDefault: false } written && !isUsual)
            {
                sink.Error(written.Mark, written.Path, $"a dose map says where the dose is; leave out '{key}'");
            }
        }

        return beam.Scalar("dose").IsGood ? maps.Build(file, beam.Number("dose"), plan.Tissue) : null;
    }

    private int Lesion(MapValue beam)
    {
        string[] names = [.. plan.Lesions.Select(l => l.Name)];
        if (beam.Optional("target") is not ScalarValue target)
        {
            if (names.Length != 1)
            {
                sink.Error(beam.Mark, beam.Path, $"'target' is missing: which of the lesions {string.Join(", ", names)} is irradiated");
                return -1;
            }

            return 0;
        }

        int found = Array.IndexOf(names, target.Text);
        if (found < 0 && target.IsGood)
        {
            sink.Error(target.Mark, target.Path, $"there is no lesion '{Excerpt.Of(target.Text)}'{Suggestion.Clause(target.Text, names, "lesions")}");
        }

        return found;
    }
}

using TmeSim.Engine.Plan;
using TmeSim.Engine.Therapies;
using TmeSim.Scenarios.Diagnostics;
using TmeSim.Scenarios.Drugs;
using TmeSim.Scenarios.Reading;
using TmeSim.Scenarios.Units;

namespace TmeSim.Scenarios.Resolve;

/// <summary>Arms with their drug courses.</summary>
internal sealed class ArmBuilder(MapValue root, SimulationPlan plan, DoseMapBuilder maps, DiagnosticSink sink)
{
    private static readonly Unit Hours = Unit.Of("h");

    private readonly Dictionary<string, MapValue> _drugs = Drugs(root);
    private readonly RadiotherapyBuilder _radiotherapy = new(root, plan, maps, sink);

    // No judgement rests on a duration that is in error.
    private double End => root.Map("time").Scalar("duration").IsGood ? plan.Time.DurationHours : double.PositiveInfinity;

    /// <summary>Names of the drugs that some arm gives.</summary>
    public HashSet<string> Used { get; } = new(StringComparer.Ordinal);

    public List<ArmPlan> Build() => [.. root.Members("arms").Select(Arm)];

    private static Dictionary<string, MapValue> Drugs(MapValue root)
    {
        Dictionary<string, MapValue> drugs = new(StringComparer.Ordinal);
        foreach (MapValue drug in root.Members("drugs"))
        {
            drugs.TryAdd(drug.Text("name"), drug);
        }

        return drugs;
    }

    private ArmPlan Arm(MapValue arm)
    {
        if (arm["stop"] is ListValue stop)
        {
            sink.Error(stop.Mark, "arms[].stop", "`stop` ends courses of the run that `from:` names; a course of this scenario ends with a `stop` of its own");
        }

        ParameterSet parameters = Overrides.Parameters(plan.Parameters, arm.Map("parameters"));
        new ParameterChecks(sink).Check(parameters, arm.Map("parameters"), plan);
        List<DrugCourse> courses = [];
        List<RadiationCourse> radiation = [];
        List<MapValue> beams = [];
        foreach (MapValue course in arm.Members("therapy"))
        {
            if (course["radiotherapy"] is MapValue)
            {
                if (_radiotherapy.Build(course) is RadiationCourse beam)
                {
                    radiation.Add(beam);
                    beams.Add(course.Map("radiotherapy"));
                }
            }
            else if (Course(course) is DrugCourse drug)
            {
                courses.Add(drug);
            }
        }

        CheckSwitches(arm.Map("mechanisms"));
        MechanismSet mechanisms = Overrides.Mechanisms(plan.Mechanisms, arm.Map("mechanisms"));
        ArmPlan built = new(arm.Text("name"), courses, parameters, mechanisms)
        {
            Radiation = radiation,
            Changes = Changes(arm, parameters, mechanisms),
        };
        _radiotherapy.CheckArm(built, beams);
        return built;
    }

    // Each changes what was in force before it.
    private List<ArmChange> Changes(MapValue arm, ParameterSet parameters, MechanismSet mechanisms)
    {
        List<ArmChange> changes = [];
        foreach (MapValue change in arm.Members("changes").OrderBy(c => c.Scalar("at").In(Hours)))
        {
            ScalarValue at = change.Scalar("at");
            if (at.IsGood && changes.Any(c => c.AtHours == at.In(Hours)))
            {
                sink.Error(at.Mark, at.Path, $"there is a change at {at.Text} already; write both as one");
            }

            if (at.IsGood && at.In(Hours) >= End)
            {
                sink.Warn(at.Mark, at.Path, $"{at.Text} is not before the end of the run at {Quantity.Format(End / 24)} d: this change does nothing");
            }

            parameters = Overrides.Parameters(parameters, change.Map("parameters"));
            new ParameterChecks(sink).Check(parameters, change.Map("parameters"), plan);
            CheckSwitches(change.Map("mechanisms"));
            mechanisms = Overrides.Mechanisms(mechanisms, change.Map("mechanisms"));
            changes.Add(new ArmChange(at.In(Hours), parameters, mechanisms));
        }

        return changes;
    }

    // What acts on the seeding alone is the same in all arms.
    private void CheckSwitches(MapValue block)
    {
        MechanismSet asked = Overrides.Mechanisms(plan.Mechanisms, block);
        foreach (MechanismInfo info in MechanismTable.All)
        {
            if (!info.InArms && asked.IsOn(info.Id) != plan.Mechanisms.IsOn(info.Id) && block[info.Key] is { } at)
            {
                sink.Error(at.Mark, at.Path,
                    $"{info.Key} acts when the tissue is seeded, before the burn-in that all arms share; write it under `mechanisms:` of the run");
            }
        }
    }

    private DrugCourse? Course(MapValue course)
    {
        CourseTiming timing = new(End, sink);
        timing.Check(course);
        if (course.Optional("drug") is not ScalarValue name)
        {
            if (course.IsGood)
            {
                sink.Error(course.Mark, course.Path,
                    "an entry of the therapy gives a drug, a regimen or radiotherapy; write `drug: NAME` with its dose, `regimen: NAME`, or "
                    + "`radiotherapy: {fractions: 3, dose: 8 Gy}`");
            }

            return null;
        }

        if (course.Optional("dose") is not ScalarValue dose)
        {
            sink.Error(course.Mark, course.Path,
                "'dose' is missing (One dose of the drug: an amount, or an amount per body weight); a quantity in mg or mg/kg");
            return null;
        }

        if (!name.IsGood)
        {
            return null;
        }

        if (!_drugs.TryGetValue(name.Text, out MapValue? drug))
        {
            string[] known = [.. _drugs.Keys.Union(DrugLibrary.All.Select(d => d.Plan.Name)).Order(StringComparer.Ordinal)];
            if (!known.Contains(name.Text))
            {
                sink.Error(name.Mark, name.Path,
                    $"unknown drug '{Excerpt.Of(name.Text)}'{Suggestion.Clause(name.Text, known, "drugs")} (add others under `drugs:`)");
            }

            return null;
        }

        if (Used.Add(name.Text))
        {
            DrugBuilder.Check(drug, sink);
        }

        double doseMg = dose.Unit!.Text == "mg/kg" ? dose.Number * plan.Patient.WeightKg : dose.Number;
        if (dose.IsGood && !(doseMg <= dose.Spec.Key.Max))
        {
            sink.Error(dose.Mark, dose.Path,
                $"{dose.Text} is {Quantity.Format(doseMg)} mg at this body weight; allowed: {dose.Spec.Key.RangeText()}");
        }

        UsualDose.Check(dose, doseMg, drug, root.Map("patient").Scalar("weight"), sink);
        DrugPlan built = DrugBuilder.Build(drug);
        if (built.Pk is TwoCompartmentPlan { InfusionHours: double infusion }
            && course.Optional("every") is { IsGood: true } every && every.In(Hours) * PkState.MaximumInfusions <= infusion)
        {
            sink.Error(every.Mark, every.Path,
                $"{every.Text} is too short: more than {PkState.MaximumInfusions} infusions of {Quantity.Format(infusion)} h would overlap");
        }

        return new DrugCourse
        {
            Drug = built,
            DoseMg = doseMg,
            StartHours = course.In("start", Hours),
            EveryHours = course.Optional("every")?.In(Hours),
            Cycles = (int?)course.Optional("cycles")?.Number,
            StopHours = CourseTiming.StopHours(course),
            UntilProgression = CourseTiming.UntilProgression(course),
            Until = CourseTiming.Condition(course),
        };
    }
}

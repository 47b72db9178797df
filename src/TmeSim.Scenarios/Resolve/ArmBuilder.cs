using TmeSim.Engine.Plan;
using TmeSim.Engine.Therapies;
using TmeSim.Scenarios.Reading;
using TmeSim.Scenarios.Units;

namespace TmeSim.Scenarios.Resolve;

/// <summary>Arms with their drug courses.</summary>
internal sealed class ArmBuilder(MapValue root, SimulationPlan plan, DiagnosticSink sink)
{
    private static readonly Unit Hours = Unit.Of("h");

    private readonly Dictionary<string, MapValue> _drugs = Drugs(root);

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
        ParameterSet parameters = Overrides.Parameters(plan.Parameters, arm.Map("parameters"));
        new ParameterChecks(sink).Check(parameters, arm.Map("parameters"), plan);
        List<DrugCourse> courses = [];
        foreach (MapValue course in arm.Members("therapy"))
        {
            if (Course(course) is DrugCourse built)
            {
                courses.Add(built);
            }
        }

        return new ArmPlan(arm.Text("name"), courses, parameters, Overrides.Mechanisms(plan.Mechanisms, arm.Map("mechanisms")));
    }

    private DrugCourse? Course(MapValue course)
    {
        ScalarValue name = course.Scalar("drug");
        Timing(course);
        if (!name.IsGood)
        {
            return null;
        }

        if (!_drugs.TryGetValue(name.Text, out MapValue? drug))
        {
            string[] known = [.. _drugs.Keys.Union(DrugLibrary.All.Select(d => d.Plan.Name)).Order(StringComparer.Ordinal)];
            if (!known.Contains(name.Text))
            {
                sink.Error(name.Mark, name.Path, $"unknown drug '{Validator.Short(name.Text)}'{Suggestion.Clause(name.Text, known, "drugs")} (add others under `drugs:`)");
            }

            return null;
        }

        Used.Add(name.Text);
        ScalarValue dose = course.Scalar("dose");
        double doseMg = dose.Unit!.Text == "mg/kg" ? dose.Number * plan.Patient.WeightKg : dose.Number;
        if (dose.IsGood && !(doseMg <= dose.Spec.Key.Max))
        {
            sink.Error(dose.Mark, dose.Path, $"{dose.Text} is {Quantity.Format(doseMg)} mg at this body weight; allowed: {dose.Spec.Key.RangeText()}");
        }

        ScalarValue? until = course.Optional("until");
        DrugPlan built = DrugBuilder.Build(drug);
        if (course.Optional("every") is { IsGood: true } every && every.In(Hours) * PkState.MaximumInfusions <= built.Pk.InfusionHours)
        {
            sink.Error(every.Mark, every.Path, $"{every.Text} is too short: more than {PkState.MaximumInfusions} infusions of {Quantity.Format(built.Pk.InfusionHours)} h would overlap");
        }

        return new DrugCourse
        {
            Drug = built,
            DoseMg = doseMg,
            StartHours = course.In("start", Hours),
            EveryHours = course.Optional("every")?.In(Hours),
            Cycles = (int?)course.Optional("cycles")?.Number,
            StopHours = (until is { IsWord: false } ? until : course.Optional("stop"))?.In(Hours),
            UntilProgression = until is { IsWord: true },
        };
    }

    private void Timing(MapValue course)
    {
        ScalarValue? stop = course.Optional("stop");
        ScalarValue? until = course.Optional("until");
        if (stop is { IsGood: true } && until is { IsGood: true, IsWord: false })
        {
            sink.Error(until.Mark, until.Path, "'until' with a time and 'stop' say the same; write one of them");
        }

        foreach (ScalarValue? end in (ScalarValue?[])[stop, until])
        {
            if (end is { IsGood: true, IsWord: false } && course.Scalar("start") is { IsGood: true } start && end.In(Hours) <= start.In(Hours))
            {
                sink.Error(end.Mark, end.Path, $"{end.Text} is not after the start at {start.Text}, so no dose would be given");
            }
        }

        if (course["every"] is null && course.Optional("cycles") is { IsGood: true, Number: > 1 } cycles)
        {
            sink.Error(cycles.Mark, cycles.Path, $"{cycles.Text} cycles need an interval; write for example `every: 3 weeks`");
        }
    }
}

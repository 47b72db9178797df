using TmeSim.Engine.Plan;

namespace TmeSim.Engine.Therapies;

/// <summary>Step 1: doses that fall due, pharmacokinetics in closed form between them, exposure of the targets.</summary>
internal sealed class TherapyProcess
{
    private readonly IReadOnlyList<DrugCourse> _courses;
    private readonly List<DrugPlan> _drugs = [];
    private readonly List<TwoCompartmentPk> _models = [];
    private readonly int[] _drugOfCourse;

    public TherapyProcess(IReadOnlyList<DrugCourse> courses)
    {
        _courses = courses;
        _drugOfCourse = new int[courses.Count];
        for (int i = 0; i < courses.Count; i++)
        {
            DrugPlan drug = courses[i].Drug;
            int known = _drugs.FindIndex(d => d.Name == drug.Name);
            if (known < 0)
            {
                known = _drugs.Count;
                _drugs.Add(drug);
                _models.Add(new TwoCompartmentPk(drug.Pk));
            }

            _drugOfCourse[i] = known;
        }
    }

    public IReadOnlyList<DrugPlan> Drugs => _drugs;

    /// <summary>A fresh state: nothing given yet.</summary>
    public TherapyState NewState() => new(_courses.Count, _drugs.Count);

    /// <summary>Concentration of drug i in blood [mg/L].</summary>
    public double ConcentrationMgPerL(TherapyState state, int drug) => _models[drug].ConcentrationMgPerL(state.Pk[drug]);

    /// <summary>Advances from <paramref name="hours"/> by one step, giving every dose at its exact time.</summary>
    public void Step(TherapyState state, double hours, double stepHours, bool progressed, List<SimulationEvent> events)
    {
        double now = hours, end = hours + stepHours;
        while (true)
        {
            int course = NextDose(state, end, progressed, out double due);
            if (course < 0)
            {
                break;
            }

            Advance(state, Math.Max(0, due - now));
            now = Math.Max(now, due);
            int drug = _drugOfCourse[course];
            _models[drug].Dose(ref state.Pk[drug], _courses[course].DoseMg);
            state.Given[course]++;
            events.Add(new SimulationEvent(now, EventKind.Dose, "", _drugs[drug].Name, _courses[course].DoseMg));
        }

        Advance(state, end - now);
    }

    /// <summary>Exposure at the blood concentrations of now.</summary>
    public Exposure Exposure(TherapyState state)
    {
        Span<TargetExposure> targets = stackalloc TargetExposure[4];
        for (int i = 0; i < _drugs.Count; i++)
        {
            DrugPlan drug = _drugs[i];
            double nanomolar = ConcentrationMgPerL(state, i) / drug.MolarMassKDa * 1000;
            for (int e = 0; e < drug.Effects.Count; e++)
            {
                DrugEffect effect = drug.Effects[e];
                ref TargetExposure target = ref targets[(int)effect.Target];
                float ratio = (float)(nanomolar * drug.Partition / effect.KdNm);
                target = new TargetExposure(
                    target.Antibody + (drug.Class == DrugClass.Antibody ? ratio : 0),
                    target.SmallMolecule + (drug.Class == DrugClass.SmallMolecule ? ratio : 0),
                    MathF.Max(target.MaxEffect, (float)effect.MaxEffect));
            }
        }

        return new Exposure(
            targets[(int)DrugTarget.PdL1], targets[(int)DrugTarget.Pd1], targets[(int)DrugTarget.Vegf], targets[(int)DrugTarget.Csf1r]);
    }

    private void Advance(TherapyState state, double hours)
    {
        for (int i = 0; i < _models.Count; i++)
        {
            _models[i].Advance(ref state.Pk[i], hours);
        }
    }

    private int NextDose(TherapyState state, double before, bool progressed, out double due)
    {
        int next = -1;
        due = double.PositiveInfinity;
        for (int i = 0; i < _courses.Count; i++)
        {
            DrugCourse course = _courses[i];
            int given = state.Given[i];
            bool over = (course.Cycles is int cycles && given >= cycles)
                || (course.EveryHours is null && given >= 1)
                || (course.UntilProgression && progressed);
            double time = course.StartHours + given * (course.EveryHours ?? 0);
            if (!over && time < before - 1e-9 && !(time >= course.StopHours) && time < due)
            {
                (next, due) = (i, time);
            }
        }

        return next;
    }
}

/// <summary>Drug amounts in the body and doses given, for one arm.</summary>
public sealed class TherapyState
{
    internal TherapyState(int courses, int drugs)
    {
        Given = new int[courses];
        Pk = new PkState[drugs];
    }

    internal int[] Given { get; }

    internal PkState[] Pk { get; }
}

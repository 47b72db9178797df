using TmeSim.Engine.Plan;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Therapies;

/// <summary>Step 1: doses that fall due, pharmacokinetics in closed form between them, exposure of the targets.</summary>
internal sealed class TherapyProcess
{
    private readonly IReadOnlyList<DrugCourse> _courses;
    private readonly CourseClock _clock;
    private readonly List<DrugPlan> _drugs = [];
    private readonly List<IPkModel> _models = [];
    private readonly int[] _drugOfCourse;

    public TherapyProcess(IReadOnlyList<DrugCourse> courses)
    {
        _courses = courses;
        _clock = new CourseClock(courses);
        _drugOfCourse = new int[courses.Count];
        for (int i = 0; i < courses.Count; i++)
        {
            DrugPlan drug = courses[i].Drug;
            int known = _drugs.FindIndex(d => d.Name == drug.Name);
            if (known < 0)
            {
                known = _drugs.Count;
                _drugs.Add(drug);
                _models.Add(IPkModel.Create(drug.Pk));
            }

            _drugOfCourse[i] = known;
        }
    }

    public IReadOnlyList<DrugPlan> Drugs => _drugs;

    /// <summary>True when some course ends at a condition.</summary>
    public bool HasConditions => _clock.HasConditions;

    /// <summary>A fresh state: nothing given yet.</summary>
    public TherapyState NewState() => new(_clock.NewState(), _drugs.Count);

    /// <summary>Concentration of drug i in blood [mg/L].</summary>
    public double ConcentrationMgPerL(TherapyState state, int drug) => _models[drug].ConcentrationMgPerL(state.Pk[drug]);

    /// <summary>Advances from <paramref name="hours"/> by one step, giving every dose at its exact time.</summary>
    public void Step(TherapyState state, double hours, double stepHours, in StopReadings readings, List<SimulationEvent> events)
    {
        _clock.Look(state.Clock, readings, hours);
        while (_clock.TakeEnded(state.Clock, out int ended))
        {
            events.Add(new SimulationEvent(hours, EventKind.CourseEnded, "", _courses[ended].Drug.Name, 0));
        }

        double now = hours, end = hours + stepHours;
        while (true)
        {
            int course = _clock.Next(state.Clock, end, readings.HasProgressed, out double due);
            if (course < 0)
            {
                break;
            }

            Advance(state, Math.Max(0, due - now));
            now = Math.Max(now, due);
            int drug = _drugOfCourse[course];
            Dose(state, drug, _courses[course].DoseMg);
            state.Clock.Given[course]++;
            events.Add(new SimulationEvent(now, EventKind.Dose, "", _drugs[drug].Name, _courses[course].DoseMg));
        }

        Advance(state, end - now);
    }

    /// <summary>Exposure at the blood concentrations of now.</summary>
    public Exposure Exposure(TherapyState state)
    {
        Span<TargetExposure> targets = stackalloc TargetExposure[DrugTargets.Count];
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

        return new Exposure(targets);
    }

    /// <summary>Gives a dose of drug i now.</summary>
    internal void Dose(TherapyState state, int drug, double mg) => _models[drug].Dose(ref state.Pk[drug], mg);

    /// <summary>Time [h] above <paramref name="least"/> until some concentration turns by itself; +∞ when none does.</summary>
    internal double TurnHours(TherapyState state, double least)
    {
        double first = double.PositiveInfinity;
        for (int i = 0; i < _models.Count; i++)
        {
            first = Math.Min(first, _models[i].TurnHours(state.Pk[i], least));
        }

        return first;
    }

    internal void Advance(TherapyState state, double hours)
    {
        for (int i = 0; i < _models.Count; i++)
        {
            _models[i].Advance(ref state.Pk[i], hours);
        }
    }
}

/// <summary>Drug amounts in the body and doses given, for one arm.</summary>
public sealed class TherapyState
{
    internal TherapyState(CourseState clock, int drugs)
    {
        Clock = clock;
        Beams = new CourseState(0);
        Pk = new PkState[drugs];
    }

    internal CourseState Clock { get; }

    /// <summary>Fractions given by course of radiotherapy.</summary>
    internal CourseState Beams { get; set; }

    internal PkState[] Pk { get; }

    /// <summary>Takes up doses and amounts of an arm whose courses are the first ones of this one's, and so are its drugs.</summary>
    internal void GoOnFrom(TherapyState earlier)
    {
        Clock.GoOnFrom(earlier.Clock);
        Beams.GoOnFrom(earlier.Beams);
        earlier.Pk.CopyTo(Pk, 0);
    }

    internal void Visit(StateVisitor visitor)
    {
        Clock.Visit(visitor);
        visitor.Values(Pk.AsSpan());
        Beams.Visit(visitor);
    }
}

using System.Diagnostics.CodeAnalysis;
using TmeSim.Engine.Immune;
using TmeSim.Engine.Lattice;
using TmeSim.Engine.Numerics;
using TmeSim.Engine.Patient;
using TmeSim.Engine.Plan;
using TmeSim.Engine.State;
using TmeSim.Engine.Therapies;

namespace TmeSim.Engine.Radiation;

/// <summary>Part of step 1: fractions that fall due in the step, at its start, and the decay of what earlier ones left.</summary>
internal sealed class RadiationProcess
{
    private readonly IReadOnlyList<RadiationCourse> _courses;
    private readonly TissuePlan _tissue;
    private readonly CourseClock _clock;
    private readonly LesionState[] _lesions;
    private readonly RandomKey[] _keys;
    private readonly RowRunner _runner;
    private RadiationRates _rates;
    private readonly RadiationBeam[] _beams;
    private readonly int _tiles;
    private readonly string[] _names;
    private float _stressPerHour, _signalPerHour;
    private readonly List<int> _dead = new(64);

    /// <summary>Lays the fields on the tumours as they are now and makes room for the traits of irradiated cells.</summary>
    public RadiationProcess(ArmPlan arm, SimulationPlan plan, LesionState[] lesions, RandomKey[] keys, RowRunner runner)
    {
        _courses = arm.Radiation;
        _tissue = plan.Tissue;
        _clock = new CourseClock(_courses);
        (_lesions, _keys, _runner) = (lesions, keys, runner);
        _tiles = plan.Tissue.Tiles;
        _beams = new RadiationBeam[_courses.Count * _tiles];
        _names = new string[_courses.Count];
        for (int i = 0; i < _names.Length; i++)
        {
            _names[i] = plan.Lesions[_courses[i].Lesion].Name;
            for (int tile = 0; tile < _tiles; tile++)
            {
                int tissue = _courses[i].Lesion * _tiles + tile;
                lesions[tissue].SetIrradiated(true);
                _beams[i * _tiles + tile] = new RadiationBeam(lesions[tissue], _courses[i], keys[tissue]);
            }
        }

        Settle(arm.Parameters, arm.Mechanisms);
    }

    /// <summary>True when some course ends at a condition.</summary>
    public bool HasConditions => _clock.HasConditions;

    /// <summary>A fresh state: nothing given yet.</summary>
    public CourseState NewState() => _clock.NewState();

    /// <summary>From here on these parameters and switches act.</summary>
    [MemberNotNull(nameof(_rates))]
    public void Settle(ParameterSet parameters, MechanismSet mechanisms)
    {
        _rates = new RadiationRates(parameters, mechanisms);
        _stressPerHour = (float)parameters.Rate(Parameter.RadiationStressDecay);
        _signalPerHour = (float)parameters.Rate(Parameter.RadiationSignalDecay);
    }

    /// <summary>Takes up the fields of an arm whose courses are the first ones of this one's.</summary>
    public void GoOnFrom(RadiationProcess? earlier) => earlier?._beams.CopyTo(_beams, 0);

    public void Visit(StateVisitor visitor)
    {
        foreach (RadiationBeam beam in _beams)
        {
            beam.Visit(visitor);
        }
    }

    /// <param name="state">Fractions given.</param>
    /// <param name="patient">Blood, of which part passes the field.</param>
    /// <param name="exposure">Drugs in this step.</param>
    /// <param name="step">Number of the step.</param>
    /// <param name="hours">Start of the step [h] after t = 0.</param>
    /// <param name="stepHours">Length of the step [h].</param>
    /// <param name="readings">What can end a course.</param>
    /// <param name="events">Takes one for each fraction.</param>
    public void Step(
        CourseState state, PatientState patient, in Exposure exposure, uint step, double hours, double stepHours, in StopReadings readings,
        List<SimulationEvent> events)
    {
        if (_courses.Count == 0)
        {
            return;
        }

        _clock.Look(state, readings, hours);
        while (_clock.TakeEnded(state, out int ended))
        {
            events.Add(new SimulationEvent(hours, EventKind.CourseEnded, _names[ended], "radiotherapy", 0));
        }

        while (_clock.Next(state, hours + stepHours, readings.HasProgressed, out double due) is >= 0 and int course)
        {
            // Two fractions in one step, of one course or of two, draw apart.
            uint ordinal = ((uint)course << 8) | (uint)(state.Given[course]++ & 0xFF);
            for (int tile = 0; tile < _tiles; tile++)
            {
                RandomKey key = _keys[_courses[course].Lesion * _tiles + tile];
                Give(course, tile, ordinal, new StepContext(key, step, stepHours, exposure, patient.Effectors, patient.Monocytes));
            }

            RadiationCourse given = _courses[course];
            patient.Irradiate(_rates.BloodShare * (given.Map is { } map ? KilledInBlood(map, given.FractionGy)
                : given.Coverage * (1 - _rates.Circulating.Surviving(given.FractionGy))));
            events.Add(new SimulationEvent(Math.Max(hours, due), EventKind.Fraction, _names[course], "radiotherapy",
                _courses[course].FractionGy));
        }

        float stress = DetMath.Probability(_stressPerHour * (float)stepHours),
            signal = DetMath.Probability(_signalPerHour * (float)stepHours);
        foreach (LesionState lesion in _lesions)
        {
            if (lesion.Radiation is RadiationTraits { DoseGy: > 0 } traits)
            {
                _runner.Run(new DecayKernel(lesion.Shape, traits, stress, signal), lesion.Shape.Rows);
            }
        }
    }

    // Share of the lymphocytes that pass the lattice evenly.
    private double KilledInBlood(DoseMap map, double gy)
    {
        CellSurvival circulating = _rates.Circulating;
        return map.Mean(_tissue, share => 1 - circulating.Surviving(gy * share));
    }

    private void Give(int course, int tile, uint ordinal, in StepContext context)
    {
        RadiationCourse plan = _courses[course];
        LesionState lesion = _lesions[plan.Lesion * _tiles + tile];
        RadiationTraits traits = lesion.Radiation!;
        RadiationBeam beam = _beams[course * _tiles + tile];
        var fraction = new Fraction(plan.FractionGy, plan.LinearAbove, ordinal, context);
        _runner.Run(new FractionKernel(lesion, traits, _rates, beam, fraction), lesion.Shape.Rows);
        traits.DoomedCells = traits.Damage.Length - traits.Damage.Span.Count((byte)0);
        traits.DoseGy += plan.FractionGy;
        KillResidentCd8(lesion, beam, fraction);
        for (int i = 0; i < lesion.Vessels.Count; i++)
        {
            lesion.Vessels.Density[i] *= 1 - _rates.VesselLoss(plan.FractionGy * beam.Share(lesion.Vessels.Site[i]));
        }
    }

    private void KillResidentCd8(LesionState lesion, RadiationBeam beam, in Fraction fraction)
    {
        _dead.Clear();
        for (int i = 0; i < lesion.Cd8.Count; i++)
        {
            double surviving = _rates.ResidentCd8.Surviving(fraction.Gy * beam.Share(lesion.Cd8.Site[i]));
            if (Draws.UniformOpen(fraction.Context.Draw(lesion.Cd8.Id[i], Purpose.RadiationCd8, fraction.Ordinal).X0) >= surviving)
            {
                _dead.Add(i);
            }
        }

        // Highest index first: removing swaps the last cell in, which no lower entry of the list names.
        for (int k = _dead.Count - 1; k >= 0; k--)
        {
            Occupancy.Remove(lesion, ImmuneKinds.Cd8, _dead[k]);
            lesion.Ledger.Add(Booking.Cd8DeathsRadiation);
        }
    }

    /// <summary>Stress and the capacity for IFN-I fade; what is left of less than a millionth goes.</summary>
    private readonly struct DecayKernel(LatticeShape shape, RadiationTraits traits, float stress, float signal) : IRowKernel
    {
        private const float MinLevel = 1e-6f;

        public void Run(int first, int end)
        {
            for (int row = first; row < end; row++)
            {
                Fade(traits.Stress.Writable.Slice(shape.RowStart(row), shape.Nx), 1 - stress);
                Fade(traits.Signal.Writable.Slice(shape.RowStart(row), shape.Nx), 1 - signal);
            }
        }

        private static void Fade(Span<float> row, float kept)
        {
            foreach (ref float value in row)
            {
                if (value != 0)
                {
                    value *= kept;
                    value = value < MinLevel ? 0 : value;
                }
            }
        }
    }
}

using TmeSim.Engine.Plan;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Therapies;

/// <summary>Which dose of which course falls due next, and which courses are over.</summary>
internal sealed class CourseClock(IReadOnlyList<TherapyCourse> courses)
{
    /// <summary>True when some course ends at a condition, so that readings are wanted.</summary>
    public bool HasConditions { get; } = courses.Any(c => c.Until is not null);

    public CourseState NewState() => new(courses.Count);

    /// <summary>
    /// Ends for good the courses whose condition holds now. A course that has not begun or has given all its doses is passed over.
    /// </summary>
    public void Look(CourseState state, in StopReadings readings, double hours)
    {
        for (int i = 0; HasConditions && readings.AreKnown && i < courses.Count; i++)
        {
            TherapyCourse course = courses[i];
            bool over = state.Given[i] >= (course.EveryHours is null ? 1 : course.Cycles ?? int.MaxValue) || hours >= course.StopHours;
            if (course.Until is StopCondition until && hours >= course.StartHours - 1e-9 && !over)
            {
                double value = readings[until.Measure];
                if (state.Ended[i] == 0 && (until.Above ? value > until.Threshold : value < until.Threshold))
                {
                    state.Ended[i] = CourseState.JustEnded;
                }
            }
        }
    }

    /// <summary>Takes a course that has ended since the last look; false for none.</summary>
    public bool TakeEnded(CourseState state, out int course)
    {
        course = HasConditions ? Array.IndexOf(state.Ended, CourseState.JustEnded) : -1;
        if (course >= 0)
        {
            state.Ended[course] = CourseState.Told;
        }

        return course >= 0;
    }

    /// <summary>The course with the earliest dose before a time [h]; −1 for none.</summary>
    public int Next(CourseState state, double before, bool progressed, out double due)
    {
        int next = -1;
        due = double.PositiveInfinity;
        for (int i = 0; i < courses.Count; i++)
        {
            TherapyCourse course = courses[i];
            int given = state.Given[i];
            bool over = (course.Cycles is int cycles && given >= cycles)
                || (course.EveryHours is null && given >= 1)
                || (course.UntilProgression && progressed)
                || state.Ended[i] != 0;
            double time = course.DueHours(given);
            if (!over && time < before - 1e-9 && !(time >= course.StopHours) && time < due)
            {
                (next, due) = (i, time);
            }
        }

        return next;
    }
}

/// <summary>Doses given by course, and whether its condition has been met.</summary>
internal sealed class CourseState(int courses)
{
    public int[] Given { get; } = new int[courses];

    /// <summary>The condition has been met, and nobody was told.</summary>
    public const int JustEnded = 1;

    /// <summary>The condition has been met, and the event was written.</summary>
    public const int Told = 2;

    /// <summary>0 while the course goes on; above when its condition has been met.</summary>
    public int[] Ended { get; } = new int[courses];

    /// <summary>Takes up what is known of the first courses.</summary>
    public void GoOnFrom(CourseState earlier)
    {
        earlier.Given.CopyTo(Given, 0);
        earlier.Ended.CopyTo(Ended, 0);
    }

    public void Visit(StateVisitor visitor)
    {
        visitor.Values(Given.AsSpan());
        visitor.Values(Ended.AsSpan());
    }
}

/// <summary>Read-outs that can end a course. Unknown between the daily looks.</summary>
internal readonly record struct StopReadings(
    bool HasProgressed, bool AreKnown = false, double DiameterMm = 0, double VolumeChange = 0, double TumorCells = 0, double Nlr = 0,
    double Effectors = 0)
{
    public double this[StopMeasure measure] => measure switch
    {
        StopMeasure.DiameterMm => DiameterMm,
        StopMeasure.VolumeChange => VolumeChange,
        StopMeasure.TumorCells => TumorCells,
        StopMeasure.Nlr => Nlr,
        StopMeasure.Effectors => Effectors,
        _ => throw new ArgumentOutOfRangeException(nameof(measure)),
    };
}

using TmeSim.Engine;
using TmeSim.Engine.Plan;
using TmeSim.Experiments.Checkpoints;
using TmeSim.Experiments.Measures;

namespace TmeSim.Experiments.Running;

/// <summary>An arm to its end, step by step, with the rows that are due.</summary>
internal sealed class ArmCourse
{
    private readonly Simulation _simulation;
    private readonly ArmPlan _arm;
    private readonly RunSchedule _schedule;
    private readonly List<MeasureRow> _rows = [];

    /// <summary>Begins an arm and records its first rows.</summary>
    /// <param name="simulation">A simulation at t = 0.</param>
    /// <param name="arm">The arm.</param>
    /// <param name="columns">Columns of the rows.</param>
    /// <param name="schedule">When rows are due and how long the arm lasts.</param>
    public ArmCourse(Simulation simulation, ArmPlan arm, MeasureColumns columns, RunSchedule schedule)
    {
        (_simulation, _arm, _schedule) = (simulation, arm, schedule);
        simulation.BeginArm(arm);
        Reader = new MeasureReader(columns, simulation);
        Record();
    }

    /// <summary>Goes on with an arm.</summary>
    /// <param name="at">Where it was.</param>
    /// <param name="arm">The arm.</param>
    /// <param name="columns">Columns of the rows.</param>
    /// <param name="schedule">When rows are due and how long the arm lasts.</param>
    public ArmCourse(ArmAtWork at, ArmPlan arm, MeasureColumns columns, RunSchedule schedule)
    {
        (_simulation, _arm, _schedule) = (at.Simulation, arm, schedule);
        Reader = new MeasureReader(columns, at.Progress.Books);
        _rows.AddRange(at.Progress.Rows);
        Steps = at.Progress.Steps;
    }

    public MeasureReader Reader { get; }

    /// <summary>Rows so far, by time and lesion.</summary>
    public IReadOnlyList<MeasureRow> Rows => _rows;

    /// <summary>Steps so far.</summary>
    public long Steps { get; private set; }

    /// <summary>The last step was the last one: the duration is over, or the simulation has ended.</summary>
    public bool IsOver => Steps == _schedule.Steps || (Steps > 0 && _simulation.HasEnded);

    public void Step()
    {
        _simulation.Step();
        Steps++;
        if (IsOver || _schedule.IsRow(Steps))
        {
            Record();
        }
    }

    private void Record()
    {
        double day = _simulation.TimeHours / 24;
        for (int lesion = 0; lesion < _simulation.Plan.Lesions.Count; lesion++)
        {
            _rows.Add(new MeasureRow(day, lesion, Reader.Read(_simulation, lesion, _arm.Parameters)));
        }
    }
}

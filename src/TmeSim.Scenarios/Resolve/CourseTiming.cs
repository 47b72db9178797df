using TmeSim.Engine.Plan;
using TmeSim.Scenarios.Diagnostics;
using TmeSim.Scenarios.Reading;
using TmeSim.Scenarios.Units;

namespace TmeSim.Scenarios.Resolve;

/// <summary>Start, interval and end of a course, of drugs and of radiotherapy alike.</summary>
/// <param name="durationHours">End of the run [h]; +∞ when it is not known.</param>
/// <param name="sink">Takes mistakes.</param>
internal sealed class CourseTiming(double durationHours, DiagnosticSink sink)
{
    private static readonly Unit Hours = Unit.Of("h");

    /// <summary>Time of `stop`, or of `until` with a time [h]; null for neither.</summary>
    public static double? StopHours(MapValue course) =>
        (course.Optional("until") is { IsWord: false } until ? until : course.Optional("stop"))?.In(Hours);

    public static bool UntilProgression(MapValue course) => course.Optional("until") is { IsWord: true, Text: "progression" };

    /// <summary>The condition that `until` names; null for none.</summary>
    public static StopCondition? Condition(MapValue course) =>
        course.Optional("until") is { IsWord: true, IsGood: true } until
            && ConditionText.TryRead(until.Text, out string measure, out bool above, out double threshold)
            ? new StopCondition(StopMeasures.Find(measure), above, threshold)
            : null;

    public void Check(MapValue course)
    {
        ScalarValue? stop = course.Optional("stop");
        ScalarValue? until = course.Optional("until");
        if (stop is { IsGood: true } && until is { IsGood: true, IsWord: false })
        {
            sink.Error(until.Mark, until.Path, "'until' with a time and 'stop' say the same; write one of them");
        }

        foreach (ScalarValue? end in (ScalarValue?[])[stop, until])
        {
            if (end is { IsGood: true, IsWord: false } && course.Scalar("start") is { IsGood: true } start
                && end.In(Hours) <= start.In(Hours))
            {
                sink.Error(end.Mark, end.Path, $"{end.Text} is not after the start at {start.Text}, so no dose would be given");
            }
        }

        if (course.Scalar("start") is { IsGood: true } begin && begin.In(Hours) >= durationHours)
        {
            sink.Warn(begin.Mark, begin.Path,
                $"{begin.Text} is not before the end of the run at {Quantity.Format(durationHours / 24)} d: nothing of this course is given");
        }

        if (course["radiotherapy"] is null && course["every"] is null && course.Optional("cycles") is { IsGood: true, Number: > 1 } cycles)
        {
            sink.Error(cycles.Mark, cycles.Path, $"{cycles.Text} cycles need an interval; write for example `every: 3 weeks`");
        }
    }
}

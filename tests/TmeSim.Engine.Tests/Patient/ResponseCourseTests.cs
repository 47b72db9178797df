using TmeSim.Engine.Patient;
using TmeSim.Engine.Plan;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Tests.Patient;

/// <summary>What follows from visits, and the visits of an arm as a part of its state.</summary>
public class ResponseCourseTests
{
    public static TheoryData<double[], double, RecistResponse, double, double, double> Courses => new()
    {
        // Sums at visits 1, 2, … after 40 mm, rise that is progression, best response, best change, first response, progression.
        { [30, 10, 0], 0.2, RecistResponse.Complete, -1, 2, double.NaN },
        { [30, 28, 34], 0.2, RecistResponse.Partial, -0.3, 2, 3 },
        { [39, 44.7], 0.14, RecistResponse.Stable, -0.025, double.NaN, 2 },
        { [39, 43.9], 0.1, RecistResponse.Stable, -0.025, double.NaN, double.NaN },
        { [48, 10], 0.2, RecistResponse.Progression, 0.2, double.NaN, 1 },
        { [45, 47.9], 0.2, RecistResponse.Stable, 0.125, double.NaN, double.NaN },
        { [], 0.2, RecistResponse.NotEvaluable, double.NaN, double.NaN, double.NaN },
    };

    [Theory]
    [MemberData(nameof(Courses))]
    public void After_Visits_GivesTheResponseUpToProgression(double[] sums, double increase, RecistResponse best, double change, double response, double progression)
    {
        var course = new ResponseCourse(40);
        foreach ((int i, double sum) in sums.Index())
        {
            course = course.After(i + 1, sum, new RecistRules(increase, 5));
        }

        Assert.Equal(best, course.Best);
        Assert.Equal(change, course.BestChange, 1e-12);
        Assert.Equal(response, course.ResponseTime);
        Assert.Equal(progression, course.ProgressionTime);
    }

    [Fact]
    public void After_WithoutTumourAtTheBaseline_IsNotEvaluable()
    {
        ResponseCourse course = new ResponseCourse(0).After(1, 0, RecistRules.Standard).After(2, 30, RecistRules.Standard);
        Assert.Equal(RecistResponse.NotEvaluable, course.Best);
        Assert.True(double.IsNaN(course.BestChange));
        Assert.False(course.HasProgressed);
    }

    /// <summary>Two arms that differ in the interval of visits alone have the same tissue and other visits, which the fingerprint shows.</summary>
    [Fact]
    public void Visits_AreState_InHashStreamAndMemory()
    {
        SimulationPlan plan = TestPlans.Plan(24, 20, burnInDays: 0, lesion: TestPlans.Lesion() with { RadiusUm = 80 });
        using var simulation = new Simulation(plan, 0);
        using SimulationSnapshot start = simulation.Capture();
        string everyDay = Arm(simulation, plan, 1);
        Assert.Equal([24, 48, 72.0], simulation.Response.Visits.Select(v => v.Hours));
        Assert.All(simulation.Response.Visits, v => Assert.InRange(v.SumMm, 1, 100));
        ResponseVisit[] visits = [.. simulation.Response.Visits];
        ResponseCourse course = simulation.Response.Course;
        using var stream = new MemoryStream();
        simulation.WriteState(stream);
        using SimulationSnapshot inMemory = simulation.Capture();

        simulation.Restore(start);
        Assert.Empty(simulation.Response.Visits);
        Assert.NotEqual(everyDay, Arm(simulation, plan, 1.5));
        Assert.Equal([36, 72.0], simulation.Response.Visits.Select(v => v.Hours));
        stream.Position = 0;
        simulation.ReadState(stream);
        Assert.Equal(visits, simulation.Response.Visits);
        Assert.Equal(course, simulation.Response.Course);
        simulation.Restore(start);
        simulation.Restore(inMemory);
        Assert.Equal(visits, simulation.Response.Visits);
        Assert.Equal(course, simulation.Response.Course);
    }

    private static string Arm(Simulation simulation, SimulationPlan plan, double intervalDays)
    {
        ArmPlan control = TestPlans.Control(plan);
        simulation.BeginArm(control with { Parameters = control.Parameters.With(Parameter.EndpointsAssessmentInterval, intervalDays) });
        for (int i = 0; i < 72; i++)
        {
            simulation.Step();
        }

        return simulation.StateHash();
    }
}

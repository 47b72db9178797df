using TmeSim.Analysis.Trials;
using TmeSim.Engine.Patient;

namespace TmeSim.Analysis.Tests.Trials;

public sealed class ClinicalCourseTests
{
    private const double YearDays = 365.25;

    // Nothing happens that a test does not ask for.
    private static readonly ClinicalRules Calm = new()
    {
        Imaging = new ImagingSchedule(42, 378, 63), Criteria = ResponseCriteria.Recist, MeasurementError = 0, DetectionMm = 5, MissedVisits = 0, DropOutPerYear = 0, AccrualDays = 0,
        CutOffDays = 10_000, NewLesions = new NewLesionRules(0, 1, 10),
        Survival = new SurvivalRules
        {
            AlbiMean = -2.6, AlbiSd = 0, AlbiPerYear = 0, AlbiOfLiverDisease = 1.2, BackgroundPerYear = 0, HazardPerYear = 0, BurdenPower = 0.5, AlbiLogHazard = 0.9, GrowthLogHazard = 1,
        },
    };

    [Fact]
    public void Imaging_IsSixWeeklyThenNineWeekly()
    {
        IReadOnlyList<double> days = new ImagingSchedule(42, 378, 63).Days(546);
        Assert.Equal([42, 84, 126, 168, 210, 252, 294, 336, 378, 441, 504], days);
        Assert.Empty(new ImagingSchedule(42, 378, 63).Days(41));
        Assert.Throws<ArgumentException>(() => new ImagingSchedule(0, 1, 1).Days(10));
    }

    [Theory]
    [InlineData(2, 0.5)]
    [InlineData(3, 1.0 / 3)]
    public void Diameter_IsAPowerOfTheCount_AndDeadTissueCountsInRecistAlone(int dimensions, double power)
    {
        BurdenCourse burden = new([0, 7, 14], [new LesionCourse(60, [1000, 500, 0], [0, 250, 100])], dimensions);
        Assert.Equal(60 * Math.Pow(0.75, power), burden.DiameterMm(0, 7, ResponseCriteria.Recist), 1e-9);
        Assert.Equal(60 * Math.Pow(0.5, power), burden.DiameterMm(0, 7, ResponseCriteria.Mrecist), 1e-9);
        Assert.Equal((60 + (60 * Math.Pow(0.5, power))) / 2, burden.LivingMm(3.5), 1e-9);
        Assert.Equal(0, burden.LivingMm(14));
        Assert.Equal(double.NegativeInfinity, burden.DoublingsPerMonth(14));
    }

    [Fact]
    public void CourseThatAWallEnded_GoesOnAsItGrew()
    {
        // Doubling of the diameter in 28 days.
        double[] days = [0, 7, 14, 21, 28, 35, 42], cells = [.. days.Select(d => d <= 28 ? 1000 * Math.Pow(4, d / 28) : double.NaN)];
        BurdenCourse burden = new(days, [new LesionCourse(30, cells, [0, 0, 0, 0, 0, 0, 0])], 2);
        Assert.Equal(60, burden.LivingMm(28), 1e-9);
        Assert.Equal(60 * Math.Sqrt(2), burden.LivingMm(42), 1e-9);
        Assert.Equal(3 * 30.4375 / 28, burden.DoublingsPerMonth(28), 1e-9);
    }

    [Fact]
    public void BadCourses_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => new BurdenCourse([0], [new LesionCourse(30, [1], [0])], 2));
        Assert.Throws<ArgumentException>(() => new BurdenCourse([0, 7, 7], [new LesionCourse(30, [1, 1, 1], [0, 0, 0])], 2));
        Assert.Throws<ArgumentException>(() => new BurdenCourse([0, 7], [new LesionCourse(30, [0, 1], [0, 0])], 2));
        Assert.Throws<ArgumentException>(() => new BurdenCourse([0, 7], [], 2));
        string wall = Assert.Throws<ArgumentException>(() => new BurdenCourse([0, 7, 14, 21], [new LesionCourse(30, [1, 2, double.NaN, double.NaN], [0, 0, 0, 0])], 2)).Message;
        Assert.Contains("too short to read a growth from", wall, StringComparison.Ordinal);
    }

    [Fact]
    public void SimulatedTime_EndsWhereTheFirstLesionCameToAWall()
    {
        double n = double.NaN;
        BurdenCourse burden = new([0, 14, 28, 42], [new LesionCourse(30, [1, 2, 3, n], [0, 0, 0, n]), new LesionCourse(30, [1, 2, n, n], [0, 0, n, n])], 2);
        Assert.Equal(14, burden.SimulatedUntilDay);
        Assert.Equal(double.PositiveInfinity, Stable(365).SimulatedUntilDay);
        PatientCourse course = new ClinicalCourse(Calm, 3).Of(1, burden);
        Assert.Equal((14.0, 0.0), (course.SimulatedUntilDay, course.LastFreeDay));
    }

    /// <summary>RECIST 1.1 sums five lesions; a sixth that is left stands against a complete response.</summary>
    [Fact]
    public void LesionsBeyondFive_AreNotSummed()
    {
        LesionCourse Lesion(double mm, double left) => new(mm, [1000, 1000 * left], [0, 0]);
        BurdenCourse six = new([0, 84], [Lesion(12, 1), .. Enumerable.Range(0, 5).Select(i => Lesion(30 + i, 0))], 2);
        PatientCourse course = new ClinicalCourse(Calm, 3).Of(1, six);
        Assert.Equal(30 + 31 + 32 + 33 + 34, course.BaselineMm, 1e-9);
        Assert.Equal((0.0, RecistResponse.Partial), (course.Visits[^1].SumMm, course.Visits[^1].Response));
        BurdenCourse gone = new([0, 84], [Lesion(12, 0), .. Enumerable.Range(0, 5).Select(i => Lesion(30 + i, 0))], 2);
        Assert.Equal(RecistResponse.Complete, new ClinicalCourse(Calm, 3).Of(1, gone).Best);
    }

    /// <summary>A new lesion follows the growth of each day: it adds no more to the burden than a lesion that grew like the others.</summary>
    [Fact]
    public void NewLesion_GrowsWithTheOthersDayByDay()
    {
        // Fast growth for half a year, none after it: deaths per day stay what they were at its end.
        ClinicalRules rules = Calm with
        {
            NewLesions = new NewLesionRules(4, 0, 10),
            Survival = Calm.Survival with { AlbiPerYear = 1 },
        };
        double[] days = [.. Enumerable.Range(0, 53).Select(w => 7.0 * w)], cells = [.. days.Select(d => 1000 * Math.Pow(2, Math.Min(d, 182) / 60 * 2 / 3))];
        BurdenCourse burden = new(days, [new LesionCourse(60, cells, [.. days.Select(_ => 0.0)])], 2);
        PatientCourse course = Enumerable.Range(0, 100).Select(i => new ClinicalCourse(rules, 3).Of(i, burden)).First(c => c.Visits[2].NewLesions > 0);

        // From day 252 on nothing grows, so the score rises evenly.
        double a = course.Visits[6].Albi - course.Visits[5].Albi, b = course.Visits[7].Albi - course.Visits[6].Albi;
        Assert.Equal(a, b, 1e-6);
        Assert.True(a > 42 / YearDays * burden.LivingMm(300) / 60, "the new lesion adds to the burden");
    }

    [Fact]
    public void CalmPatient_HasTheResponseOfItsDiameters()
    {
        // Diameter 60 → 30 → 30 → 40 mm at visits.
        PatientCourse course = Follow(Calm, [0, 42, 84, 126, 168], [1000, 250, 250, 445, 445]);
        Assert.Equal((RecistResponse.Partial, 42.0, 126.0), (course.Best, course.ResponseDay, course.ProgressionDay));
        Assert.Equal(-0.5, course.BestChange, 1e-9);
        Assert.Equal((EndReason.Growth, EndReason.CutOff, 168.0), (course.ProgressionReason, course.LastReason, course.LastDay));
        Assert.True(course.HasProgressedOrDied);
        Assert.False(course.HasDied);
    }

    [Fact]
    public void LesionBelowDetection_IsACompleteResponse()
    {
        PatientCourse course = Follow(Calm, [0, 42, 84], [10_000, 60, 60]);
        Assert.Equal(RecistResponse.Complete, course.Best);
        Assert.Equal(4.65, course.Visits[0].TrueMm, 0.01);
        Assert.Equal(0, course.Visits[0].SumMm);
    }

    [Fact]
    public void ConstantHazard_GivesExponentialSurvival()
    {
        ClinicalRules rules = Calm with { Survival = Calm.Survival with { HazardPerYear = 0.8 } };
        const int n = 4000;
        double[] days = [.. Enumerable.Range(0, n).Select(i => new ClinicalCourse(rules, 3).Of(i, Stable(365))).Select(c => c.DeathDay)];
        double alive = days.Count(double.IsNaN) / (double)n, expected = Math.Exp(-0.8 * 365 / YearDays);
        Assert.Equal(expected, alive, 4 * Math.Sqrt(expected * (1 - expected) / n));
    }

    [Fact]
    public void Hazard_FollowsBurdenLiverAndGrowth()
    {
        SurvivalRules rules = Calm.Survival with { HazardPerYear = 0.5 };
        Assert.Equal(0.5, ClinicalCourse.Hazard(rules, 60, -2.6, 0), 1e-12);
        Assert.Equal(0.5 * Math.Sqrt(2), ClinicalCourse.Hazard(rules, 120, -2.6, 0), 1e-12);
        Assert.Equal(0.5 * Math.Exp(0.9), ClinicalCourse.Hazard(rules, 60, -1.6, 0), 1e-12);
        Assert.Equal(0.5 * Math.E, ClinicalCourse.Hazard(rules, 60, -2.6, 1), 1e-12);
        Assert.Equal(0.5, ClinicalCourse.Hazard(rules, 60, -2.6, -3), 1e-12);
        Assert.Equal(0, ClinicalCourse.Hazard(rules, 0, -2.6, 0), 1e-12);
    }

    [Fact]
    public void NewLesions_AppearAtTheRateOfGrowth_AndEndProgressionFreeSurvival()
    {
        // The volume doubles in 140 days: the rate is that of the rules, but for the burden.
        ClinicalRules rules = Calm with { NewLesions = new NewLesionRules(1, 0, 10) };
        double[] days = [.. Enumerable.Range(0, 53).Select(w => 7.0 * w)], cells = [.. days.Select(d => 1000 * Math.Pow(2, d / 140 * 2 / 3))];
        const int n = 3000;
        PatientCourse[] courses = [.. Enumerable.Range(0, n).Select(i => new ClinicalCourse(rules, 3).Of(i, new BurdenCourse(days, [new LesionCourse(60, cells, [.. days.Select(_ => 0.0)])], 2)))];
        double without = courses.Count(c => c.Visits[0].NewLesions == 0) / (double)n, expected = Math.Exp(-42 / YearDays);
        Assert.Equal(expected, without, 4 * Math.Sqrt(expected * (1 - expected) / n));
        Assert.All(courses.Where(c => c.Visits[0].NewLesions > 0), c => Assert.Equal((42.0, EndReason.NewLesion), (c.ProgressionDay, c.ProgressionReason)));
        Assert.All(Enumerable.Range(0, 50), i => Assert.Equal(0, new ClinicalCourse(rules, 3).Of(i, Stable(365)).Visits[^1].NewLesions));
    }

    [Fact]
    public void Patient_HasTheSameLuckInEveryArm()
    {
        ClinicalRules rules = Calm with { MeasurementError = 0.1, Survival = Calm.Survival with { AlbiSd = 0.5, HazardPerYear = 1 } };
        ClinicalCourse clinic = new(rules, 8);
        PatientCourse a = clinic.Of(5, Stable(365)), b = clinic.Of(5, Stable(365)), small = clinic.Of(5, Course([0, 365], [1000, 250]));
        Assert.Equal(a.Visits, b.Visits);
        Assert.Equal((a.Albi, a.BaselineMm, a.DeathDay), (b.Albi, b.BaselineMm, b.DeathDay));
        Assert.Equal((a.Albi, a.BaselineMm), (small.Albi, small.BaselineMm));

        // A smaller burden cannot bring death forward.
        for (int i = 0; i < 300; i++)
        {
            double large = clinic.Of(i, Stable(365)).LastDay, less = clinic.Of(i, Course([0, 365], [1000, 250])).LastDay;
            Assert.True(less >= large, $"patient {i}: {less} < {large}");
        }
    }

    [Fact]
    public void ErrorOfMeasurement_HasItsSpread()
    {
        ClinicalRules rules = Calm with { MeasurementError = 0.06 };
        double[] logs = [.. Enumerable.Range(0, 4000).Select(i => Math.Log(new ClinicalCourse(rules, 2).Of(i, Stable(50)).Visits[0].SumMm / 60))];
        double mean = logs.Average(), sd = Math.Sqrt(logs.Average(l => (l - mean) * (l - mean)));
        Assert.Equal(0, mean, 4 * 0.06 / Math.Sqrt(4000));
        Assert.Equal(0.06, sd, 4 * 0.06 / Math.Sqrt(8000));
    }

    [Fact]
    public void LossMissedVisitsAndAccrual_Censor()
    {
        ClinicalRules lost = Calm with { DropOutPerYear = 2 }, missed = Calm with { MissedVisits = 0.5 }, late = Calm with { AccrualDays = 300, CutOffDays = 365 };
        PatientCourse[] courses = [.. Enumerable.Range(0, 500).Select(i => new ClinicalCourse(lost, 4).Of(i, Stable(365)))];
        Assert.Equal(1 - Math.Exp(-2 * 365 / YearDays), courses.Count(c => c.LastReason == EndReason.DropOut) / 500.0, 0.07);
        Assert.All(courses, c => Assert.True(c.ProgressionFreeDay <= c.LastDay && !c.HasProgressedOrDied));
        Assert.Equal(0.5, Enumerable.Range(0, 500).SelectMany(i => new ClinicalCourse(missed, 4).Of(i, Stable(365)).Visits).Average(v => double.IsNaN(v.SumMm) ? 1.0 : 0), 0.05);
        Assert.All(Enumerable.Range(0, 200).Select(i => new ClinicalCourse(late, 4).Of(i, Stable(365))), c => Assert.InRange(c.LastDay, 65, 365));
    }

    [Fact]
    public void LiverDisease_WorsensTheScoreOfThoseWhoGetIt()
    {
        PatientCourse[] courses = [.. Enumerable.Range(0, 1000).Select(i => new ClinicalCourse(Calm, 4).Of(i, Stable(200), 0.3, 90))];
        Assert.Equal(0.3, courses.Count(c => Math.Abs(c.Visits[^1].Albi - -1.4) < 1e-9) / 1000.0, 0.06);
        Assert.All(courses, c => Assert.Equal(-2.6, c.Visits[0].Albi, 1e-9));
    }

    [Fact]
    public void Allocation_BalancesEachStratum_WhateverComesAfter()
    {
        Allocation allocation = new([2, 1], 7), other = new([2, 1], 7);
        int[] a = [.. Enumerable.Range(0, 600).Select(i => allocation.Next(i % 3 == 0 ? "x" : "y"))];
        Assert.Equal(a.Take(90), Enumerable.Range(0, 90).Select(i => other.Next(i % 3 == 0 ? "x" : "y")));
        foreach (int rest in (int[])[0, 1])
        {
            int[] own = [.. a.Where((_, i) => i % 3 == 0 == (rest == 0))];
            Assert.Equal(2.0 / 3, own.Count(arm => arm == 0) / (double)own.Length, 0.011);
        }

        Assert.True(a.Zip(a.Skip(1)).Count(p => p.First == p.Second) > 100, "the arms take turns");
    }

    private static PatientCourse Follow(ClinicalRules rules, double[] days, double[] cells) => new ClinicalCourse(rules, 1).Of(0, Course(days, cells));

    private static BurdenCourse Course(double[] days, double[] cells) => new(days, [new LesionCourse(60, cells, [.. days.Select(_ => 0.0)])], 2);

    private static BurdenCourse Stable(double last) => Course([0, last], [1000, 1000]);
}

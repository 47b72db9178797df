using TmeSim.Analysis.Contrasts;
using TmeSim.Analysis.Outcomes;
using TmeSim.Analysis.Survival;
using TmeSim.Engine.Patient;
using TmeSim.Experiments.Results;
using TmeSim.Experiments.Trials;
using TmeSim.Experiments.Work;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Tests.Trials;

/// <summary>Statistics of a table of patients, whoever made it.</summary>
public sealed class TrialTableTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Table_ReadsBackAsItWasWritten()
    {
        TrialTable table = Drawn(20);
        TrialTable again = TrialTable.Read(Write(table.Csv()));
        Assert.Equal(table.Csv(), again.Csv());
        Assert.Equal(table.Covariates, again.Covariates);
        Assert.Equal(table.Arms, again.Arms);
    }

    [Theory]
    [InlineData("", "the table is empty")]
    [InlineData("patient,arm,os_day,os_event\n", "no patients")]
    [InlineData("patient,os_day,os_event\nA,3,1\n", "there is no column 'arm'")]
    [InlineData("patient,arm,age\nA,x,3\n", "there is no outcome")]
    [InlineData("patient,arm,os_day,os_event\nA,x,3,1\nA,x,4,0\n", ":3: error: the patient 'A' stands twice")]
    [InlineData("patient,arm,os_day,os_event\nA,x,three,1\n", ":2: error: 'three' in column 'os_day' is not a finite number")]
    [InlineData("patient,arm,os_day,os_event\nA,x,-3,1\n", "a time before the start of treatment")]
    [InlineData("patient,arm,os_day,os_event\nA,x,3,maybe\n", "neither 1 nor 0")]
    [InlineData("patient,arm,best_response\nA,x,XR\n", "none of CR, PR, SD, PD, NE")]
    [InlineData("patient,arm,os_day,os_event\nA,x,3\n", "3 cells under a header of 4")]
    [InlineData("patient,arm,os_day,os_event,os_day\nA,x,3,1,2\n", "two columns are called 'os_day'")]
    [InlineData("patient,arm,os_day,os_event\n,x,3,1\n", "without patient or arm")]
    [InlineData("patient,arm,os_day,os_event\nA,x,3,\n", "there is a time and no 'os_event'")]
    [InlineData("patient,arm,os_day,os_event,pfs_day,pfs_event\nA,x,3,1,5,0\n", "progression-free for 5 days and followed for 3")]
    public void Table_ThatCannotBe_IsRefusedWithItsLine(string text, string message)
    {
        var refused = Assert.Throws<ScenarioRefusedException>(() => TrialTable.Read(Write(text)));
        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Endpoints_AreThoseOfTheStatistics()
    {
        TrialTable both = Drawn(240), table = new(both.Covariates, [.. both.Patients.Where((_, i) => i / 2 % 2 == i % 2)]);
        TrialNumbers numbers = TrialAnalysis.Of(table, new TrialQuestions { Control = "B", Primary = TrialEndpoint.Os });
        FollowUp[] a = [.. table.Of("A").Select(p => new FollowUp(p.Outcome.OsDay / TrialAnalysis.MonthDays, p.Outcome.OsEvent))], b = [.. table.Of("B").Select(p => new FollowUp(p.Outcome.OsDay / TrialAnalysis.MonthDays, p.Outcome.OsEvent))];
        Estimate median = KaplanMeier.Of(a).Median;
        Assert.Equal(median, numbers.Endpoints.Single(e => e is { Arm: "A", Endpoint: "median_os" }).Value);
        int responders = table.Of("A").Count(p => p.Outcome.Responds);
        Assert.Equal(Proportion.Wilson(responders, 120), numbers.Endpoints.Single(e => e is { Arm: "A", Endpoint: "objective_response" }).Value);
        ContrastLine ratio = numbers.Contrasts.Single(c => c is { Arm: "A", Endpoint: "os_hazard_ratio", Subgroup: "" });
        CoxModel cox = CoxModel.Fit([.. a, .. b], [.. a.Select(_ => new double[] { 1 }), .. b.Select(_ => new double[] { 0 })], ["arm"]);
        Assert.Equal(cox.Terms[0].Ratio, ratio.Value);
        Assert.Equal(LogRank.Between(a, b).P, ratio.P);
        Assert.True(ratio.Value.High < 1, "the drawn arm A lives twice as long");
        Assert.False(numbers.IsPaired);

        int[] strata = [.. table.Of("A").Concat(table.Of("B")).Select(p => p.Values[2].Word == "red" ? 1 : 0)];
        ContrastLine stratified = TrialAnalysis.Of(table, new TrialQuestions { Control = "B", Primary = TrialEndpoint.Os, Stratify = [Rule(table, "kind == red")] })
            .Contrasts.Single(c => c is { Arm: "A", Endpoint: "os_hazard_ratio", Subgroup: "" });
        double[][] arms = [.. a.Select(_ => new double[] { 1 }), .. b.Select(_ => new double[] { 0 })];
        Assert.Equal(CoxModel.Fit([.. a, .. b], arms, ["arm"], strata).Terms[0].Ratio.High, stratified.Value.High, 1e-12);
        Assert.Equal(LogRank.Test([.. a, .. b], [.. a.Select(_ => 0), .. b.Select(_ => 1)], strata).P, stratified.P, 1e-12);
        Assert.Contains("stratified (kind == red)", stratified.Method, StringComparison.Ordinal);
    }

    [Fact]
    public void Contrasts_OfTheSamePatients_AreThoseOfPairs()
    {
        TrialTable table = Drawn(120);
        TrialNumbers numbers = TrialAnalysis.Of(table, new TrialQuestions { Control = "B", Primary = TrialEndpoint.Os });
        IReadOnlyList<TrialPatient> a = table.Of("A"), b = table.Of("B");
        FollowUp[] times = [.. a.Concat(b).Select(p => TrialView.InMonths(p.Outcome.Os))];
        double[][] arms = [.. a.Select(_ => new double[] { 1 }), .. b.Select(_ => new double[] { 0 })];
        int[] patients = [.. Enumerable.Range(0, 120), .. Enumerable.Range(0, 120)];
        CoxModel cox = CoxModel.Fit(times, arms, ["arm"], null, patients);
        ContrastLine ratio = numbers.Contrasts.Single(c => c is { Endpoint: "os_hazard_ratio", Subgroup: "" });
        Assert.Equal((cox.Terms[0].Ratio, cox.RobustScore.P), (ratio.Value, ratio.P));
        Estimate groups = CoxModel.Fit(times, arms, ["arm"]).Terms[0].Ratio;
        Assert.True(ratio.Value.High - ratio.Value.Low < 0.7 * (groups.High - groups.Low));
        Assert.Contains("same patients", ratio.Method, StringComparison.Ordinal);

        PairedShares shares = PairedShares.Of(a.Zip(b, (x, y) => (x.Outcome.Responds, y.Outcome.Responds)));
        ContrastLine difference = numbers.Contrasts.Single(c => c is { Endpoint: "response_difference", Subgroup: "" });
        Assert.Equal((shares.Difference, shares.P, 120), (difference.Value, difference.P, difference.Count));
        Assert.All(numbers.Contrasts, c => Assert.Equal(c.Endpoint.StartsWith("restricted", StringComparison.Ordinal) ? "month" : "1", c.Unit));
    }

    [Fact]
    public void ExtrapolatedFollowUp_IsCounted_AndLeftOutBesideTheWhole()
    {
        TrialTable whole = Drawn(120);
        Assert.DoesNotContain(TrialAnalysis.Of(whole, new TrialQuestions { Control = "B", Primary = TrialEndpoint.Os }).Contrasts, c => c.Endpoint.Contains("simulated", StringComparison.Ordinal));
        TrialTable cut = new(whole.Covariates, [.. whole.Patients.Select((p, i) => i % 4 > 1 ? p : p with { Outcome = p.Outcome with { SimulatedUntilDay = 200, EndedEarly = true } })]);
        cut = TrialTable.Read(Write(cut.Csv()));
        TrialNumbers numbers = TrialAnalysis.Of(cut, new TrialQuestions { Control = "B", Primary = TrialEndpoint.Os });
        int beyond = cut.Of("A").Count(p => p.Outcome is { OsEvent: true, SimulatedUntilDay: 200, OsDay: > 200 });
        EndpointLine line = numbers.Endpoints.Single(e => e is { Arm: "A", Endpoint: "os_events_beyond_the_simulation" });
        Assert.Equal((beyond, cut.Of("A").Count(p => p.Outcome.OsEvent)), (line.Events, line.Count));
        Assert.True(beyond > 10);
        ContrastLine simulated = numbers.Contrasts.Single(c => c.Endpoint == "os_simulated_hazard_ratio");
        Assert.Equal(line.Count - beyond, simulated.Events);
    }

    [Fact]
    public void WhatCannotBeFitted_IsSaid()
    {
        TrialTable table = Drawn(60);
        TrialTable wide = new([.. table.Covariates, new Covariate("name", "", true)], [.. table.Patients.Select(p => p with { Values = [.. p.Values, new(double.NaN, p.Patient)] })]);
        TrialNumbers numbers = TrialAnalysis.Of(wide, new TrialQuestions { Control = "B", Primary = TrialEndpoint.Os });
        Assert.Contains(numbers.Remarks, r => r.Contains("name has 60 different words", StringComparison.Ordinal));
        Assert.Equal(2, numbers.Trees.Count);
    }

    [Fact]
    public void Landmark_ComparesThoseWhoRespondedInTime()
    {
        // Responders die later, by the draw.
        TrialTable drawn = Drawn(200);
        TrialTable table = new(drawn.Covariates, [.. drawn.Patients.Select((p, i) => p with { Outcome = p.Outcome with { ResponseDay = p.Outcome.OsDay > 500 == (i % 5 > 0) ? 84 : double.NaN } })]);
        EndpointLine line = TrialAnalysis.Of(table, new TrialQuestions { Control = "B", Primary = TrialEndpoint.Os }).Endpoints
            .Single(e => e is { Arm: "A", Endpoint: "os_hazard_ratio_of_response_by_6_months" });
        Assert.True(line.Value.High < 0.6);
        Assert.Equal(table.Of("A").Count(p => p.Outcome.OsDay > 182), line.Count);
    }

    [Fact]
    public void Subgroups_DivideThePatients_AndTheInteractionIsFound()
    {
        // The treatment helps those with a low marker alone.
        TrialTable table = Drawn(400, helped: x => x < 0);
        TrialNumbers numbers = TrialAnalysis.Of(table, new TrialQuestions
        {
            Control = "B", Primary = TrialEndpoint.Os, Subgroups = [Rule(table, "marker > median"), Rule(table, "noise > 0"), Rule(table, "kind == red")],
        });
        ContrastLine[] marker = [.. numbers.Contrasts.Where(c => c is { Subgroup: "marker > median", Endpoint: "os_hazard_ratio" })];
        Assert.Equal(["marker > median", "not marker > median"], marker.Select(m => m.Level));
        Assert.Equal(400, marker.Sum(m => m.Count));
        Assert.True(marker[1].Value.High < 1 && marker[0].Value.Value > 0.8);
        Assert.True(marker[0].Interaction < 0.01);
        Assert.True(numbers.Contrasts.Single(c => c is { Subgroup: "noise > 0", Level: "noise > 0", Endpoint: "os_hazard_ratio" }).Interaction > 0.01);
        Assert.Equal(400, numbers.Contrasts.Where(c => c is { Subgroup: "kind == red", Endpoint: "os_hazard_ratio" }).Sum(c => c.Count));
    }

    [Fact]
    public void TreeAndBiomarkers_FindWhatDecides()
    {
        TrialTable table = Drawn(300, refractory: x => x > 0.5);
        TrialNumbers numbers = TrialAnalysis.Of(table, new TrialQuestions { Control = "B", Primary = TrialEndpoint.Refractory });
        Analysis.Trees.ConditionalTree tree = numbers.Trees.Single(t => t.Arm == "A").Tree;
        Assert.Equal("marker", tree.Root.Split!.Feature);
        Assert.Equal(0.5, tree.Root.Split.Threshold!.Value, 0.1);
        BiomarkerLine marker = numbers.Biomarkers.Single(b => b is { Arm: "A", Name: "marker" }), noise = numbers.Biomarkers.Single(b => b is { Arm: "A", Name: "noise" });
        Assert.True(marker.Area.High < 0.1 && marker.P < 1e-6, "a high marker goes with refractoriness");
        Assert.InRange(0.5, noise.Area.Low, noise.Area.High);
    }

    [Fact]
    public void PatientsInAllArms_ArePairs_AndThoseOfARandomisedTrialAreNot()
    {
        TrialQuestions asked = new() { Control = "B", Primary = TrialEndpoint.Os };
        Assert.NotEmpty(TrialAnalysis.Of(Drawn(40), asked).Pairing);
        TrialTable both = Drawn(80), one = new(both.Covariates, [.. both.Patients.Where((_, i) => i / 2 % 2 == i % 2)]);
        Assert.Equal(80, one.Patients.Count);
        Assert.Empty(TrialAnalysis.Of(one, asked).Pairing);
    }

    [Fact]
    public void Refractoriness_NeedsProgressionInTime()
    {
        static bool? Of(double pfs, bool progressed, double os, string reason = "growth") =>
            new TrialOutcome { PfsDay = pfs, PfsEvent = progressed, PfsReason = reason, OsDay = os }.IsRefractory(182);
        Assert.True(Of(84, true, 300));
        Assert.False(Of(210, true, 300));
        Assert.False(Of(168, false, 200));
        Assert.Null(Of(126, false, 150));
        Assert.True(Of(100, true, 100, "tumor_death"));
        Assert.Null(Of(100, true, 100, "other_death"));
        Assert.Null(new TrialOutcome { PfsDay = 100, PfsEvent = true, OsDay = 100, OsEvent = true, OsReason = "other_death" }.IsRefractory(182));

        // Nobody looked between day 84 and day 210: whether it had progressed by day 182 is not known.
        TrialOutcome missed = new() { PfsDay = 210, PfsEvent = true, PfsReason = "growth", ProgressionDay = 210, LastFreeDay = 84, OsDay = 300 };
        Assert.Null(missed.IsRefractory(182));
        Assert.False((missed with { LastFreeDay = 168 }).IsRefractory(182));
        Assert.Null((missed with { PfsDay = 84, PfsEvent = false, OsDay = 250 }).IsRefractory(182));
        TrialOutcome died = new() { PfsDay = 100, PfsEvent = true, PfsReason = "tumor_death", LastFreeDay = 84, OsDay = 100, OsEvent = true };
        Assert.True(died.IsRefractory(182));
        Assert.Null(died.HasProgressedBy(182));
        Assert.True((died with { ProgressionDay = 84, PfsDay = 84 }).HasProgressedBy(182));
    }

    [Fact]
    public void PatientThatFailed_IsCountedAndLeftOutOfStatistics()
    {
        TrialTable all = Drawn(30);
        TrialTable failed = new(all.Covariates, [.. all.Patients.Select((p, i) => i == 4 ? p with { Outcome = new TrialOutcome { Error = "an infinite field" } } : p)]);
        Assert.Contains("failed,an infinite field", failed.Csv(), StringComparison.Ordinal);
        TrialNumbers numbers = TrialAnalysis.Of(TrialTable.Read(Write(failed.Csv())), new TrialQuestions { Control = "B", Primary = TrialEndpoint.Os });
        Assert.Equal(29, numbers.Endpoints.Single(e => e is { Arm: "A", Endpoint: "median_os" }).Count);
    }

    [Fact]
    public void AnyonesTable_GivesTablesFiguresAndAReport()
    {
        string table = Write("patient,arm,os_day,os_event,age\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"p{i},{(i % 2 == 0 ? "new" : "old")},{30 + (i * 17 % 400)},{(i % 3 == 0 ? 0 : 1)},{50 + (i % 20)}\n")));
        TrialAnalysed done = TrialOfTable.Write(new TrialTableRequest(table) { OutDirectory = Path.Combine(_folder.Path, "out"), Control = "old", Primary = "os", Subgroups = ["age > 60"] });
        Assert.Contains("Overall survival", done.Answer, StringComparison.Ordinal);
        Assert.Contains("Overall survival", TrialOfTable.Write(new TrialTableRequest(table) { OutDirectory = Path.Combine(_folder.Path, "plain") }).Answer, StringComparison.Ordinal);
        foreach (string file in (string[])["endpoints.csv", "contrasts.csv", "tree.json", "analysis.json", "report.html", "figures/02-survival-os.svg"])
        {
            Assert.True(File.Exists(Path.Combine(_folder.Path, "out", file)), file);
        }

        Assert.Throws<ScenarioRefusedException>(() => TrialOfTable.Write(new TrialTableRequest(table) { OutDirectory = _folder.Path, Control = "none" }));
        Assert.Throws<ScenarioRefusedException>(() => TrialOfTable.Write(new TrialTableRequest(table) { OutDirectory = _folder.Path, Subgroups = ["weight > 60"] }));
        Assert.Throws<ScenarioRefusedException>(() => TrialOfTable.Write(new TrialTableRequest(table) { OutDirectory = _folder.Path, Tree = ["weight"] }));
    }

    private static CohortRule Rule(TrialTable table, string text) =>
        CohortRule.Parse(text, s => table.Covariates.FirstOrDefault(c => c.Name == s) is { } c ? c.IsWord ? "" : "1" : null, [], out _)!;

    private string Write(string text)
    {
        string path = Path.Combine(_folder.Path, "patients.csv");
        File.WriteAllText(path, text);
        return path;
    }

    // Two arms of the same patients; in A the hazard is half, for those who are helped.
    private static TrialTable Drawn(int patients, Func<double, bool>? helped = null, Func<double, bool>? refractory = null)
    {
        var random = new Random(4);
        List<TrialPatient> rows = [];
        for (int i = 0; i < patients; i++)
        {
            double marker = (random.NextDouble() * 4) - 2, noise = random.NextDouble() - 0.5, luck = -Math.Log(1 - random.NextDouble());
            string kind = random.Next(2) == 0 ? "red" : "blue";
            foreach (string arm in (string[])["A", "B"])
            {
                double hazard = 1.0 / 300 * (arm == "A" && (helped?.Invoke(marker) ?? true) ? 0.4 : 1), death = luck * (0.7 + (0.6 * random.NextDouble())) / hazard;
                bool early = refractory?.Invoke(marker) ?? random.Next(2) == 0, died = death < 900;
                rows.Add(new TrialPatient($"P{i}", arm, "", [new(marker, ""), new(noise, ""), new(double.NaN, kind)], new TrialOutcome
                {
                    Best = early ? RecistResponse.Progression : random.Next(2) == 0 ? RecistResponse.Partial : RecistResponse.Stable, BestChange = Math.Round(random.NextDouble() - 0.6, 3), ProgressionDay = early ? 84 : double.NaN,
                    PfsDay = early ? 84 : 400, PfsEvent = early, PfsReason = early ? "growth" : "cut_off", OsDay = Math.Round(Math.Clamp(death, early ? 84 : 400, 900), 1), OsEvent = died, OsReason = died ? "tumor_death" : "cut_off",
                }));
            }
        }

        return new TrialTable([new Covariate("marker", "1", false), new Covariate("noise", "mm", false), new Covariate("kind", "", true)], rows);
    }
}

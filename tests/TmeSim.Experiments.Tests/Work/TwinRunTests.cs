using TmeSim.Engine;
using TmeSim.Engine.Observers;
using TmeSim.Engine.State;
using TmeSim.Experiments.Running;
using TmeSim.Experiments.Work;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Tests.Work;

/// <summary>The step, lesion and process in which two runs part.</summary>
public sealed class TwinRunTests
{
    private const string First = "{at: 1 d, parameters: {growth.loss_rate: 0.01 /d}}";

    [Theory]
    [InlineData("cd8.kill_rate: 20 /d", "CD8 T cells", "primary/")]
    [InlineData("oxygen.uptake_max: 9 mmHg/s", "fields and stroma", "primary/oxygen")]
    [InlineData("growth.loss_rate: 0.2 /d", "tumour cells", "primary/")]
    [InlineData("vessels.pruning_rate: 5 /d", "vessels", "primary/")]
    public void OtherRuleFromATimeOn_IsNamedByStepLesionAndProcess(string change, string process, string part)
    {
        ScenarioDefinition one = Read(First), other = Read(First + ", {at: 3 d, parameters: {" + change + "}}");
        TwinOutcome found = TwinRun.Of(one, other, 0, 0, (1, 1), fromD: 2, untilD: 5, new RunProgress(), TestContext.Current.CancellationToken);
        Assert.Equal(process, found.Process);
        Assert.Equal("primary", found.Lesion);
        Assert.StartsWith(part, found.Part, StringComparison.Ordinal);
        Assert.InRange(found.PartD!.Value, 3 + (1.0 / 24) - 1e-9, 3.5);
    }

    [Fact]
    public void OneScenario_IsTheSameAfterEveryProcess_WithOneAndTwoThreads()
    {
        ScenarioDefinition scenario = Read(First);
        TwinOutcome found = TwinRun.Of(scenario, scenario, 0, 1, (1, 2), fromD: 0, untilD: 2, new RunProgress(), TestContext.Current.CancellationToken);
        Assert.Equal(("Control", 1, 2.0, null), (found.Arm, found.Replicate, found.UntilD, found.PartD));
    }

    [Fact]
    public void TwinsThatPartedBefore_AreSaidToBe()
    {
        TwinOutcome found = TwinRun.Of(
            SmallScenario.Read(), SmallScenario.Read("parameters.cd8.kill_rate=20 /d"), 0, 0, (1, 1), fromD: 1, untilD: 2, new RunProgress(), TestContext.Current.CancellationToken);
        Assert.Equal((1.0, "a step before"), (found.PartD, found.Process));
    }

    // The table says which processes write a part: none that it does not name may.
    [Fact]
    public void Processes_WriteThePartsThatTheTableNames()
    {
        ScenarioDefinition scenario = SmallScenario.Read("arms[Atezo + Bev].therapy=[{drug: bevacizumab, dose: 15 mg/kg, every: 2 d}, {radiotherapy: {fractions: 3, dose: 6 Gy, coverage: 0.6}, start: 1 d}]",
            "mechanisms.regression.collapse=on", "mechanisms.regression.scar=on", "mechanisms.regression.vessel_loss=on", "mechanisms.clones.antigen_loss=on", "mechanisms.cd8.differentiation=on", "mechanisms.cd8.margin_entry=on");
        using var simulation = new Simulation(scenario.Plan, 0);
        simulation.RunBurnIn(TestContext.Current.CancellationToken);
        simulation.BeginArm(scenario.Arms[1]);
        var probe = new Writes(simulation);
        simulation.Probe = probe;
        for (int i = 0; i < 5 * 24; i++)
        {
            simulation.Step();
        }

        string[] missing = [.. probe.Seen.Where(s => !PartWriters.Of(s.Part).Contains(s.Phase)).Select(s => $"{s.Part} by {s.Phase}").Distinct().Order(StringComparer.Ordinal)];
        Assert.True(missing.Length == 0, string.Join("; ", missing));
        foreach (string part in (string[])["parenchyma", "PD-L1", "stroma", "oxygen", "radiation", "immune cells", "vessels"])
        {
            Assert.Contains(probe.Seen, s => s.Part == "primary/" + part);
        }
    }

    [Fact]
    public void FirstProcess_IsTheFirstOfAStepThatWritesAPart()
    {
        Assert.Equal(StepPhase.Fields, PartWriters.First(["primary/PD-L1", "primary/oxygen", "primary/clones"], irradiates: false));
        Assert.Equal(StepPhase.Vessels, PartWriters.First(["primary 2/oxygen", "primary 2/vessels"], irradiates: false));
        Assert.Equal(StepPhase.Therapy, PartWriters.First(["primary 2/oxygen", "primary 2/vessels"], irradiates: true));
        Assert.Equal(StepPhase.Therapy, PartWriters.First(["primary/oxygen", "therapy"], irradiates: false));
        Assert.Null(PartWriters.First([], irradiates: true));
    }

    private static ScenarioDefinition Read(string changes)
    {
        ScenarioResult read = ScenarioReader.ReadText(SmallScenario.WithArms("Twins", $"arms:\n  - name: Control\n    changes: [{changes}]"));
        Assert.True(read.IsValid, string.Join("\n", read.Diagnostics));
        return read.Definition!;
    }

    private sealed class Writes(Simulation simulation) : IStepProbe
    {
        private IReadOnlyList<StatePart>? _before;
        private StepPhase _phase;

        public HashSet<(string Part, StepPhase Phase)> Seen { get; } = [];

        public void Begin(StepPhase phase)
        {
            Look();
            _phase = phase;
        }

        public void EndStep(Simulation simulation)
        {
            Look();
            _before = null;
        }

        private void Look()
        {
            IReadOnlyList<StatePart> now = simulation.StateParts();
            foreach ((StatePart was, StatePart part) in (_before ?? now).Zip(now))
            {
                if (was != part)
                {
                    Seen.Add((part.Name, _phase));
                }
            }

            _before = now;
        }
    }
}

using TmeSim.Engine.Plan;

namespace TmeSim.Scenarios.Tests;

public class ScenarioReaderTests
{
    [Fact]
    public void DesignExample_Read_GivesThePlanInEngineUnits()
    {
        ScenarioDefinition d = Examples.Valid(Examples.Inflamed);

        Assert.Equal("Atezolizumab + bevacizumab in an inflamed tumour", d.Name);
        Assert.Equal(42ul, d.Plan.Seed);
        Assert.Equal(8, d.Replicates);
        Assert.Equal(new TimePlan(1, 1680, 4368), d.Plan.Time);
        Assert.Equal(24, d.RecordEveryHours);
        Assert.Equal(336, d.SnapshotEveryHours);
        Assert.Equal(new TissuePlan(200, 200, 1, 20), d.Plan.Tissue);
        LesionPlan lesion = Assert.Single(d.Plan.Lesions);
        Assert.Equal(800, lesion.RadiusUm);
        Assert.Equal(3360, lesion.DoublingTimeHours);
        Assert.Equal(0.4, lesion.Cd163Fraction);
        Assert.Equal(new ClonePlan("cold", 1e-3, 0.1, 1), Assert.Single(lesion.Clones));
        Assert.Equal(new PatientPlan(2.4, 70, 'A', 8), d.Plan.Patient);
        Assert.Equal(2, d.Plan.Parameters[Parameter.Cd8KillRate]);
        Assert.False(d.Plan.Mechanisms.IsOn(Mechanism.Nek9Chemokine));
    }

    [Fact]
    public void DesignExample_Read_GivesArmsWithDosesInMilligrams()
    {
        ScenarioDefinition d = Examples.Valid(Examples.Inflamed);

        Assert.Equal(["Control", "Atezo + Bev", "Atezo + Bev, macrophages not suppressive"], d.Arms.Select(a => a.Name));
        Assert.Empty(d.Arms[0].Therapy);
        DrugCourse atezolizumab = d.Arms[1].Therapy[0];
        Assert.True(atezolizumab.UntilProgression);
        Assert.Equal((1200.0, 504.0, null), (atezolizumab.DoseMg, atezolizumab.EveryHours, atezolizumab.Cycles));
        DrugCourse bevacizumab = d.Arms[1].Therapy[1];
        Assert.Equal((1050.0, 8), (bevacizumab.DoseMg, bevacizumab.Cycles));
        Assert.Equal(new DrugEffect(DrugTarget.Vegf, 250, 1), Assert.Single(bevacizumab.Drug.Effects));
        Assert.True(d.Arms[1].Mechanisms.IsOn(Mechanism.MacrophageSuppression));
        Assert.False(d.Arms[2].Mechanisms.IsOn(Mechanism.MacrophageSuppression));
        Assert.False(d.Arms[2].Mechanisms.IsOn(Mechanism.Nek9Chemokine));
    }

    [Fact]
    public void MinimalScenario_Read_TakesDefaultsAndAControlArm()
    {
        ScenarioDefinition d = Examples.Valid(Examples.Minimal);

        Assert.Equal("Control", Assert.Single(d.Arms).Name);
        Assert.Equal("clinical", d.Preset);
        Assert.Equal(70 * 24, d.Plan.Time.BurnInHours);
    }

    [Fact]
    public void MurinePreset_Read_ReplacesDefaultsOfKeysAndParameters()
    {
        ScenarioDefinition d = Examples.Valid(Examples.Minimal + "preset: murine\n");

        Assert.Equal(6 * 24, d.Plan.Time.BurnInHours);
        Assert.Equal(48, d.Plan.Lesions[0].DoublingTimeHours);
        Assert.Equal(0.25, d.Plan.Parameters[Parameter.GrowthDivisionRate]);
    }

    [Fact]
    public void ResolvedYaml_ReadBack_IsTheSameScenario()
    {
        ScenarioDefinition first = Examples.Valid(Examples.Inflamed + "drugs: [{name: nivolumab, pk: {clearance: 0.25 L/d}}]\n");
        ScenarioDefinition second = Examples.Valid(first.ResolvedYaml);

        Assert.Equal(first.ResolvedYaml, second.ResolvedYaml);
        Assert.Equal(first.IdentityHash, second.IdentityHash);
        Assert.Equal(first.Plan.Parameters.Values.ToArray(), second.Plan.Parameters.Values.ToArray());
        Assert.Equal(first.Figures.Count, second.Figures.Count);
        Assert.Equal((first.Name, first.Preset, first.Replicates, first.RecordEveryHours, first.SnapshotEveryHours),
            (second.Name, second.Preset, second.Replicates, second.RecordEveryHours, second.SnapshotEveryHours));
        Assert.Equal(first.Arms.Select((_, i) => first.ArmIdentity(i)), second.Arms.Select((_, i) => second.ArmIdentity(i)));
    }
}

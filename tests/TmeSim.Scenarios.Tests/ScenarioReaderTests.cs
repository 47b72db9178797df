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
        ScenarioResult result = ScenarioReader.ReadText(Examples.Minimal + "preset: murine\n");
        Assert.Empty(result.Diagnostics);
        ScenarioDefinition d = result.Definition!;

        Assert.Equal(6 * 24, d.Plan.Time.BurnInHours);
        Assert.Equal(48, d.Plan.Lesions[0].DoublingTimeHours);
        Assert.Equal(0.25, d.Plan.Parameters[Parameter.GrowthDivisionRate]);
    }

    [Fact]
    public void ChangedLibraryNumber_Resolved_LosesTheLibrarysSource()
    {
        ScenarioOverrides changed = new() { Sets = ["drugs[bevacizumab].effects[vegf].kd=100 nM"] };

        string resolved = Examples.Valid(Examples.Inflamed, changed).ResolvedYaml;

        Assert.Contains("source: \"Set by the scenario (library: 250 nM)\"", resolved);
        Assert.Contains("droracle.ai 783304 (FDA, CV 33 %)", resolved);
        Assert.Equal(resolved, Examples.Valid(resolved).ResolvedYaml);
    }

    [Fact]
    public void OwnDrug_Read_CanBeGiven()
    {
        string text = Examples.Minimal + """
            drugs:
              - name: tki
                class: small_molecule
                molar_mass: 0.465 kDa
                pk: {clearance: 50 L/d, central_volume: 100 L, intercompartmental_clearance: 10 L/d, peripheral_volume: 50 L}
                partition: 0.5
                effects: [{target: vegf, kd: 90 nM, max_effect: 80 %}]
            arms: [{name: TKI, therapy: [{drug: tki, dose: 400 mg, every: 12 h}]}]

            """;

        DrugPlan drug = Examples.Valid(text).Arms[0].Therapy[0].Drug;

        Assert.Equal((DrugClass.SmallMolecule, 0.5, 1.0), (drug.Class, drug.Partition, Assert.IsType<TwoCompartmentPlan>(drug.Pk).InfusionHours));
        Assert.Equal([new DrugEffect(DrugTarget.Vegf, 90, 0.8)], drug.Effects);
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

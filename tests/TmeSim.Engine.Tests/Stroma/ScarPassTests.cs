using TmeSim.Engine.Lattice;
using TmeSim.Engine.Numerics;
using TmeSim.Engine.Plan;
using TmeSim.Engine.Start;
using TmeSim.Engine.State;
using TmeSim.Engine.Stroma;

namespace TmeSim.Engine.Tests.Stroma;

/// <summary>Matrix in ground that the tumour has left.</summary>
public sealed class ScarPassTests
{
    /// <summary>Free sites away from tumour cells go their share of the way up; nothing else changes, and dense ground stays.</summary>
    [Theory]
    [InlineData(30, 20, 1)]
    [InlineData(12, 11, 10)]
    public void ClearedGround_FillsAndNothingElse(int nx, int ny, int nz)
    {
        var shape = new LatticeShape(nx, ny, nz, 20);
        using var lesion = new LesionState(shape, new CloneTable(TestPlans.Lesion()));
        int Site(int x, int y) => shape.Site(x, y, nz / 2);
        lesion.Stroma.Writable.Fill(0.2f);
        int cleared = Site(2, 2), dense = Site(5, 2), beside = Site(8, 8), dead = Site(10, 2);
        lesion.ParenchymaCodes[cleared] = lesion.ParenchymaCodes[dense] = lesion.ParenchymaCodes[beside] = Parenchyma.Empty;
        lesion.ParenchymaCodes[Site(9, 9)] = Parenchyma.Tumor;
        lesion.ParenchymaCodes[dead] = Parenchyma.Dying;
        lesion.Stroma[dense] = 0.9f;
        using var runner = new RowRunner();
        runner.Run(new ScarPass(lesion, 0.6f, 0.25f), shape.Rows);

        Assert.Equal(0.3f, lesion.Stroma[cleared], 1e-6f);
        Assert.Equal(0.9f, lesion.Stroma[dense]);
        Assert.Equal((0.2f, 0.2f), (lesion.Stroma[beside], lesion.Stroma[dead]));
        int changed = Enumerable.Range(0, shape.Rows).Sum(row => Enumerable.Range(shape.RowStart(row), nx).Count(site => lesion.Stroma[site] != 0.2f));
        Assert.Equal(2, changed);
    }

    /// <summary>Once a day and with the switch alone: where deposition meets decay, ρ settles between what is secreted and scar.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ADayOfTheProcess_ScarsWithTheSwitch(bool on)
    {
        var shape = new LatticeShape(40, 40, 1, 20);
        using var lesion = new LesionState(shape, new CloneTable(TestPlans.Lesion()));
        using var runner = new RowRunner();
        using var workspace = new LesionWorkspace(shape, runner);
        new Seeder(lesion, TestPlans.Lesion(), TestPlans.Parameters, MechanismSet.Default, RandomKey.Create(1, 0, 0), workspace.Source, runner).Seed(100);
        lesion.ParenchymaCodes.Writable.Replace(Parenchyma.Hepatocyte, Parenchyma.Empty);
        lesion.ParenchymaCodes.Writable.Replace(Parenchyma.Tumor, Parenchyma.Empty);
        lesion.TumorCellsAtStart = 1;
        lesion.Stroma.Writable.Clear();
        var process = new StromaProcess(new ProcessSetup(
            lesion, TestPlans.Lesion(), TestPlans.Parameters, MechanismSet.Default.With(Mechanism.RegressionScar, on), runner, workspace));
        for (uint step = 0; step <= 24 * 120; step++)
        {
            process.Step(new StepContext(RandomKey.Create(1, 0, 0), step, 1, default, 1, 1));
        }

        float settled = lesion.Stroma[shape.Site(20, 20, 0)];
        if (on)
        {
            Assert.InRange(settled, 0.3f, 0.5f);
        }
        else
        {
            Assert.InRange(settled, 0f, 0.29f);
        }
    }
}

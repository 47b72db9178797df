using TmeSim.Engine.Lattice;
using TmeSim.Engine.Numerics;
using TmeSim.Engine.Plan;
using TmeSim.Engine.Start;
using TmeSim.Engine.State;
using TmeSim.Engine.Stroma;

namespace TmeSim.Engine.Tests.Stroma;

/// <summary>Turnover of the matrix: fixed point, rate of approach, drugs, switches.</summary>
public sealed class StromaProcessTests : IDisposable
{
    private const double Decay = 0.035;
    private static readonly LatticeShape Shape = new(75, 40, 1, 20);
    private static readonly LesionPlan Plan = TestPlans.Lesion() with { Pattern = ImmunePattern.Excluded, StromaDensity = 0.5 };
    private readonly RowRunner _runner = new();
    private readonly LesionState _lesion = new(Shape, new CloneTable(Plan));
    private readonly LesionWorkspace _workspace;

    public StromaProcessTests()
    {
        _workspace = new LesionWorkspace(Shape, _runner);
        new Seeder(_lesion, Plan, TestPlans.Parameters, MechanismSet.Default, RandomKey.Create(1, 0, 0), _workspace.Source, _runner).Seed(300);
        _lesion.TumorCellsAtStart = 300;
        Fill(FieldId.Suppressive, 0.5f); // half of it TGF-β: the reference level
        Fill(FieldId.AntibodyDelivery, 0.3f);
        Fill(FieldId.SmallMoleculeDelivery, 0.8f);
    }

    public void Dispose()
    {
        _workspace.Dispose();
        _lesion.Dispose();
        _runner.Dispose();
    }

    [Fact]
    public void AtTheReferenceLevel_TheSeededMatrixIsAFixedPoint()
    {
        float[] seeded = Rows();
        Days(90, default);
        Assert.All(seeded.Zip(Rows()), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
        Assert.Contains(0.8f, seeded);
        Assert.Contains(0.5f, seeded);
        Assert.Contains(0.25f, seeded);
    }

    /// <summary>ρ(t) = target + (ρ0 − target) exp(−δ t), target = ρ0 (1 − a + 3 a (1 − O)) / (1 + 2 a).</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(28)]
    [InlineData(200)]
    public void DrugOnCaf_LowersMatrixExponentially(int days)
    {
        float[] seeded = Rows();
        var exposure = new Exposure((DrugTarget.Caf, new TargetExposure(0, 5, 0.95f)));
        Days(days, exposure);
        double occupied = 0.95 * 4 / 5, a = 0.2 * 0.2 / (0.2 * 0.2 + 0.0165);
        double left = (1 - a + 3 * a * (1 - occupied)) / (1 + 2 * a);
        Assert.All(seeded.Zip(Rows()), pair => Assert.Equal(pair.First * (left + (1 - left) * Math.Exp(-Decay * days)), pair.Second, 2e-5));
    }

    /// <summary>The mean of the day acts: five hours at 24/5 of the concentration are a day at it.</summary>
    [Fact]
    public void DrugForPartOfADay_ActsByItsDailyMean()
    {
        var dose = new Exposure((DrugTarget.Caf, new TargetExposure(0, 2, 0.95f)));
        var peak = new Exposure((DrugTarget.Caf, new TargetExposure(0, 9.6f, 0.95f)));
        float[] seeded = Rows();
        Run(24 * 20, _ => dose);
        float[] steady = Rows();
        Restore(seeded);
        Run(24 * 20, hour => hour % 24 is >= 3 and < 8 ? peak : default);
        Assert.All(steady.Zip(Rows()), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
        Assert.True(steady[0] < seeded[0]);
    }

    [Fact]
    public void DrugOnTgfb_LowersMatrixByDeactivationAlone()
    {
        float[] seeded = Rows();
        Days(400, new Exposure((DrugTarget.Tgfb, new TargetExposure(10, 0, 1))));
        double free = 0.25 * (1 - 3.0 / 4), h = free / (1 + free);
        double a0 = 0.2 * 0.2 / (0.2 * 0.2 + 0.0165), a = 0.2 * h / (0.2 * h + 0.0165);
        Assert.All(seeded.Zip(Rows()), pair => Assert.Equal(pair.First * (1 + 2 * a) / (1 + 2 * a0), pair.Second, 1e-4));
    }

    [Fact]
    public void DynamicsOff_KeepsTheMatrix()
    {
        float[] seeded = Rows();
        Days(50, new Exposure((DrugTarget.Caf, new TargetExposure(0, 5, 1))), MechanismSet.AllOn.With(Mechanism.StromaDynamics, false));
        Assert.Equal(seeded, Rows());
    }

    [Fact]
    public void CafActivationOff_DoesNotFollowTheField()
    {
        float[] seeded = Rows();
        Fill(FieldId.Suppressive, 3);
        Days(100, default, MechanismSet.AllOn.With(Mechanism.StromaCafActivation, false));
        Assert.All(seeded.Zip(Rows()), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
        Days(100, default);
        Assert.All(seeded.Zip(Rows()), pair => Assert.True(pair.Second > pair.First));
    }

    /// <summary>Rows longer than a block of the pass have the zones of short ones.</summary>
    [Fact]
    public void LongRows_HaveTheZonesOfTheMap()
    {
        var shape = new LatticeShape(2600, 1, 1, 20);
        using var lesion = new LesionState(shape, new CloneTable(Plan));
        using var workspace = new LesionWorkspace(shape, _runner);
        new Seeder(lesion, Plan, TestPlans.Parameters, MechanismSet.Default, RandomKey.Create(1, 0, 0), workspace.Source, _runner).Seed(20);
        lesion.TumorCellsAtStart = 20;
        lesion.Field(FieldId.Suppressive).Values.Writable.Fill(0.5f);
        float[] seeded = lesion.Stroma.Span.Slice(shape.RowStart(0), shape.Nx).ToArray();
        var process = new StromaProcess(new ProcessSetup(lesion, Plan, TestPlans.Parameters, MechanismSet.AllOn, _runner, workspace));
        for (int hour = 0; hour <= 240; hour++)
        {
            process.Step(new StepContext(default, (uint)hour, 1, default, 1, 1));
        }

        Assert.All(seeded.Zip(lesion.Stroma.Span.Slice(shape.RowStart(0), shape.Nx).ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
    }

    /// <summary>In the burn-in the scale makes the bed's asked mean a fixed point at whatever level of TGF-β there is.</summary>
    [Fact]
    public void BurnIn_HoldsTheMeanOfTheBed()
    {
        _lesion.TumorCellsAtStart = 0;
        for (int row = 0; row < Shape.Rows; row++)
        {
            for (int x = 0; x < Shape.Nx; x++)
            {
                _lesion.Field(FieldId.Suppressive)[Shape.RowStart(row) + x] = 0.2f + 0.02f * x;
            }
        }

        double before = MeanOfBed();
        Days(300, default);
        Assert.Equal(before, MeanOfBed(), 1e-4);
        Assert.NotEqual(1, _lesion.Multipliers[Multiplier.Matrix]);
    }

    private void Days(int days, Exposure exposure, MechanismSet? mechanisms = null) => Run(24 * days, _ => exposure, mechanisms);

    // One step more than the hours: the update at the end of a day belongs to the first step of the next.
    private void Run(int hours, Func<int, Exposure> exposure, MechanismSet? mechanisms = null)
    {
        var process = new StromaProcess(new ProcessSetup(_lesion, Plan, TestPlans.Parameters, mechanisms ?? MechanismSet.AllOn, _runner, _workspace));
        for (int hour = 0; hour <= hours; hour++)
        {
            process.Step(new StepContext(default, (uint)hour, 1, hour < hours ? exposure(hour) : default, 1, 1));
        }
    }

    private void Fill(FieldId id, float value) => _lesion.Field(id).Values.Writable.Fill(value);

    private float[] Rows() => [.. Enumerable.Range(0, Shape.Rows).SelectMany(row => _lesion.Stroma.Span.Slice(Shape.RowStart(row), Shape.Nx).ToArray())];

    private void Restore(float[] rows)
    {
        for (int row = 0; row < Shape.Rows; row++)
        {
            rows.AsSpan(row * Shape.Nx, Shape.Nx).CopyTo(_lesion.Stroma.Writable.Slice(Shape.RowStart(row), Shape.Nx));
        }
    }

    private double MeanOfBed()
    {
        double sum = 0;
        int sites = 0;
        for (int row = 0; row < Shape.Rows; row++)
        {
            for (int site = Shape.RowStart(row), end = site + Shape.Nx; site < end; site++)
            {
                if (_lesion.ParenchymaCodes[site] != Parenchyma.Hepatocyte)
                {
                    sum += _lesion.Stroma[site];
                    sites++;
                }
            }
        }

        return sum / sites;
    }
}

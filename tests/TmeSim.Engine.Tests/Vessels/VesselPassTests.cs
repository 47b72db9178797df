using TmeSim.Engine.Lattice;
using TmeSim.Engine.Multigrid;
using TmeSim.Engine.Numerics;
using TmeSim.Engine.Plan;
using TmeSim.Engine.State;
using TmeSim.Engine.Vessels;

namespace TmeSim.Engine.Tests.Vessels;

/// <summary>A step of the vessels is that of the equations one by one, bit for bit, at every register width and on any threads.</summary>
public sealed class VesselPassTests
{
    private static readonly RandomKey Key = RandomKey.Create(3, 1, 0);

    // Many sprouts, so that the pass has all outcomes.
    private static readonly ParameterSet Parameters = TestPlans.Parameters.With(Parameter.VesselsSproutRate, 300).With(Parameter.VesselsLossRate, 2);

    [Theory]
    [InlineData(1, true, true)]
    [InlineData(63, false, true)]
    [InlineData(64, true, false)]
    [InlineData(1001, true, true)]
    [InlineData(1001, false, false)]
    public void Run_AnyWidthAndThreads_IsThatOfTheEquations(int vessels, bool drug, bool quiescence)
    {
        var outcomes = new HashSet<int>();
        foreach (LaneWidth width in Enum.GetValues<LaneWidth>())
        {
            foreach (int threads in (int[])[1, 2, 3, 8])
            {
                outcomes.UnionWith(Compare(vessels, drug, quiescence, width, threads));
            }
        }

        Assert.True(vessels < 1000 || (outcomes.Contains(VesselPass.Lost) && outcomes.Contains(0) && outcomes.Count > 5));
    }

    private static int[] Compare(int count, bool drug, bool quiescence, LaneWidth width, int threads)
    {
        LesionPlan plan = TestPlans.Lesion();
        var shape = new LatticeShape(71, 43, 1, 20);
        using var runner = new RowRunner(threads) { Split = new RowSplit(1, Uneven: true) };
        using var workspace = new LesionWorkspace(shape, runner);
        using var lesion = new LesionState(shape, new CloneTable(plan));
        Fill(lesion, count);
        var exposure = drug ? new Exposure((DrugTarget.Vegf, new TargetExposure(3, 0.5f, 0.9f)), (DrugTarget.Vegfr, new TargetExposure(0, 0.7f, 0.8f))) : default;
        var context = new StepContext(Key, 17, 0.5, exposure, 1, 1);
        MechanismSet mechanisms = MechanismSet.AllOn.With(Mechanism.VesselsLiverQuiescence, quiescence);
        var setup = new ProcessSetup(lesion, plan, Parameters, mechanisms, runner, workspace);
        var sprouting = new Sprouting(setup);
        var rates = new VesselRates(setup);
        var step = new VesselStep(rates, sprouting, 0.5f, rates.MaturityShare(0.5f), 0.1f, 0, 0.2f, sprouting.Rate(context), quiescence);
        var expected = Enumerable.Range(0, count).Select(i => Expected(lesion, i, step, context)).ToList();
        int[] outcomes = new int[count];

        VesselPass.Create(width, setup).Run(step, outcomes, context);

        for (int i = 0; i < count; i++)
        {
            Assert.Equal(expected[i], (lesion.Vessels.Maturity[i], lesion.Vessels.Density[i], lesion.Vessels.Perfusion[i], outcomes[i]));
        }

        return outcomes;
    }

    private static void Fill(LesionState lesion, int count)
    {
        var random = new Random(9);
        foreach (FieldId field in (FieldId[])[FieldId.Vegf, FieldId.AntibodyDelivery, FieldId.SmallMoleculeDelivery])
        {
            foreach (ref float value in lesion.Field(field).Values.Writable)
            {
                value = random.Next(20) == 0 ? 0 : 3 * random.NextSingle();
            }
        }

        int[] sites = [.. Enumerable.Range(0, 71 * 43).Select(s => lesion.Shape.Site(s % 71, s / 71))];
        random.Shuffle(sites);
        for (int i = 0; i < count; i++)
        {
            lesion.ParenchymaCodes[sites[i]] = i % 3 == 0 ? Parenchyma.Hepatocyte : Parenchyma.Tumor;
            lesion.Vessels.Add(sites[i], random.NextSingle(), random.NextSingle(), random.NextSingle());
        }
    }

    // MODEL.md 7.3 with the library's values.
    private static (float Maturity, float Density, float Perfusion, int Outcome) Expected(LesionState lesion, int i, in VesselStep step, in StepContext context)
    {
        int site = lesion.Vessels.Site[i];
        TargetExposure drug = context.Exposure[DrugTarget.Vegf], blocker = context.Exposure[DrugTarget.Vegfr];
        float vegf = lesion.Field(FieldId.Vegf)[site], maturity = lesion.Vessels.Maturity[i], density = lesion.Vessels.Density[i];
        vegf *= 1 - drug.Occupancy(lesion.Field(FieldId.AntibodyDelivery)[site], lesion.Field(FieldId.SmallMoleculeDelivery)[site]);
        vegf *= 1 - blocker.Occupancy(lesion.Field(FieldId.AntibodyDelivery)[site], lesion.Field(FieldId.SmallMoleculeDelivery)[site]);
        bool liver = lesion.ParenchymaCodes[site] == Parenchyma.Hepatocyte;
        if (liver && step.LiverQuiescence)
        {
            maturity += (1 - maturity) * step.MaturityShare;
            density += (1 - density) * step.MaturityShare;
        }
        else
        {
            float floor = Value(Parameter.VesselsMaturityFloor), growthFloor = Value(Parameter.VesselsGrowthFloor);
            float x = vegf / Value(Parameter.VesselsMaturityVegfHalf), y = vegf / Value(Parameter.VesselsPruningVegf);
            float target = 1 / (1 + x * x) * (floor + (1 - floor) * vegf / (vegf + Value(Parameter.VesselsMaturityLowVegf)));
            maturity += (target - maturity) * step.MaturityShare;
            float up = Rate(Parameter.VesselsGrowthRate) * (growthFloor + (1 - growthFloor) * vegf / (1 + vegf));
            float total = up + Rate(Parameter.VesselsPruningRate) * (1 - maturity) / (1 + y * y);
            density += (up / total - density) * DetMath.Probability(total * step.Hours);
        }

        float immature = Value(Parameter.VesselsImmaturePerfusion);
        PhiloxBlock block = context.Draw(site, Purpose.VesselFate);
        float hazard = step.SproutRate * vegf * vegf / (1 + vegf * vegf) * density;
        int outcome = density < step.RemovalDensity || (!liver && Draws.Uniform(block.X0) < step.Loss) ? VesselPass.Lost
            : Draws.Uniform(block.X1) < DetMath.Probability(hazard) ? step.Sprouting.Place(site, block.X2, block.X3) : 0;
        return (maturity, density, density * (immature + (1 - immature) * maturity), outcome);

        static float Value(Parameter parameter) => (float)Parameters[parameter];

        static float Rate(Parameter parameter) => (float)Parameters.Rate(parameter, TimeUnit.Hour);
    }
}

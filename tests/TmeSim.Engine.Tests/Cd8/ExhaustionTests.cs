using TmeSim.Engine.Cd8;
using TmeSim.Engine.Immune;
using TmeSim.Engine.Lattice;
using TmeSim.Engine.Multigrid;
using TmeSim.Engine.Numerics;
using TmeSim.Engine.Plan;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Tests.Cd8;

/// <summary>Scores in lanes are what the formula gives for each cell, bit for bit, with registers of any width.</summary>
public sealed class ExhaustionTests
{
    [Theory]
    [InlineData(47, 37, 1, 1, true, true, false)]
    [InlineData(47, 37, 1, 2, true, false, true)]
    [InlineData(15, 7, 6, 3.3, true, true, true)]
    [InlineData(15, 7, 6, 0.6, false, true, true)]
    [InlineData(97, 1, 1, 1.7, false, false, false)]
    public void Scores_AreThoseOfTheFormula(int nx, int ny, int nz, double hill, bool drugs, bool checkpoint, bool states)
    {
        var shape = new LatticeShape(nx, ny, nz, 20);
        LesionPlan plan = TestPlans.Lesion();
        ParameterSet parameters = TestPlans.Parameters.With(Parameter.Pd1Hill, hill).With(Parameter.Cd8TerminalExhaustion, 0.6);
        MechanismSet mechanisms = MechanismSet.AllOn.With(Mechanism.Pd1Suppression, checkpoint).With(Mechanism.Cd8Differentiation, states);
        using var lesion = new LesionState(shape, new CloneTable(plan));
        using var runner = new RowRunner();
        using var workspace = new LesionWorkspace(shape, runner);
        Fill(lesion);
        var setup = new ProcessSetup(lesion, plan, parameters, mechanisms, runner, workspace);
        Exposure exposure = drugs
            ? new Exposure((DrugTarget.Pd1, new TargetExposure(3, 0.5f, 0.9f)), (DrugTarget.PdL1, new TargetExposure(20, 0, 1))) : default;
        var targets = new TargetMap(setup);
        targets.Renew();
        float[] before = lesion.Cd8.Exhaustion.Span.ToArray();
        float[] expected = [.. Enumerable.Range(0, lesion.Cd8.Count).Select(i => Expected(setup, targets, i, exposure))];
        Assert.NotEqual(before, expected);
        foreach (LaneWidth width in Enum.GetValues<LaneWidth>())
        {
            before.CopyTo(lesion.Cd8.Exhaustion.Values, 0);
            var exhaustion = Exhaustion.Create(width, setup, targets);
            int cut = lesion.Cd8.Count / 3;
            exhaustion.Run(cut, lesion.Cd8.Count, 0.75f, exposure);
            exhaustion.Run(0, cut, 0.75f, exposure);
            Assert.Equal(expected, lesion.Cd8.Exhaustion.Span.ToArray());
        }
    }

    private static void Fill(LesionState lesion)
    {
        LatticeShape shape = lesion.Shape;
        var random = new PhiloxStream(RandomKey.Create(5, 0, 0), 0, 0, 0);
        for (int row = 0; row < shape.Rows; row++)
        {
            for (int site = shape.RowStart(row); site < shape.RowStart(row) + shape.Nx; site++)
            {
                lesion.ParenchymaCodes[site] = random.NextInt(3) == 0 ? Parenchyma.Empty : Parenchyma.Tumor;
                lesion.Pdl1[site] = random.NextInt(9) == 0 ? 0 : (float)(300 * random.NextDouble());
                lesion.Field(FieldId.AntibodyDelivery)[site] = (float)random.NextDouble();
                lesion.Field(FieldId.SmallMoleculeDelivery)[site] = (float)random.NextDouble();
                if (random.NextInt(3) == 0)
                {
                    float score = random.NextInt(3) == 0 ? 0 : (float)random.NextDouble();
                    int i = lesion.Cd8.Add((ulong)site, site, score, 0, Cd8Store.TumorReactive);
                    int near = site + shape.MooreOffsets[random.NextInt(shape.MooreOffsets.Length)];
                    lesion.Cd8.Target[i] = random.NextInt(2) == 0 ? 0 : near;
                    lesion.Cd8.State[i] = (byte)random.NextInt(Cd8State.Count);
                }
            }
        }
    }

    private static float Expected(ProcessSetup setup, TargetMap targets, int i, in Exposure exposure)
    {
        LesionState lesion = setup.Lesion;
        int target = targets[lesion.Cd8.Target[i]] ? lesion.Cd8.Target[i] : 0, site = lesion.Cd8.Site[i];
        float e = lesion.Cd8.Exhaustion[i], up = 0, down = 0, gain = (float)setup.Value(Parameter.Cd8ExhaustionPd1Gain);
        if (target != 0)
        {
            float suppression = new KillHazard(setup).Suppression(site, target, exposure);
            up = setup.Rate(Parameter.Cd8ExhaustionRate) * (1 + gain * suppression) / (1 + gain);
        }

        // Where states are told apart precursors recover from any score, and nobody else does.
        bool recovers = setup.IsOn(Mechanism.Cd8Differentiation)
            ? lesion.Cd8.State[i] == Cd8State.Precursor : e < (float)setup.Value(Parameter.Cd8TerminalExhaustion);
        if (recovers)
        {
            float pdl1 = LocalDrug.Occupancy(lesion, exposure[DrugTarget.PdL1], target != 0 ? target : site);
            float pd1 = LocalDrug.Occupancy(lesion, exposure[DrugTarget.Pd1], site);
            down = setup.Rate(Parameter.Cd8RecoveryRate) * (1 - (1 - pdl1) * (1 - pd1));
        }

        float total = up + down;
        return total > 0 ? e + (up / total - e) * DetMath.Probability(total * 0.75f) : e;
    }
}

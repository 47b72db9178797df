using TmeSim.Engine.Lattice;
using TmeSim.Engine.Numerics;
using TmeSim.Engine.Plan;
using TmeSim.Engine.State;
using TmeSim.Engine.Vessels;

namespace TmeSim.Engine.Tests.Vessels;

/// <summary>Vessels that the tumour has left behind.</summary>
public sealed class ClearedVesselTests
{
    /// <summary>Those in cleared ground are lost faster, those beside tumour cells as ever, those of liver not at all.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Vessels_OfClearedGround_AreLostFaster(bool on)
    {
        var shape = new LatticeShape(120, 120, 1, 20);
        using var lesion = new LesionState(shape, new CloneTable(TestPlans.Lesion()));
        using var runner = new RowRunner(2);
        using var workspace = new LesionWorkspace(shape, runner);
        for (int y = 0; y < 120; y++)
        {
            for (int x = 0; x < 120; x++)
            {
                lesion.ParenchymaCodes[shape.Site(x, y, 0)] = Code(x);
                if (x % 2 == 0 && y % 2 == 0)
                {
                    lesion.Vessels.Add(shape.Site(x, y, 0), 1, 1, 1);
                    lesion.VesselMark[shape.Site(x, y, 0)] = true;
                }
            }
        }

        int[] before = Count();
        MechanismSet mechanisms = MechanismSet.Default.With(Mechanism.VesselsSprouting, false).With(Mechanism.RegressionVesselLoss, on);
        ParameterSet parameters = TestPlans.Parameters.With(Parameter.VesselsLossRate, 0.02).With(Parameter.RegressionVesselLossRate, 0.1)
            .With(Parameter.VesselsPruningRate, 0);
        var process = new VesselProcess(new ProcessSetup(lesion, TestPlans.Lesion(), parameters, mechanisms, runner, workspace));
        const int Days = 8;
        for (uint step = 0; step < 24 * Days; step++)
        {
            process.Step(new StepContext(RandomKey.Create(4, 0, 0), step, 1, default, 1, 1));
        }

        int[] after = Count();
        Assert.Equal(before[Parenchyma.Hepatocyte], after[Parenchyma.Hepatocyte]);
        Kept(before[Parenchyma.Tumor], after[Parenchyma.Tumor], 0.02);
        Kept(before[Parenchyma.Empty], after[Parenchyma.Empty], on ? 0.12 : 0.02);

        static byte Code(int x) => x < 40 ? Parenchyma.Hepatocyte : x < 80 ? Parenchyma.Empty : Parenchyma.Tumor;

        // The column beside the tumour cells, which is not cleared ground, holds no vessel (79 is odd).
        int[] Count()
        {
            int[] counts = new int[3];
            foreach (int site in lesion.Vessels.Site.Span)
            {
                counts[lesion.ParenchymaCodes[site]]++;
            }

            return counts;
        }

        static void Kept(int before, int after, double rate)
        {
            double kept = Math.Exp(-rate * Days);
            double spread = 4 * Math.Sqrt(before * kept * (1 - kept));
            Assert.InRange(after, before * kept - spread, before * kept + spread);
        }
    }
}

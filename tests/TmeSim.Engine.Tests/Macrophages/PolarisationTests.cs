using TmeSim.Engine.Immune;
using TmeSim.Engine.Lattice;
using TmeSim.Engine.Macrophages;
using TmeSim.Engine.Multigrid;
using TmeSim.Engine.Numerics;
using TmeSim.Engine.Plan;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Tests.Macrophages;

/// <summary>Scores in lanes are what the formula gives for each cell, bit for bit, with registers of any width.</summary>
public sealed class PolarisationTests
{
    [Theory]
    [InlineData(47, 37, 1, 0.02f, true)]
    [InlineData(47, 37, 1, 3, false)]
    [InlineData(15, 7, 6, 0.3f, true)]
    [InlineData(97, 1, 1, 0, false)]
    public void Scores_AreThoseOfTheFormula(int nx, int ny, int nz, float rate, bool drugs)
    {
        var shape = new LatticeShape(nx, ny, nz, 20);
        using var lesion = new LesionState(shape, new CloneTable(TestPlans.Lesion()));
        Fill(lesion);
        var rates = new PolarisationRates(rate, 0.7f * rate, 0.3f, 0.6f, 0.75f);
        Exposure exposure = drugs
            ? new Exposure((DrugTarget.Csf1r, new TargetExposure(3, 0.5f, 0.9f)), (DrugTarget.Tgfb, new TargetExposure(0, 2, 1))) : default;
        float[] before = lesion.Macrophages.Score.Span.ToArray();
        float[] expected = [.. Enumerable.Range(0, before.Length).Select(i => Expected(lesion, i, rates, exposure))];
        foreach (LaneWidth width in Enum.GetValues<LaneWidth>())
        {
            before.CopyTo(lesion.Macrophages.Score.Values, 0);
            var polarisation = Polarisation.Create(width, lesion);
            int cut = before.Length / 3;
            polarisation.Run(cut, before.Length, rates, exposure);
            polarisation.Run(0, cut, rates, exposure);
            Assert.Equal(expected, lesion.Macrophages.Score.Span.ToArray());
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
                foreach (FieldId field in Enum.GetValues<FieldId>())
                {
                    lesion.Field(field)[site] = random.NextInt(9) == 0 ? 0 : (float)random.NextDouble();
                }

                if (random.NextInt(3) == 0)
                {
                    lesion.Macrophages.Add((ulong)site, site, (float)random.NextDouble(), (float)(3 * random.NextDouble()));
                }
            }
        }
    }

    private static float Expected(LesionState lesion, int i, in PolarisationRates rates, in Exposure exposure)
    {
        int site = lesion.Macrophages.Site[i];
        float blocked = LocalDrug.Occupancy(lesion, exposure[DrugTarget.Csf1r], site);
        float suppressive = LocalDrug.FreeSuppressive(lesion, exposure, rates.TgfbShare, site), ifng = lesion.Field(FieldId.Ifng)[site];
        float depth = lesion.Field(FieldId.Oxygen)[site] / rates.HypoxiaHalf;
        float up = rates.Up * (1 - blocked) * lesion.Macrophages.Polarisability[i]
            * (suppressive / (1 + suppressive) + 1 / (1 + depth * depth));
        float total = up + rates.Down * ifng / (1 + ifng), score = lesion.Macrophages.Score[i];
        return total > 0 ? score + (up / total - score) * DetMath.Probability(total * rates.StepHours) : score;
    }
}

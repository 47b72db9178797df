using TmeSim.Engine.Lattice;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Tests.Verification;

/// <summary>The nine fields of one thin tissue, written along other axes of the lattice, agree to 1e-6 of their largest value.</summary>
public sealed class FieldsOnAxesTests
{
    [Fact]
    public void ThinTissue_OnAnyAxes_HasTheSameFields()
    {
        using var simulation = new Simulation(EveryMechanism.Plan(47, 37, 1), 0);
        simulation.RunBurnIn();
        LatticeShape own = simulation.Lesions[0].Shape;
        float[][] expected = Fields(own, p => own.Site(p[0], p[1]), 0, 1);
        foreach ((int a, int b) in ((int, int)[])[(1, 0), (0, 2), (2, 0), (1, 2), (2, 1)])
        {
            int[] sizes = [1, 1, 1];
            (sizes[a], sizes[b]) = (own.Nx, own.Ny);
            float[][] fields = Fields(new LatticeShape(sizes[0], sizes[1], sizes[2], own.SpacingUm), p => own.Site(p[a], p[b]), a, b);
            foreach (FieldInfo field in FieldTable.All)
            {
                float[] here = fields[(int)field.Id], there = expected[(int)field.Id];
                float largest = there.Max();
                Assert.True(largest > 0);
                double error = here.Zip(there, (x, y) => Math.Abs(x - y)).Max() / largest;
                Assert.True(error <= 1e-6, $"{field.Key}, axes {a} and {b}: {error:E2}");
            }
        }

        float[][] Fields(LatticeShape shape, Func<int[], int> site, int a, int b)
        {
            using var tissue = new FrozenTissue(simulation, shape, (x, y, z) => site([x, y, z]));
            for (int step = 0; step < 48; step++)
            {
                tissue.Fields.Step(tissue.Step(step));
            }

            int[] at = new int[3];
            var places = new List<int>();
            for (int y = 0; y < own.Ny; y++)
            {
                for (int x = 0; x < own.Nx; x++)
                {
                    (at[a], at[b]) = (x, y);
                    places.Add(shape.Site(at[0], at[1], at[2]));
                }
            }

            return [.. FieldTable.All.Select(f => (float[])[.. places.Select(place => tissue.Lesion.Field(f.Id)[place])])];
        }
    }
}

using TmeSim.Engine.Immune;
using TmeSim.Engine.Lattice;
using TmeSim.Engine.Numerics;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Tests.Immune;

/// <summary>Vessels that are passed over would have brought nobody.</summary>
public sealed class InfluxTests
{
    [Theory]
    [InlineData(1e-12)]
    [InlineData(0.003)]
    [InlineData(0.4)]
    [InlineData(0.999999)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(40)]
    public void Candidates_BringEveryArrival(double max)
    {
        var shape = new LatticeShape(30, 20, 3, 20);
        using var lesion = new LesionState(shape, new CloneTable(TestPlans.Lesion()));
        for (int site = shape.RowStart(0), i = 0; i < 200; i++, site += 3)
        {
            lesion.Vessels.Add(site, 1, 1, 1);
        }

        Influx chosen = new(lesion, Purpose.Cd8Influx), every = new(lesion, Purpose.Cd8Influx);
        int arrivals = 0, candidates = 0, steps = max < 0.01 ? 2000 : 50;
        for (uint step = 0; step < steps; step++)
        {
            var context = new StepContext(RandomKey.Create(3, 0, 0), step, 1, default, 1, 1);
            chosen.Clear();
            every.Clear();
            foreach (int i in chosen.Candidates(max, context))
            {
                chosen.Draw(lesion.Vessels.Site[i], Mean(i), context);
                candidates++;
            }

            for (int i = 0; i < lesion.Vessels.Count; i++)
            {
                every.Draw(lesion.Vessels.Site[i], Mean(i), context);
            }

            chosen.Order();
            every.Order();
            Assert.Equal(every.Arrivals.ToArray(), chosen.Arrivals.ToArray());
            arrivals += chosen.Arrivals.Length;
        }

        Assert.InRange(candidates / (200.0 * steps), 0, Math.Min(1, max + 0.1));
        Assert.True(arrivals > 0 || max < 1e-6, "nobody came");

        double Mean(int i) => i % 3 == 0 ? max : max * i / 200;
    }

    [Fact]
    public void Candidates_WithoutAMean_AreNone()
    {
        using var lesion = new LesionState(new LatticeShape(8, 8, 1, 20), new CloneTable(TestPlans.Lesion()));
        lesion.Vessels.Add(lesion.Shape.RowStart(2), 1, 1, 1);
        var influx = new Influx(lesion, Purpose.Cd8Influx);
        Assert.True(influx.Candidates(0, default).IsEmpty);
        Assert.True(influx.Candidates(double.NaN, default).IsEmpty);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Candidates_WithThreads_AreTheSameInTheSameOrder(int threads)
    {
        var shape = new LatticeShape(200, 60, 1, 20);
        using var lesion = new LesionState(shape, new CloneTable(TestPlans.Lesion()));
        for (int row = 0; row < shape.Ny; row++)
        {
            for (int x = 0; x < shape.Nx; x += 3)
            {
                lesion.Vessels.Add(shape.RowStart(row) + x, 1, 1, 1);
            }
        }

        using var runner = new RowRunner(threads);
        Influx alone = new(lesion, Purpose.Cd8Influx), shared = new(lesion, Purpose.Cd8Influx, runner);
        for (uint step = 0; step < 30; step++)
        {
            var context = new StepContext(RandomKey.Create(3, 0, 0), step, 1, default, 1, 1);
            Assert.Equal(alone.Candidates(0.1, context).ToArray(), shared.Candidates(0.1, context).ToArray());
        }

        Assert.Equal(threads, runner.MaxBlocks);
    }
}

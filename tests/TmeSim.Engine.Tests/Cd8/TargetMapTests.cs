using System.Numerics;
using TmeSim.Engine.Cd8;
using TmeSim.Engine.Lattice;
using TmeSim.Engine.Numerics;
using TmeSim.Engine.Plan;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Tests.Cd8;

/// <summary>Targets as bits are what the lattice says, on lattices of any shape.</summary>
public sealed class TargetMapTests
{
    [Theory]
    [InlineData(47, 37, 1, true)]
    [InlineData(64, 5, 1, false)]
    [InlineData(33, 1, 20, true)]
    [InlineData(1, 37, 1, false)]
    [InlineData(97, 1, 1, true)]
    [InlineData(1, 9, 11, true)]
    [InlineData(15, 7, 6, true)]
    [InlineData(2, 2, 2, false)]
    public void Around_EverySite_HasTheTargetsOfItsMooreNeighbourhood(int nx, int ny, int nz, bool blind)
    {
        var shape = new LatticeShape(nx, ny, nz, 20);
        LesionPlan plan = TestPlans.Lesion() with { Clones = [new ClonePlan("low", 0.2, 0.5, 1), new ClonePlan("B2M", 0.1, 0.6, 1) { Lof = Genotype.B2m }] };
        using var lesion = new LesionState(shape, new CloneTable(plan));
        using var runner = new RowRunner();
        using var workspace = new LesionWorkspace(shape, runner);
        var random = new PhiloxStream(RandomKey.Create(5, 0, 0), 0, 0, 0);
        int[] sites = [.. Enumerable.Range(0, shape.Rows).SelectMany(row => Enumerable.Range(shape.RowStart(row), nx))];
        foreach (int site in sites)
        {
            lesion.ParenchymaCodes[site] = random.NextInt(2) == 0 ? Parenchyma.Tumor : Parenchyma.Empty;
            lesion.CloneIndex[site] = (ushort)random.NextInt(blind ? 3 : 2);
        }

        var map = new TargetMap(new ProcessSetup(lesion, plan, TestPlans.Parameters, MechanismSet.AllOn, runner, workspace));
        map.Renew();
        Check();

        // A killed cell is taken out, and comes back when all sites are looked at again.
        int[] killed = [.. sites.Where(site => map[site]).Take(3)];
        Array.ForEach(killed, map.Remove);
        Assert.DoesNotContain(killed, site => map[site]);
        map.Renew();
        Check();

        void Check()
        {
            foreach (int site in sites)
            {
                Assert.Equal(IsTarget(site), map[site]);
                uint around = map.Around(site);
                Assert.Equal(IsTarget(site), (around & map.Own) != 0);
                var seen = new List<int>();
                for (; around != 0; around &= around - 1)
                {
                    seen.Add(map.SiteOf(site, BitOperations.TrailingZeroCount(around)));
                }

                int[] near = [.. shape.MooreOffsets.Append(0).Select(offset => site + offset)];
                Assert.Equal(near.Where(IsTarget).Order(), seen);
                Assert.All(sites.Where(other => Math.Abs(other - site) <= shape.PlaneStride + shape.Stride + 1),
                    other => Assert.Equal(near.Contains(other), map.Touch(site, other)));
            }

            Assert.False(map[0]);
        }

        bool IsTarget(int site) => lesion.ParenchymaCodes[site] == Parenchyma.Tumor && (!blind || lesion.CloneIndex[site] != 2);
    }
}

using TmeSim.Engine.Clones;
using TmeSim.Engine.Plan;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Tests.Clones;

/// <summary>Mutants that stand in the lesion when it is seeded: how many, of which clone, and none with the switch off.</summary>
public sealed class StandingClonesTests
{
    private static readonly MechanismSet On = MechanismSet.Default.With(Mechanism.ClonesStanding, true);

    /// <summary>
    /// A birth-death process from one cell, drawn. Lineages that die out are left out, so survivors come as from 1/(1 − φ) cells: the
    /// closed form is above by ln(1/(1 − φ)) in ln W.
    /// </summary>
    [Theory]
    [InlineData(0.0)]
    [InlineData(0.5)]
    [InlineData(0.7)]
    public void Share_IsThatOfALesionThatGrewFromOneCell(double cellLoss)
    {
        const double rate = 2e-3;
        const int cells = 3000, lesions = 400;
        var random = new Random(5);
        double sum = 0;
        for (int lesion = 0; lesion < lesions;)
        {
            (int intact, int mutants) = (1, 0);
            while (intact + mutants is > 0 and < cells)
            {
                bool mutant = random.NextDouble() * (intact + mutants) < mutants;
                int change = random.NextDouble() * (1 + cellLoss) < 1 ? 1 : -1;
                bool lost = change > 0 && !mutant && random.NextDouble() < rate;
                mutants += mutant || lost ? change : 0;
                intact += mutant || lost ? 0 : change;
            }

            lesion += intact > 0 ? 1 : 0;
            sum += intact > 0 ? (double)mutants / cells : 0;
        }

        double drawn = sum / lesions, closed = StandingClones.Share(rate, cellLoss, cells * (1 - cellLoss), 1);
        Assert.InRange(drawn, 0.85 * closed, 1.15 * closed);
        Assert.InRange(StandingClones.Share(rate, cellLoss, cells, 1), closed, 1.2 * closed);
    }

    [Fact]
    public void Share_OfRareLosses_IsRateTimesLogarithmOverWhatIsNotLost()
    {
        Assert.Equal(5 * 1e-7 * Math.Log(6e9) / 0.3, StandingClones.Share(1e-7, 0.7, 6e9, 5), 1e-9);
        Assert.Equal(0, StandingClones.Share(1e-5, 0.7, 1, 5));
        Assert.Equal(1, StandingClones.Share(0.2, 0.99, 6e9, 5), 1e-12);
    }

    /// <summary>Binomial over seeds, five standard deviations; all genes alike; the books agree.</summary>
    [Fact]
    public void Seeding_GivesEachGeneItsShare()
    {
        double expected = 0;
        int found = 0;
        int[] byGene = new int[Genes.Losable(On)];
        for (ulong seed = 1; seed <= 60; seed++)
        {
            using Simulation simulation = Start(2e-4, seed);
            StandingMutants standing = simulation.StandingMutants(0);
            CloneTable clones = simulation.Lesions[0].Clones;
            expected += standing.Tile;
            found += standing.Found;
            Assert.Equal(standing.Tile * simulation.RepresentedCells(0), standing.RepresentedLesion, 1e-3);
            Assert.Equal(standing.Found, Enumerable.Range(0, Genes.Losable(On)).Sum(g => clones.CellsWith(Genes.Flag(g))));
            Assert.Equal(simulation.Lesions[0].TumorCells, clones.CellsWith(Genotype.None));
            Assert.Equal((0, -1), (clones.Born, clones.LastBorn));
            for (int gene = 0; gene < Genes.Losable(On); gene++)
            {
                byGene[gene] += clones.CellsWith(Genes.Flag(gene));
            }
        }

        Assert.InRange(found, expected - (5 * Math.Sqrt(expected)), expected + (5 * Math.Sqrt(expected)));
        double each = expected / Genes.Losable(On);
        Assert.All(byGene, cells => Assert.InRange(cells, each - (5 * Math.Sqrt(each)), each + (5 * Math.Sqrt(each))));

        // Twice the rate, twice as many: the expectation is not made from what was found.
        using Simulation rare = Start(1e-6, 1), common = Start(2e-6, 1);
        Assert.Equal(2, common.StandingMutants(0).Tile / rare.StandingMutants(0).Tile, 1e-3);
    }

    /// <summary>The founder and 32 clones of all traits, each losing every gene: one place for each, and no loss is left out.</summary>
    [Fact]
    public void Places_OneForEachCloneAndGene_DoNotRunOut()
    {
        ClonePlan[] clones = [.. Enumerable.Range(0, 32).Select(i => new ClonePlan($"c{i}", 0.03, i / 32.0, 1) { Lof = i == 0 ? Genotype.B2m : Genotype.None })];
        using Simulation simulation = Start(0.1, 1, TestPlans.Lesion() with { RadiusUm = 700, Clones = clones }, 80);
        CloneTable table = simulation.Lesions[0].Clones;
        Assert.InRange(table.Count, 33 + (32 * (Genes.Losable(On) - 1)), CloneTable.Capacity);
        StandingMutants standing = simulation.StandingMutants(0);
        Assert.InRange(standing.Found, standing.Tile - (5 * Math.Sqrt(standing.Tile)), simulation.Lesions[0].TumorCells);
        Assert.All(Enumerable.Range(33, table.Count - 33), i => Assert.True(table.Cells(i) > 0 && table[i].Genotype != Genotype.None));
        Assert.Equal(table.Count - 33, Enumerable.Range(33, table.Count - 33).Select(i => table[i]).Distinct().Count());
    }

    /// <summary>Off, nothing stands and no parameter is read; on, the state differs from the start and an arm starts with the mutants.</summary>
    [Fact]
    public void Off_NothingStands()
    {
        SimulationPlan plan = TestPlans.Plan(burnInDays: 0);
        string off = Hash(plan);
        Assert.Equal(off, Hash(plan with { Parameters = plan.Parameters.With(Parameter.ClonesCellLoss, 0.1) }));
        plan = plan with { Parameters = plan.Parameters.With(Parameter.ClonesMutationRate, 1e-3) };
        Assert.Equal(off, Hash(plan));
        SimulationPlan with = plan with { Mechanisms = On };
        Assert.NotEqual(off, Hash(with));
        Assert.NotEqual(Hash(with), Hash(with with { Parameters = with.Parameters.With(Parameter.ClonesCellLoss, 0.1) }));
        using var simulation = new Simulation(plan, 0);
        Assert.Equal(default, simulation.StandingMutants(0));

        static string Hash(SimulationPlan plan)
        {
            using var simulation = new Simulation(plan, 0);
            return simulation.StateHash();
        }
    }

    private static Simulation Start(double rate, ulong seed, LesionPlan? lesion = null, int sites = 40) => new(
        TestPlans.Plan(sites, sites, burnInDays: 0, lesion: lesion, seed: seed) with
        {
            Mechanisms = On,
            Parameters = TestPlans.Parameters.With(Parameter.ClonesMutationRate, rate),
        },
        0);
}

using TmeSim.Engine.Lattice;
using TmeSim.Engine.Plan;
using TmeSim.Engine.State;
using TmeSim.Engine.Tumor;

namespace TmeSim.Engine.Tests.Clones;

/// <summary>Loss of recognised neoantigens: what it takes from killing and priming, that mutation gives it, and nothing of it without the switch.</summary>
public sealed class AntigenLossTests
{
    private const int Days = 6;
    private static readonly MechanismSet On = MechanismSet.Default.With(Mechanism.ClonesAntigenLoss, true);

    private static readonly LesionPlan Lesion = TestPlans.Lesion() with
    {
        RadiusUm = 240,
        Cd8PerMm2 = 900,
        Clones = [new ClonePlan("hidden", 0.5, 0.6, 1) { Lof = Genotype.Antigen }],
    };

    /// <summary>A dead cell drains the antigen that is left of it.</summary>
    [Fact]
    public void ADeadCell_ReleasesWhatIsLeft()
    {
        Assert.Equal((0.6, 0.6 * 0.2), (Released(On, 0), Released(On, 1)));
        Assert.Equal((0.6, 0.6), (Released(MechanismSet.Default, 0), Released(MechanismSet.Default, 1)));

        static double Released(MechanismSet mechanisms, int clone)
        {
            using Simulation simulation = Start(mechanisms);
            LesionState lesion = simulation.Lesions[0];
            int site = Enumerable.Range(0, lesion.Shape.Length).First(s => lesion.ParenchymaCodes[s] == Parenchyma.Tumor && lesion.CloneIndex[s] == clone);
            double before = lesion.AntigenReleased;
            TumorCellEnds.Kill(lesion, site, Booking.TumorDeathsCd8);
            return Math.Round(lesion.AntigenReleased - before, 6);
        }
    }

    /// <summary>Under killing T cells the clone gains on the founder; without the switch it does not differ from it.</summary>
    [Fact]
    public void UnderTCells_TheCloneGains()
    {
        Assert.InRange(LogOdds(On) - LogOdds(MechanismSet.Default), 0.3, 3);
        Assert.InRange(LogOdds(MechanismSet.Default), -0.3, 0.3);

        static double LogOdds(MechanismSet mechanisms)
        {
            double sum = 0;
            for (ulong seed = 1; seed <= 8; seed++)
            {
                using Simulation simulation = Run(mechanisms, 0, seed);
                CloneTable clones = simulation.Lesions[0].Clones;
                sum += Math.Log(clones.Cells(1) / (double)clones.Cells(0)) / 8;
            }

            return sum;
        }
    }

    /// <summary>Mutation gives it as often as each gene, and the chance of the others stays.</summary>
    [Fact]
    public void Mutation_GivesItWithTheSwitchAlone()
    {
        using Simulation on = Run(On, 0.05, clones: []), off = Run(MechanismSet.Default, 0.05, clones: []);
        int[] with = Lost(on), without = Lost(off);
        Assert.Equal(0, without[^1]);
        double each = with[..^1].Average();
        Assert.InRange(with[^1], each - (5 * Math.Sqrt(each)), each + (5 * Math.Sqrt(each)));
        Assert.True(each > 10, $"{each}");

        static int[] Lost(Simulation simulation) =>
            [.. Genes.Names.Select(gene => simulation.Events.Count(e => e.Kind == EventKind.CloneBorn && e.Subject == gene))];
    }

    /// <summary>Off, neither the loss of a clone nor its parameter is read.</summary>
    [Fact]
    public void Off_HasNoEffect()
    {
        using Simulation off = Run(MechanismSet.Default, 0.01), other = Run(MechanismSet.Default, 0.01, factor: 0.9), on = Run(On, 0.01), left = Run(On, 0.01, factor: 0.9);
        Assert.Equal(off.StateHash(), other.StateHash());
        Assert.NotEqual(off.StateHash(), on.StateHash());
        Assert.NotEqual(on.StateHash(), left.StateHash());
    }

    private static Simulation Start(MechanismSet mechanisms, double rate = 0, ulong seed = 3, double factor = 0.2, ClonePlan[]? clones = null) => new(
        TestPlans.Plan(40, 40, burnInDays: 0, lesion: Lesion with { Clones = clones ?? Lesion.Clones }, seed: seed) with
        {
            Mechanisms = mechanisms,
            Parameters = TestPlans.Parameters.With(Parameter.GrowthDivisionRate, 0.3).With(Parameter.Cd8KillRate, 10).With(Parameter.ClonesMutationRate, rate)
                .With(Parameter.ClonesAntigenLossFactor, factor),
        },
        0);

    private static Simulation Run(MechanismSet mechanisms, double rate, ulong seed = 3, double factor = 0.2, ClonePlan[]? clones = null)
    {
        Simulation simulation = Start(mechanisms, rate, seed, factor, clones);
        simulation.BeginArm(TestPlans.Control(simulation.Plan));
        for (int i = 0; i < 24 * Days && !simulation.HasEnded; i++)
        {
            simulation.Step();
        }

        return simulation;
    }
}

using TmeSim.Engine.Fields;
using TmeSim.Engine.Lattice;
using TmeSim.Engine.Multigrid;
using TmeSim.Engine.Plan;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Tests.Fields;

/// <summary>What IFN-γ adds to the suppressive output of tumour cells, site by site, on either lattice of the signals and for any split.</summary>
public sealed class SuppressiveFeedbackTests
{
    private const float Dt = 1, Gain = 3;
    private static readonly MechanismSet On = MechanismSet.Default.With(Mechanism.SuppressiveFeedback, true);

    /// <summary>Off: source of a tumour site. On: times 1 + gain · H(I) where the cell hears IFN-γ. Odd sizes: the last site covers one column.</summary>
    [Theory]
    [InlineData(31, 17, 1, true)]
    [InlineData(31, 17, 1, false)]
    [InlineData(9, 8, 7, true)]
    public void Output_RisesWithIfng(int nx, int ny, int nz, bool coarse)
    {
        var shape = new LatticeShape(nx, ny, nz, 20);
        LesionPlan plan = TestPlans.Lesion() with { Clones = [new ClonePlan("deaf", 0.1, 0.6, 1) { Lof = Genotype.Jak1 }] };
        using var lesion = new LesionState(shape, new CloneTable(plan), coarseSignals: coarse);
        using var runner = new RowRunner();
        using var workspace = new LesionWorkspace(shape, runner, lesion.Signals);
        for (int row = 0; row < shape.Rows; row++)
        {
            for (int x = 0; x < nx; x++)
            {
                int site = shape.RowStart(row) + x;
                lesion.ParenchymaCodes[site] = (x + row) % 3 == 0 ? Parenchyma.Hepatocyte : Parenchyma.Tumor;
                lesion.CloneIndex[site] = (ushort)((x + row) % 3 == 1 ? 1 : 0);
            }
        }

        SignalLattice lattice = workspace.Signals;
        SiteArray<float> ifng = lesion.Field(FieldId.Ifng).Values;
        for (int row = 0; row < lattice.Shape.Rows; row++)
        {
            for (int x = 0; x < lattice.Shape.Nx; x++)
            {
                ifng[lattice.Shape.RowStart(row) + x] = 0.1f * ((x + row) % 9);
            }
        }

        float[] off = Sources(MechanismSet.Default), on = Sources(On), jak1 = Sources(On.With(Mechanism.ClonesJak1, false));
        double output = TestPlans.Parameters.Rate(Parameter.SuppressiveTumorSource) * Dt;
        int columns = coarse ? 2 : 1, seen = 0;
        for (int row = 0; row < lattice.Shape.Rows; row++)
        {
            SignalBlock block = lattice.Block(row);
            for (int cell = 0; cell < lattice.Shape.Nx; cell++)
            {
                int from = columns * cell, to = Math.Min(from + columns, nx), tumor = 0, deaf = 0;
                for (int i = 0; i < block.Count; i++)
                {
                    for (int site = block[i] + from; site < block[i] + to; site++)
                    {
                        tumor += lesion.ParenchymaCodes[site] == Parenchyma.Tumor ? 1 : 0;
                        deaf += lesion.ParenchymaCodes[site] == Parenchyma.Tumor && lesion.CloneIndex[site] == 1 ? 1 : 0;
                    }
                }

                int at = lattice.Shape.RowStart(row) + cell;
                double level = ifng[at], part = output / (block.Count * (to - from)), answer = Gain * level / (1 + level);
                Assert.Equal(tumor * part, off[at], 1e-6);
                Assert.Equal((tumor + ((tumor - deaf) * answer)) * part, on[at], 1e-6);
                Assert.Equal(tumor * (1 + answer) * part, jak1[at], 1e-6);
                seen += deaf;
            }
        }

        Assert.True(seen > 0);

        float[] Sources(MechanismSet mechanisms)
        {
            ParameterSet parameters = TestPlans.Parameters.With(Parameter.SuppressiveFeedbackGain, Gain);
            var assembly = new FieldAssembly(new ProcessSetup(lesion, plan, parameters, mechanisms, runner, workspace));
            assembly.SumCells();
            _ = assembly.Assemble(assembly.Signals.Single(s => s.Id == FieldId.Suppressive), Dt);
            return workspace.SignalSource.Span.ToArray();
        }
    }

    /// <summary>In a whole run the level rises where T cells are; without the switch the gain is not read, and without IFN-γ nothing rises.</summary>
    [Fact]
    public void Level_RisesUnderTCells_AndOnlyWithTheSwitch()
    {
        (double off, string hash) = Run(MechanismSet.Default, 20);
        Assert.Equal(hash, Run(MechanismSet.Default, 1).Hash);
        Assert.True(Run(On, 20).Level > 1.2 * off);
        Assert.Equal(Run(MechanismSet.Default.With(Mechanism.IfngSecretion, false), 20).Hash, Run(On.With(Mechanism.IfngSecretion, false), 20).Hash);

        static (double Level, string Hash) Run(MechanismSet mechanisms, double gain)
        {
            SimulationPlan plan = TestPlans.Plan(burnInDays: 0) with
            {
                Mechanisms = mechanisms,
                Parameters = TestPlans.Parameters.With(Parameter.SuppressiveFeedbackGain, gain),
            };
            using var simulation = new Simulation(plan, 0);
            simulation.BeginArm(TestPlans.Control(plan));
            for (int i = 0; i < 48; i++)
            {
                simulation.Step();
            }

            LesionState lesion = simulation.Lesions[0];
            int[] tumor = [.. Enumerable.Range(0, lesion.Shape.Length).Where(s => lesion.ParenchymaCodes[s] == Parenchyma.Tumor)];
            return (tumor.Average(s => lesion.Field(FieldId.Suppressive)[s]), simulation.StateHash());
        }
    }
}

using TmeSim.Engine;
using TmeSim.Engine.Fields;
using TmeSim.Engine.Lattice;
using TmeSim.Engine.Plan;
using TmeSim.Engine.State;
using TmeSim.Experiments.Folders;
using TmeSim.Scenarios;
using TmeSim.Scenarios.Diagnostics;

namespace TmeSim.Experiments.Tests;

/// <summary>A snapshot and the plan hold all that the fields are made of: what is assembled from them has the bits of the engine.</summary>
public sealed class SnapshotFieldsTests
{
    private static readonly FieldId[] Signals = [FieldId.Vegf, FieldId.Ifng, FieldId.Damp, FieldId.Cxcl, FieldId.Suppressive, FieldId.Myeloid];

    [Fact]
    public void EveryField_AssembledAndSolvedFromASnapshotAlone_HasTheBitsOfTheEngine()
    {
        // Drugs on all targets, radiation of both lesions, clones that lack genes and mutate, vessels without perfusion.
        ScenarioResult read = ScenarioReader.ReadFile(Path.Combine(AppContext.BaseDirectory, "scenarios", "every-mechanism.yaml"), new ScenarioOverrides { Sets = ["parameters.vessels.immature_perfusion=0"] });
        Assert.True(read.IsValid, Diagnostic.FormatAll(read.Diagnostics));
        ScenarioDefinition scenario = read.Definition!;

        // A snapshot has levels at the sites of tissue; a coarser lattice of the signals cannot be had back from them.
        scenario = scenario with { Plan = scenario.Plan with { Tissue = scenario.Plan.Tissue with { Signals = SignalSpacing.Fine } } };
        ArmPlan arm = scenario.Arms[0];
        using var folder = new TemporaryFolder();
        using var simulation = new Simulation(scenario.Plan, 0);
        simulation.RunBurnIn();
        simulation.BeginArm(arm);
        for (int step = 0; step < 40; step++)
        {
            simulation.Step();
        }

        Assert.All(simulation.Lesions, lesion => Assert.True(lesion.Radiation!.DoseGy > 0 && lesion.Clones.Count > lesion.Clones.Seeded && lesion.Multipliers[Multiplier.VegfOutput] != 1));
        Assert.False(simulation.ExposureOf(DrugTarget.Nek9).IsNone);
        for (int lesion = 0; lesion < simulation.Lesions.Count; lesion++)
        {
            string file = Path.Combine(folder.Path, $"{lesion}.bin.gz");
            SnapshotFile.Write(file, simulation, lesion, arm);
            TissueSnapshot snapshot = SnapshotFile.Read(file);
            using LesionState rebuilt = Rebuild(snapshot, scenario.Plan.Lesions[lesion]);
            using var engine = new Assembled(simulation.Lesions[lesion], scenario.Plan.Lesions[lesion], arm, simulation.ExposureOf(DrugTarget.Nek9));
            using var again = new Assembled(rebuilt, scenario.Plan.Lesions[lesion], arm, Nek9(snapshot));
            foreach (FieldId field in Signals)
            {
                Assert.Equal(engine.Signal(field), again.Signal(field));
            }

            Assert.Equal(engine.Steady(a => a.Oxygen()), again.Steady(a => a.Oxygen()));
            Assert.Equal(engine.Steady(a => a.Delivery(FieldId.AntibodyDelivery)), again.Steady(a => a.Delivery(FieldId.AntibodyDelivery)));
            Assert.Equal(engine.Steady(a => a.Delivery(FieldId.SmallMoleculeDelivery)), again.Steady(a => a.Delivery(FieldId.SmallMoleculeDelivery)));

            // One step of all fields, the steady ones with their delivery due.
            var levels = snapshot.Detail!.Levels;
            engine.Solve(0, scenario.Plan.Time.StepHours, simulation.Patient.Effectors, simulation.Patient.Monocytes);
            again.Solve(0, levels.StepHours, levels.Effectors, levels.Monocytes);
            Assert.All(FieldTable.All, f => Assert.Equal(Values(simulation.Lesions[lesion], f.Id), Values(rebuilt, f.Id)));
        }
    }

    private static TargetExposure Nek9(TissueSnapshot snapshot)
    {
        SnapshotExposure nek9 = snapshot.Detail!.Levels.Exposure.Single(e => e.Target == "nek9");
        return new TargetExposure(nek9.Antibody, nek9.SmallMolecule, nek9.MaxEffect);
    }

    private static LesionState Rebuild(TissueSnapshot s, LesionPlan plan)
    {
        SnapshotDetail d = s.Detail!;
        var shape = new LatticeShape(s.Nx, s.Ny, s.Nz, s.SpacingUm);
        SnapshotClone founder = d.Levels.Clones[0];
        var state = new LesionState(shape, new CloneTable(plan with
        {
            Antigenicity = founder.Antigenicity,
            Nek9 = founder.Nek9,
            Clones = [.. d.Levels.Clones.Skip(1).Select(c => new ClonePlan(c.Name, 0, c.Antigenicity, c.Nek9) { Lof = Genes.Set(c.Lof) })],
        }));
        state.SetIrradiated(d.RadiationSignal is not null);
        int Site(int place) => shape.Site(place % s.Nx, place / s.Nx % s.Ny, place / s.Nx / s.Ny);
        for (int place = 0; place < s.Parenchyma.Length; place++)
        {
            int site = Site(place);
            state.ParenchymaCodes[site] = s.Parenchyma[place];
            state.CloneIndex[site] = s.CloneIndex[place];
            for (int field = 0; field < s.Fields.Count; field++)
            {
                state.Fields[field][site] = s.Fields[field][place];
            }

            if (d.RadiationSignal is { } signal)
            {
                state.Radiation!.Signal[site] = signal[place];
            }
        }

        for (int i = 0; i < d.Cd8.Site.Length; i++)
        {
            int cell = state.Cd8.Add(d.Cd8.Id[i], Site(d.Cd8.Site[i]), d.Cd8.Exhaustion[i], 0, d.Cd8.Reactive[i]);
            state.Cd8.Target[cell] = d.Cd8.Engaged[i];
        }

        for (int i = 0; i < d.Macrophages.Site.Length; i++)
        {
            state.Macrophages.Add(d.Macrophages.Id[i], Site(d.Macrophages.Site[i]), d.Macrophages.Cd163[i], 1);
        }

        for (int i = 0; i < d.Vessels.Site.Length; i++)
        {
            state.Vessels.Add(Site(d.Vessels.Site[i]), d.Vessels.Density[i], d.Vessels.Maturity[i], d.Vessels.Perfusion[i]);
        }

        state.Multipliers[Multiplier.VegfOutput] = d.Levels.Multipliers["vegf_output"];
        if (state.Radiation is { } radiation)
        {
            radiation.DoseGy = d.Levels.RadiationDoseGy;
        }

        return state;
    }

    private static float[] Values(LesionState lesion, FieldId field) => Values(lesion.Shape, lesion.Field(field).Values);

    private static float[] Values(LatticeShape shape, SiteArray<float> array) =>
        [.. Enumerable.Range(0, shape.Rows).SelectMany(row => array.Span.Slice(shape.RowStart(row), shape.Nx).ToArray())];

    /// <summary>The field equations of a lesion.</summary>
    private sealed class Assembled : IDisposable
    {
        private readonly LesionState _lesion;
        private readonly RowRunner _runner = new();
        private readonly LesionWorkspace _workspace;
        private readonly ProcessSetup _setup;
        private readonly FieldAssembly _assembly;
        private readonly TargetExposure _nek9;

        public Assembled(LesionState lesion, LesionPlan plan, ArmPlan arm, TargetExposure nek9)
        {
            (_lesion, _nek9) = (lesion, nek9);
            _workspace = new LesionWorkspace(lesion.Shape, _runner);
            _setup = new ProcessSetup(lesion, plan, arm.Parameters, arm.Mechanisms, _runner, _workspace);
            _assembly = new FieldAssembly(_setup) { Nek9 = nek9 };
        }

        /// <summary>Right-hand side, and the diagonal where it differs between sites.</summary>
        public float[] Signal(FieldId id)
        {
            _assembly.SumCells();
            (float diagonal, bool same) = _assembly.Assemble(_assembly.Signals.Single(s => s.Id == id), 1);
            return [diagonal, .. Values(_lesion.Shape, _workspace.Source), .. same ? [] : Values(_lesion.Shape, _workspace.Diagonal)];
        }

        public float[] Steady(Action<FieldAssembly> fill)
        {
            fill(_assembly);
            return [.. Values(_lesion.Shape, _workspace.Source), .. Values(_lesion.Shape, _workspace.Diagonal)];
        }

        public void Solve(uint step, double stepHours, double effectors, double monocytes)
        {
            Span<TargetExposure> targets = stackalloc TargetExposure[DrugTargets.Count];
            targets[(int)DrugTarget.Nek9] = _nek9;
            new FieldProcess(_setup).Step(new StepContext(default, step, stepHours, new Exposure(targets), effectors, monocytes));
        }

        public void Dispose()
        {
            _workspace.Dispose();
            _runner.Dispose();
        }
    }
}

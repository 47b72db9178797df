using TmeSim.Engine.Cd8;
using TmeSim.Engine.Clones;
using TmeSim.Engine.Fields;
using TmeSim.Engine.Lattice;
using TmeSim.Engine.Multigrid;
using TmeSim.Engine.Numerics;
using TmeSim.Engine.Plan;
using TmeSim.Engine.State;
using TmeSim.Engine.Tumor;

namespace TmeSim.Engine.Tests.Clones;

/// <summary>Each effect of genotype and NEK9 activity, exact, on a lattice of tumour cells in fixed fields.</summary>
public sealed class CloneEffectsTests : IDisposable
{
    private const int Sites = 40;
    private readonly RowRunner _runner = new();
    private readonly LatticeShape _shape = new(Sites, 8, 1, 20);
    private readonly LesionPlan _plan = TestPlans.Lesion() with
    {
        Nek9 = 2,
        Clones = [.. Enumerable.Range(0, Genes.Count).Select(g => new ClonePlan(Genes.Names[g], 0.1, 0.5, 2) { Lof = Genes.Flag(g) })],
    };

    private readonly LesionState _lesion;
    private readonly LesionWorkspace _workspace;

    public CloneEffectsTests()
    {
        _lesion = new LesionState(_shape, new CloneTable(_plan));
        _workspace = new LesionWorkspace(_shape, _runner);
        for (int y = 0; y < 8; y++)
        {
            for (int x = 0; x < Sites; x++)
            {
                int site = _shape.Site(x, y, 0);
                _lesion.ParenchymaCodes[site] = Parenchyma.Tumor;
                _lesion.CloneIndex[site] = (ushort)((x + y) % 7);
                _lesion.Mhc1[site] = 1;
                _lesion.Pdl1[site] = 40;
                _lesion.Field(FieldId.Oxygen)[site] = 40;
                _lesion.Field(FieldId.Ifng)[site] = 1;
                _lesion.Field(FieldId.Suppressive)[site] = 3;
                _lesion.Field(FieldId.SmallMoleculeDelivery)[site] = 0.5f;
            }
        }
    }

    public void Dispose()
    {
        _workspace.Dispose();
        _lesion.Dispose();
        _runner.Dispose();
    }

    [Fact]
    public void LostGenes_ChangeTheirFactorsAndNothingElse()
    {
        CloneEffects effects = Effects(MechanismSet.AllOn);
        double[] apoptosis = [1, 1, 1, 1, 0.5, 1, 1], visible = [0.6, 0, 0.5, 0.5, 0.25, 0.35, 0.1], presents = [1, 0, 1, 1, 1, 1, 1], responds = [1, 1, 0, 1, 1, 1, 1];
        double[] division = [1, 1, 1, 1, 1, 1.2, 1], uninhibited = [0, 0, 0, 1, 0, 0, 0], chemokine = [1, 1, 0, 1, 1.5, 1, 1], myeloid = [1, 1, 1, 1.5, 2, 1, 1];
        for (int i = 0; i < 7; i++)
        {
            Assert.Equal((float)apoptosis[i], effects.Apoptosis[i]);
            Assert.Equal((float)visible[i], effects.Visible[i], 1e-6f);
            Assert.Equal((float)presents[i], effects.Presents[i]);
            Assert.Equal((float)responds[i], effects.Responds[i]);
            Assert.Equal((float)division[i], effects.Division[i]);
            Assert.Equal((float)uninhibited[i], effects.Uninhibited[i]);
            Assert.Equal((float)chemokine[i], effects.Chemokine.Genotype[i]);
            Assert.Equal((float)myeloid[i], effects.Myeloid.Genotype[i]);
            Assert.Equal(i == 1 ? 0.005f / 24 : 0, effects.Nk[i], 1e-9f);
            Assert.Equal(i == 1, effects.IsBlind(i));
        }
    }

    [Theory]
    [InlineData(Mechanism.ClonesB2m, 1)]
    [InlineData(Mechanism.ClonesJak1, 2)]
    [InlineData(Mechanism.ClonesTgfbr2, 3)]
    [InlineData(Mechanism.ClonesCyld, 4)]
    [InlineData(Mechanism.ClonesRunx1, 5)]
    [InlineData(Mechanism.ClonesAntigenLoss, 6)]
    public void SwitchOff_MakesTheCloneIntact(Mechanism mechanism, int clone)
    {
        CloneEffects effects = Effects(MechanismSet.AllOn.With(mechanism, false));
        Assert.Equal(
            (1f, 0.5f, 1f, 1f, 0f, 1f, 1f, 0f),
            (effects.Apoptosis[clone], effects.Visible[clone], effects.Presents[clone], effects.Responds[clone], effects.Nk[clone], effects.Chemokine.Genotype[clone], effects.Myeloid.Genotype[clone], effects.Uninhibited[clone]));
    }

    [Fact]
    public void Nek9_AtASite_IsActivityTimesFactorTimesWhatTheDrugLeaves()
    {
        CloneEffects effects = Effects(MechanismSet.AllOn, TestPlans.Parameters.With(Parameter.Nek9ActivityFactor, 0.5));
        var drug = new TargetExposure(0, 6, 0.8f);
        int site = _shape.Site(0, 0, 0);

        // x = 6 · 0.5 = 3: three quarters bound, 0.6 inhibited; n = 2 · 0.5 · 0.4.
        Assert.Equal(0.4f, effects.ActivityAt(_lesion, site, drug), 1e-6f);
        Assert.Equal(1, effects.ActivityAt(_lesion, site, default));
        Assert.Equal(0.6f + 0.8f * 0.4f / 1.4f, effects.CycleAt(_lesion, site, drug), 1e-6f);

        // TGFBR2: the fourth clone, 1 + 3/4 at a suppressive level of 3.
        Assert.Equal((0.6f + 0.8f * 0.4f / 1.4f) * 1.75f, effects.CycleAt(_lesion, _shape.Site(3, 0, 0), drug), 1e-6f);
        Assert.True(effects.Lowers(drug) && effects.Lowers(default));
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.3)]
    [InlineData(1.0)]
    [InlineData(4.0)]
    public void Nek9Responses_AreThoseOfTheirFormulas(double n)
    {
        Assert.Equal(0.6 + 0.8 * n / (1 + n), Nek9Response.Growth(0.6, 0.8).At((float)n), 1e-6);
        Assert.Equal(1.5 / (1 + 0.5 * n), Nek9Response.Chemokine(0.5).At((float)n), 1e-6);
        Assert.Equal((1 + 0.5 * n / (1 + n)) / 1.25, Nek9Response.Myeloid(0.5).At((float)n), 1e-6);
        Assert.Equal(1, Nek9Response.None.At((float)n));
        Assert.Equal([1f, 1f, 1f], [Nek9Response.Growth(0.6, 0.8).At(1), Nek9Response.Chemokine(0.5).At(1), Nek9Response.Myeloid(0.5).At(1)]);
    }

    /// <summary>One step of the dense pass: MHC-I and PD-L1 go a share 1 − exp(−1/24) of the way to the target of their clone.</summary>
    [Fact]
    public void Traits_OfClonesAndUnderTheDrug_RelaxToTheirTargets()
    {
        var setup = new ProcessSetup(_lesion, _plan, TestPlans.Parameters, MechanismSet.AllOn.With(Mechanism.GrowthDivision, false).With(Mechanism.GrowthApoptosis, false), _runner, _workspace);
        float share = DetMath.Probability(1f / 24);
        var drug = new TargetExposure(0, 6, 0.8f);
        new TumorProcess(setup).Step(Context(drug));

        // Activity falls from 2 to 0.8: by more than 1, so the whole gain of 0.1. IFN-γ at half saturation adds 0.25 to MHC-I and 177 to PD-L1.
        double[] mhc1 = [1.25 * 1.1, 0, 1.1, 1.25 * 1.1, 1.25 * 1.1, 1.25 * 1.1];
        for (int clone = 0; clone < 6; clone++)
        {
            int site = _shape.Site(clone, 0, 0);
            Assert.Equal(1 + (mhc1[clone] - 1) * share, _lesion.Mhc1[site], 1e-6);
            Assert.Equal(clone == 2 ? 40 : 40 + 177 * share, _lesion.Pdl1[site], 1e-3);
        }
    }

    [Fact]
    public void MitoticFailure_HappensInItsShareOfDivisions()
    {
        var setup = new ProcessSetup(_lesion, _plan, TestPlans.Parameters.With(Parameter.Nek9ActivityFactor, 0.25), MechanismSet.AllOn, _runner, _workspace);
        var failure = new MitoticFailure(setup);
        int failed = 0;
        const int draws = 40_000;
        for (int i = 0; i < draws; i++)
        {
            failed += failure.Happens(_shape.Site(i % Sites, 0, 0), Context(default, (uint)i)) ? 1 : 0;
        }

        // n = 0.5: 0.3 · 0.5 of divisions, four standard errors.
        Assert.InRange((double)failed / draws, 0.15 - 4 * 0.0018, 0.15 + 4 * 0.0018);
        Assert.False(new MitoticFailure(setup with { Mechanisms = MechanismSet.AllOn.With(Mechanism.Nek9MitoticFailure, false) }).Happens(_shape.Site(0, 0, 0), Context(default)));
    }

    [Fact]
    public void Cd8_DoNotSeeCellsWithoutB2m()
    {
        var setup = new ProcessSetup(_lesion, _plan, TestPlans.Parameters, MechanismSet.AllOn, _runner, _workspace);
        var hazard = new KillHazard(setup);
        var targets = new TargetMap(setup);
        targets.Renew();
        Assert.True(targets[_shape.Site(0, 0, 0)]);
        Assert.False(targets[_shape.Site(1, 0, 0)]);
        Assert.Equal(0.4f / 24 * 0.6f * 1.5f * 1.1f, hazard.BoundPerHour, 1e-6f);
    }

    [Fact]
    public void Outputs_OfClonesAndUnderTheDrug_AreMultiplied()
    {
        CloneEffects effects = Effects(MechanismSet.AllOn);
        float n = 2 * (1 - 0.8f * 0.75f);
        foreach ((bool treated, double atFounder) in ((bool, double)[])[(false, 1.5 / 2), (true, 1.5 / (1 + 0.5 * n))])
        {
            var pass = new OutputPass(effects.Chemokine, treated ? new TargetExposure(0, 6, 0.8f) : default);
            double[] expected = [1, 1, 0, 1, 1.5, 1];
            for (int clone = 0; clone < 6; clone++)
            {
                Assert.Equal(7 + 2 * expected[clone] * atFounder, Added(pass, clone), 1e-5);
            }
        }

        Assert.True(new OutputPass(Effects(MechanismSet.AllOn.With(Mechanism.Nek9Myeloid, false).With(Mechanism.ClonesCyld, false).With(Mechanism.ClonesTgfbr2, false)).Myeloid, new TargetExposure(0, 6, 0.8f)).IsNone);

        unsafe float Added(OutputPass pass, int clone)
        {
            float* factors = stackalloc float[Sites];
            pass.Fill<Lanes1>(_lesion, _shape.RowStart(0), Sites, factors);
            return 7 + 2 * factors[clone];
        }
    }

    [Theory]
    [InlineData(150, 13, 1)]
    [InlineData(70, 5, 6)]
    [InlineData(9, 1, 1)]
    public unsafe void Sources_OfFoundersBesideMutants_AreThoseOfFoundersAlone(int nx, int ny, int nz)
    {
        // Founders with factors of 1 are counted; a mutant makes its neighbourhood add up factors.
        var shape = new LatticeShape(nx, ny, nz, 20);
        LesionPlan plan = _plan with { Nek9 = 1 };
        using var lesion = new LesionState(shape, new CloneTable(plan), coarseSignals: true);
        SignalLattice signals = lesion.Signals;
        using var workspace = new LesionWorkspace(shape, _runner, signals);
        var random = new PhiloxStream(RandomKey.Create(7, 0, 0), 0, 0, 0);
        foreach (int row in Enumerable.Range(0, shape.Rows))
        {
            for (int site = shape.RowStart(row); site < shape.RowStart(row) + nx; site++)
            {
                lesion.ParenchymaCodes[site] = random.NextInt(3) == 0 ? Parenchyma.Hepatocyte : Parenchyma.Tumor;
                lesion.Field(FieldId.Oxygen)[site] = (float)(60 * random.NextDouble());
            }
        }

        int mutant = shape.Site(nx - 2, 0, 0);
        lesion.ParenchymaCodes[mutant] = Parenchyma.Tumor;
        var effects = new CloneEffects(lesion, TestPlans.Parameters, MechanismSet.AllOn);
        var terms = new SignalTerms { Tumor = 0.37f, Hepatocyte = 0.011f, HypoxiaBoost = 2, HypoxiaHalf = 11 };
        foreach (LaneWidth width in Enum.GetValues<LaneWidth>())
        {
            float[] plain = Sources(width, terms);
            terms.Clones = new OutputPass(effects.Myeloid, default);
            Assert.False(terms.Clones.IsNone);
            Assert.Equal(plain, Sources(width, terms));
            lesion.CloneIndex[mutant] = 4;
            float[] mixed = Sources(width, terms);
            Assert.Equal([signals.Cell(mutant)], Enumerable.Range(0, plain.Length).Where(i => mixed[i] != plain[i]));
            Assert.True(mixed[signals.Cell(mutant)] > plain[signals.Cell(mutant)]);
            (lesion.CloneIndex[mutant], terms.Clones) = (0, default);
        }

        float[] Sources(LaneWidth width, in SignalTerms terms)
        {
            AssemblyPasses.Create(width, lesion, workspace, _runner).Signal(FieldId.Myeloid, false, 1, terms);
            LatticeShape coarse = signals.Shape;
            float[] sources = new float[coarse.Length];
            for (int row = 0; row < coarse.Rows; row++)
            {
                workspace.SignalSource.Span.Slice(coarse.RowStart(row), coarse.Nx).CopyTo(sources.AsSpan(coarse.RowStart(row)));
            }

            return sources;
        }
    }

    private static StepContext Context(TargetExposure nek9, uint step = 0) =>
        new(RandomKey.Create(1, 0, 0), step, 1, new Exposure((DrugTarget.Nek9, nek9)), 1, 1);

    private CloneEffects Effects(MechanismSet mechanisms, ParameterSet? parameters = null) => new(_lesion, parameters ?? TestPlans.Parameters, mechanisms);
}

using TmeSim.Engine.Cd8;
using TmeSim.Engine.Immune;
using TmeSim.Engine.Lattice;
using TmeSim.Engine.Numerics;
using TmeSim.Engine.Plan;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Tests.Cd8;

/// <summary>Each transition, division and daughter of the states of CD8 T cells, at the rate and under the conditions of MODEL.md 7.6.</summary>
public sealed class DifferentiationTests : IDisposable
{
    private static readonly LatticeShape Shape = new(120, 110, 1, 20);
    private static readonly Exposure Blockade = new((DrugTarget.PdL1, new TargetExposure(1e6f, 0, 1)));
    private readonly LesionState _lesion = new(Shape, new CloneTable(TestPlans.Lesion()));
    private readonly RowRunner _runner = new();
    private readonly LesionWorkspace _workspace;

    public DifferentiationTests()
    {
        _workspace = new LesionWorkspace(Shape, _runner);
        _lesion.Field(FieldId.AntibodyDelivery).Values.Writable.Fill(1);
        Suppress(0);
    }

    private Cd8Store Cells => _lesion.Cd8;

    public void Dispose()
    {
        _lesion.Dispose();
        _workspace.Dispose();
        _runner.Dispose();
    }

    /// <summary>An engaged effector becomes terminal by PD-1 and by the suppressive signal; blockade takes the first part away.</summary>
    [Theory]
    [InlineData(false, 0f)]
    [InlineData(false, 1f)]
    [InlineData(true, 0f)]
    [InlineData(true, 1f)]
    public void Change_EngagedEffectors_BecomeTerminalByPd1AndSuppression(bool blocked, float suppressive)
    {
        Crowd(Cd8State.Effector, engaged: true, exhaustion: 0.25f);
        Suppress(suppressive);
        ParameterSet parameters = TestPlans.Parameters.With(Parameter.Cd8TerminalPd1Rate, 4).With(Parameter.Cd8TerminalSuppressiveRate, 3);
        Exposure exposure = blocked ? Blockade : default;
        float suppression = new KillHazard(Setup(parameters)).Suppression(Cells.Site[0], Cells.Target[0], exposure);
        Assert.InRange(suppression, blocked ? 0 : 0.3, blocked ? 0.001 : 0.7);

        Rules(parameters).Change(Context(exposure));

        double half = parameters[Parameter.SuppressiveKillHalf];
        double hazard = ((4 * suppression) + (3 * suppressive / (suppressive + half))) / 24;
        AssertShare(1 - Math.Exp(-hazard), Count(Cd8State.Terminal));
        Assert.Equal(Cells.Count, Count(Cd8State.Terminal) + Count(Cd8State.Effector));
        float floor = (float)parameters[Parameter.Cd8TerminalExhaustion];
        Assert.All(Indices(), i => Assert.Equal(Cells.State[i] == Cd8State.Terminal ? floor : 0.25f, Cells.Exhaustion[i]));
    }

    /// <summary>Effectors and precursors that have no target in reach become resident; nobody else, and nobody beside a tumour cell.</summary>
    [Theory]
    [InlineData(Cd8State.Effector, true)]
    [InlineData(Cd8State.Precursor, true)]
    [InlineData(Cd8State.Terminal, false)]
    public void Change_WithoutTargetInReach_MakesResidents(byte state, bool can)
    {
        Crowd(state, engaged: false, tumor: false);
        ParameterSet parameters = TestPlans.Parameters.With(Parameter.Cd8ResidencyRate, 5);
        Rules(parameters).Change(Context());
        AssertShare(can ? 1 - Math.Exp(-5 / 24.0) : 0, Count(Cd8State.Resident));

        int before = Count(Cd8State.Resident);
        _lesion.ParenchymaCodes.Writable.Fill(Parenchyma.Tumor);
        Rules(parameters).Change(Context(step: 4));
        Assert.Equal(before, Count(Cd8State.Resident));
    }

    [Fact]
    public void Change_Bystanders_StayWhatTheyAre()
    {
        Crowd(Cd8State.Effector, engaged: false, tumor: false);
        foreach (int i in Indices())
        {
            Cells.Reactive[i] = 0;
        }

        Rules(TestPlans.Parameters.With(Parameter.Cd8ResidencyRate, 5)).Change(Context());
        Assert.Equal(Cells.Count, Count(Cd8State.Effector));
    }

    /// <summary>PD-1 holds the division of precursors back, blockade gives it back in full; that of effectors knows nothing of it.</summary>
    [Fact]
    public void Divides_Precursor_WithTheRateThatPd1Leaves()
    {
        Crowd(Cd8State.Precursor, engaged: true);
        ParameterSet parameters = TestPlans.Parameters.With(Parameter.Cd8PrecursorDivisionRate, 2);
        Differentiation rules = Rules(parameters);
        double free = Threshold(rules, Blockade), held = Threshold(rules, default);
        float suppression = new KillHazard(Setup(parameters)).Suppression(Cells.Site[0], Cells.Target[0], default);

        Assert.Equal(1 - Math.Exp(-2 / 24.0), free, 1e-4);
        Assert.Equal(1 - Math.Exp(-2 / 24.0 * (1 - suppression)), held, 1e-4);
        Assert.True(held < 0.8 * free);
        Cells.Target[0] = 0;
        Assert.Equal(0, Threshold(rules, Blockade));
    }

    [Fact]
    public void Divides_EffectorUpToItsLimit_TerminalNever()
    {
        Crowd(Cd8State.Effector, engaged: true);
        Differentiation rules = Rules(TestPlans.Parameters);
        rules.Change(Context());
        Cells.State[0] = Cd8State.Effector;
        Assert.True(rules.Divides(0, 0, 4, Context()));
        Cells.Divisions[0] = 4;
        Assert.False(rules.Divides(0, 0, 4, Context()));
        Cells.Divisions[0] = 0;
        Cells.State[0] = Cd8State.Terminal;
        Assert.False(rules.Divides(0, 0, 4, Context()));
        Assert.Equal(0, rules.Division[Cd8State.Terminal]);
        Cells.State[0] = Cd8State.Precursor;
        (Cells.Divisions[0], Cells.Reactive[0]) = (200, Cd8Store.TumorReactive);
        Assert.True(rules.Divides(0, 0, 4, Context()));
        Cells.Reactive[0] = 0;
        Assert.False(rules.Divides(0, 0, 4, Context()));
    }

    /// <summary>A resident cell divides slowly without antigen, and answers antigen at the rate of recall whatever PD-1 does.</summary>
    [Fact]
    public void Divides_Resident_SlowlyWithoutAntigenAndFastWithIt()
    {
        Crowd(Cd8State.Resident, engaged: true);
        ParameterSet parameters = TestPlans.Parameters.With(Parameter.Cd8RecallRate, 3).With(Parameter.Cd8ResidentDivisionRate, 0.5);
        Differentiation rules = Rules(parameters);
        Assert.Equal(1 - Math.Exp(-3 / 24.0), Threshold(rules, default), 1e-4);
        Cells.Target[0] = 0;
        Assert.Equal(1 - Math.Exp(-0.5 / 24), Threshold(rules, default), 1e-4);
    }

    [Fact]
    public void Daughter_OfPrecursor_IsAPrecursorWithTheShareOfRenewal()
    {
        Crowd(Cd8State.Precursor, engaged: true);
        Differentiation rules = Rules(TestPlans.Parameters.With(Parameter.Cd8PrecursorRenewal, 0.3));
        (byte State, byte Divisions)[] daughters = [.. Indices().Select(i => rules.Daughter(i, Context()))];

        AssertShare(0.3, daughters.Count(d => d.State == Cd8State.Precursor));
        Assert.All(daughters, d => Assert.True(d is { State: Cd8State.Precursor or Cd8State.Effector, Divisions: 0 }));
        Assert.Equal(Cells.Count, Count(Cd8State.Precursor));
    }

    [Fact]
    public void Daughter_OfOthers_FollowsTheState()
    {
        Crowd(Cd8State.Resident, engaged: true);
        Differentiation rules = Rules(TestPlans.Parameters);
        Assert.Equal((Cd8State.Effector, (byte)0), rules.Daughter(0, Context()));
        Assert.Equal(Cd8State.Precursor, Cells.State[0]);

        Cells.Target[1] = 0;
        Assert.Equal((Cd8State.Resident, (byte)0), rules.Daughter(1, Context()));
        Assert.Equal(Cd8State.Resident, Cells.State[1]);

        (Cells.State[2], Cells.Divisions[2]) = (Cd8State.Effector, 2);
        Assert.Equal((Cd8State.Effector, (byte)3), rules.Daughter(2, Context()));
        Assert.Equal(3, Cells.Divisions[2]);
    }

    [Fact]
    public void Death_FollowsTheState()
    {
        Crowd(Cd8State.Effector, engaged: true);
        ParameterSet parameters = TestPlans.Parameters.With(Parameter.Cd8DeathRate, 1).With(Parameter.Cd8PrecursorDeathRate, 0.5)
            .With(Parameter.Cd8ResidentDeathRate, 0.25);
        Differentiation rules = Rules(parameters);
        rules.Change(Context());
        foreach ((byte state, double rate) in ((byte, double)[])[(Cd8State.Effector, 1), (Cd8State.Precursor, 0.5), (Cd8State.Terminal, 1), (Cd8State.Resident, 0.25)])
        {
            Assert.Equal(1 - Math.Exp(-rate / 24), rules.Death[state], 1e-5);
        }
    }

    /// <summary>Precursors kill with their part of the hazard, the other states by their score alone.</summary>
    [Fact]
    public void KillHazard_OfAPrecursor_IsItsPartOfThatOfAnEffector()
    {
        Crowd(Cd8State.Effector, engaged: true, exhaustion: 0.25f);
        ParameterSet parameters = TestPlans.Parameters.With(Parameter.Cd8PrecursorKilling, 0.2);
        var hazard = new KillHazard(Setup(parameters));
        float effector = hazard.PerHour(0, Cells.Target[0], default);
        Assert.True(effector > 0);
        Cells.State[0] = Cd8State.Resident;
        Assert.Equal(effector, hazard.PerHour(0, Cells.Target[0], default));
        Cells.State[0] = Cd8State.Precursor;
        Assert.Equal(0.2f * effector, hazard.PerHour(0, Cells.Target[0], default), 1e-8f);
        Assert.Equal(effector, new KillHazard(Setup(parameters, MechanismSet.AllOn.With(Mechanism.Cd8Differentiation, false))).PerHour(0, Cells.Target[0], default));
    }

    /// <summary>Residents hop with their factor, so that they stay in their ground.</summary>
    [Theory]
    [InlineData(Cd8State.Effector, 1)]
    [InlineData(Cd8State.Resident, 0.1)]
    public void Motion_OfResidents_IsSlow(byte state, double factor)
    {
        Crowd(state, engaged: false, tumor: false, every: 3);
        ParameterSet parameters = TestPlans.Parameters.With(Parameter.Cd8ResidentSpeedFactor, 0.1).With(Parameter.Cd8SpeedLiver, 30);
        var motion = new Cd8Motion(Setup(parameters));
        Dictionary<ulong, int> before = Indices().ToDictionary(i => Cells.Id[i], i => Cells.Site[i]);
        int count = Cells.Count;
        var draws = new CellDraws();
        draws.Draw(Cells.Id.Values, count, Purpose.Cd8Move, Context(), 0);
        motion.SubStep(Context(), 0, 0.25, draws);

        // 30 µm/h · 0.25 h / 20 µm; those that hop over the wall are gone.
        int moved = count - Indices().Count(i => before[Cells.Id[i]] == Cells.Site[i]);
        double expected = 30 * 0.25 / 20 * factor;
        Assert.InRange(moved / (double)count, expected - (4 * Math.Sqrt(expected / count)) - (0.1 * expected), expected + (4 * Math.Sqrt(expected / count)));
    }

    [Theory]
    [InlineData(true, 0.3)]
    [InlineData(false, 0)]
    public void Newcomers_ThatKnowTheTumour_ArePrecursorsByShare(bool on, double expected)
    {
        MechanismSet mechanisms = MechanismSet.Default.With(Mechanism.Cd8Differentiation, on);
        float share = Cd8Rates.PrecursorShare(TestPlans.Parameters.With(Parameter.Cd8PrecursorShare, 0.3), mechanisms);
        Assert.Equal(expected, share, 1e-6);
        PhiloxBlock[] blocks = [.. Enumerable.Range(1, 10_000).Select(i => Context().Draw((ulong)i, Purpose.Cd8Birth))];
        Assert.Equal(0, blocks.Count(b => Cd8Rates.Newcomer(b, false, share) != Cd8State.Effector));
        int precursors = blocks.Count(b => Cd8Rates.Newcomer(b, true, share) == Cd8State.Precursor);
        Assert.InRange(precursors / 10_000.0, expected - 0.02, expected + (expected > 0 ? 0.02 : 0));
    }

    private void Suppress(float level)
    {
        TissueField field = _lesion.Field(FieldId.Suppressive);
        field.Values.Writable.Fill(level);
        field.Changed();
        _workspace.Levels(_lesion, FieldId.Suppressive, _runner);
    }

    // The draw below which cell 0 divides.
    private double Threshold(Differentiation rules, Exposure exposure)
    {
        StepContext context = Context(exposure);
        byte state = Cells.State[0];
        rules.Change(context);
        Cells.State[0] = state;
        double low = 0, high = rules.Division[state];
        if (!rules.Divides(0, 0, 4, context))
        {
            return 0;
        }

        for (int i = 0; i < 30; i++)
        {
            double middle = (low + high) / 2;
            (low, high) = rules.Divides(0, (float)middle, 4, context) ? (middle, high) : (low, middle);
        }

        return high;
    }

    // A cell on every site, or on every n-th along both axes.
    private void Crowd(byte state, bool engaged, bool tumor = true, float exhaustion = 0, int every = 1)
    {
        for (int y = 0; y < Shape.Ny; y++)
        {
            for (int x = 0; x < Shape.Nx; x++)
            {
                int site = Shape.Site(x, y, 0);
                _lesion.ParenchymaCodes[site] = tumor ? Parenchyma.Tumor : Parenchyma.Hepatocyte;
                (_lesion.Mhc1[site], _lesion.Pdl1[site]) = (1, 150);
                if (x % every == 0 && y % every == 0)
                {
                    Occupancy.AddCd8(_lesion, Mix.Hash((ulong)site, 1), site, exhaustion, 0, Cd8Store.TumorReactive, state);
                    Cells.Target[Cells.Count - 1] = engaged ? site : 0;
                }
            }
        }
    }

    private ProcessSetup Setup(ParameterSet parameters, MechanismSet? mechanisms = null) =>
        new(_lesion, TestPlans.Lesion(), parameters, mechanisms ?? MechanismSet.AllOn, _runner, _workspace);

    private Differentiation Rules(ParameterSet parameters)
    {
        ProcessSetup setup = Setup(parameters);
        var targets = new TargetMap(setup);
        targets.Renew();
        return new Differentiation(setup, new KillHazard(setup), targets);
    }

    private static StepContext Context(Exposure exposure = default, uint step = 3) => new(RandomKey.Create(5, 0, 0), step, 1, exposure, 1, 1);

    private IEnumerable<int> Indices() => Enumerable.Range(0, Cells.Count);

    private int Count(byte state) => Cells.State.Span.Count(state);

    // Within four standard deviations; none where none can be.
    private void AssertShare(double expected, int count)
    {
        double sd = Math.Sqrt(expected * (1 - expected) / Cells.Count);
        Assert.InRange(count / (double)Cells.Count, expected - (4 * sd), expected + (4 * sd));
    }
}

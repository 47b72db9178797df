using System.Globalization;
using TmeSim.Engine.Fields;
using TmeSim.Engine.Lattice;
using TmeSim.Engine.Observers;
using TmeSim.Engine.Plan;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Tests.Fields;

/// <summary>
/// Fields as a simulation solves them (signals on twice the spacing, one cycle a step, oxygen every third hour) against the same equations
/// on the lattice of the tissue, solved to 1e-6 in every step over the same moving cells. MODEL.md 8.4 has the table that this prints.
/// </summary>
public sealed class SignalAccuracyTests(ITestOutputHelper output)
{
    private const int Drift = 72;
    private const int Measured = 24;

    /// <summary>Largest root mean square error of a signal relative to its mean.</summary>
    private const double Largest = 6e-3;

    /// <summary>Largest root mean square error of DAMPs in units of their half-maximal constant: means are next to nothing.</summary>
    private const double LargestDamp = 1e-3;

    public static TheoryData<int, int, int, double, double> Small => new()
    {
        { 64, 64, 1, 20, 390 },
        { 61, 47, 1, 20, 390 },
        { 46, 45, 43, 20, 390 },
        { 57, 60, 1, 25, 390 },
    };

    public static TheoryData<int, int, int, double, double> All
    {
        get
        {
            var cases = new TheoryData<int, int, int, double, double>();
            foreach ((int nx, int ny, int nz) in ((int, int, int)[])[(128, 128, 1), (121, 107, 1), (64, 64, 64), (61, 67, 57)])
            {
                foreach ((double spacing, double wall) in ((double, double)[])[(20, 390), (15, 390), (25, 390), (20, 5000)])
                {
                    cases.Add(nx, ny, nz, spacing, wall);
                }
            }

            cases.Add(256, 256, 1, 20, 390);
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Small))]
    public void EveryField_AgainstAConvergedFineSolution_IsWithinItsError(int nx, int ny, int nz, double spacingUm, double wallUm) =>
        Check(nx, ny, nz, spacingUm, wallUm);

    [Theory]
    [Trait("Category", "FullSize")]
    [MemberData(nameof(All))]
    public void EveryField_OnLargeLattices_IsWithinItsError(int nx, int ny, int nz, double spacingUm, double wallUm) =>
        Check(nx, ny, nz, spacingUm, wallUm);

    private void Check(int nx, int ny, int nz, double spacingUm, double wallUm)
    {
        double radius = (nz > 1 ? 0.48 : 0.39) * spacingUm * new[] { nx, ny, nz }.Where(n => n > 1).Min();
        LesionPlan lesion = TestPlans.Lesion() with { RadiusUm = radius };
        SimulationPlan plan = TestPlans.Plan(nx, ny, nz, burnInDays: 7, lesion: lesion) with
        {
            Tissue = new TissuePlan(nx, ny, nz, spacingUm),
            Parameters = TestPlans.Parameters.With(Parameter.WallDecayLength, wallUm),
        };
        Assert.Equal(spacingUm <= 20, plan.Tissue.HasCoarseSignals);
        using var simulation = new Simulation(plan, 0);
        simulation.RunBurnIn();
        simulation.BeginArm(TestPlans.Control(plan));
        using var reference = new FineFields(simulation);
        simulation.Probe = reference;
        var errors = new Dictionary<FieldId, Errors>();
        for (int step = 0; step < Drift + Measured; step++)
        {
            simulation.Step();
            for (int i = 0; step >= Drift && i < (int)FieldId.AntibodyDelivery; i++)
            {
                FieldId id = (FieldId)i;
                errors[id] = errors.GetValueOrDefault(id).With(simulation.Lesions[0], reference.Lesion, id);
            }
        }

        string line = string.Join("; ", errors.Select(e => string.Create(CultureInfo.InvariantCulture,
            $"{e.Key} {(e.Key == FieldId.Damp ? e.Value.Rms : e.Value.RelativeRms):0.0e+0} (mean {e.Value.MeanShift:+0.0e+0;-0.0e+0}, largest {e.Value.RelativeLargest:0.0e+0}, gradient {e.Value.Gradient:0.0e+0})")));
        output.WriteLine($"{nx} x {ny} x {nz}, {spacingUm} um, wall {wallUm} um: {line}");
        Assert.All(errors, e => Assert.True(e.Key == FieldId.Damp ? e.Value.Rms < LargestDamp : e.Value.RelativeRms < Largest, line));
    }

    /// <summary>Sums over sites and steps.</summary>
    private readonly record struct Errors(double Squares, double Sum, double Reference, double Deepest, double Highest, double SlopeSquares, double SlopeReference, long Count)
    {
        public double Rms => Math.Sqrt(Squares / Count);

        public double RelativeRms => Rms / (Reference / Count);

        public double MeanShift => Sum / Reference;

        /// <summary>Largest error relative to the largest level.</summary>
        public double RelativeLargest => Deepest / Highest;

        /// <summary>Root mean square error of the difference between neighbours relative to that of the reference: what cells that hop read.</summary>
        public double Gradient => Math.Sqrt(SlopeSquares / SlopeReference);

        public Errors With(LesionState lesion, LesionState reference, FieldId id)
        {
            Errors sums = this;
            LatticeShape shape = lesion.Shape;
            var levels = new float[shape.Nx];
            var expected = new float[shape.Nx];
            for (int row = 0; row < shape.Rows; row++)
            {
                Seen(lesion.Field(id), row, levels);
                reference.Field(id).CopyRow(row, expected);
                for (int x = 0; x < levels.Length; x++)
                {
                    double error = levels[x] - (double)expected[x];
                    double slope = x == 0 ? 0 : expected[x] - (double)expected[x - 1], slopeError = x == 0 ? 0 : levels[x] - (double)levels[x - 1] - slope;
                    sums = new Errors(sums.Squares + error * error, sums.Sum + error, sums.Reference + expected[x], Math.Max(sums.Deepest, Math.Abs(error)),
                        Math.Max(sums.Highest, expected[x]), sums.SlopeSquares + slopeError * slopeError, sums.SlopeReference + slope * slope, sums.Count + 1);
                }
            }

            return sums;
        }
    }

    // What cells read: levels with the own part of the cell that stands there, where a step needs them.
    private static void Seen(TissueField field, int row, Span<float> levels)
    {
        for (int x = 0; x < levels.Length; x++)
        {
            levels[x] = field.Seen(field.Tissue.RowStart(row) + x);
        }
    }

    /// <summary>Fine, converged fields over the cells of a simulation.</summary>
    private sealed class FineFields : IStepProbe, IDisposable
    {
        private readonly Simulation _simulation;
        private readonly RowRunner _runner = new();
        private readonly LesionWorkspace _workspace;
        private readonly FieldProcess _fields;

        public FineFields(Simulation simulation)
        {
            _simulation = simulation;
            LesionState source = simulation.Lesions[0];
            Lesion = new LesionState(source.Shape, source.Clones);
            for (int i = 0; i < source.Fields.Length; i++)
            {
                for (int row = 0; row < source.Shape.Rows; row++)
                {
                    source.Fields[i].CopyRow(row, Lesion.Fields[i].Values.Writable.Slice(source.Shape.RowStart(row), source.Shape.Nx));
                }
            }

            _workspace = new LesionWorkspace(source.Shape, _runner);
            ParameterSet parameters = simulation.Plan.Parameters.With(Parameter.FieldTolerance, 1e-6).With(Parameter.FieldResolution, 0).With(Parameter.OxygenInterval, 0.01);
            _fields = new FieldProcess(new ProcessSetup(Lesion, simulation.Plan.Lesions[0], parameters, simulation.Plan.Mechanisms, _runner, _workspace));
        }

        public LesionState Lesion { get; }

        public void Begin(StepPhase phase)
        {
            if (phase != StepPhase.Fields)
            {
                return;
            }

            LesionState from = _simulation.Lesions[0];
            Lesion.ParenchymaCodes.CopyFrom(from.ParenchymaCodes);
            Lesion.CloneIndex.CopyFrom(from.CloneIndex);
            (Lesion.Hepatocytes, Lesion.TumorCells) = (from.Hepatocytes, from.TumorCells);
            Lesion.Multipliers[Multiplier.VegfOutput] = from.Multipliers[Multiplier.VegfOutput];
            foreach (CellStore store in (CellStore[])[Lesion.Cd8, Lesion.Macrophages, Lesion.Vessels])
            {
                while (store.Count > 0)
                {
                    store.RemoveAt(store.Count - 1);
                }
            }

            for (int i = 0; i < from.Cd8.Count; i++)
            {
                int cell = Lesion.Cd8.Add(from.Cd8.Id[i], from.Cd8.Site[i], from.Cd8.Exhaustion[i], 0, from.Cd8.Reactive[i]);
                Lesion.Cd8.Target[cell] = from.Cd8.Target[i];
            }

            for (int i = 0; i < from.Macrophages.Count; i++)
            {
                Lesion.Macrophages.Add(from.Macrophages.Id[i], from.Macrophages.Site[i], from.Macrophages.Score[i], 1);
            }

            for (int i = 0; i < from.Vessels.Count; i++)
            {
                Lesion.Vessels.Add(from.Vessels.Site[i], from.Vessels.Density[i], from.Vessels.Maturity[i], from.Vessels.Perfusion[i]);
            }

            // Not step 0, in which oxygen starts anew.
            _fields.Step(new StepContext(default, 1, 1, default, 1, 1));
        }

        public void EndStep(Simulation simulation)
        {
        }

        public void Dispose()
        {
            Lesion.Dispose();
            _workspace.Dispose();
            _runner.Dispose();
        }
    }
}

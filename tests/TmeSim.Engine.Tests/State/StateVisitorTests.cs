using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TmeSim.Engine.Lattice;
using TmeSim.Engine.Plan;
using TmeSim.Engine.Radiation;
using TmeSim.Engine.State;
using TmeSim.Engine.Therapies;

namespace TmeSim.Engine.Tests.State;

/// <summary>
/// A visitor that changes all that it is shown must change every field below a state, which reflection finds: a member that is not
/// visited fails here, for all visitors at once.
/// </summary>
public class StateVisitorTests
{
    /// <summary>What follows from the plan or from the rest of the state, or is spent before a state is kept.</summary>
    private static readonly HashSet<string> _noState =
    [
        "LesionState.Shape", "LesionState.Signals", "LesionState.Extension", "LesionState.FieldRows", "LesionState.Kinds", "LesionState.StromaMap", "CloneTable.Seeded", "CloneTable.Version", "CloneTable.AntigenLeft", "CloneTable._news", "CloneTable._told", "CellStore.Count",
        "CellStore.Capacity", "ArmObserver.plan", "ArmObserver.lesions", "ArmObserver.sizes", "ArmObserver.response", "RadiationBeam._shape", "RadiationBeam._sigmaUm",
        "Simulation._runner", "Simulation._started", "Simulation._keys", "Simulation._represented", "Simulation._sizes", "Simulation._patientProcess", "Simulation._therapy",
        "Simulation._parameters", "Simulation._changes", "Simulation._changed", "Simulation.Plan", "Simulation.Replicate", "Simulation.Probe",
        "RadiationProcess._courses", "RadiationProcess._tissue", "RadiationProcess._clock", "RadiationProcess._lesions", "RadiationProcess._keys", "RadiationProcess._runner", "RadiationProcess._rates",
        "RadiationProcess._names", "RadiationProcess._tiles", "RadiationProcess._stressPerHour", "RadiationProcess._signalPerHour", "RadiationProcess._dead",
    ];

    /// <summary>What is kept but not hashed: the overlay follows from the sites of the cells, the rest has been told or follows from t = 0.</summary>
    private static readonly HashSet<string> _notHashed =
    [
        "Simulation.InBurnIn", "Simulation._reached", "LesionState.Immune", "ArmObserver._events", "ArmObserver.HasEnded", "ArmObserver._clonesTold", "RadiationBeam._x", "RadiationBeam._y", "RadiationBeam._z",
        "RadiationBeam._cutUm",
    ];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void EveryMemberOfTheState_IsVisited(bool hashed)
    {
        using Simulation simulation = InAnArm();
        List<(string Name, object Value)> before = Members(simulation);
        var change = new Changing(hashed);
        simulation.Visit(change);
        simulation.VisitArm(change);
        List<(string Name, object Value)> after = Members(simulation);
        Assert.Equal(before.Select(m => m.Name), after.Select(m => m.Name));
        Assert.Equal(
            before.Select(m => m.Name).Where(name => !hashed || !_notHashed.Contains(name)),
            before.Zip(after).Where(pair => !Same(pair.First.Value, pair.Second.Value)).Select(pair => pair.First.Name));
    }

    [Fact]
    public void Members_FindsWhatThereIs_AndEveryExceptionExists()
    {
        using Simulation simulation = InAnArm();
        var names = Members(simulation).Select(m => m.Name).ToHashSet();
        Assert.Superset(
            new HashSet<string>(
                ["Simulation._step", "Simulation._reached", "LesionState.Mhc1", "LesionState.VesselMark", "LesionState.Fields", "LesionState.TumorCells", "RadiationTraits.Damage", "Cd8Store.Target",
                    "VesselStore.Adhesion", "CloneTable._clones", "Ledger._counts", "PatientState.Values", "ResponseMonitor._visits", "TherapyState.Pk", "CourseState.Given"]),
            names);
        Assert.All(_notHashed, name => Assert.Contains(name, names));
        Type[] types = typeof(LesionState).Assembly.GetTypes();
        Assert.All(_noState, name => Assert.Contains(types, t => FieldsOf(t).Any(f => NameOf(f) == name)));
    }

    [Fact]
    public void InTheMiddleOfAnArm_AnotherSimulationGoesOnWithTheSameBits()
    {
        using Simulation first = InAnArm();
        using var stream = new MemoryStream();
        Transfer(first, stream, reads: false);
        using var other = new Simulation(first.Plan, 0);
        other.RunBurnIn();
        other.BeginArm(Arm(first.Plan));
        stream.Position = 0;
        Transfer(other, stream, reads: true);
        for (int i = 0; i < 40; i++)
        {
            Assert.Equal((i, first.StateHash()), (i, other.StateHash()));
            Assert.Equal(first.Events, other.Events);
            first.Step();
            other.Step();
        }

        Assert.Equal((first.StateHash(), first.HasEnded), (other.StateHash(), other.HasEnded));
        Assert.Equal(first.Response.Visits, other.Response.Visits);
    }

    private static void Transfer(Simulation simulation, Stream stream, bool reads)
    {
        var transfer = new StateTransfer(stream, reads);
        simulation.Visit(transfer);
        simulation.VisitArm(transfer);
        transfer.Finish();
    }

    // Days with visits, events, doses that come again, fractions over part of the tumour, and mutants.
    private static Simulation InAnArm()
    {
        SimulationPlan plan = TestPlans.Everything();
        plan = plan with
        {
            Parameters = plan.Parameters.With(Parameter.ClonesMutationRate, 0.2).With(Parameter.EndpointsAssessmentInterval, 1),
            Mechanisms = plan.Mechanisms.With(Mechanism.LymphNodeMemory, true),
        };
        var simulation = new Simulation(plan, 0);
        simulation.RunBurnIn();
        simulation.BeginArm(Arm(plan));
        for (int i = 0; i < 40; i++)
        {
            simulation.Step();
        }

        return simulation;
    }

    private static ArmPlan Arm(SimulationPlan plan)
    {
        ArmPlan arm = TestPlans.EverythingArm(plan);
        var course = new RadiationCourse { Lesion = 0, FractionGy = 2, StartHours = 10, EveryHours = 24, Coverage = 0.6, PenumbraUm = 60 };
        return arm with { Therapy = [.. arm.Therapy.Select(c => c with { EveryHours = 30 })], Radiation = [course] };
    }

    private static List<(string Name, object Value)> Members(Simulation simulation)
    {
        var members = new List<(string, object)>();
        Collect(simulation, members, new HashSet<object>(ReferenceEqualityComparer.Instance));
        return members;
    }

    // Numbers and texts as they are, arrays and lists as copies of their elements, other objects by their members.
    private static void Collect(object owner, List<(string, object)> members, HashSet<object> seen)
    {
        if (!seen.Add(owner))
        {
            return;
        }

        foreach (System.Reflection.FieldInfo field in FieldsOf(owner.GetType()).Where(f => !_noState.Contains(NameOf(f))))
        {
            switch (field.GetValue(owner))
            {
                case null or IEnumerable<Column>:
                    break;
                case IEnumerable<object> parts and (IEnumerable<CellStore> or IEnumerable<LesionState> or IEnumerable<RadiationBeam>):
                    foreach (object part in parts)
                    {
                        Collect(part, members, seen);
                    }

                    break;
                case SiteBits bits:
                    members.Add((NameOf(field), bits.Words.Span.ToArray()));
                    break;
                case Column column:
                    members.Add((NameOf(field), ((IEnumerable)Property(column, "Values")).Cast<object>().ToArray()));
                    break;
                case TissueField[] fields:
                    members.AddRange(fields.Select(f => (NameOf(field), (object)f.Values.Span.ToArray())));
                    break;
                case SiteArray<float> layer:
                    members.Add((NameOf(field), layer.Span.ToArray()));
                    break;
                case SiteArray<byte> layer:
                    members.Add((NameOf(field), layer.Span.ToArray()));
                    break;
                case SiteArray<ushort> layer:
                    members.Add((NameOf(field), layer.Span.ToArray()));
                    break;
                case SiteArray<int> layer:
                    members.Add((NameOf(field), layer.Span.ToArray()));
                    break;
                case PkState[] drugs:
                    members.Add((NameOf(field), MemoryMarshal.AsBytes(drugs.AsSpan()).ToArray()));
                    break;
                case ICollection elements:
                    Assert.True(elements.Count > 0 || field.DeclaringType!.Name == "CourseState", $"{NameOf(field)} is empty, so it shows nothing");
                    members.AddRange(elements.Count > 0 ? [(NameOf(field), elements.Cast<object>().ToArray())] : []);
                    break;
                case ValueType or string:
                    members.Add((NameOf(field), field.GetValue(owner)!));
                    break;
                case { } part:
                    Assert.StartsWith("TmeSim.Engine", part.GetType().Namespace);
                    Collect(part, members, seen);
                    break;
            }
        }
    }

    private static object Property(object owner, string name) => owner.GetType().GetProperty(name, BindingFlags.NonPublic | BindingFlags.Instance)!.GetValue(owner)!;

    private static IEnumerable<System.Reflection.FieldInfo> FieldsOf(Type? type) =>
        type is null || type == typeof(object)
            ? []
            : FieldsOf(type.BaseType).Concat(type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly));

    // Fields behind properties and parameters go by the name in the source.
    private static string NameOf(System.Reflection.FieldInfo field) => $"{field.DeclaringType!.Name}.{field.Name.Split('>')[0].TrimStart('<')}";

    private static bool Same(object a, object b) =>
        a is IEnumerable x && b is IEnumerable y ? x.Cast<object>().SequenceEqual(y.Cast<object>()) : a.Equals(b);

    /// <summary>Changes each value by a bit or by one.</summary>
    /// <param name="hashed">Leaves alone what is no part of the fingerprint.</param>
    private sealed class Changing(bool hashed) : StateVisitor
    {
        public override bool Restores => true;

        public override void Sites<T>(SiteArray<T> sites) => Values(sites.Writable);

        public override void Values<T>(Span<T> values)
        {
            foreach (ref byte value in MemoryMarshal.AsBytes(values))
            {
                value ^= 1;
            }
        }

        public override T Number<T>(T value)
        {
            if (value is double number && (double.IsNaN(number) ? 0 : number + 1) is T other)
            {
                return other;
            }

            Unsafe.As<T, byte>(ref value) ^= 1;
            return value;
        }

        public override T Aside<T>(T value) => hashed ? value : Number(value);

        public override void Cells(CellStore store) => store.Visit(this, int.MaxValue);

        public override void Immune(SiteArray<int> overlay, IReadOnlyList<CellStore> stores)
        {
            if (!hashed)
            {
                Sites(overlay);
            }

            foreach (CellStore store in stores)
            {
                Cells(store);
            }
        }
    }
}

using TmeSim.Engine.Fields;
using TmeSim.Engine.Immune;
using TmeSim.Engine.Lattice;
using TmeSim.Engine.Numerics;
using TmeSim.Engine.Plan;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Extensions;

/// <summary>
/// A step of a kind of immune cells of a library user. Rules go by lineage and site, never by the order of the store, and draw through
/// <see cref="Uniform"/>; then the bits depend on neither threads nor order. Cells come through <see cref="Enter"/> alone: they do not
/// divide.
/// </summary>
public sealed class KindStep
{
    // Level that is added to both sides of a ratio, so that traces of a signal do not draw cells.
    private const float SignalFloor = 0.05f;

    // A cell that crosses the widest lattices in a step.
    private const double MaxHops = 10_000;

    private readonly ProcessSetup _setup;
    private readonly Moves _moves;
    private readonly Influx _influx;
    private readonly int _kind;
    private readonly int _further;
    private readonly List<int> _dying = [];
    private StepContext _context;

    internal KindStep(ProcessSetup setup, int kind)
    {
        (_setup, _kind, _further) = (setup, kind, kind - ImmuneKinds.All.Count);
        _moves = new Moves(setup, kind);
        _influx = new Influx(setup.Lesion, Of(KindDraw.Influx), setup.Runner);
        Cells = setup.Lesion.Stores[kind];
    }

    /// <summary>The lesion.</summary>
    public LesionState Lesion => _setup.Lesion;

    /// <summary>The cells.</summary>
    public ImmuneStore Cells { get; }

    /// <summary>Parameters of the arm.</summary>
    public ParameterSet Parameters => _setup.Parameters;

    /// <summary>Length of the step [h].</summary>
    public double StepHours => _context.StepHours;

    internal void Begin(in StepContext context) => _context = context;

    /// <summary>Uniform draw in [0, 1) of a cell in this step.</summary>
    /// <param name="i">Cell.</param>
    /// <param name="use">What it is for, 0 to 65,535: the same number is the same draw.</param>
    public double Uniform(int i, int use) => Draws.Uniform(_context.Draw(Cells.Id[i], Of(KindDraw.Own), (uint)use).X0);

    /// <summary>Writes a trait.</summary>
    public void Set<T>(Column<T> column, int i, T value)
        where T : unmanaged => column[i] = value;

    /// <summary>Cells come from the blood through vessels of the tumour bed; those that find no free site beside theirs go back.</summary>
    /// <param name="perHour">Mean number [1/h] through a vessel, by its place in the store.</param>
    public void Enter(Func<int, double> perHour)
    {
        _influx.Clear();
        for (int v = 0; v < Lesion.Vessels.Count; v++)
        {
            if (Lesion.ParenchymaCodes[Lesion.Vessels.Site[v]] != Parenchyma.Hepatocyte)
            {
                _influx.Draw(Lesion.Vessels.Site[v], perHour(v) * StepHours, _context);
            }
        }

        _influx.Order();
        foreach ((ulong id, int vessel) in _influx.Arrivals)
        {
            int site = _influx.SiteFor((id, vessel));
            Book(site < 0 ? KindBooking.EntriesBlocked : KindBooking.Entries);
            if (site >= 0)
            {
                Occupancy.Place(Lesion, _kind, Cells.Add(id, site), site);
            }
        }
    }

    /// <summary>Cells hop to free face neighbours, weighted by a field, and leave through the wall.</summary>
    /// <param name="umPerHour">Speed [µm/h], zero or more.</param>
    /// <param name="field">Field that draws them.</param>
    /// <param name="chemotaxis">Exponent of the ratio of levels; 0 for an unbiased walk.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The speed is negative, no number or more than 10,000 sites a step, or the exponent is not finite.
    /// </exception>
    public unsafe void Move(double umPerHour, FieldId field, double chemotaxis)
    {
        LatticeShape shape = Lesion.Shape;
        double hops = umPerHour * StepHours / shape.SpacingUm;
        if (!(hops >= 0 && hops <= MaxHops))
        {
            throw new ArgumentOutOfRangeException(nameof(umPerHour), umPerHour, "not a speed");
        }

        if (!double.IsFinite(chemotaxis))
        {
            throw new ArgumentOutOfRangeException(nameof(chemotaxis), chemotaxis, "not an exponent");
        }

        var hop = new Hop(shape, (float)chemotaxis, SignalFloor, FieldProcess.WallFactor(_setup));
        uint subSteps = (uint)Math.Max(1, Math.Ceiling(hops - 1e-6));
        SiteArray<float> levels = _setup.Workspace.Levels(Lesion, field, _setup.Runner);
        for (uint sub = 0; sub < subSteps && shape.Dimensions > 0; sub++)
        {
            _moves.Reserve(Cells.Capacity);
            int movers = 0;
            for (int i = 0; i < Cells.Count; i++)
            {
                PhiloxBlock block = _context.Draw(Cells.Id[i], Of(KindDraw.Move), sub);
                int site = Cells.Site[i];
                int to = hop.Target(levels.Pointer, Lesion.ParenchymaCodes.Pointer, site, Draws.Uniform(block.X1));
                int goal = Draws.Uniform(block.X0) >= hops / subSteps ? Moves.Stays
                    : Lesion.ParenchymaCodes[to] == Parenchyma.Wall ? Moves.Leaves
                    : Lesion.Immune[to] == 0 ? to : Moves.Stays;
                _moves.Goal[i] = goal;
                _moves.Movers[movers] = i;
                movers += goal != Moves.Stays ? 1 : 0;
            }

            _moves.EndBlock(0, movers);
            _moves.Commit(Cells.Id.Values, Cells.Site.Values, _context, sub);
            Remove(_moves.Leaving, KindBooking.Exits);
        }
    }

    /// <summary>Cells die.</summary>
    /// <param name="perHour">Hazard [1/h] of a cell, by its place in the store.</param>
    public void Die(Func<int, double> perHour)
    {
        _dying.Clear();
        for (int i = 0; i < Cells.Count; i++)
        {
            if (Draws.Uniform(_context.Draw(Cells.Id[i], Of(KindDraw.Death)).X0) < DetMath.Probability((float)(perHour(i) * StepHours)))
            {
                _dying.Add(i);
            }
        }

        Remove(_dying, KindBooking.Deaths);
    }

    // Highest place first: removing swaps the last cell in, which no lower entry of the list names.
    private void Remove(IReadOnlyList<int> cells, KindBooking cause)
    {
        for (int k = cells.Count - 1; k >= 0; k--)
        {
            Occupancy.Remove(Lesion, _kind, cells[k]);
            Book(cause);
        }
    }

    private void Book(KindBooking booking) => Lesion.Ledger.Add(Ledger.Of(_further, booking));

    // Each kind has draws of its own.
    private Purpose Of(KindDraw use) => (Purpose)((uint)Purpose.Extension + (16 * (uint)_further) + (uint)use);

    private enum KindDraw : uint
    {
        Influx,
        Move,
        Death,
        Own,
    }
}

/// <summary>Runs <see cref="ImmuneKind.Step"/>.</summary>
internal sealed class ExtensionProcess(ProcessSetup setup, int kind) : IImmuneProcess
{
    private readonly KindStep _step = new(setup, kind);

    public void Step(in StepContext context)
    {
        _step.Begin(context);
        setup.Lesion.Kinds[kind].Step(_step);
    }
}

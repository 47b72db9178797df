using TmeSim.Engine.Lattice;
using TmeSim.Engine.Numerics;
using TmeSim.Engine.Plan;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Start;

/// <summary>
/// What liver and tumour are built of where the switches ask for it: lobules around, capsule, septa, trabeculae (MODEL.md 7.12a). Laid out
/// once, when the tissue is seeded; all of it follows from plan, key and place.
/// </summary>
internal sealed class TissueLayout
{
    private readonly LatticeShape _shape;
    private readonly ParameterSet _parameters;
    private readonly TissueAxes _axes;
    private readonly NodulePattern? _septa;
    private readonly PlatePattern? _plates;
    private readonly byte[] _zones;

    private TissueLayout(LatticeShape shape, LesionPlan plan, ParameterSet parameters, MechanismSet mechanisms, RandomKey key, RowRunner runner)
    {
        (_shape, _parameters, _axes) = (shape, parameters, new TissueAxes(shape));
        _septa = mechanisms.IsOn(Mechanism.TumorSepta) ? new NodulePattern(shape, parameters, key) : null;
        _plates = mechanisms.IsOn(Mechanism.TumorTrabeculae) ? new PlatePattern(shape, parameters, key) : null;
        _zones = new byte[shape.Length];
        if (_septa is not null || _plates is not null)
        {
            runner.Run(new Patterning(this), shape.Rows);
        }

        Room = CountRoom();

        // With sites that no tumour cell settles on, the same number of cells reaches farther.
        double edge = plan.RadiusUm / shape.SpacingUm;
        EdgeSites = HasClosed ? Math.Max(edge, Outline(Seeder.CellsAt(shape, plan.RadiusUm)).Radius) : edge;
        CapsuleSites = mechanisms.IsOn(Mechanism.TumorCapsule) ? parameters[Parameter.TumorCapsuleThickness] / shape.SpacingUm : 0;
        double cleared = (EdgeSites + CapsuleSites) * shape.SpacingUm;
        LiverVesselsPerMm2 = LiverVesselsOf(parameters, mechanisms);
        Lobules = !mechanisms.IsOn(Mechanism.LiverLobules) ? []
            : [.. LobulePattern.Of(shape, parameters, key).Where(p => IsOutside(p, cleared))];
        if (_septa is not null)
        {
            runner.Run(new Ending(this), shape.Rows);
        }

        foreach (LobulePoint tract in Lobules.Where(p => p.IsTract))
        {
            Paint(tract);
        }
    }

    /// <summary>Tracts and veins of the liver around the tumour.</summary>
    public IReadOnlyList<LobulePoint> Lobules { get; }

    /// <summary>Distance from the centre that the tumour is planned to reach [sites].</summary>
    public double EdgeSites { get; }

    /// <summary>Vessels per mm² of a liver with lobules; null: as asked for the tumour.</summary>
    public double? LiverVesselsPerMm2 { get; }

    /// <summary>Sites that can hold a tumour cell.</summary>
    public int Room { get; }

    /// <summary>Share of the vessels of the bed that stand in septa.</summary>
    public double SeptumShare => _septa is null ? 0 : _parameters[Parameter.TumorSeptumVessels];

    private double CapsuleSites { get; }

    /// <summary>Septa or tracks.</summary>
    public bool HasClosed => _septa is not null || _plates is not null;

    /// <summary>Something that decides where vessels stand.</summary>
    public bool PlacesVessels => HasClosed || LiverVesselsPerMm2 is not null;

    /// <summary>The layout that the switches ask for; null for none.</summary>
    public static TissueLayout? Of(
        LatticeShape shape, LesionPlan plan, ParameterSet parameters, MechanismSet mechanisms, RandomKey key, RowRunner runner) =>
        Asked(mechanisms) ? new TissueLayout(shape, plan, parameters, mechanisms, key, runner) : null;

    /// <summary>Some structure is switched on.</summary>
    public static bool Asked(MechanismSet mechanisms) =>
        mechanisms.IsOn(Mechanism.LiverLobules) || mechanisms.IsOn(Mechanism.TumorCapsule) || mechanisms.IsOn(Mechanism.TumorSepta)
        || mechanisms.IsOn(Mechanism.TumorTrabeculae);

    /// <summary>Vessels per mm² of a liver with lobules; null without.</summary>
    public static double? LiverVesselsOf(ParameterSet parameters, MechanismSet mechanisms) =>
        mechanisms.IsOn(Mechanism.LiverLobules) ? parameters[Parameter.LiverVesselDensity] : null;

    /// <summary>The nearest sites for a number of cells, or for as many as there is room for.</summary>
    public NoduleOutline Outline(int cells)
    {
        Func<int, bool>? takes = HasClosed ? TakesATumorCell : null;
        return new NoduleOutline(_shape, Math.Min(cells, Room), takes);
    }

    /// <summary>True outside of septa and tracks.</summary>
    public bool TakesATumorCell(int site) => _zones[site] < (byte)StromaZone.Septum;

    /// <summary>True in a septum.</summary>
    public bool IsSeptum(int site) => _zones[site] == (byte)StromaZone.Septum;

    /// <summary>What the stroma has to know; the layout is done.</summary>
    public TissueStructures Structures() =>
        new(_zones, EdgeSites, (float)_parameters[Parameter.LiverFibrousDensity], CapsuleSites, _septa is not null, _plates is not null);

    /// <summary>Places of the vessels of tracts and central veins [sites], tract by tract; in 3D again at each distance along the column.</summary>
    /// <param name="apartSites">Distance along a column.</param>
    public IEnumerable<(int X, int Y, int Z)> LobuleVessels(double apartSites)
    {
        int inTract = (int)Math.Round(_parameters[Parameter.LiverTractVessels]);
        double off = inTract > 1 ? _parameters[Parameter.LiverTractDiameter] / 4 : 0;
        int layers = _shape.Dimensions == 3 ? _shape.Nz : 1, step = Math.Max(1, (int)Math.Ceiling(apartSites));
        foreach (LobulePoint point in Lobules)
        {
            for (int layer = layers > 1 ? step / 2 : 0; layer < layers; layer += step)
            {
                double z = (layer - ((layers - 1) / 2.0)) * _shape.SpacingUm;
                for (int i = 0; i < (point.IsTract ? inTract : 1); i++)
                {
                    // Around the centre at equal angles, the first along the longer axis.
                    double turns = point.IsTract ? i / (double)Math.Max(1, inTract) : 0, reach = point.IsTract ? off : 0;
                    double along = reach * Turn.Cos(turns), across = reach * Turn.Sin(turns);
                    yield return _axes.Nearest(
                        point.X + (along * point.AlongX) - (across * point.AlongY), point.Y + (along * point.AlongY) + (across * point.AlongX), z);
                }
            }
        }
    }

    private int CountRoom()
    {
        int room = 0;
        for (int row = 0; row < _shape.Rows; row++)
        {
            foreach (byte zone in _zones.AsSpan(_shape.RowStart(row), _shape.Nx))
            {
                room += zone < (byte)StromaZone.Septum ? 1 : 0;
            }
        }

        return room;
    }

    // A tract of the liver that the tumour has replaced or pushed aside is gone: in space where its column passes the tumour.
    private bool IsOutside(LobulePoint point, double clearedUm)
    {
        double radius = point.IsTract ? _parameters[Parameter.LiverTractDiameter] * Math.Sqrt(point.Aspect) / 2 : 0;
        return Math.Sqrt((point.X * point.X) + (point.Y * point.Y)) >= clearedUm + radius;
    }

    private void Pattern(int row)
    {
        int start = _shape.RowStart(row);
        for (int x = 0; x < _shape.Nx; x++)
        {
            (double px, double py, double pz) = _axes.Place(x, row % _shape.Ny, row / _shape.Ny);
            _zones[start + x] = _septa?.IsSeptum(px, py, pz) == true ? (byte)StromaZone.Septum
                : _plates?.IsTrack(px, py, pz) == true ? (byte)StromaZone.Track : (byte)0;
        }
    }

    // Septa end at the planned edge.
    private void End(int row)
    {
        int start = _shape.RowStart(row);
        double edge = EdgeSites * _shape.SpacingUm;
        for (int x = 0; x < _shape.Nx; x++)
        {
            (double px, double py, double pz) = _axes.Place(x, row % _shape.Ny, row / _shape.Ny);
            double distance = Math.Sqrt((px * px) + (py * py) + (pz * pz));
            ref byte zone = ref _zones[start + x];
            if (zone == (byte)StromaZone.Septum && distance > edge)
            {
                zone = _plates?.IsTrack(px, py, pz) == true ? (byte)StromaZone.Track : (byte)0;
            }
        }
    }

    // The sites of a box around a tract; along a third axis all of its column.
    private void Paint(LobulePoint tract)
    {
        double diameter = _parameters[Parameter.LiverTractDiameter], spacing = _shape.SpacingUm;
        int reach = (int)(diameter * Math.Sqrt(tract.Aspect) / 2 / spacing) + 1, layers = _shape.Dimensions == 3 ? _shape.Nz : 1;
        for (int i = 0; i < layers * ((2 * reach) + 1) * ((2 * reach) + 1); i++)
        {
            int a = (i % ((2 * reach) + 1)) - reach, b = (i / ((2 * reach) + 1) % ((2 * reach) + 1)) - reach;
            int layer = i / ((2 * reach) + 1) / ((2 * reach) + 1);
            (int x, int y, int z) = _axes.Nearest(
                tract.X + (a * spacing), tract.Y + (b * spacing), (layer - ((layers - 1) / 2.0)) * spacing);
            if (_shape.Contains(x, y, z))
            {
                (double px, double py, double _) = _axes.Place(x, y, z);
                if (tract.Squared(px, py, diameter) <= 1)
                {
                    _zones[_shape.Site(x, y, z)] |= (byte)StromaZone.Tract;
                }
            }
        }
    }

    private readonly struct Patterning(TissueLayout layout) : IRowKernel
    {
        public void Run(int first, int end)
        {
            for (int row = first; row < end; row++)
            {
                layout.Pattern(row);
            }
        }
    }

    private readonly struct Ending(TissueLayout layout) : IRowKernel
    {
        public void Run(int first, int end)
        {
            for (int row = first; row < end; row++)
            {
                layout.End(row);
            }
        }
    }
}

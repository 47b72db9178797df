using TmeSim.Engine.Cd8;
using TmeSim.Engine.Immune;
using TmeSim.Engine.Lattice;
using TmeSim.Engine.Macrophages;
using TmeSim.Engine.Numerics;
using TmeSim.Engine.Plan;
using TmeSim.Engine.State;
using TmeSim.Engine.Stroma;

namespace TmeSim.Engine.Start;

/// <summary>
/// Lays out the tissue at the start of the burn-in: a round nodule in liver, vessels, stroma and immune cells by pattern, and what liver
/// and tumour are built of where it is switched on (<see cref="TissueLayout"/>).
/// </summary>
internal sealed class Seeder
{
    private readonly LesionState _lesion;
    private readonly LesionPlan _plan;
    private readonly ParameterSet _parameters;
    private readonly RandomKey _key;
    private readonly LatticeShape _shape;
    private readonly SiteRanking _ranking;
    private readonly SiteArray<float> _scratch;
    private readonly RowRunner _runner;
    private readonly float _precursors;
    private readonly TissueLayout? _layout;

    /// <param name="lesion">An empty lesion: liver everywhere.</param>
    /// <param name="plan">Set-points of the lesion.</param>
    /// <param name="parameters">Parameters of the burn-in.</param>
    /// <param name="mechanisms">Switches of the burn-in.</param>
    /// <param name="key">Random key of the lesion.</param>
    /// <param name="scratch">One element a site to sort in; all zero afterwards.</param>
    /// <param name="runner">Threads.</param>
    public Seeder(LesionState lesion, LesionPlan plan, ParameterSet parameters, MechanismSet mechanisms, RandomKey key,
        SiteArray<float> scratch, RowRunner runner)
    {
        _runner = runner;
        _precursors = Cd8Rates.PrecursorShare(parameters, mechanisms);
        (_lesion, _plan, _parameters, _key, _scratch, _shape) = (lesion, plan, parameters, key, scratch, lesion.Shape);
        _ranking = new SiteRanking(_shape, key, scratch, runner);
        _layout = TissueLayout.Of(_shape, plan, parameters, mechanisms, key, runner);
    }

    /// <summary>Tumour cells that the nodule has at t = 0: sites within its radius.</summary>
    public static int CellsAt(LatticeShape shape, double radiusUm) => new TissuePlan(shape.Nx, shape.Ny, shape.Nz, shape.SpacingUm)
        .CellsWithin(radiusUm);

    /// <summary>Draws of the seeding of a lesion.</summary>
    public static StepContext Context(RandomKey key) => new(key, uint.MaxValue, 1, default, 1, 1);

    /// <param name="tumorCells">Tumour cells to start with, 1 to all sites; fewer where septa and tracks leave no room.</param>
    public void Seed(int tumorCells)
    {
        if (_plan.Table is { } table)
        {
            SeedTable(new TableSeeder(_lesion, _plan, table, _parameters, _precursors));
            return;
        }

        NoduleOutline outline = _layout?.Outline(tumorCells) ?? new NoduleOutline(_shape, tumorCells);
        tumorCells = Math.Min(tumorCells, _layout?.Room ?? int.MaxValue);
        SeedTumor(outline);
        int open = SeedClosed(outline);
        SeedClones(tumorCells);
        SeedStroma(outline);
        new VesselSeeder(_lesion, _plan, _parameters, _ranking, _layout).Seed(tumorCells + open);
        SeedImmune(outline, tumorCells);
        _scratch.Writable.Clear();
        _lesion.TumorCells = tumorCells;
        _lesion.Clones.Add(0, tumorCells);
        _lesion.Hepatocytes = (int)_shape.SiteCount - tumorCells - open;
    }

    // Stroma as around a round nodule of as many cells; vessels by density where the table has none.
    private void SeedTable(TableSeeder table)
    {
        int tumorCells = table.SeedParenchyma(SetTumor);
        SeedClones(tumorCells);
        SeedStroma(new NoduleOutline(_shape, Math.Max(1, tumorCells)));
        table.SeedFibroblasts();
        _lesion.StromaChanged();
        _lesion.Hepatocytes = _lesion.ParenchymaCodes.Span.Count(Parenchyma.Hepatocyte);
        if (table.HasVessels)
        {
            table.SeedVessels();
        }
        else
        {
            new VesselSeeder(_lesion, _plan, _parameters, _ranking, _layout).Seed((int)_shape.SiteCount - _lesion.Hepatocytes);
        }

        table.SeedImmune(SeedingContext());
        for (int kind = 0; kind < _lesion.Kinds.Count; kind++)
        {
            int further = kind - ImmuneKinds.All.Count;
            _lesion.Ledger.Add(further < 0 ? _lesion.Kinds[kind].Arrivals[0] : Ledger.Of(further, KindBooking.Entries), _lesion.Stores[kind].Count);
        }

        _lesion.Ledger.Add(Booking.VesselsSprouted, _lesion.Vessels.Count);
        _scratch.Writable.Clear();
        _lesion.TumorCells = tumorCells;
        _lesion.Clones.Add(0, tumorCells);
    }

    // Septa are there up to the planned edge, tracks within the nodule: those beyond open as it grows (DivisionPush).
    private int SeedClosed(NoduleOutline outline)
    {
        int open = 0;
        for (int row = 0; _layout is { HasClosed: true } && row < _shape.Rows; row++)
        {
            int start = _shape.RowStart(row), y = row % _shape.Ny, z = row / _shape.Ny;
            for (int x = 0; x < _shape.Nx; x++)
            {
                if (!_layout.TakesATumorCell(start + x)
                    && (_layout.IsSeptum(start + x) || outline.Squared(x, y, z) <= outline.ShellSquared))
                {
                    _lesion.ParenchymaCodes[start + x] = Parenchyma.Stroma;
                    open++;
                }
            }
        }

        return open;
    }

    // Sites by distance from the centre of the lattice, ties by hash, so that the nodule has the exact count and is the same
    // on every lattice that holds it.
    private void SeedTumor(NoduleOutline outline)
    {
        var shell = new List<(ulong Rank, int Site)>();
        for (int row = 0; row < _shape.Rows; row++)
        {
            int start = _shape.RowStart(row), y = row % _shape.Ny, z = row / _shape.Ny;
            for (int x = outline.FirstColumn(y, z); x < _shape.Nx; x++)
            {
                long squared = outline.Squared(x, y, z);
                if (_layout?.TakesATumorCell(start + x) == false)
                {
                    continue;
                }

                if (squared < outline.ShellSquared)
                {
                    SetTumor(start + x);
                }
                else if (squared == outline.ShellSquared)
                {
                    shell.Add((_ranking.Rank(x, y, z, 0), start + x));
                }
                else if (2 * x >= _shape.Nx)
                {
                    break;
                }
            }
        }

        shell.Sort();
        foreach ((ulong _, int site) in shell[..outline.OnShell])
        {
            SetTumor(site);
        }
    }

    private void SetTumor(int site)
    {
        _lesion.ParenchymaCodes[site] = Parenchyma.Tumor;
        _lesion.Mhc1[site] = 1;
        _lesion.Pdl1[site] = (float)_parameters[Parameter.Pdl1Base];
    }

    // Clones take the cells with the lowest hash of a second ranking: exact fractions, well mixed.
    private void SeedClones(int tumorCells)
    {
        if (_plan.Clones.Count == 0)
        {
            return;
        }

        _ranking.Sort(1, IsTumor);
        using IEnumerator<(ulong Rank, int Site)> sites = _ranking.InOrder().GetEnumerator();
        int next = 0;
        for (int c = 0; c < _plan.Clones.Count; c++)
        {
            int cells = (int)Math.Min(Math.Round(_plan.Clones[c].Fraction * tumorCells), tumorCells - next);
            for (int k = 0; k < cells && sites.MoveNext(); k++, next++)
            {
                _lesion.CloneIndex[sites.Current.Site] = (ushort)(c + 1);
                _lesion.Clones.Add(0, -1);
                _lesion.Clones.Add(c + 1, 1);
            }
        }
    }

    // Tumour stroma inside and just outside; in the excluded pattern a dense ring from the edge to where the edge will grow.
    private void SeedStroma(NoduleOutline outline)
    {
        var map = new StromaMap(_shape, _plan, outline.Radius, _layout?.Structures());
        _runner.Run(new StromaRows(_lesion, map), _shape.Rows);
        _lesion.StromaMap = map;
        if (map.CapsuleSites > 0)
        {
            SeedCapsule(map);
        }

        _lesion.StromaChanged();
    }

    private void SeedCapsule(StromaMap map)
    {
        using var bits = new SiteBits(_shape.Length);
        new CapsuleMask(_shape, map.CapsuleSites).Mark(_lesion, bits);
        for (int row = 0; row < _shape.Rows; row++)
        {
            for (int site = _shape.RowStart(row); site < _shape.RowStart(row) + _shape.Nx; site++)
            {
                if (bits[site] && _lesion.ParenchymaCodes[site] == Parenchyma.Hepatocyte)
                {
                    _lesion.Stroma[site] = map.Density(StromaZone.Capsule);
                }
            }
        }
    }

    private void SeedImmune(NoduleOutline outline, int tumorCells)
    {
        double perSite = _shape.SiteAreaMm2 * tumorCells;
        _ranking.Sort(3, IsTumor);
        SeedMacrophages((int)Math.Round(_plan.MacrophagesPerMm2 * perSite));
        if (_plan.Pattern == ImmunePattern.Excluded)
        {
            _ranking.Sort(4, site => IsTumor(site) && Distance(outline, site) >= outline.Radius - StromaMap.RingSites);
        }

        SeedCd8((int)Math.Round(_plan.Cd8PerMm2 * perSite));
        for (int kind = 0; kind < _lesion.Kinds.Count; kind++)
        {
            int further = kind - ImmuneKinds.All.Count;
            if (further >= 0)
            {
                _ranking.Sort(5 + (uint)further, IsTumor);
                SeedFurther(kind, (int)Math.Round(_lesion.Kinds[kind].PerMm2(_plan) * perSite));
            }

            Booking entries = further < 0 ? _lesion.Kinds[kind].Arrivals[0] : Ledger.Of(further, KindBooking.Entries);
            _lesion.Ledger.Add(entries, _lesion.Stores[kind].Count);
        }

        _lesion.Ledger.Add(Booking.VesselsSprouted, _lesion.Vessels.Count);
    }

    private void SeedMacrophages(int wanted)
    {
        StepContext setup = SeedingContext();
        int placed = 0;
        foreach ((ulong rank, int site) in _ranking.InOrder())
        {
            if (placed == wanted)
            {
                break;
            }

            PhiloxBlock block = setup.Draw(rank, Purpose.MacrophageBirth);
            float score = placed < _plan.Cd163Fraction * wanted ? 0.7f : 0.3f;
            Occupancy.AddMacrophage(_lesion, rank, site, score, MacrophageProcess.Polarisability(_parameters, block));
            placed++;
        }
    }

    private void SeedCd8(int wanted)
    {
        StepContext setup = SeedingContext();
        int placed = 0;
        foreach ((ulong rank, int site) in _ranking.InOrder())
        {
            if (placed == wanted)
            {
                break;
            }

            if (Occupancy.IsFree(_lesion, site))
            {
                PhiloxBlock block = setup.Draw(rank, Purpose.Cd8Birth);
                bool reactive = Draws.Uniform(block.X0) < _parameters[Parameter.Cd8ReactiveFraction];
                byte state = Cd8Rates.Newcomer(block, reactive, _precursors);
                Occupancy.AddCd8(_lesion, Mix.Hash(rank, (ulong)Purpose.Cd8Birth), site, 0, 0, reactive ? (byte)1 : (byte)0, state);
                placed++;
            }
        }
    }

    private void SeedFurther(int kind, int wanted)
    {
        foreach ((ulong rank, int site) in _ranking.InOrder())
        {
            if (_lesion.Stores[kind].Count == wanted)
            {
                break;
            }

            if (Occupancy.IsFree(_lesion, site))
            {
                ulong id = Mix.Hash(rank, (ulong)Purpose.Extension + (ulong)kind);
                Occupancy.Place(_lesion, kind, _lesion.Stores[kind].Add(id, site), site);
            }
        }
    }

    private StepContext SeedingContext() => Context(_key);

    private bool IsTumor(int site) => _lesion.ParenchymaCodes[site] == Parenchyma.Tumor;

    private double Distance(NoduleOutline outline, int site)
    {
        (int x, int y, int z) = _shape.Coordinates(site);
        return Math.Sqrt(outline.Squared(x, y, z) / 4.0);
    }

    private readonly struct StromaRows(LesionState lesion, StromaMap map) : IRowKernel
    {
        public void Run(int first, int end)
        {
            LatticeShape shape = lesion.Shape;
            byte[] zones = new byte[shape.Nx];
            for (int row = first; row < end; row++)
            {
                map.Fill(row, 0, zones);
                for (int x = 0; x < zones.Length; x++)
                {
                    lesion.Stroma[shape.RowStart(row) + x] = map.Density((StromaZone)zones[x]);
                }
            }
        }
    }
}

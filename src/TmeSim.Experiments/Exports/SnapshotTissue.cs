using TmeSim.Analysis.Shapes;
using TmeSim.Analysis.Spatial;
using TmeSim.Engine.State;
using TmeSim.Experiments.Folders;

namespace TmeSim.Experiments.Exports;

/// <summary>
/// A snapshot as points and masks. A plane keeps its two long axes as x and y, whichever two of the lattice they are, so that statistics
/// see two dimensions.
/// </summary>
internal sealed class SnapshotTissue
{
    public const string Tumor = "tumor";
    public const string Cd8 = "cd8";
    public const string Macrophages = "macrophage";
    public const string Cd163 = "macrophage_cd163";
    public const string Vessels = "vessel";
    private readonly Dictionary<string, int[]> _sites = [];
    private readonly Dictionary<string, TissuePoint[]> _points = [];
    private readonly Func<int, bool> _isHepatocyte;

    public SnapshotTissue(TissueSnapshot snapshot)
    {
        Snapshot = snapshot;

        (int nx, int ny, int nz) = LongAxes.First(snapshot.Nx, snapshot.Ny, snapshot.Nz);
        Grid = new MaskGrid(nx, ny, nz, snapshot.SpacingUm);
        double h = snapshot.SpacingUm;
        Tile = Dimensions == 2 ? BoxWindow.Rectangle(0, 0, Grid.Nx * h, Grid.Ny * h)
            : BoxWindow.Box(default, new TissuePoint(Grid.Nx * h, Grid.Ny * h, Grid.Nz * h));
        _isHepatocyte = site => snapshot.Parenchyma[site] == Parenchyma.Hepatocyte;
        _sites[Tumor] = Sites(site => snapshot.Parenchyma[site] == Parenchyma.Tumor);
        _sites[Cd8] = Immune(cell => cell.Kind == Cd8);
        _sites[Macrophages] = Immune(cell => cell.Kind == Macrophages);
        _sites[Cd163] = Immune(cell => cell is { Kind: Macrophages, State: "cd163_high" });
        _sites[Vessels] = Sites(HasVessel);
        foreach ((string type, int[] sites) in _sites)
        {
            _points[type] = [.. sites.Select(Centre)];
        }

        TumorMask = new MaskBits(Grid);
        for (int site = 0; site < Grid.Length; site++)
        {
            if (snapshot.Parenchyma[site] == Parenchyma.Tumor)
            {
                TumorMask[site % Grid.Nx, site / Grid.Nx % Grid.Ny, site / Grid.Nx / Grid.Ny] = true;
            }
        }
    }

    public TissueSnapshot Snapshot { get; }

    public MaskGrid Grid { get; }

    public int Dimensions => Grid.Nz > 1 ? 3 : 2;

    /// <summary>The whole lattice.</summary>
    public BoxWindow Tile { get; }

    /// <summary>Living tumour cells.</summary>
    public MaskBits TumorMask { get; }

    /// <summary>Area of the sites that are not liver [mm²], in 3D of all layers together.</summary>
    public double BedAreaMm2 => Enumerable.Range(0, Grid.Length)
        .Count(site => !_isHepatocyte(site)) * Grid.SpacingUm * Grid.SpacingUm * 1e-6;

    /// <summary>Cells of a type, in site order.</summary>
    public TissuePoint[] Points(string type) => _points[type];

    /// <summary>Sites of the cells of a type, in site order.</summary>
    public int[] SitesOf(string type) => _sites[type];

    /// <summary>Sites that fit, in site order.</summary>
    public int[] Sites(Func<int, bool> which) => [.. Enumerable.Range(0, Grid.Length).Where(which)];

    /// <summary>Sites of the immune cells that fit, in site order.</summary>
    public int[] Immune(Predicate<CellCode> which)
    {
        bool[] fits = [false, .. Snapshot.Codes.Select(cell => which(cell))];
        return Sites(site => fits[Snapshot.Immune[site]]);
    }

    /// <summary>Perfusion of the vessels that do not stand in normal liver.</summary>
    public float[] BedPerfusion() => [.. Sites(site => HasVessel(site) && !_isHepatocyte(site))
        .Select(site => Snapshot.VesselPerfusion[site])];

    /// <summary>Oxygen at living tumour cells [mmHg].</summary>
    public float[] TumorOxygen() => [.. Sites(site => Snapshot.Parenchyma[site] == Parenchyma.Tumor)
        .Select(site => Snapshot.Fields[(int)FieldId.Oxygen][site])];

    /// <summary>Centre of a site.</summary>
    public TissuePoint Centre(int site) => new(
        (site % Grid.Nx + 0.5) * Grid.SpacingUm, (site / Grid.Nx % Grid.Ny + 0.5) * Grid.SpacingUm,
        (site / Grid.Nx / Grid.Ny + 0.5) * Grid.SpacingUm);

    private bool HasVessel(int site) => !float.IsNaN(Snapshot.VesselPerfusion[site]);
}

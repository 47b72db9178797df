using System.Numerics.Tensors;
using TmeSim.Engine.Extensions;
using TmeSim.Engine.Lattice;
using TmeSim.Engine.Multigrid;

namespace TmeSim.Engine.State;

/// <summary>
/// Everything about one lesion that the next step depends on: site layers, cell stores, vessels, fields, the calibrated
/// multipliers and the counts. Read freely; only the processes of the engine write.
/// </summary>
public sealed class LesionState : IDisposable
{
    internal LesionState(LatticeShape shape, CloneTable clones, ModelExtension? extension = null, bool coarseSignals = false)
    {
        Signals = new SignalLattice(shape, coarseSignals);
        Extension = extension ?? ModelExtension.None;
        (Kinds, FieldRows, Ledger) = (Extension.AllKinds, Extension.AllFields, new Ledger(Extension.Kinds.Count));
        Stores = [.. Kinds.Select(kind => kind.NewStore())];
        (Cd8, Macrophages) = ((Cd8Store)Stores[ImmuneKinds.Cd8], (MacrophageStore)Stores[ImmuneKinds.Macrophages]);
        Fields = new TissueField[FieldRows.Count];
        Shape = shape;
        StromaMap = new StromaMap(shape);
        Clones = clones;
        ParenchymaCodes = new SiteArray<byte>(shape.Length);
        CloneIndex = new SiteArray<ushort>(shape.Length);
        Mhc1 = new SiteArray<float>(shape.Length);
        Pdl1 = new SiteArray<float>(shape.Length);
        Stroma = new SiteArray<float>(shape.Length);
        Immune = new SiteArray<int>(shape.Length);
        VesselMark = new SiteBits(shape.Length);
        for (int i = 0; i < Fields.Length; i++)
        {
            Fields[i] = new TissueField(shape, FieldTable.IsSignal((FieldId)i) ? Signals : null);
        }

        ParenchymaCodes.Writable.Fill(Parenchyma.Wall);
        for (int row = 0; row < shape.Rows; row++)
        {
            ParenchymaCodes.Writable.Slice(shape.RowStart(row), shape.Nx).Fill(Parenchyma.Hepatocyte);
        }
    }

    /// <summary>Index arithmetic of all site arrays of this lesion.</summary>
    public LatticeShape Shape { get; }

    /// <summary>Clones by index; 0 is the founder.</summary>
    public CloneTable Clones { get; }

    /// <summary>Parenchyma code of each site (<see cref="Parenchyma"/>); 255 in the halo.</summary>
    public SiteArray<byte> ParenchymaCodes { get; }

    /// <summary>Clone of the tumour cell at a site; 0 elsewhere.</summary>
    public SiteArray<ushort> CloneIndex { get; }

    /// <summary>MHC-I of the tumour cell at a site relative to rest, 0 to 1 + the gain of IFN-γ; 0 elsewhere.</summary>
    public SiteArray<float> Mhc1 { get; }

    /// <summary>PD-L1 of the tumour cell at a site [molecules/µm²]; 0 elsewhere.</summary>
    public SiteArray<float> Pdl1 { get; }

    /// <summary>ECM/CAF density 0–1 of each site.</summary>
    public SiteArray<float> Stroma { get; }

    /// <summary>Rises whenever <see cref="Stroma"/> changes, for what is worked out from it and kept.</summary>
    internal int StromaVersion { get; private set; }

    /// <summary>Immune cell at a site (<see cref="ImmuneCode"/>); 0 for none.</summary>
    public SiteArray<int> Immune { get; }

    /// <summary>What radiation left in the tumour cells; null in an arm that does not irradiate this lesion.</summary>
    public RadiationTraits? Radiation { get; private set; }

    /// <summary>Set where a vessel stands.</summary>
    public SiteBits VesselMark { get; }

    /// <summary>What a library user adds.</summary>
    internal ModelExtension Extension { get; }

    /// <summary>Name and unit of each field.</summary>
    public IReadOnlyList<FieldInfo> FieldRows { get; }

    /// <summary>Kinds of immune cells, those of the engine first.</summary>
    public IReadOnlyList<ImmuneKind> Kinds { get; }

    /// <summary>Immune cells by kind.</summary>
    public IReadOnlyList<ImmuneStore> Stores { get; }

    /// <summary>The fields by <see cref="FieldId"/>.</summary>
    internal TissueField[] Fields { get; }

    /// <summary>The lattice of the secreted signals.</summary>
    internal SignalLattice Signals { get; }

    /// <summary>CD8 T cells.</summary>
    public Cd8Store Cd8 { get; }

    /// <summary>Macrophages.</summary>
    public MacrophageStore Macrophages { get; }

    /// <summary>Vessel sections.</summary>
    public VesselStore Vessels { get; } = new();

    /// <summary>Births, deaths, entries and exits by cause since the start of the burn-in.</summary>
    public Ledger Ledger { get; }

    /// <summary>Multipliers that the burn-in finds and then freezes.</summary>
    public SetPointMultipliers Multipliers { get; } = new();

    /// <summary>Tumour cells now; the recount of the lattice must agree.</summary>
    public int TumorCells { get; internal set; }

    /// <summary>Tumour cells at t = 0, the reference of scaled read-outs; 0 during the burn-in.</summary>
    public int TumorCellsAtStart { get; internal set; }

    /// <summary>Dying cells on the lattice.</summary>
    public int DyingCells { get; internal set; }

    /// <summary>Necrotic sites on the lattice.</summary>
    public int NecroticCells { get; internal set; }

    /// <summary>Hepatocytes on the lattice.</summary>
    public int Hepatocytes { get; internal set; }

    /// <summary>Antigen set free since the patient last took it up: dead tumour cells weighted by antigenicity.</summary>
    public double AntigenReleased { get; internal set; }

    /// <summary>CD8 T cells that left the blood since the patient last counted them.</summary>
    public int EffectorsTaken { get; internal set; }

    /// <summary>Mean VEGF of the tumour bed, renewed once a day.</summary>
    public double MeanVegf { get; internal set; }

    /// <summary>DAMP (IFN-I) summed over the sites of the lattice [half-maximal constants], renewed once a day.</summary>
    public double TotalDamp { get; internal set; }

    /// <summary>Living tumour cells and hepatocytes when oxygen was last solved.</summary>
    internal long OxygenUsers { get; set; }

    /// <summary>Perfusion of all vessels when oxygen was last solved [2⁻¹⁶].</summary>
    internal long OxygenSupply { get; set; }

    /// <summary>Drug on fibroblasts and TGF-β since the last update of the matrix.</summary>
    internal StromaExposure StromaExposure { get; } = new();

    /// <summary>Where fibroblasts stand; follows from the plan, so it is no part of the state. Set when the tissue is seeded.</summary>
    internal StromaMap StromaMap { get; set; }

    /// <summary>Field of one kind, by site index of <see cref="Shape"/>.</summary>
    public TissueField Field(FieldId id) => Fields[(int)id];

    /// <summary>
    /// Field of one kind as [z, y, x]: without copying and good until the next step, or a copy where it is interpolated
    /// (<see cref="TissueField.IsCoarse"/>).
    /// </summary>
    public ReadOnlyTensorSpan<float> View(FieldId id)
    {
        TissueField field = Field(id);
        if (!field.IsCoarse)
        {
            return Shape.View(field.Values);
        }

        var copy = new float[Shape.SiteCount];
        for (int row = 0; row < Shape.Rows; row++)
        {
            field.CopyRow(row, copy.AsSpan(row * Shape.Nx, Shape.Nx));
        }

        return new ReadOnlyTensorSpan<float>(copy, [Shape.Nz, Shape.Ny, Shape.Nx], default);
    }

    /// <summary>Sites that are not liver: tumour, dying, necrotic and free.</summary>
    public int TumorBedSites => (int)Shape.SiteCount - Hepatocytes;

    public void Dispose()
    {
        Visit(new StateDisposal());
        Signals.Dispose();
    }

    /// <summary>Whoever writes <see cref="Stroma"/> says so.</summary>
    internal void StromaChanged() => StromaVersion++;

    /// <summary>Makes room for the traits of radiation, or gives it back. Traits that are there stay.</summary>
    internal void SetIrradiated(bool irradiated)
    {
        if (!irradiated)
        {
            Radiation?.Dispose();
            Radiation = null;
        }
        else
        {
            Radiation ??= new RadiationTraits(Shape.Length);
        }
    }

    /// <summary>Everything of this lesion. An array that is not here is not copied, kept, hashed, counted or given back.</summary>
    /// <param name="visitor">Who goes over it.</param>
    /// <param name="name">Of the lesion, before the name of each part.</param>
    internal void Visit(StateVisitor visitor, string name = "lesion")
    {
        visitor.Part($"{name}/parenchyma");
        visitor.Lattice(Shape);
        visitor.Same(Fields.Length, "number of fields");
        visitor.Same(Stores.Count, "number of kinds of immune cells");
        visitor.Sites(ParenchymaCodes);
        visitor.Part($"{name}/clone of each cell");
        visitor.Sites(CloneIndex);
        visitor.Part($"{name}/MHC-I");
        visitor.Sites(Mhc1);
        visitor.Part($"{name}/PD-L1");
        visitor.Sites(Pdl1);
        visitor.Part($"{name}/stroma");
        visitor.Sites(Stroma);
        StromaVersion += visitor.Restores ? 1 : 0;
        visitor.Part($"{name}/vessel sites");
        visitor.Bits(VesselMark);
        for (int i = 0; i < Fields.Length; i++)
        {
            visitor.Part($"{name}/{FieldRows[i].Key}");
            visitor.Field(Fields[i]);
        }

        visitor.Part($"{name}/radiation");
        SetIrradiated(visitor.Count(Radiation is null ? 0 : 1, 1) != 0);
        Radiation?.Visit(visitor);
        visitor.Part($"{name}/clones");
        Clones.Visit(visitor);
        visitor.Part($"{name}/immune cells");
        visitor.Immune(Immune, Stores);
        visitor.Part($"{name}/vessels");
        visitor.Cells(Vessels);
        visitor.Part($"{name}/ledger");
        Ledger.Visit(visitor);
        visitor.Part($"{name}/counts and levels");
        AntigenReleased = visitor.Number(AntigenReleased);
        EffectorsTaken = (int)visitor.Number((double)EffectorsTaken);
        MeanVegf = visitor.Number(MeanVegf);
        TotalDamp = visitor.Number(TotalDamp);
        visitor.Part($"{name}/multipliers");
        Multipliers.Visit(visitor);
        visitor.Part($"{name}/counts of cells");
        StromaExposure.Visit(visitor);
        TumorCells = visitor.Number(TumorCells);
        TumorCellsAtStart = visitor.Number(TumorCellsAtStart);
        DyingCells = visitor.Number(DyingCells);
        NecroticCells = visitor.Number(NecroticCells);
        Hepatocytes = visitor.Number(Hepatocytes);
        OxygenUsers = visitor.Number(OxygenUsers);
        OxygenSupply = visitor.Number(OxygenSupply);
    }
}

using TmeSim.Engine.Plan;
using TmeSim.Engine.State;

namespace TmeSim.Analysis.Measures;

/// <summary>
/// The measures that a run records and that figures and data can name: the columns of timeseries.csv, in the order of the file.
/// </summary>
public static partial class MeasureTable
{
    // What stands in the file after the measures of the tissue.
    private static readonly Measure[] Named =
    [
        new("*_mg_per_l", "mg/L", "Blood concentration of a drug: bevacizumab_mg_per_l.", null)
        {
            Columns = names => names.Drugs.Select((drug, i) => new Measure(
                names.DrugColumn(i), "mg/L", $"Blood concentration of {drug}.", r => r.ConcentrationMgPerL(drug))),
        },
        new("clone_*_cells", "1", "Living tumour cells of a clone: clone_founder_cells, clone_B2M_cells.", null)
        {
            Columns = names => names.Clones.Select((clone, i) => new Measure(
                names.CloneColumn(i), "1", $"Living tumour cells of the clone {clone}.", r => r.CellsOfClone(clone)) { Pooling = Pooling.Sum }),
        },
        new("lof_*_cells", "1", LossText, null)
        {
            Columns = _ => Genes.Names.Select((gene, i) => new Measure(
                $"lof_{gene}_cells", "1", LossText, r => r.State.Clones.CellsWith(Genes.Flag(i))) { Pooling = Pooling.Sum }),
        },
        new("mutant_fraction", "1",
            "Share of living tumour cells that have lost a gene. Empty without tumour cells.",
            r => 1 - ((double)r.CellsWithoutLoss() / r.State.TumorCells)) { Pooling = Pooling.OverTumorCells },
    ];

    private static readonly Measure[] Books =
    [
        Booked("births", "Tumour cells born since t = 0.", Booking.TumorBirths),
        Booked("deaths_cd8", "Tumour cells killed by CD8 T cells since t = 0.", Booking.TumorDeathsCd8),
        Booked("deaths_apoptosis", "Tumour cells lost to spontaneous apoptosis since t = 0.", Booking.TumorDeathsApoptosis),
        Booked("deaths_necrosis", "Tumour cells lost to hypoxia since t = 0.", Booking.TumorDeathsNecrosis),
        Booked("deaths_phagocytosis", "Living tumour cells taken up by macrophages since t = 0.", Booking.TumorDeathsPhagocytosis),
        Booked("deaths_radiation", "Tumour cells that died of radiation since t = 0.", Booking.TumorDeathsRadiation),
        Booked("deaths_mitotic_failure", "Tumour cells that died in a failed division for lack of NEK9 since t = 0.",
        Booking.TumorDeathsMitoticFailure),
        Booked("deaths_nk", "Tumour cells without MHC-I that died by NK-like killing since t = 0.", Booking.TumorDeathsNk),
        Booked("divisions_blocked", "Tumour divisions that found no place since t = 0.", Booking.TumorDivisionsBlocked),
        Booked("cd8_entries", "CD8 T cells that entered from blood since t = 0.", Booking.Cd8Entries),
        Booked("cd8_entries_blocked", "CD8 T cells that returned to blood for lack of a free site since t = 0.", Booking.Cd8EntriesBlocked),
        Booked("cd8_births", "CD8 T cells born in the tissue since t = 0.", Booking.Cd8Births),
        Booked("cd8_births_blocked", "CD8 divisions that found no free site since t = 0.", Booking.Cd8BirthsBlocked),
        Booked("cd8_deaths", "CD8 T cells that died since t = 0.", Booking.Cd8Deaths),
        Booked("cd8_deaths_radiation", "CD8 T cells that radiation killed since t = 0.", Booking.Cd8DeathsRadiation),
        Booked("cd8_exits", "CD8 T cells that left the tissue since t = 0.", Booking.Cd8Exits),
        Booked("macrophage_entries", "Monocytes that entered from blood since t = 0.", Booking.MacrophageEntries),
        Booked("macrophage_entries_blocked", "Monocytes that returned to blood for lack of a free site since t = 0.",
        Booking.MacrophageEntriesBlocked),
        Booked("macrophage_deaths", "Macrophages that died since t = 0.", Booking.MacrophageDeaths),
        Booked("macrophage_exits", "Macrophages that left the tissue since t = 0.", Booking.MacrophageExits),
        Booked("vessels_sprouted", "Vessels sprouted since t = 0.", Booking.VesselsSprouted),
        Booked("vessels_lost", "Vessels lost since t = 0.", Booking.VesselsLost),
        Booked("clones_born", "Clones born by mutation since t = 0.", Booking.TumorMutations),
        Booked("mutants_joined", "Mutant daughters that joined a like clone because the clone table was full, since t = 0.",
        Booking.TumorMutationsJoined),
        Booked("mutants_dropped", "Mutations that were not kept because the clone table was full and held no like clone, since t = 0.",
        Booking.TumorMutationsDropped),
    ];

    private const string LossText = "Living tumour cells that have lost a gene, in whatever clone: lof_B2M_cells.";

    /// <summary>All measures and families.</summary>
    public static IReadOnlyList<Measure> All { get; } = [.. Tumor, .. Immune, .. Vessels, .. Means, .. Blood, .. Radiation, .. Spatial,
        .. Tiles, .. Biopsies, .. Named, .. Books];

    /// <summary>The measure with this name, or the family that it belongs to; null when there is none.</summary>
    public static Measure? Find(string name) => All.FirstOrDefault(m => m.Name == name) ?? All.FirstOrDefault(m => m.Holds(name));

    /// <summary>Label and unit of a column beside an axis; of one that is no measure, its name in words and the unit given.</summary>
    public static (string Label, string Unit) LabelOf(string column, string unit = "1")
    {
        Measure measure = Find(column) is { } known ? known with { Name = column } : new Measure(column, unit, "", null);
        return (measure.Label, measure.LabelUnit);
    }

    /// <summary>How readers see a column: label, unit and the factor that brings its values there; fractions are shown in percent.</summary>
    public static (string Label, string Unit, double Scale) ShownAs(string column, string unit = "1") =>
        LabelOf(column, unit) is var (label, own) && own == "fraction" ? (label, "%", 100) : (label, own, 1);

    private static Measure Booked(string name, string text, Booking booking) => new(name, "1", text, r => r.Booked(booking)) { Pooling = Pooling.Sum };
}

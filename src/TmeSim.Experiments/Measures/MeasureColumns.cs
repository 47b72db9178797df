using TmeSim.Engine.Plan;
using TmeSim.Engine.State;
using TmeSim.Scenarios;
using TmeSim.Scenarios.Units;

namespace TmeSim.Experiments.Measures;

/// <summary>A column of a table of results.</summary>
/// <param name="Name">Name in the header.</param>
/// <param name="Unit">Unit; "1" for plain numbers, empty for text.</param>
/// <param name="Text">What it is, one line.</param>
public sealed record ColumnInfo(string Name, string Unit, string Text);

/// <summary>
/// The columns of timeseries.csv of one scenario: keys, fixed measures, drugs, clones, books. The same for every arm and
/// lesion, so that tables of all arms stack. Names, units and texts are those of <see cref="MeasureTable"/>.
/// </summary>
public sealed class MeasureColumns
{
    /// <summary>Bookings that are columns, counted from t = 0.</summary>
    internal static readonly (string Column, Booking Booking)[] Books =
    [
        ("births", Booking.TumorBirths),
        ("deaths_cd8", Booking.TumorDeathsCd8),
        ("deaths_apoptosis", Booking.TumorDeathsApoptosis),
        ("deaths_necrosis", Booking.TumorDeathsNecrosis),
        ("deaths_phagocytosis", Booking.TumorDeathsPhagocytosis),
        ("deaths_radiation", Booking.TumorDeathsRadiation),
        ("deaths_mitotic_failure", Booking.TumorDeathsMitoticFailure),
        ("deaths_nk", Booking.TumorDeathsNk),
        ("divisions_blocked", Booking.TumorDivisionsBlocked),
        ("cd8_entries", Booking.Cd8Entries),
        ("cd8_entries_blocked", Booking.Cd8EntriesBlocked),
        ("cd8_births", Booking.Cd8Births),
        ("cd8_births_blocked", Booking.Cd8BirthsBlocked),
        ("cd8_deaths", Booking.Cd8Deaths),
        ("cd8_deaths_radiation", Booking.Cd8DeathsRadiation),
        ("cd8_exits", Booking.Cd8Exits),
        ("macrophage_entries", Booking.MacrophageEntries),
        ("macrophage_entries_blocked", Booking.MacrophageEntriesBlocked),
        ("macrophage_deaths", Booking.MacrophageDeaths),
        ("macrophage_exits", Booking.MacrophageExits),
        ("vessels_sprouted", Booking.VesselsSprouted),
        ("vessels_lost", Booking.VesselsLost),
        ("clones_born", Booking.TumorMutations),
        ("mutants_joined", Booking.TumorMutationsJoined),
        ("mutants_dropped", Booking.TumorMutationsDropped),
    ];

    internal static readonly string[] Fixed =
    [
        "tumor_cells", "tumor_diameter_mm", "tumor_volume_change", "dying_cells", "necrotic_cells",
        "cd8_cells", "cd8_exhausted_fraction", "cd8_core_per_mm2", "cd8_margin_per_mm2", "cd8_bed_per_mm2",
        "macrophages", "macrophages_bed_per_mm2", "cd163_fraction", "cd163_score_mean",
        "vessels_per_mm2", "vessels_perfused", "perfusion_mean", "maturity_mean",
        "stroma_mean", "stroma_permeability_mean",
        "hypoxic_fraction", "hypoxic_fraction_5", "oxygen_median_mmhg",
        "ifng_mean", "vegf_mean", "vegf_free_mean", "cxcl_mean", "suppressive_mean", "myeloid_mean", "pdl1_mean", "mhc1_mean",
        "nlr", "effector_level", "lymphocyte_level", "adjuvant_level", "mature_dc_level", "effector_egress",
        "damp_mean", "doomed_cells", "radiation_gy",
        .. SpatialReadings.Names,
    ];

    private readonly string[] _drugColumns;
    private readonly string[] _cloneColumns;

    /// <summary>Living tumour cells that have lost a gene, one column a gene, and the share that has lost any.</summary>
    internal static readonly string[] Lost = [.. Genes.Names.Select(g => $"lof_{g}_cells"), "mutant_fraction"];

    /// <param name="scenario">Scenario whose lesions, clones and drugs name the columns.</param>
    public MeasureColumns(ScenarioDefinition scenario)
    {
        Drugs = [.. scenario.Arms.SelectMany(a => a.Therapy).Select(c => c.Drug.Name).Distinct()];
        Clones = ["founder", .. scenario.Plan.Lesions.SelectMany(l => l.Clones).Select(c => c.Name).Distinct()];
        _drugColumns = Unique([.. Drugs.Select(d => $"{Word(d)}_mg_per_l")]);
        _cloneColumns = Unique([.. Clones.Select(c => $"clone_{Word(c)}_cells")]);
        All =
        [
            new("arm", "", "Therapy arm."),
            new("replicate", "1", "Number of the replicate, from 0."),
            new("lesion", "", "Lesion."),
            new("time_d", "d", "Time after t = 0, the start of therapy."),
            .. Fixed.Select(Describe),
            .. _drugColumns.Zip(Drugs, (n, d) => new ColumnInfo(n, "mg/L", $"Blood concentration of {d}.")),
            .. _cloneColumns.Zip(Clones, (n, c) => new ColumnInfo(n, "1", $"Living tumour cells of the clone {c}.")),
            .. Lost.Select(Describe),
            .. Books.Select(b => Describe(b.Column)),
        ];
    }

    /// <summary>All columns in file order; the first four are arm, replicate, lesion, time_d.</summary>
    public IReadOnlyList<ColumnInfo> All { get; }

    /// <summary>Number of key columns before the measures.</summary>
    public const int Keys = 4;

    internal string[] Drugs { get; }

    internal string[] Clones { get; }

    /// <summary>Column of the cells of a clone of the scenario.</summary>
    internal string CloneColumn(string clone) => _cloneColumns[Array.IndexOf(Clones, clone)];

    /// <summary>Column of the blood concentration of a drug of the scenario.</summary>
    internal string DrugColumn(string drug) => _drugColumns[Array.IndexOf(Drugs, drug)];

    /// <summary>Number of measures in a row.</summary>
    public int MeasureCount => All.Count - Keys;

    private static ColumnInfo Describe(string name) =>
        MeasureTable.Find(name) is { } info
            ? new ColumnInfo(name, info.Unit, info.Text)
            : throw new InvalidOperationException($"the measure table does not know the column {name}");

    // Letters and digits only, so that a column name never needs quotes.
    private static string Word(string name) => string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'));

    private static string[] Unique(string[] names)
    {
        var used = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (int i = 0; i < names.Length; i++)
        {
            string name = names[i];
            for (int n = 2; !used.Add(names[i]); n++)
            {
                names[i] = $"{name}_{n}";
            }
        }

        return names;
    }
}

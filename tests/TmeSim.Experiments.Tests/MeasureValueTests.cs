using TmeSim.Analysis.Measures;
using TmeSim.Engine;
using TmeSim.Engine.Immune;
using TmeSim.Engine.Patient;
using TmeSim.Engine.State;
using TmeSim.Experiments.Measures;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Tests;

/// <summary>
/// The value of every measure on a tissue made by hand: a square of 15 × 15 tumour cells in 40 × 40 sites of 20 µm, with four CD8 T cells, three
/// macrophages and three vessels. A measure without a value here fails.
/// </summary>
public sealed class MeasureValueTests
{
    private const int First = 10, Last = 24, Cells = 225;
    // Of a corner of the square three sites have fewer than half of their box in it. Sites within the planned radius of the middle.
    private const int CutCorner = 3;
    private const double PlannedCells = 314; // π · 10², rounded
    private const double SiteMm2 = 4e-4, BedMm2 = 240 * SiteMm2;
    private static readonly (int X, int Y)[] Cd8 = [(17, 17), (11, 17), (8, 17), (35, 35)];
    private static readonly (int X, int Y)[] Vessels = [(12, 12), (30, 10), (5, 5)];

    // Core: the 5 × 5 sites deeper than 100 µm. Margin: the other 200, and outside 4 · 15 · 5 beside the edges and 4 · 19 around the corners.
    private static readonly Dictionary<string, double> Expected = new()
    {
        ["tumor_cells"] = Cells,
        ["tumor_diameter_mm"] = 30 * 1.5,
        ["tumor_volume_change"] = (2.25 * 1.5) - 1,
        ["outline_diameter_mm"] = 30 * Math.Sqrt((Cells - (4 * CutCorner)) / PlannedCells),
        ["dying_cells"] = 3,
        ["necrotic_cells"] = 2,
        ["cd8_cells"] = 4,
        ["cd8_exhausted_fraction"] = 0.25,
        ["cd8_precursor"] = 1,
        ["cd8_effector"] = 1,
        ["cd8_terminal"] = 1,
        ["cd8_resident"] = 0,
        ["cd8_precursor_fraction"] = 1.0 / 3,
        ["cd8_effector_fraction"] = 1.0 / 3,
        ["cd8_terminal_fraction"] = 1.0 / 3,
        ["cd8_resident_fraction"] = 0,
        ["cd8_core_per_mm2"] = 1 / (25 * SiteMm2),
        ["cd8_margin_per_mm2"] = 2 / (576 * SiteMm2),
        ["cd8_bed_per_mm2"] = 2 / BedMm2,
        ["macrophages"] = 3,
        ["macrophages_bed_per_mm2"] = 3 / BedMm2,
        ["cd163_fraction"] = 2.0 / 3,
        ["cd163_score_mean"] = (0.75 + 0.625 + 0.25) / 3,
        ["vessels_per_mm2"] = 2 / BedMm2,
        ["vessels_perfused"] = 1,
        ["perfusion_mean"] = (0.75 + 0.25) / 2,
        ["maturity_mean"] = (0.5 + 0.25) / 2,
        ["stroma_mean"] = 0.375 * Cells / 240,
        ["stroma_permeability_mean"] = ((Cells / (1 + Math.Pow(0.375 / 0.5, 8))) + 15) / 240,
        ["hypoxic_fraction"] = 45.0 / Cells,
        ["hypoxic_fraction_5"] = 30.0 / Cells,
        ["hypoxic_fraction_2_5"] = 15.0 / Cells,
        ["oxygen_median_mmhg"] = 20,
        ["ifng_mean"] = 2,
        ["vegf_mean"] = 4,
        ["vegf_free_mean"] = 4,
        ["cxcl_mean"] = 1,
        ["suppressive_mean"] = 0.5,
        ["myeloid_mean"] = 3,
        ["damp_mean"] = 0.25,
        ["pdl1_mean"] = 200,
        ["mhc1_mean"] = 1.25,
        ["nlr"] = 3 / 0.75,
        ["effector_level"] = 2,
        ["lymphocyte_level"] = 0.75,
        ["adjuvant_level"] = 0.125,
        ["mature_dc_level"] = 1.5,
        ["effector_egress"] = 0.375,
        ["memory_level"] = 0.625,
        ["doomed_cells"] = 7,
        ["radiation_gy"] = 24,
        ["vessels_perfused_per_mm2"] = 1 / BedMm2,
        ["vessels_perfusion_per_mm2"] = 1 / BedMm2,
        ["vessel_distance_mean_um"] = MeanDistanceUm(Tumor(), Vessels),
        ["cd8_tumor_nn_um"] = (0 + 0 + 40 + (20 * Math.Sqrt(242))) / 4,
        ["tumor_cd8_nn_um"] = MeanDistanceUm(Tumor(), Cd8),
        ["cd8_margin_core_ratio"] = 2 / (576 * SiteMm2) / 100,
        ["cd8_phenotype"] = 3,
        ["cd163_cd8_log2_ratio"] = Math.Log2(2.5 / 1.5),
        ["morisita_horn_100um"] = 4.0 / 13,
        ["mixing_score"] = 36.0 / 2,
        ["funcn_cd8_tumor"] = (Around(17, 17).Tumor + Around(11, 17).Tumor) / 2,
        ["funcn_cd8_macrophage"] = (Around(17, 17).Macrophages + Around(11, 17).Macrophages) / 2,
        ["cd8_stroma_parenchyma_ratio"] = 1.0 / (4 * 15 * 5 + 4 * 19) / (2.0 / Cells),
        ["cd8_engaged_per_mm2"] = 1 / BedMm2,
        ["ifng_score"] = (Math.Log(3) + Math.Log(2) + Math.Log(2.25) + Math.Log(2) + Math.Log(1 + (1 / BedMm2 / 93))) / 5,
        ["atezolizumab_mg_per_l"] = 0,
        ["bevacizumab_mg_per_l"] = 0,
        ["clone_founder_cells"] = 180,
        ["clone_low_antigen_cells"] = 45,
        ["lof_B2M_cells"] = 45,
        ["lof_JAK1_cells"] = 0,
        ["lof_TGFBR2_cells"] = 0,
        ["lof_CYLD_cells"] = 0,
        ["lof_RUNX1_cells"] = 0,
        ["lof_antigen_cells"] = 0,
        ["mutant_fraction"] = 0.2,
        ["tile_volume_change_sd"] = double.NaN,
        ["tile_cd8_bed_sd_per_mm2"] = double.NaN,
        ["tile_cleared_fraction"] = double.NaN,
        ["births"] = 100 + (int)Booking.TumorBirths,
        ["deaths_cd8"] = 100 + (int)Booking.TumorDeathsCd8,
        ["deaths_apoptosis"] = 100 + (int)Booking.TumorDeathsApoptosis,
        ["deaths_necrosis"] = 100 + (int)Booking.TumorDeathsNecrosis,
        ["deaths_phagocytosis"] = 100 + (int)Booking.TumorDeathsPhagocytosis,
        ["deaths_radiation"] = 100 + (int)Booking.TumorDeathsRadiation,
        ["deaths_mitotic_failure"] = 100 + (int)Booking.TumorDeathsMitoticFailure,
        ["deaths_nk"] = 100 + (int)Booking.TumorDeathsNk,
        ["divisions_blocked"] = 100 + (int)Booking.TumorDivisionsBlocked,
        ["cd8_entries"] = 100 + (int)Booking.Cd8Entries,
        ["cd8_entries_blocked"] = 100 + (int)Booking.Cd8EntriesBlocked,
        ["cd8_births"] = 100 + (int)Booking.Cd8Births,
        ["cd8_births_blocked"] = 100 + (int)Booking.Cd8BirthsBlocked,
        ["cd8_deaths"] = 100 + (int)Booking.Cd8Deaths,
        ["cd8_deaths_radiation"] = 100 + (int)Booking.Cd8DeathsRadiation,
        ["cd8_exits"] = 100 + (int)Booking.Cd8Exits,
        ["macrophage_entries"] = 100 + (int)Booking.MacrophageEntries,
        ["macrophage_entries_blocked"] = 100 + (int)Booking.MacrophageEntriesBlocked,
        ["macrophage_deaths"] = 100 + (int)Booking.MacrophageDeaths,
        ["macrophage_exits"] = 100 + (int)Booking.MacrophageExits,
        ["vessels_sprouted"] = 100 + (int)Booking.VesselsSprouted,
        ["vessels_lost"] = 100 + (int)Booking.VesselsLost,
        ["clones_born"] = 100 + (int)Booking.TumorMutations,
        ["mutants_joined"] = 100 + (int)Booking.TumorMutationsJoined,
        ["mutants_dropped"] = 100 + (int)Booking.TumorMutationsDropped,
    };

    [Fact]
    public void Measures_OfATissueMadeByHand_HaveTheValuesWorkedOut()
    {
        ScenarioDefinition scenario = SmallScenario.Read(
            "time.burn_in=0 d", "lesions[primary].immune.cd8=0 /mm2", "lesions[primary].immune.macrophages=0 /mm2", "lesions[primary].vessels.density=0 /mm2",
            "lesions[primary].tumor.clones[low antigen].lof=[B2M]", "fields.signal_spacing=fine");
        using var simulation = new Simulation(scenario.Plan, 0);
        simulation.BeginArm(scenario.Arms[0]);
        var columns = new MeasureColumns(scenario);
        var reader = new MeasureReader(columns, simulation);
        Make(simulation.Lesions[0]);
        MakeBlood(simulation.Patient);

        double[] values = reader.Read(simulation, 0, scenario.Arms[0].Parameters);
        Dictionary<string, double> expected = WithNeedle(NeedleTrack.Of(new LesionReading(simulation, 0, scenario.Arms[0].Parameters, []), NeedleTrack.WidthUm)!);

        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), columns.Measures.Select(m => m.Name).Order(StringComparer.Ordinal));
        foreach ((Measure measure, double value) in columns.Measures.Zip(values))
        {
            double right = expected[measure.Name];
            Assert.True((double.IsNaN(value) && double.IsNaN(right)) || Math.Abs(value - right) <= 1e-6 * Math.Max(1e-3, Math.Abs(right)), $"{measure.Name}: {value}, worked out {right}");
        }
    }

    // The disc of as many sites is narrower than the needle of 20 sites: it runs through the middle of the square, at the angle of this seed. The square and three of the cells
    // are in it at any angle.
    private static Dictionary<string, double> WithNeedle(NeedleTrack needle)
    {
        Assert.Equal((17.0, 17.0), (needle.Point.X, needle.Point.Y));
        bool Inside(int x, int y) => Math.Abs(((x - 17) * needle.Direction.Y) - ((y - 17) * needle.Direction.X)) <= 10;
        int bed = Tumor().Count(at => Inside(at.X, at.Y)) + Enumerable.Range(First, 15).Count(y => Inside(30, y)), macrophages = Inside(30, 12) ? 3 : 2;
        return new Dictionary<string, double>(Expected)
        {
            ["biopsy_cd8_per_mm2"] = 2 / (bed * SiteMm2),
            ["biopsy_macrophages_per_mm2"] = macrophages / (bed * SiteMm2),
            ["biopsy_cd163_fraction"] = 2.0 / macrophages,
            ["biopsy_phenotype"] = 3,
            ["biopsy_area_mm2"] = bed * SiteMm2,
        };
    }

    [Theory]
    [InlineData(225, 40)]
    [InlineData(224, 40)]
    [InlineData(225, 1e-30)]
    [InlineData(2, 0)]
    [InlineData(1, 160)]
    public void MedianOxygen_IsThatOfTheSortedValues(int cells, double largest)
    {
        ScenarioDefinition scenario = SmallScenario.Read(
            "time.burn_in=0 d", "lesions[primary].immune.cd8=0 /mm2", "lesions[primary].immune.macrophages=0 /mm2", "lesions[primary].vessels.density=0 /mm2");
        using var simulation = new Simulation(scenario.Plan, 0);
        simulation.BeginArm(scenario.Arms[0]);
        LesionState lesion = simulation.Lesions[0];
        foreach (int site in Sites(lesion))
        {
            lesion.ParenchymaCodes[site] = Parenchyma.Hepatocyte;
        }

        var random = new Random(7);
        var values = new List<float>();
        foreach (int site in Tumor().Take(cells).Select(at => lesion.Shape.Site(at.X, at.Y)))
        {
            lesion.ParenchymaCodes[site] = Parenchyma.Tumor;
            values.Add((float)(largest * random.NextDouble()));
            lesion.Field(FieldId.Oxygen)[site] = values[^1];
        }

        double median = MeasureTable.All.Single(m => m.Name == "oxygen_median_mmhg").Read!(new LesionReading(simulation, 0, scenario.Arms[0].Parameters, []));

        values.Sort();
        Assert.Equal((values[(cells - 1) / 2] + (double)values[cells / 2]) / 2, median);
    }

    private static void Make(LesionState s)
    {
        foreach (int site in Sites(s))
        {
            (int x, int y, _) = s.Shape.Coordinates(site);
            bool tumor = x is >= First and <= Last && y is >= First and <= Last;
            s.ParenchymaCodes[site] = tumor ? Parenchyma.Tumor
                : x != 30 ? Parenchyma.Hepatocyte
                : y is >= 10 and < 20 ? Parenchyma.Empty
                : y is >= 20 and < 23 ? Parenchyma.Dying
                : y is >= 23 and < 25 ? Parenchyma.Necrotic : Parenchyma.Hepatocyte;
            s.CloneIndex[site] = (ushort)(tumor && y < First + 3 ? 1 : 0);
            (s.Pdl1[site], s.Mhc1[site], s.Stroma[site]) = tumor ? (200, 1.25f, 0.375f) : (0, 0, 0);
            Fill(s, site, tumor, tumor ? y - First : -1);
        }

        (s.TumorCells, s.TumorCellsAtStart, s.DyingCells, s.NecroticCells) = (Cells, 100, 3, 2);
        s.Hepatocytes = (int)s.Shape.SiteCount - 240;
        s.Clones.Add(0, 180 - s.Clones.Cells(0));
        s.Clones.Add(1, 45 - s.Clones.Cells(1));
        AddCells(s);
        s.SetIrradiated(true);
        (s.Radiation!.DoomedCells, s.Radiation.DoseGy) = (7, 24);
        foreach (Booking booking in Enum.GetValues<Booking>())
        {
            s.Ledger.Add(booking, 100 + (int)booking);
        }
    }

    // What is outside the tumour must not count.
    private static void Fill(LesionState s, int site, bool tumor, int row)
    {
        s.Field(FieldId.Oxygen)[site] = row switch { 0 => 1, 1 => 3, 2 => 7, > 2 => 20, _ => 0.5f };
        (FieldId Field, float Value)[] levels =
        [
            (FieldId.Ifng, 2), (FieldId.Vegf, 4), (FieldId.Cxcl, 1), (FieldId.Suppressive, 0.5f), (FieldId.Myeloid, 3), (FieldId.Damp, 0.25f),
        ];
        foreach ((FieldId field, float value) in levels)
        {
            s.Field(field)[site] = tumor ? value : 100;
        }
    }

    private static void AddCells(LesionState s)
    {
        foreach ((int x, int y) in Cd8)
        {
            // The last one is a bystander, whose state does not count.
            byte state = x switch { 17 => Cd8State.Terminal, 11 => Cd8State.Precursor, 8 => Cd8State.Effector, _ => Cd8State.Resident };
            byte reactive = state == Cd8State.Resident ? (byte)0 : Cd8Store.TumorReactive;
            Occupancy.AddCd8(s, (ulong)((100 * x) + y), s.Shape.Site(x, y, 0), x == 17 ? 0.75f : 0.25f, 0, reactive, state);
        }

        s.Cd8.Target[0] = s.Shape.Site(17, 17, 0);
        Occupancy.AddMacrophage(s, 1, s.Shape.Site(16, 17, 0), 0.75f, 1);
        Occupancy.AddMacrophage(s, 2, s.Shape.Site(18, 17, 0), 0.625f, 1);
        Occupancy.AddMacrophage(s, 3, s.Shape.Site(30, 12, 0), 0.25f, 1);
        foreach (((int x, int y), float perfusion, float maturity) in Vessels.Zip<(int, int), float, float>([0.75f, 0.25f, 1], [0.5f, 0.25f, 1]))
        {
            s.Vessels.Add(s.Shape.Site(x, y, 0), 1, maturity, perfusion);
            s.VesselMark[s.Shape.Site(x, y, 0)] = true;
        }
    }

    private static void MakeBlood(PatientState patient)
    {
        patient[PatientState.Slot.Effectors] = 2;
        patient[PatientState.Slot.Neutrophils] = 3;
        patient[PatientState.Slot.Lymphocytes] = 0.75;
        patient[PatientState.Slot.Adjuvant] = 0.125;
        patient[PatientState.Slot.MatureDendritic] = 1.5;
        patient[PatientState.Slot.Expanding3] = 0.375;
        patient.Memory = 0.625;
    }

    private static IEnumerable<int> Sites(LesionState s) =>
        from y in Enumerable.Range(0, s.Shape.Ny) from x in Enumerable.Range(0, s.Shape.Nx) select s.Shape.Site(x, y, 0);

    private static IEnumerable<(int X, int Y)> Tumor() =>
        from y in Enumerable.Range(First, 15) from x in Enumerable.Range(First, 15) select (x, y);

    // Of a CD8 T cell in the square, to three times the width of the kernel: shares of the tumour and of the two macrophages beside the middle.
    private static (double Tumor, double Macrophages) Around(int x, int y)
    {
        double all = 0, tumor = 0, macrophages = 0;
        for (int i = -3; i <= 3; i++)
        {
            for (int k = -3; k <= 3; k++)
            {
                double weight = (i * i) + (k * k) <= 9 ? Math.Exp(-((i * i) + (k * k)) / 2.0) : 0;
                bool inside = x + i is >= First and <= Last && y + k is >= First and <= Last;
                int immune = (i, k) != (0, 0) && (x + i, y + k) is (17, 17) or (11, 17) or (8, 17) ? 1 : 0, macrophage = (x + i, y + k) is (16, 17) or (18, 17) ? 1 : 0;
                tumor += inside ? weight : 0;
                macrophages += macrophage * weight;
                all += weight * (1 + immune + macrophage);
            }
        }

        return (tumor / all, macrophages / all);
    }

    private static double MeanDistanceUm(IEnumerable<(int X, int Y)> from, (int X, int Y)[] to) =>
        from.Average(a => to.Min(b => 20 * Math.Sqrt(((a.X - b.X) * (a.X - b.X)) + ((a.Y - b.Y) * (a.Y - b.Y)))));
}

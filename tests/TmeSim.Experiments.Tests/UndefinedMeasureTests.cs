using System.Globalization;
using TmeSim.Analysis.Measures;
using TmeSim.Engine;
using TmeSim.Engine.State;
using TmeSim.Experiments.Exports;
using TmeSim.Experiments.Folders;
using TmeSim.Experiments.Measures;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Tests;

/// <summary>Which measures are not defined in a tissue that lacks something: these are NaN and an empty cell in every table, all others are numbers.</summary>
public sealed class UndefinedMeasureTests
{
    private const string OfTumor =
        "cd8_core_per_mm2 cd8_margin_per_mm2 hypoxic_fraction hypoxic_fraction_5 hypoxic_fraction_2_5 oxygen_median_mmhg ifng_mean vegf_mean vegf_free_mean cxcl_mean suppressive_mean myeloid_mean "
        + "damp_mean pdl1_mean mhc1_mean vessel_distance_mean_um cd8_tumor_nn_um tumor_cd8_nn_um cd8_margin_core_ratio cd8_stroma_parenchyma_ratio cd8_phenotype cd163_cd8_log2_ratio morisita_horn_100um ifng_score mutant_fraction "
        + "biopsy_cd8_per_mm2 biopsy_macrophages_per_mm2 biopsy_cd163_fraction biopsy_phenotype biopsy_area_mm2";

    private const string OfBed =
        "cd8_bed_per_mm2 macrophages_bed_per_mm2 cd163_fraction vessels_per_mm2 perfusion_mean maturity_mean stroma_mean stroma_permeability_mean vessels_perfused_per_mm2 vessels_perfusion_per_mm2 cd8_engaged_per_mm2 funcn_cd8_tumor funcn_cd8_macrophage";

    // There is no spread between tiles in a lesion of one.
    private const string OfTiles = "tile_volume_change_sd tile_cd8_bed_sd_per_mm2 tile_cleared_fraction";

    /// <summary>What is missing, and the measures that are not defined then.</summary>
    public static TheoryData<string, string> Tissues => new()
    {
        { "nothing", "" },
        { "tumour", OfTumor },
        { "tumour and bed", $"{OfTumor} {OfBed}" },
        { "CD8", "funcn_cd8_tumor funcn_cd8_macrophage cd8_stroma_parenchyma_ratio cd8_exhausted_fraction cd8_precursor_fraction cd8_effector_fraction cd8_terminal_fraction cd8_resident_fraction cd8_tumor_nn_um tumor_cd8_nn_um cd8_margin_core_ratio morisita_horn_100um" },
        { "macrophages", "cd163_fraction cd163_score_mean biopsy_cd163_fraction" },
        { "CD8 and macrophages", "funcn_cd8_tumor funcn_cd8_macrophage cd8_stroma_parenchyma_ratio cd8_exhausted_fraction cd8_precursor_fraction cd8_effector_fraction cd8_terminal_fraction cd8_resident_fraction cd8_tumor_nn_um tumor_cd8_nn_um cd8_margin_core_ratio morisita_horn_100um cd163_fraction cd163_score_mean mixing_score cd163_cd8_log2_ratio biopsy_cd163_fraction" },
        { "vessels", "perfusion_mean maturity_mean vessel_distance_mean_um" },
    };

    [Theory]
    [MemberData(nameof(Tissues))]
    public void Measures_OfTissueThatLacksSomething_AreMissingWhereNotDefined(string missing, string undefined)
    {
        using Simulation simulation = Lacking(missing, out ScenarioDefinition scenario);
        var columns = new MeasureColumns(scenario);
        double[] row = new MeasureReader(columns, simulation).Read(simulation, 0, scenario.Arms[0].Parameters);

        Assert.Equal(Names(undefined), columns.All.Skip(MeasureColumns.Keys).Zip(row).Where(m => double.IsNaN(m.Second)).Select(m => m.First.Name).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(row, double.IsInfinity);
        Assert.Equal(Names(undefined).Length, row.Count(v => Csv.Number(v).Length == 0));
    }

    /// <summary>The scalars of a snapshot are missing where the same measures of the time series are, and have the same values elsewhere.</summary>
    [Theory]
    [MemberData(nameof(Tissues))]
    public void SpatialScalars_AgreeWithTheTimeSeries(string missing, string undefined)
    {
        using Simulation simulation = Lacking(missing, out ScenarioDefinition scenario);
        var columns = new MeasureColumns(scenario);
        double[] row = new MeasureReader(columns, simulation).Read(simulation, 0, scenario.Arms[0].Parameters);
        var read = columns.All.Skip(MeasureColumns.Keys).Zip(row).ToDictionary(m => m.First.Name, m => m.Second);
        SpatialValue[] shared = [.. SpatialScalars.Of(new SnapshotTissue(Snapshot(simulation, scenario))).Where(v => read.ContainsKey(v.Measure))];

        Assert.True(shared.Length >= 14);
        Assert.All(shared, v => Assert.Equal(Csv.Number(Math.Round(read[v.Measure], 5)), Csv.Number(Math.Round(v.Value, 5))));
        Assert.Equal(Names(undefined).Intersect(shared.Select(v => v.Measure)), shared.Where(v => Csv.Number(v.Value).Length == 0).Select(v => v.Measure).Order(StringComparer.Ordinal));
    }

    /// <summary>Every measure that can be undefined says so in its text, and no other does.</summary>
    [Fact]
    public void MeasureTable_SaysWhenAMeasureIsEmpty()
    {
        HashSet<string> undefined = [.. Tissues.SelectMany(t => Names(t.Data.Item2)), "mixing_score", "tumor_volume_change"];
        Assert.All(MeasureTable.All, m => Assert.True(undefined.Contains(m.Name) == m.Text.Contains("mpty w", StringComparison.Ordinal) || m.Text.Contains("mpty if", StringComparison.Ordinal), m.Name));
    }

    private static string[] Names(string text) => [.. $"{text} {OfTiles}".Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)];

    private static Simulation Lacking(string missing, out ScenarioDefinition scenario)
    {
        string[] none =
        [
            .. missing.Contains("CD8", StringComparison.Ordinal) ? ["lesions[primary].immune.cd8=0 /mm2"] : (string[])[],
            .. missing.Contains("macrophages", StringComparison.Ordinal) ? ["lesions[primary].immune.macrophages=0 /mm2"] : (string[])[],
            .. missing.Contains("vessels", StringComparison.Ordinal) ? ["lesions[primary].vessels.density=0 /mm2"] : (string[])[],
        ];
        scenario = SmallScenario.Read(["time.burn_in=0 d", .. none]);
        var simulation = new Simulation(scenario.Plan, 0);
        simulation.BeginArm(scenario.Arms[0]);
        if (missing.Contains("tumour", StringComparison.Ordinal))
        {
            Clear(simulation.Lesions[0], missing.Contains("bed", StringComparison.Ordinal) ? Parenchyma.Hepatocyte : Parenchyma.Empty);
        }

        return simulation;
    }

    // Tumour cells become free sites, or with the whole bed liver.
    private static void Clear(LesionState s, byte code)
    {
        foreach (int site in Sites(s).Where(site => s.ParenchymaCodes[site] == Parenchyma.Tumor || (code == Parenchyma.Hepatocyte && s.ParenchymaCodes[site] != code)))
        {
            s.ParenchymaCodes[site] = code;
        }

        for (int clone = 0; clone < s.Clones.Count; clone++)
        {
            s.Clones.Add(clone, -s.Clones.Cells(clone));
        }

        s.TumorCells = 0;
        s.Hepatocytes = Sites(s).Count(site => s.ParenchymaCodes[site] == Parenchyma.Hepatocyte);
    }

    private static IEnumerable<int> Sites(LesionState s) => Enumerable.Range(0, s.Shape.Ny).SelectMany(y => Enumerable.Range(0, s.Shape.Nx).Select(x => s.Shape.Site(x, y, 0)));

    private static TissueSnapshot Snapshot(Simulation simulation, ScenarioDefinition scenario)
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, string.Create(CultureInfo.InvariantCulture, $"s.bin.gz"));
        SnapshotFile.Write(path, simulation, 0, scenario.Arms[0]);
        return SnapshotFile.Read(path);
    }
}

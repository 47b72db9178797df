using TmeSim.Engine;
using TmeSim.Engine.Cd8;
using TmeSim.Engine.Fields;
using TmeSim.Engine.Macrophages;
using TmeSim.Engine.Patient;
using TmeSim.Engine.Plan;
using TmeSim.Engine.Start;
using TmeSim.Engine.State;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Measures;

/// <summary>
/// Reads one row of measures from a simulation between steps. What is not defined (a mean or share of no cells, a density of no area, a
/// distance to nothing) is NaN, never 0 or infinite; <see cref="TmeSim.Scenarios.MeasureTable"/> says when. Sums run in site order; shares and
/// densities are counts, so a row depends on the state alone.
/// </summary>
public sealed class MeasureReader
{
    /// <summary>A vessel counts as perfused above half the perfusion of a full mature vessel (one without pericytes reaches 0.3).</summary>
    public const float PerfusedAbove = 0.5f;

    private readonly MeasureColumns _columns;
    private readonly long[][] _booksAtStart;

    /// <summary>Begins an arm: what the books hold now is the zero of the cumulative columns.</summary>
    public MeasureReader(MeasureColumns columns, Simulation simulation)
    {
        _columns = columns;
        _booksAtStart = [.. simulation.Lesions.Select(l => l.Ledger.Counts.ToArray())];
    }

    /// <summary>What each lesion had booked when the arm began.</summary>
    internal long[][] BooksAtStart => _booksAtStart;

    /// <summary>Values of one lesion in the order of <see cref="MeasureColumns.All"/> without the key columns; NaN where not defined.</summary>
    /// <param name="simulation">State to read.</param>
    /// <param name="lesion">Index of the lesion.</param>
    /// <param name="parameters">Parameters of the arm: thresholds of exhausted and CD163+ cells.</param>
    public double[] Read(Simulation simulation, int lesion, ParameterSet parameters)
    {
        LesionState state = simulation.Lesions[lesion];
        var row = new List<double>(_columns.MeasureCount);
        var tumor = new TumorReadings(state);
        var zones = new TumorZones(state);
        ReadTumor(row, simulation, lesion);
        ReadImmune(row, state, zones, parameters);
        ReadVessels(row, state);
        row.AddRange(StromaReadings.OfBed(state, parameters));
        row.AddRange([tumor.HypoxicFraction10, tumor.HypoxicFraction5, tumor.OxygenMedian]);
        row.AddRange([tumor.Mean(FieldId.Ifng), tumor.Mean(FieldId.Vegf), simulation.MeanFreeVegf(lesion), tumor.Mean(FieldId.Cxcl)]);
        row.AddRange([tumor.Mean(FieldId.Suppressive), tumor.Mean(FieldId.Myeloid), tumor.Pdl1Mean, tumor.Mhc1Mean]);
        PatientState patient = simulation.Patient;
        row.AddRange([patient.Nlr, patient.Effectors, patient.Lymphocytes, patient.Adjuvant, patient.MatureDendritic, patient.Egress]);
        row.AddRange([tumor.Mean(FieldId.Damp), state.Radiation?.DoomedCells ?? 0, state.Radiation?.DoseGy ?? 0]);
        row.AddRange(SpatialReadings.Of(state, tumor, zones, parameters));
        row.AddRange(_columns.Drugs.Select(d => Concentration(simulation, d)));
        row.AddRange(_columns.Clones.Select(c => (double)CellsOf(state, tumor, c)));
        row.AddRange(Enumerable.Range(0, Genes.Count).Select(g => (double)state.Clones.CellsWith(Genes.Flag(g))));
        row.Add(1 - (double)CellsOfGenotype(state, Genotype.None) / state.TumorCells);
        row.AddRange(MeasureColumns.Books.Select(b => (double)(state.Ledger[b.Booking] - _booksAtStart[lesion][(int)b.Booking])));
        return [.. row.Select(value => double.IsFinite(value) ? value : double.NaN)];
    }

    private static void ReadTumor(List<double> row, Simulation simulation, int lesion)
    {
        LesionState state = simulation.Lesions[lesion];
        double ratio = state.TumorCellsAtStart == 0 ? double.NaN : (double)state.TumorCells / state.TumorCellsAtStart;
        double volume = state.Shape.Dimensions == 2 ? ratio * Math.Sqrt(ratio) : state.Shape.Dimensions == 1 ? ratio * ratio * ratio : ratio;
        row.AddRange([state.TumorCells, simulation.ScaledDiameterMm(lesion), volume - 1, state.DyingCells, state.NecroticCells]);
    }

    private static void ReadImmune(List<double> row, LesionState state, TumorZones zones, ParameterSet parameters)
    {
        Cd8Store cd8 = state.Cd8;
        float exhaustedAbove = (float)parameters[Parameter.Cd8ExhaustedThreshold];
        int exhausted = cd8.Exhaustion.AsSpan(0, cd8.Count).ToArray().Count(e => e > exhaustedAbove);
        var baseline = Baseline.Measure(state, parameters);
        row.AddRange([cd8.Count, (double)exhausted / cd8.Count, zones.Cd8.CoreDensity, zones.Cd8.MarginDensity, baseline.Cd8PerMm2]);

        MacrophageStore macrophages = state.Macrophages;
        long score = 0; // fixed point: the order of the store must not show
        for (int i = 0; i < macrophages.Count; i++)
        {
            score += (long)(macrophages.Score[i] * (1 << 24));
        }

        row.AddRange([macrophages.Count, baseline.MacrophagesPerMm2, baseline.Cd163Fraction, (double)score / (1 << 24) / macrophages.Count]);
    }

    private static void ReadVessels(List<double> row, LesionState state)
    {
        int count = 0, perfused = 0;
        long perfusion = 0, maturity = 0;
        for (int i = 0; i < state.Vessels.Count; i++)
        {
            if (state.ParenchymaCodes[state.Vessels.Site[i]] != Parenchyma.Hepatocyte)
            {
                count++;
                perfused += state.Vessels.Perfusion[i] > PerfusedAbove ? 1 : 0;
                perfusion += (long)(state.Vessels.Perfusion[i] * (1 << 24));
                maturity += (long)(state.Vessels.Maturity[i] * (1 << 24));
            }
        }

        double area = state.TumorBedSites * state.Shape.SiteAreaMm2;
        row.AddRange([count / area, perfused, (double)perfusion / (1 << 24) / count, (double)maturity / (1 << 24) / count]);
    }

    private static double Concentration(Simulation simulation, string drug)
    {
        for (int i = 0; i < simulation.Drugs.Count; i++)
        {
            if (simulation.Drugs[i].Name == drug)
            {
                return simulation.DrugConcentrationMgPerL(i);
            }
        }

        return 0;
    }

    private static int CellsOfGenotype(LesionState state, Genotype genotype)
    {
        int cells = 0;
        for (int i = 0; i < state.Clones.Count; i++)
        {
            cells += state.Clones[i].Genotype == genotype ? state.Clones.Cells(i) : 0;
        }

        return cells;
    }

    private static int CellsOf(LesionState state, TumorReadings tumor, string clone)
    {
        // Clones born by mutation are called after their genes, as a clone of the scenario may be.
        for (int i = 0; i < state.Clones.Seeded; i++)
        {
            if (state.Clones[i].Name == clone)
            {
                return tumor.ClonesCells[i];
            }
        }

        return 0;
    }
}

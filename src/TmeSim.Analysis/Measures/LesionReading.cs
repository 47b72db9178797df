using TmeSim.Analysis.Spatial;
using TmeSim.Engine;
using TmeSim.Engine.Patient;
using TmeSim.Engine.Plan;
using TmeSim.Engine.Start;
using TmeSim.Engine.State;

namespace TmeSim.Analysis.Measures;

/// <summary>
/// What the measures of one tissue, a lesion or a tile of one, read at one time. What several of them need is read when the first asks. Sums run in site order or over
/// whole numbers, so that values depend on the state alone.
/// </summary>
public sealed class LesionReading
{
    private readonly long[] _booksAtStart;
    private readonly Lazy<TumorReadings> _tumor;
    private readonly Lazy<TumorZones> _zones;
    private readonly Lazy<LesionOutline> _outline;
    private readonly Lazy<Baseline> _baseline;
    private readonly Lazy<ImmuneReadings> _immune;
    private readonly Lazy<VesselReadings> _vessels;
    private readonly Lazy<StromaReadings> _stroma;
    private readonly Lazy<CellSurroundings> _surroundings;
    private readonly Lazy<NeedleSample> _biopsy;

    /// <param name="simulation">State to read, between steps.</param>
    /// <param name="tissue">Index of the tissue (<see cref="Simulation.Lesions"/>).</param>
    /// <param name="parameters">Parameters of the arm: thresholds of exhausted and CD163+ cells.</param>
    /// <param name="booksAtStart">What the tissue had booked when the arm began, by <see cref="Booking"/>: the zero of cumulative
    /// measures.</param>
    public LesionReading(Simulation simulation, int tissue, ParameterSet parameters, long[] booksAtStart)
    {
        (Simulation, Tissue, Parameters, _booksAtStart) = (simulation, tissue, parameters, booksAtStart);
        State = simulation.Lesions[tissue];
        _tumor = new(() => new TumorReadings(State));
        _zones = new(() => new TumorZones(State));
        _outline = new(() => new LesionOutline(State));
        _baseline = new(() => Baseline.Measure(State, parameters));
        _immune = new(() => new ImmuneReadings(State, parameters));
        _vessels = new(() => new VesselReadings(State));
        _stroma = new(() => new StromaReadings(State, parameters));
        _surroundings = new(() => new CellSurroundings(State));
        _biopsy = new(() => new NeedleSample(this, NeedleTrack.WidthUm));
    }

    /// <summary>The simulation.</summary>
    public Simulation Simulation { get; }

    /// <summary>Index of the tissue.</summary>
    public int Tissue { get; }

    /// <summary>Index of the lesion.</summary>
    public int Lesion => Simulation.LesionOf(Tissue);

    /// <summary>Parameters of the arm.</summary>
    public ParameterSet Parameters { get; }

    /// <summary>State of the tissue.</summary>
    public LesionState State { get; }

    /// <summary>Blood and lymph node.</summary>
    public PatientState Patient => Simulation.Patient;

    /// <summary>Area of the tumour bed [mm²]; in 3D of all layers together.</summary>
    public double BedAreaMm2 => State.TumorBedSites * State.Shape.SiteAreaMm2;

    /// <summary>
    /// Diameter of a disc or ball as large as the outline, scaled to the clinical lesion [mm]: the lesion's own where the outline is the
    /// planned nodule without gaps.
    /// </summary>
    public double OutlineDiameterMm
    {
        get
        {
            SimulationPlan plan = Simulation.Plan;
            double ratio = (double)_outline.Value.Sites / plan.Tissue.CellsWithin(plan.Lesions[Lesion].RadiusUm);
            return plan.Lesions[Lesion].DiameterMm * Math.Pow(ratio, 1.0 / Math.Max(1, State.Shape.Dimensions));
        }
    }

    internal TumorReadings Tumor => _tumor.Value;

    internal TumorZones Zones => _zones.Value;

    internal Baseline Baseline => _baseline.Value;

    internal ImmuneReadings Immune => _immune.Value;

    internal VesselReadings Vessels => _vessels.Value;

    internal StromaReadings Stroma => _stroma.Value;

    internal CellSurroundings Surroundings => _surroundings.Value;

    internal NeedleSample Biopsy => _biopsy.Value;

    internal IfngComponents IfngComponents =>
        new(Tumor.Mean(FieldId.Ifng), Tumor.Pdl1Mean, Tumor.Mhc1Mean, Tumor.Mean(FieldId.Cxcl), Immune.Engaged / BedAreaMm2);

    /// <summary>Events booked since the arm began.</summary>
    internal long Booked(Booking booking) => State.Ledger[booking] - _booksAtStart[(int)booking];

    /// <summary>Blood concentration of a drug [mg/L]; 0 in an arm that does not give it.</summary>
    internal double ConcentrationMgPerL(string drug)
    {
        for (int i = 0; i < Simulation.Drugs.Count; i++)
        {
            if (Simulation.Drugs[i].Name == drug)
            {
                return Simulation.DrugConcentrationMgPerL(i);
            }
        }

        return 0;
    }

    /// <summary>Living tumour cells of a clone of the scenario.</summary>
    internal int CellsOfClone(string clone)
    {
        // Clones born by mutation are called after their genes, as a clone of the scenario may be.
        for (int i = 0; i < State.Clones.Seeded; i++)
        {
            if (State.Clones[i].Name == clone)
            {
                return Tumor.ClonesCells[i];
            }
        }

        return 0;
    }

    /// <summary>Living tumour cells that have lost no gene.</summary>
    internal int CellsWithoutLoss()
    {
        int cells = 0;
        for (int i = 0; i < State.Clones.Count; i++)
        {
            cells += State.Clones[i].Genotype == Genotype.None ? State.Clones.Cells(i) : 0;
        }

        return cells;
    }
}

using TmeSim.Analysis.Shapes;
using TmeSim.Engine;
using TmeSim.Engine.Lattice;
using TmeSim.Engine.State;
using TmeSim.Scenarios;

namespace TmeSim.Science.Tests;

/// <summary>What a year of untreated growth shows, week by week, over all replicates of one tumour.</summary>
internal sealed class UntreatedYear
{
    /// <summary>Largest distance to a vessel that is told apart [sites].</summary>
    public const int Distances = 8;

    private const int Weeks = 52;
    private const double BandUm = 100;
    private readonly Lock _gate = new();
    private readonly long[] _tumor = new long[Distances];
    private readonly long[] _hypoxic = new long[Distances];
    private double _coreCells, _coreArea, _marginCells, _marginArea;

    public float LowestOxygen { get; private set; } = float.MaxValue;

    public float HighestOxygen { get; private set; } = float.MinValue;

    /// <summary>Median oxygen of the tumour cells, one value per replicate and week [mmHg].</summary>
    public List<double> Medians { get; } = [];

    /// <summary>CD8 T cells per mm² of core, over all replicates and weeks.</summary>
    public double CoreDensity => _coreCells / _coreArea;

    public double MarginDensity => _marginCells / _marginArea;

    public static UntreatedYear Run(string yaml, int replicates)
    {
        // Slow enough to stay on the tile for the year.
        string[] sets = ["tissue.size=[2 mm, 2 mm]", "lesions[primary].tumor.radius=0.5 mm", "lesions[primary].tumor.doubling_time=290 d"];
        ScenarioDefinition scenario = Cohort.Read(yaml, sets);
        var year = new UntreatedYear();
        Parallel.For(0, replicates, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, replicate =>
        {
            using var simulation = new Simulation(scenario.Plan, replicate);
            simulation.RunBurnIn();
            simulation.BeginArm(scenario.Arms.First(a => a.Therapy.Count == 0));
            for (int week = 0; week <= Weeks; week++)
            {
                while (simulation.TimeHours < week * 168)
                {
                    simulation.Step();
                }

                Assert.False(simulation.HasEnded, $"a tumour came near the wall in week {week}; take a larger tile");
                year.Observe(simulation.Lesions[0]);
            }
        });
        return year;
    }

    /// <summary>Share of tumour cells below 10 mmHg at a distance from the nearest vessel [sites]; NaN without cells.</summary>
    public double HypoxicFraction(int distance) => (double)_hypoxic[distance] / _tumor[distance];

    private void Observe(LesionState lesion)
    {
        LatticeShape shape = lesion.Shape;
        var grid = new MaskGrid(shape.Nx, shape.Ny, shape.Nz, shape.SpacingUm);
        bool[] tumor = new bool[grid.Length], vessels = new bool[grid.Length];
        for (int i = 0; i < lesion.Vessels.Count; i++)
        {
            vessels[Index(lesion.Vessels.Site[i])] = true;
        }

        double[] toVessel = DistanceTransform.Distances(vessels, grid);
        var oxygen = new List<float>();
        lock (_gate)
        {
            for (int row = 0; row < shape.Rows; row++)
            {
                for (int site = shape.RowStart(row), end = site + shape.Nx; site < end; site++)
                {
                    float p = lesion.Field(FieldId.Oxygen)[site];
                    LowestOxygen = Math.Min(LowestOxygen, p);
                    HighestOxygen = Math.Max(HighestOxygen, p);
                    if (lesion.ParenchymaCodes[site] == Parenchyma.Tumor)
                    {
                        int at = Index(site), distance = (int)Math.Min(Math.Round(toVessel[at] / shape.SpacingUm), Distances - 1);
                        tumor[at] = true;
                        oxygen.Add(p);
                        _tumor[distance]++;
                        _hypoxic[distance] += p < 10 ? 1 : 0;
                    }
                }
            }

            oxygen.Sort();
            Medians.Add(oxygen[oxygen.Count / 2]);
            int[] cd8 = [.. lesion.Cd8.Site.Span.ToArray().Select(Index)];
            CoreMarginResult zones = CoreMargin.Measure(TumorMask.Build(tumor, grid), grid, cd8, BandUm);
            _coreCells += zones.CoreCells;
            _coreArea += zones.CoreAreaMm2;
            _marginCells += zones.MarginCells;
            _marginArea += zones.MarginAreaMm2;
        }

        int Index(int site)
        {
            (int x, int y, int z) = shape.Coordinates(site);
            return grid.Index(x, y, z);
        }
    }
}

using TmeSim.Analysis.Shapes;
using TmeSim.Analysis.Spatial;
using TmeSim.Engine.Lattice;
using TmeSim.Engine.Plan;
using TmeSim.Engine.Start;
using TmeSim.Engine.State;

namespace TmeSim.Analysis.Measures;

/// <summary>
/// What a pathologist would count in a core needle of a tissue, with the regions of the whole: bed, core and margin are those of the lesion, cut by the needle. A needle as wide
/// as the lattice gives the values of the whole. Without a needle all values are NaN.
/// </summary>
internal sealed class NeedleSample
{
    private readonly NeedleTrack? _track;
    private readonly Baseline _bed;
    private readonly CoreMarginResult _zones;

    /// <param name="reading">Tissue.</param>
    /// <param name="widthUm">Width of the needle, above 0 [µm].</param>
    public NeedleSample(LesionReading reading, double widthUm)
    {
        _track = NeedleTrack.Of(reading, widthUm);
        if (_track is null)
        {
            return;
        }

        LesionState lesion = reading.State;
        LatticeShape shape = lesion.Shape;
        int bed = 0, core = 0, margin = 0;
        for (int row = 0; row < shape.Rows; row++)
        {
            (int y, int z, int start) = (row % shape.Ny, row / shape.Ny, shape.RowStart(row));
            (int first, int end) = _track.Reach(y, z, shape.Nx);
            for (int x = first; x < end; x++)
            {
                if (_track.Contains(x, y, z))
                {
                    (bool isCore, bool isMargin) = reading.Zones.At(x, y, z);
                    bed += lesion.ParenchymaCodes[start + x] != Parenchyma.Hepatocyte ? 1 : 0;
                    core += isCore ? 1 : 0;
                    margin += isMargin ? 1 : 0;
                }
            }
        }

        (int cd8, int cd8Core, int cd8Margin, int macrophages, int positive) = (0, 0, 0, 0, 0);
        for (int i = 0; i < lesion.Cd8.Count; i++)
        {
            (int x, int y, int z) = shape.Coordinates(lesion.Cd8.Site[i]);
            if (_track.Contains(x, y, z))
            {
                (bool isCore, bool isMargin) = reading.Zones.At(x, y, z);
                cd8 += lesion.ParenchymaCodes[lesion.Cd8.Site[i]] != Parenchyma.Hepatocyte ? 1 : 0;
                cd8Core += isCore ? 1 : 0;
                cd8Margin += isMargin ? 1 : 0;
            }
        }

        float threshold = (float)reading.Parameters[Parameter.MacrophageCd163Threshold];
        for (int i = 0; i < lesion.Macrophages.Count; i++)
        {
            (int x, int y, int z) = shape.Coordinates(lesion.Macrophages.Site[i]);
            if (lesion.ParenchymaCodes[lesion.Macrophages.Site[i]] != Parenchyma.Hepatocyte && _track.Contains(x, y, z))
            {
                macrophages++;
                positive += lesion.Macrophages.Score[i] > threshold ? 1 : 0;
            }
        }

        _bed = new Baseline(lesion.TumorCells, bed, shape.SiteAreaMm2, cd8, macrophages, positive, 0, 0);
        _zones = new CoreMarginResult(core * shape.SiteAreaMm2, margin * shape.SiteAreaMm2, cd8Core, cd8Margin);
    }

    /// <summary>Area of tumour bed in the needle [mm²]; in 3D of all layers together. NaN without a needle.</summary>
    public double AreaMm2 => Of(_bed.AreaMm2);

    /// <summary>CD8 T cells per mm² of bed in the needle; NaN without any.</summary>
    public double Cd8PerMm2 => Of(_bed.Cd8PerMm2);

    /// <summary>Macrophages per mm² of bed in the needle; NaN without any.</summary>
    public double MacrophagesPerMm2 => Of(_bed.MacrophagesPerMm2);

    /// <summary>CD163+ share of the macrophages of the bed in the needle; NaN without macrophages there.</summary>
    public double Cd163Fraction => Of(_bed.Cd163Fraction);

    /// <summary>Areas and CD8 T cells of core and margin in the needle.</summary>
    public CoreMarginResult Zones => _zones;

    /// <summary>Class by <see cref="PhenotypeRule"/>; NaN where the needle missed core or margin.</summary>
    public double Phenotype => Of((double?)PhenotypeRule.Of(_zones) ?? double.NaN);

    private double Of(double value) => _track is null ? double.NaN : value;
}

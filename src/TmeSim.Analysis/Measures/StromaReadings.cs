using TmeSim.Engine.Lattice;
using TmeSim.Engine.Plan;
using TmeSim.Engine.State;
using TmeSim.Engine.Stroma;

namespace TmeSim.Analysis.Measures;

/// <summary>Matrix of the tumour bed, read in site order.</summary>
internal sealed class StromaReadings
{
    /// <param name="lesion">State to read.</param>
    /// <param name="parameters">Parameters of the arm: constants of the permeability.</param>
    public StromaReadings(LesionState lesion, ParameterSet parameters)
    {
        var gate = new StromaGate(parameters);
        LatticeShape shape = lesion.Shape;
        double density = 0, permeability = 0;
        int sites = 0;
        for (int row = 0; row < shape.Rows; row++)
        {
            for (int site = shape.RowStart(row), end = site + shape.Nx; site < end; site++)
            {
                if (lesion.ParenchymaCodes[site] != Parenchyma.Hepatocyte)
                {
                    sites++;
                    density += lesion.Stroma[site];
                    permeability += gate.Permeability(lesion.Stroma[site]);
                }
            }
        }

        (Density, Permeability) = (density / sites, permeability / sites);
    }

    /// <summary>Mean ECM density over sites that are not liver; NaN without a bed.</summary>
    public double Density { get; }

    /// <summary>Mean permeability to T cells over sites that are not liver; NaN without a bed.</summary>
    public double Permeability { get; }
}

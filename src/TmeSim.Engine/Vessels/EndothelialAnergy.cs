using TmeSim.Engine.Lattice;
using TmeSim.Engine.Numerics;
using TmeSim.Engine.Plan;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Vessels;

/// <summary>
/// In the excluded pattern vessels that are surrounded by tumour bind few T cells, so CD8 enter at the margin only: adhesion
/// falls with the share q of tumour-bed sites within a radius, 1 − max · H(q; half, n). An assumption: a stroma ring alone does not
/// exclude T cells (FINDINGS.md 1). Renewed once a day, counted in hours.
/// </summary>
internal sealed class EndothelialAnergy(ProcessSetup setup)
{
    private readonly LesionState _lesion = setup.Lesion;
    private readonly bool _active = setup.Plan.Pattern == ImmunePattern.Excluded && setup.IsOn(Mechanism.VesselsEndothelialAnergy);
    private readonly int _radius = Math.Max(1, (int)Math.Round(setup.Value(Parameter.VesselsAnergyRadius) / setup.Lesion.Shape.SpacingUm));
    private readonly float _strongest = (float)setup.Value(Parameter.VesselsAnergyMax);
    private readonly float _half = (float)setup.Value(Parameter.VesselsAnergyHalf);
    private readonly float _hill = (float)setup.Value(Parameter.VesselsAnergyHill);

    public void Step(in StepContext context)
    {
        if (!context.IsDue(Cadence.Day))
        {
            return;
        }

        VesselStore vessels = _lesion.Vessels;
        for (int i = 0; i < vessels.Count; i++)
        {
            float share = _active ? TumorShare(vessels.Site[i]) : 0;
            float x = share <= 0 ? 0 : DetMath.Pow(share / _half, _hill);
            vessels.Adhesion[i] = 1 - _strongest * x / (1 + x);
        }
    }

    private float TumorShare(int site)
    {
        LatticeShape shape = _lesion.Shape;
        (int x, int y, int z) = shape.Coordinates(site);
        int rx = shape.Nx > 1 ? _radius : 0, ry = shape.Ny > 1 ? _radius : 0, rz = shape.Nz > 1 ? _radius : 0;
        int tumor = 0, all = 0;
        for (int dz = -rz; dz <= rz; dz++)
        {
            for (int dy = -ry; dy <= ry; dy++)
            {
                for (int dx = -rx; dx <= rx; dx++)
                {
                    if (dx * dx + dy * dy + dz * dz <= _radius * _radius && shape.Contains(x + dx, y + dy, z + dz))
                    {
                        all++;
                        tumor += _lesion.ParenchymaCodes[shape.Site(x + dx, y + dy, z + dz)] == Parenchyma.Hepatocyte ? 0 : 1;
                    }
                }
            }
        }

        return (float)tumor / all;
    }
}

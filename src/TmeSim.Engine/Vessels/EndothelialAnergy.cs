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
    /// <summary>Vessels that a thread should have: their surroundings take a microsecond or less.</summary>
    private const int VesselsPerBlock = 32;

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

        setup.Runner.Run(new Renewing(this), _lesion.Vessels.Count, VesselsPerBlock);
    }

    private void Renew(int vessel)
    {
        float share = _active ? TumorShare(_lesion.Vessels.Site[vessel]) : 0;
        float x = share <= 0 ? 0 : DetMath.Pow(share / _half, _hill);
        _lesion.Vessels.Adhesion[vessel] = 1 - _strongest * x / (1 + x);
    }

    private float TumorShare(int site)
    {
        LatticeShape shape = _lesion.Shape;
        (int x, int y, int z) = shape.Coordinates(site);
        int rx = shape.Nx > 1 ? _radius : 0, ry = shape.Ny > 1 ? _radius : 0, rz = shape.Nz > 1 ? _radius : 0;
        int liver = 0, all = 0;
        for (int dz = -rz; dz <= rz; dz++)
        {
            for (int dy = -ry; dy <= ry; dy++)
            {
                int rest = _radius * _radius - dy * dy - dz * dz;
                if (rest < 0 || !shape.Contains(x, y + dy, z + dz))
                {
                    continue;
                }

                int width = Math.Min(rx, (int)DetMath.Sqrt((double)rest));
                int first = Math.Max(x - width, 0), last = Math.Min(x + width, shape.Nx - 1);
                ReadOnlySpan<byte> codes = _lesion.ParenchymaCodes.Span.Slice(shape.Site(first, y + dy, z + dz), last - first + 1);
                all += codes.Length;
                liver += codes.Count(Parenchyma.Hepatocyte);
            }
        }

        return (float)(all - liver) / all;
    }

    /// <summary>Adhesion of a range of vessels.</summary>
    private readonly struct Renewing(EndothelialAnergy anergy) : IRowKernel
    {
        public void Run(int first, int end)
        {
            for (int vessel = first; vessel < end; vessel++)
            {
                anergy.Renew(vessel);
            }
        }
    }
}

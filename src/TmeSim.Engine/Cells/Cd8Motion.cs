using TmeSim.Engine.Fields;
using TmeSim.Engine.Numerics;
using TmeSim.Engine.Plan;

namespace TmeSim.Engine.Cells;

/// <summary>One motility sub-step of all CD8 T cells: hop to a face neighbour, kept out by other immune cells and dense stroma.</summary>
internal sealed class Cd8Motion
{
    private readonly LesionState _lesion;
    private readonly SiteClaims _claims;
    private readonly List<int> _leaving = new(64);
    private readonly Hop _hop;
    private readonly bool _barrier;
    private readonly bool _moving;
    private readonly float _stromaHalf;
    private readonly float _stromaHill;
    private readonly float _speedLiver;
    private readonly float _speedTumor;
    private readonly float _engagedFactor;

    public Cd8Motion(ProcessSetup setup)
    {
        _lesion = setup.Lesion;
        _claims = new SiteClaims(setup.Workspace.Claims);
        _moving = setup.IsOn(Mechanism.Cd8Motility) && _lesion.Shape.Dimensions > 0;
        float beta = setup.IsOn(Mechanism.Cd8Chemotaxis) ? (float)setup.Value(Parameter.Cd8Chemotaxis) : 0;
        _hop = new Hop(_lesion.Shape, beta, (float)setup.Value(Parameter.CxclFloor), FieldProcess.WallFactor(setup));
        _barrier = setup.IsOn(Mechanism.StromaBarrier);
        _stromaHalf = (float)setup.Value(Parameter.StromaHalf);
        _stromaHill = (float)setup.Value(Parameter.StromaHill);
        _speedLiver = (float)setup.Value(Parameter.Cd8SpeedLiver);
        _speedTumor = (float)setup.Value(Parameter.Cd8SpeedTumor);
        _engagedFactor = (float)setup.Value(Parameter.Cd8EngagedSpeedFactor);
    }

    /// <summary>Sub-steps so that the fastest cell hops with probability at most 0.8, unless the parameter asks for a number.</summary>
    /// <exception cref="ArgumentException">The number asked for is too small for the speed.</exception>
    public static int SubSteps(ParameterSet parameters, double stepHours, double spacingUm)
    {
        double fastest = Math.Max(parameters[Parameter.Cd8SpeedLiver], parameters[Parameter.Cd8SpeedTumor]);
        int needed = Math.Max(1, (int)Math.Ceiling(fastest * stepHours / (0.8 * spacingUm) - 1e-9));
        int asked = (int)parameters[Parameter.Cd8SubSteps];
        if (asked > 0 && fastest * stepHours / (asked * spacingUm) > 0.8 + 1e-9)
        {
            throw new ArgumentException(
                $"cd8.sub_steps {asked} is too few: at {fastest:0.#} µm/h and {stepHours:0.##} h steps at least {needed} are needed");
        }

        return asked > 0 ? asked : needed;
    }

    public unsafe void SubStep(in StepContext context, uint subStep, double subHours)
    {
        if (!_moving)
        {
            return;
        }

        Cd8Store cells = _lesion.Cd8;
        float perSpeed = (float)(subHours / _lesion.Shape.SpacingUm);
        byte* codes = _lesion.ParenchymaCodes.Pointer;
        float* cxcl = _lesion.Field(FieldId.Cxcl).Pointer;
        _leaving.Clear();
        for (int i = 0; i < cells.Count; i++)
        {
            int site = cells.Site[i];
            float speed = codes[site] == Parenchyma.Hepatocyte ? _speedLiver : _speedTumor;
            if (cells.Target[i] != 0)
            {
                speed *= _engagedFactor;
            }

            PhiloxBlock block = context.Draw(cells.Id[i], Purpose.Cd8Move, subStep);
            if (Draws.Uniform(block.X0) >= speed * perSpeed)
            {
                continue;
            }

            int to = site + _hop.Direction(cxcl, codes, site, Draws.Uniform(block.X1));
            if (codes[to] == Parenchyma.Wall)
            {
                _leaving.Add(i);
            }
            else if (_lesion.Immune[to] == 0 && Admits(to, Draws.Uniform(block.X2)))
            {
                _claims.Claim(cells.Id[i], i, site, to, context, subStep);
            }
        }

        for (int c = 0; c < _claims.Count; c++)
        {
            if (_claims.Settle(c, out int cell, out int to))
            {
                Occupancy.MoveCd8(_lesion, cell, to);
            }
        }

        _claims.Release();
        for (int k = _leaving.Count - 1; k >= 0; k--)
        {
            // Highest index first: removing swaps the last cell in, which no lower entry of the list names.
            Occupancy.RemoveCd8(_lesion, _leaving[k]);
            _lesion.Ledger.Add(Booking.Cd8Exits);
        }
    }

    /// <summary>Stroma lets a T cell in with probability 1 / (1 + (ρ/ρ50)^n) (after Kather et al. 2017, doi:10.1158/0008-5472.CAN-17-2006).</summary>
    private bool Admits(int site, float u)
    {
        float density = _lesion.Stroma[site];
        if (!_barrier || density <= 0)
        {
            return true;
        }

        return u < 1 / (1 + DetMath.Pow(density / _stromaHalf, _stromaHill));
    }
}

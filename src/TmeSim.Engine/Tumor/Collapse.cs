using TmeSim.Engine.Lattice;
using TmeSim.Engine.Numerics;
using TmeSim.Engine.Plan;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Tumor;

/// <summary>
/// Free sites close (MODEL.md 7.8a): all cells on a line from the site to the wall of the lattice, in a direction drawn at random, move one
/// place inward, and a hepatocyte comes in at the wall. On average tissue flows into a gap from all sides alike, tumour and liver with the
/// same mobility, so that an outline is carried along and keeps its form.
/// </summary>
/// <remarks>
/// Sites decide from the state after clearance and close one after the other in the order of a hash. A line to the nearest liver
/// instead, as in a division, would run into every dent of the outline and deepen it: liver grew in fingers between the cells.
/// </remarks>
internal sealed class Collapse(ProcessSetup setup)
{
    /// <summary>Points of the box that are tried for one in the ball: without one the site waits.</summary>
    private const uint Trials = 16;

    private const double Shortest = 0.01;
    private readonly LesionState _lesion = setup.Lesion;
    private readonly LatticeShape _shape = setup.Lesion.Shape;
    private readonly LesionWorkspace _workspace = setup.Workspace;
    private readonly float _rate = setup.IsOn(Mechanism.RegressionCollapse) ? setup.Rate(Parameter.RegressionCollapseRate) : 0;
    private readonly List<(ulong Rank, int Site)> _order = new(64);

    // One line at a time: no longer than the longest axis.
    private readonly int[] _line = new int[Math.Max(setup.Lesion.Shape.Nx, Math.Max(setup.Lesion.Shape.Ny, setup.Lesion.Shape.Nz))];

    public void Step(in StepContext context)
    {
        float chance = DetMath.Probability(_rate * (float)context.StepHours);
        if (chance <= 0)
        {
            return;
        }

        setup.Runner.Run(new CollapseKernel(_lesion, context, _workspace.EventBits, chance), _shape.Rows);
        _order.Clear();
        foreach (int site in _workspace.TakeEvents())
        {
            _order.Add((context.Rank((ulong)site, Purpose.CollapseOrder), site));
        }

        _order.Sort();
        foreach ((ulong _, int site) in _order)
        {
            if (TryDirection(site, context, out (double X, double Y, double Z) towards))
            {
                Close(Draw(site, towards));
            }
        }
    }

    // Uniform over directions: a point of the unit ball over the open axes.
    private bool TryDirection(int site, in StepContext context, out (double X, double Y, double Z) towards)
    {
        Span<double> along = stackalloc double[3];
        for (uint trial = 1; trial <= Trials; trial++)
        {
            PhiloxBlock draw = context.Draw(site, Purpose.Collapse, trial);
            along[0] = (2.0 * Draws.Uniform(draw.X0)) - 1;
            along[1] = (2.0 * Draws.Uniform(draw.X1)) - 1;
            along[2] = (2.0 * Draws.Uniform(draw.X2)) - 1;
            int axis = 0;
            towards = (_shape.Nx > 1 ? along[axis++] : 0, _shape.Ny > 1 ? along[axis++] : 0, _shape.Nz > 1 ? along[axis] : 0);
            double squared = (towards.X * towards.X) + (towards.Y * towards.Y) + (towards.Z * towards.Z);
            if (squared is >= Shortest and <= 1)
            {
                return true;
            }
        }

        towards = default;
        return false;
    }

    private ReadOnlySpan<int> Draw(int site, (double X, double Y, double Z) towards)
    {
        double longest = Math.Max(Math.Abs(towards.X), Math.Max(Math.Abs(towards.Y), Math.Abs(towards.Z)));
        (double x, double y, double z) = (towards.X / longest, towards.Y / longest, towards.Z / longest);
        (int x0, int y0, int z0) = _shape.Coordinates(site);
        for (int length = 0, step = 0; ; step++)
        {
            (int X, int Y, int Z) next = (x0 + Rounded(x * step), y0 + Rounded(y * step), z0 + Rounded(z * step));
            if (!_shape.Contains(next.X, next.Y, next.Z))
            {
                return _line.AsSpan(0, length);
            }

            // Septa and tracks stay, as vessels do.
            int at = _shape.Site(next.X, next.Y, next.Z);
            if (!_lesion.StromaMap.IsClosed(at))
            {
                _line[length++] = at;
            }
        }
    }

    // Symmetric in sign, so that no direction is favoured.
    private static int Rounded(double value) => value < 0 ? -(int)(0.5 - value) : (int)(0.5 + value);

    // An earlier line of this step may have moved a cell to the site. Where no liver stands at the wall nothing is known that could
    // come in.
    private void Close(ReadOnlySpan<int> line)
    {
        if (_lesion.ParenchymaCodes[line[0]] != Parenchyma.Empty || _lesion.ParenchymaCodes[line[^1]] != Parenchyma.Hepatocyte)
        {
            return;
        }

        for (int i = 0; i + 1 < line.Length; i++)
        {
            (int to, int from) = (line[i], line[i + 1]);
            _lesion.ParenchymaCodes[to] = _lesion.ParenchymaCodes[from];
            _lesion.CloneIndex[to] = _lesion.CloneIndex[from];
            _lesion.Mhc1[to] = _lesion.Mhc1[from];
            _lesion.Pdl1[to] = _lesion.Pdl1[from];
            _lesion.Radiation?.Copy(from, to);
        }

        _lesion.Hepatocytes++;
        _lesion.Ledger.Add(Booking.HepatocytesRegrown);
    }
}

/// <summary>Marks free sites whose time to close has come.</summary>
internal readonly struct CollapseKernel(LesionState lesion, StepContext context, ushort[] eventBits, float chance) : IRowKernel
{
    public void Run(int first, int end)
    {
        LatticeShape shape = lesion.Shape;
        for (int row = first; row < end; row++)
        {
            int start = shape.RowStart(row), stop = start + shape.Nx;
            for (int site = Next(start, stop); site < stop; site = Next(site + 1, stop))
            {
                if (Draws.Uniform(context.Draw(site, Purpose.Collapse).X0) < chance)
                {
                    eventBits[site >> 4] |= (ushort)(1 << (site & 15));
                }
            }
        }
    }

    private int Next(int from, int stop)
    {
        int next = lesion.ParenchymaCodes.Span[from..stop].IndexOf(Parenchyma.Empty);
        return next < 0 ? stop : from + next;
    }
}

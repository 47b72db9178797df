using TmeSim.Engine.Clones;
using TmeSim.Engine.Lattice;
using TmeSim.Engine.Numerics;
using TmeSim.Engine.Plan;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Tumor;

/// <summary>
/// Makes room for daughters. A dividing cell pushes the cells between it and the nearest free or hepatocyte site one
/// place outward along a straight lattice line; interior gaps count as free. "Nearest" is Euclidean, found by searching
/// shells of growing distance, ties by hash: round nodules stay round, which a distance map in lattice steps would not
/// give. Divisions claim their whole line in the order of their hash; a line that meets a claimed site is given up for
/// this step (booked as blocked; the burn-in accounts for it as division efficiency).
/// </summary>
internal sealed class DivisionPush
{
    private readonly LesionState _lesion;
    private readonly LatticeShape _shape;
    private readonly LesionWorkspace _workspace;
    private readonly bool _pushing;
    private readonly MutationProcess _mutation;
    private readonly ShellSearch _shells;
    private readonly List<(ulong Rank, int Site)> _order = new(64);
    private readonly List<int> _path = new(64);
    private readonly List<int> _claimed = new(64);

    public DivisionPush(ProcessSetup setup)
    {
        _lesion = setup.Lesion;
        _shape = _lesion.Shape;
        _workspace = setup.Workspace;
        _pushing = setup.IsOn(Mechanism.GrowthPushing);
        _mutation = new MutationProcess(setup);
        _shells = new ShellSearch(_shape);
    }

    /// <summary>Divides the cells at these sites as far as there is room.</summary>
    public void Divide(List<int> dividing, in StepContext context)
    {
        _order.Clear();
        foreach (int site in dividing)
        {
            _order.Add((context.Rank((ulong)site, Purpose.DivisionClaim), site));
        }

        _order.Sort();
        if (_order.Count > 0)
        {
            _shells.Refresh(_lesion);
        }

        foreach ((ulong _, int site) in _order)
        {
            if (_lesion.ParenchymaCodes[site] != Parenchyma.Tumor || !FindPath(site, context) || !Claim())
            {
                _lesion.Ledger.Add(Booking.TumorDivisionsBlocked);
                continue;
            }

            Shift();
            _mutation.Divide(site, _path[1], context);
        }

        foreach (int site in _claimed)
        {
            _workspace.Unmark(site);
        }

        _claimed.Clear();
    }

    /// <summary>Fills the path from the dividing cell (excluded … first pushed site) to the site that takes up the last cell.</summary>
    private bool FindPath(int site, in StepContext context)
    {
        int target = _shells.Nearest(_lesion, site, _pushing ? int.MaxValue : 1, context);
        if (target < 0)
        {
            return false;
        }

        _path.Clear();
        _path.Add(site);
        (int x0, int y0, int z0) = _shape.Coordinates(site);
        (int x1, int y1, int z1) = _shape.Coordinates(target);
        int steps = Math.Max(Math.Abs(x1 - x0), Math.Max(Math.Abs(y1 - y0), Math.Abs(z1 - z0)));
        for (int i = 1; i <= steps; i++)
        {
            int next = _shape.Site(Along(x0, x1, i, steps), Along(y0, y1, i, steps), Along(z0, z1, i, steps));
            _path.Add(next);
            if (ShellSearch.TakesACell(_lesion.ParenchymaCodes[next]))
            {
                break;
            }
        }

        return true;
    }

    // Rounded integer interpolation, symmetric in sign so that no direction is favoured.
    private static int Along(int from, int to, int i, int steps)
    {
        int delta = to - from;
        int magnitude = (2 * Math.Abs(delta) * i + steps) / (2 * steps);
        return from + Math.Sign(delta) * magnitude;
    }

    private bool Claim()
    {
        foreach (int site in _path)
        {
            if (_workspace.IsMarked(site))
            {
                return false;
            }
        }

        foreach (int site in _path)
        {
            _workspace.Mark(site);
            _claimed.Add(site);
        }

        return true;
    }

    private void Shift()
    {
        int end = _path[^1];
        if (_lesion.ParenchymaCodes[end] == Parenchyma.Hepatocyte)
        {
            _lesion.Hepatocytes--;
            _lesion.Ledger.Add(Booking.HepatocytesDisplaced);
        }
        else
        {
            _lesion.Ledger.Add(Booking.FreeSitesFilled);
        }

        for (int i = _path.Count - 1; i >= 1; i--)
        {
            Copy(_path[i - 1], _path[i]);
        }

        _lesion.Radiation?.Divide(_path[0], _path[1]);

        _lesion.TumorCells++;
        _lesion.Clones.Add(_lesion.CloneIndex[_path[0]], 1);
        _lesion.Ledger.Add(Booking.TumorBirths);
    }

    private void Copy(int from, int to)
    {
        _lesion.ParenchymaCodes[to] = _lesion.ParenchymaCodes[from];
        _lesion.CloneIndex[to] = _lesion.CloneIndex[from];
        _lesion.Mhc1[to] = _lesion.Mhc1[from];
        _lesion.Pdl1[to] = _lesion.Pdl1[from];
        _lesion.Radiation?.Copy(from, to);
    }
}

using TmeSim.Engine.Clones;
using TmeSim.Engine.Lattice;
using TmeSim.Engine.Numerics;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Tumor;

/// <summary>
/// Makes room for daughters. A dividing cell pushes the cells between it and the nearest free or hepatocyte site one
/// place outward along a straight lattice line; interior gaps count as free. "Nearest" is Euclidean, found by searching
/// shells of growing distance, ties by hash: round nodules stay round, which a distance map in lattice steps would not
/// give. Divisions claim their whole line in the order of their hash; a line that meets a claimed site is given up for
/// this step (booked as blocked; the burn-in accounts for it as division efficiency).
/// </summary>
/// <remarks>
/// Claimed lines have no site in common, so cells move along all of them at once, on all threads. What has an order is done in it: claims
/// before, books and mutations afterwards.
/// </remarks>
internal sealed class DivisionPush(ProcessSetup setup)
{
    /// <summary>Pushes that a thread should have to make: one takes some microseconds in a large nodule.</summary>
    private const int PushesPerBlock = 16;

    private readonly LesionState _lesion = setup.Lesion;
    private readonly LesionWorkspace _workspace = setup.Workspace;
    private readonly MutationProcess _mutation = new(setup);
    private readonly PushPaths _paths = new(setup);
    private readonly List<(ulong Rank, int Site)> _order = new(64);

    // Paths that have their claim.
    private readonly List<int> _granted = new(64);

    /// <summary>Divides the cells at these sites as far as there is room.</summary>
    public void Divide(List<int> dividing, in StepContext context)
    {
        _order.Clear();
        foreach (int site in dividing)
        {
            _order.Add((context.Rank((ulong)site, Purpose.DivisionClaim), site));
        }

        _order.Sort();
        _paths.Find(_order, context);
        _granted.Clear();
        for (int path = 0; path < _order.Count; path++)
        {
            if (Claim(path, context))
            {
                _granted.Add(path);
            }
            else
            {
                _lesion.Ledger.Add(Booking.TumorDivisionsBlocked);
            }
        }

        setup.Runner.Run(new Shifting(this), _granted.Count, PushesPerBlock);
        foreach (int path in _granted)
        {
            Divide(_paths[path], context);
        }
    }

    // A cell that an earlier line moves has no line of its own, wherever it would lead: in a large nodule that spares most second searches.
    private bool Claim(int path, in StepContext context)
    {
        if (_workspace.IsMarked(_order[path].Site))
        {
            return false;
        }

        _paths.Renew(path, context);
        return Claim(_paths[path]);
    }

    // A claimed end holds a cell from here on, for later paths to see.
    private bool Claim(ReadOnlySpan<int> path)
    {
        if (path.IsEmpty)
        {
            return false;
        }

        foreach (int site in path)
        {
            if (_workspace.IsMarked(site))
            {
                return false;
            }
        }

        foreach (int site in path)
        {
            _workspace.Mark(site);
        }

        int end = path[^1];
        if (_lesion.ParenchymaCodes[end] == Parenchyma.Hepatocyte)
        {
            _lesion.Hepatocytes--;
            _lesion.Ledger.Add(Booking.HepatocytesDisplaced);
        }
        else
        {
            _lesion.Ledger.Add(Booking.FreeSitesFilled);
        }

        _lesion.ParenchymaCodes[end] = Parenchyma.Tumor;
        _paths.Fill(end);
        if (_lesion.StromaMap.HasClosed)
        {
            TrackOpening.Around(_lesion, end);
        }

        return true;
    }

    private void Shift(ReadOnlySpan<int> path)
    {
        for (int i = path.Length - 1; i >= 1; i--)
        {
            (int from, int to) = (path[i - 1], path[i]);
            _lesion.ParenchymaCodes[to] = _lesion.ParenchymaCodes[from];
            _lesion.CloneIndex[to] = _lesion.CloneIndex[from];
            _lesion.Mhc1[to] = _lesion.Mhc1[from];
            _lesion.Pdl1[to] = _lesion.Pdl1[from];
            _lesion.Radiation?.Copy(from, to);
        }
    }

    private void Divide(ReadOnlySpan<int> path, in StepContext context)
    {
        foreach (int site in path)
        {
            _workspace.Unmark(site);
        }

        (int mother, int daughter) = (path[0], path[1]);
        _lesion.Radiation?.Divide(mother, daughter);
        _lesion.TumorCells++;
        _lesion.Clones.Add(_lesion.CloneIndex[mother], 1);
        _lesion.Ledger.Add(Booking.TumorBirths);
        _mutation.Divide(mother, daughter, context);
    }

    /// <summary>Moves the cells along a range of the claimed paths.</summary>
    private readonly struct Shifting(DivisionPush push) : IRowKernel
    {
        public void Run(int first, int end)
        {
            for (int i = first; i < end; i++)
            {
                push.Shift(push._paths[push._granted[i]]);
            }
        }
    }
}

using TmeSim.Engine.Lattice;
using TmeSim.Engine.Plan;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Tumor;

/// <summary>
/// The straight lattice line from each dividing cell to the nearest site that takes up a cell, from the state before the first push. All
/// searches run on all threads, as they take most of the time of a division.
/// </summary>
internal sealed class PushPaths(ProcessSetup setup)
{
    /// <summary>Searches that a thread should have to make: one takes a microsecond or two.</summary>
    private const int SearchesPerBlock = 16;

    /// <summary>The same when paths are found again: these lead farther, ten microseconds and more in a large nodule.</summary>
    private const int RenewalsPerBlock = 2;

    /// <summary>Paths that are found again at once, for each thread: the more, the more lose their end once more.</summary>
    private const int RenewalsPerThread = 4;

    /// <summary>Paths that are looked at for one that is found again.</summary>
    private const int Outlook = 3;

    private readonly LesionState _lesion = setup.Lesion;
    private readonly LatticeShape _shape = setup.Lesion.Shape;
    private readonly RowRunner _runner = setup.Runner;
    private readonly LesionWorkspace _workspace = setup.Workspace;
    private readonly ShellSearch _shells = new(setup.Lesion.Shape);
    private readonly int[] _again = new int[setup.Runner.Threads == 1 ? 1 : RenewalsPerThread * setup.Runner.Threads];
    private readonly int _reach = setup.IsOn(Mechanism.GrowthPushing) ? int.MaxValue : 1;
    private int[] _cells = new int[64];
    private int[] _targets = new int[64];
    private (int First, int Length)[] _spans = new (int, int)[64];
    private int[] _sites = new int[1024];
    private int _count;
    private int _used;

    /// <summary>The sites of a path, dividing cell first, the site that takes up a cell last; empty where no site does.</summary>
    public ReadOnlySpan<int> this[int path] => _sites.AsSpan(_spans[path].First, _spans[path].Length);

    /// <summary>Finds the paths of dividing cells.</summary>
    /// <param name="dividing">Sites of the cells, behind their ranks.</param>
    /// <param name="context">The step.</param>
    public void Find(List<(ulong Rank, int Site)> dividing, in StepContext context)
    {
        int count = _count = dividing.Count;
        if (_cells.Length < count)
        {
            (_cells, _targets, _spans) = (new int[dividing.Capacity], new int[dividing.Capacity], new (int, int)[dividing.Capacity]);
        }

        _used = 0;
        if (count == 0)
        {
            return;
        }

        for (int i = 0; i < count; i++)
        {
            _cells[i] = dividing[i].Site;
        }

        _shells.Refresh(_lesion, _runner);
        _runner.Run(new Searching(this, null, context), count, SearchesPerBlock);
        for (int i = 0; i < count; i++)
        {
            Reserve(i);
        }

        _runner.Run(new Drawing(this, null), count, SearchesPerBlock);
    }

    /// <summary>
    /// Finds a path again if the site that it led to holds a cell by now. Searches of the old state stay right until then: pushes fill
    /// sites and free none. For the same reason later paths that lost their ends are found again at once, on all threads.
    /// </summary>
    public void Renew(int path, in StepContext context)
    {
        if (!IsLost(path))
        {
            return;
        }

        int lost = 0, end = Math.Min(_count, path + Outlook * _again.Length);
        for (int later = path; later < end && lost < _again.Length; later++)
        {
            if (IsLost(later) && !_workspace.IsMarked(_cells[later]))
            {
                _again[lost++] = later;
            }
        }

        _runner.Run(new Searching(this, _again, context), lost, RenewalsPerBlock);
        for (int i = 0; i < lost; i++)
        {
            Reserve(_again[i]);
        }

        _runner.Run(new Drawing(this, _again), lost, RenewalsPerBlock);
    }

    /// <summary>A site holds a cell from here on.</summary>
    public void Fill(int site) => _shells.Fill(site);

    private bool IsLost(int path) => _targets[path] is >= 0 and int target && !OpenTiles.TakesACell(_lesion.ParenchymaCodes[target]);

    private void Search(int path, in StepContext context) => _targets[path] = _shells.Nearest(_lesion, _cells[path], _reach, context);

    // Room for the whole line; drawing may end it earlier.
    private void Reserve(int path)
    {
        int length = _targets[path] < 0 ? 0 : Steps(path) + 1;
        if (_used + length > _sites.Length)
        {
            Array.Resize(ref _sites, Math.Max(2 * _sites.Length, _used + length));
        }

        _spans[path] = (_used, length);
        _used += length;
    }

    private int Steps(int path)
    {
        (int x0, int y0, int z0) = _shape.Coordinates(_cells[path]);
        (int x1, int y1, int z1) = _shape.Coordinates(_targets[path]);
        return Math.Max(Math.Abs(x1 - x0), Math.Max(Math.Abs(y1 - y0), Math.Abs(z1 - z0)));
    }

    private void Draw(int path)
    {
        (int first, int length) = _spans[path];
        if (length == 0)
        {
            return;
        }

        int steps = length - 1, kept = 0;
        (int x0, int y0, int z0) = _shape.Coordinates(_cells[path]);
        (int x1, int y1, int z1) = _shape.Coordinates(_targets[path]);
        _sites[first + kept++] = _cells[path];
        for (int i = 1; i <= steps; i++)
        {
            int next = _shape.Site(Along(x0, x1, i, steps), Along(y0, y1, i, steps), Along(z0, z1, i, steps));
            if (_lesion.StromaMap.IsClosed(next))
            {
                // Septa and tracks stay where they are, as vessels do: cells pass them.
                continue;
            }

            _sites[first + kept++] = next;
            if (OpenTiles.TakesACell(_lesion.ParenchymaCodes[next]))
            {
                _spans[path].Length = kept;
                return;
            }
        }

        _spans[path].Length = kept;
    }

    // Rounded integer interpolation, symmetric in sign so that no direction is favoured.
    private static int Along(int from, int to, int i, int steps)
    {
        int delta = to - from;
        int magnitude = (2 * Math.Abs(delta) * i + steps) / (2 * steps);
        return from + Math.Sign(delta) * magnitude;
    }

    /// <summary>Where the cells of a range push to, all of them or those of a list.</summary>
    private readonly struct Searching(PushPaths paths, int[]? of, StepContext context) : IRowKernel
    {
        public void Run(int first, int end)
        {
            for (int i = first; i < end; i++)
            {
                paths.Search(of is null ? i : of[i], context);
            }
        }
    }

    /// <summary>The lines of a range of cells.</summary>
    private readonly struct Drawing(PushPaths paths, int[]? of) : IRowKernel
    {
        public void Run(int first, int end)
        {
            for (int i = first; i < end; i++)
            {
                paths.Draw(of is null ? i : of[i]);
            }
        }
    }
}

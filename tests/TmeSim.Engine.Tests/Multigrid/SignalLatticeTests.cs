using TmeSim.Engine.Fields;
using TmeSim.Engine.Lattice;
using TmeSim.Engine.Multigrid;
using TmeSim.Engine.Numerics;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Tests.Multigrid;

/// <summary>The lattice of the signals: which sites it covers, how they are read and how cells count for it.</summary>
public sealed class SignalLatticeTests
{
    public static TheoryData<int, int, int> Shapes => new() { { 1, 1, 1 }, { 7, 1, 1 }, { 1, 2, 1 }, { 16, 12, 1 }, { 33, 17, 1 }, { 5, 1, 6 }, { 8, 6, 4 }, { 9, 2, 7 }, { 3, 5, 35 } };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Blocks_CoverEverySiteOnce(int nx, int ny, int nz)
    {
        var tissue = new LatticeShape(nx, ny, nz, 20);
        using var lattice = new SignalLattice(tissue, coarse: true);
        var seen = new HashSet<int>();
        for (int row = 0; row < lattice.Shape.Rows; row++)
        {
            SignalBlock block = lattice.Block(row);
            for (int i = 0; i < block.Count; i++)
            {
                for (int x = 0; x < nx; x++)
                {
                    Assert.True(seen.Add(block[i] + x));
                    Assert.Equal(lattice.Shape.RowStart(row) + x / 2, lattice.Cell(block[i] + x));
                    Assert.Equal(1f / (block.Count * (x / 2 * 2 + 1 < nx ? 2 : 1)), lattice.Share(block[i] + x));
                }
            }
        }

        Assert.Equal(tissue.SiteCount, seen.Count);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void SpreadPass_AtEveryWidth_HasTheBitsOfTheSite(int nx, int ny, int nz)
    {
        var tissue = new LatticeShape(nx, ny, nz, 20);
        using var lattice = new SignalLattice(tissue, coarse: true);
        lattice.SetWall(FieldWall.Robin(70));
        using SiteArray<float> values = Random(lattice);
        using var runner = new RowRunner();
        foreach (LaneWidth width in Enum.GetValues<LaneWidth>())
        {
            using var levels = new SiteArray<float>(tissue.Length);
            SpreadPass.Create(width).Run(lattice, values, levels, runner);
            foreach (int site in Sites(tissue))
            {
                Assert.Equal(lattice.At(values, site), levels[site]);
            }
        }
    }

    [Theory]
    [InlineData(16, 12, 1)]
    [InlineData(14, 8, 10)]
    [InlineData(15, 11, 1)]
    public void At_OfALinearField_IsExactInside(int nx, int ny, int nz)
    {
        var tissue = new LatticeShape(nx, ny, nz, 20);
        using var lattice = new SignalLattice(tissue, coarse: true);
        using var values = new SiteArray<float>(lattice.Shape.Length);
        foreach (int cell in Sites(lattice.Shape))
        {
            (int x, int y, int z) = lattice.Shape.Coordinates(cell);
            values[cell] = Linear(Centre(x, nx), Centre(y, ny), Centre(z, nz));
        }

        lattice.CloseRows(values);
        foreach (int site in Sites(tissue))
        {
            (int x, int y, int z) = tissue.Coordinates(site);
            if (Inside(x, nx) && Inside(y, ny) && Inside(z, nz))
            {
                Assert.Equal(Linear(x + 0.5, y + 0.5, z + 0.5), lattice.At(values, site), 1e-4);
            }
        }

        static float Linear(double x, double y, double z) => (float)(1 + 0.3 * x - 0.2 * y + 0.11 * z);

        // In sites of tissue; the last of an odd number is narrow.
        static double Centre(int cell, int sites) => sites == 1 ? 0.5 : 2 * cell + (2 * cell + 1 < sites ? 1 : 0.5);

        static bool Inside(int at, int sites) => sites == 1 || (at > 0 && at < sites - 1);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Shares_AddToOneAndStandAtTheCell(int nx, int ny, int nz)
    {
        var tissue = new LatticeShape(nx, ny, nz, 20);
        using var lattice = new SignalLattice(tissue, coarse: true);
        lattice.SetWall(FieldWall.Robin(390));
        foreach (int site in Sites(tissue))
        {
            double sum = 0, x = 0;
            foreach ((int share, float weight) in Shares(lattice, site))
            {
                int cell = lattice.Shape.Coordinates(share).X;
                sum += weight;
                x += weight * (2 * cell + (2 * cell + 1 < nx ? 1 : 0.5));
            }

            Assert.Equal(1, sum, 1e-6);
            int at = tissue.Coordinates(site).X;
            if (at > 0 && at < nx - 1)
            {
                Assert.Equal(at + 0.5, x, 1e-5);
            }
        }
    }

    /// <summary>The own level of a source: fine solution less what is read from twice the spacing, at the site of the source.</summary>
    [Theory]
    [InlineData(256, 1, 1, 0.3672)]
    [InlineData(128, 128, 1, 0.2723)]
    [InlineData(32, 32, 32, 0.1945)]
    public void OwnLevel_IsTheDifferenceOfTheGreensFunctions(int nx, int ny, int nz, double kappa)
    {
        // D = 1 site²/h and a reach of 400 sites: what is left of 1/L² changes the fifth digit.
        const float decay = 1 / (400f * 400f), coupling = 1;
        var tissue = new LatticeShape(nx, ny, nz, 20);
        using var lattice = new SignalLattice(tissue, coarse: true);
        using var solver = new MultigridSolver(tissue);
        using MultigridSolver coarse = solver.OnNextLevel()!;
        int site = tissue.Site(nx / 2, ny / 2, nz / 2);
        using SiteArray<float> fine = new(tissue.Length), source = new(tissue.Length), values = new(lattice.Shape.Length);
        source[site] = 1;
        FieldWalls closed = FieldWalls.All(FieldWall.ZeroFlux);
        solver.Solve(coupling, closed, fine, decay, source, 1e-7f, minCycles: 12);
        foreach ((int share, float weight) in Shares(lattice, site))
        {
            coarse.Rhs![share] += weight * lattice.Share(site);
        }

        coarse.Solve(coupling, closed, values, decay, coarse.Rhs!, 1e-7f, minCycles: 12);
        lattice.CloseRows(values);
        Assert.Equal(kappa, fine[site] - lattice.At(values, site), 2e-3 * (nz > 1 || ny > 1 ? 1 : 10));
        Assert.Equal(kappa / 7, OwnLevels.PerOutput(tissue, 7), 1e-6);
    }

    [Fact]
    public void CellSums_InAnyOrderOnAnyThreads_AreTheSameAndComplete()
    {
        var tissue = new LatticeShape(63, 41, 1, 20);
        using var lesion = new LesionState(tissue, new CloneTable(TestPlans.Lesion()), coarseSignals: true);
        var random = new Random(3);
        int[] sites = [.. Sites(tissue)];
        random.Shuffle(sites);
        (int Site, float Value)[] cells = [.. sites.Take(900).Select(s => (s, random.NextSingle()))];
        string? first = null;
        foreach (int threads in (int[])[1, 2, 5])
        {
            random.Shuffle(cells);
            using var runner = new RowRunner(threads) { Split = new RowSplit(1) };
            using var workspace = new LesionWorkspace(tissue, runner, lesion.Signals);
            while (lesion.Macrophages.Count > 0)
            {
                lesion.Macrophages.RemoveAt(lesion.Macrophages.Count - 1);
            }

            foreach ((int site, float value) in cells)
            {
                lesion.Macrophages.Add((ulong)site, site, value, 1);
            }

            workspace.Cells.Sum(lesion, 1, 0.1f, runner);
            Assert.Equal(cells.Sum(c => (double)c.Value), Total(workspace.Cells.M2), 1e-3);
            Assert.Equal(900 - cells.Sum(c => (double)c.Value), Total(workspace.Cells.M1), 1e-3);
            string bits = Convert.ToHexString(System.Runtime.InteropServices.MemoryMarshal.AsBytes(workspace.Cells.M2.Span[..lesion.Signals.Shape.Length]));
            Assert.Equal(first ??= bits, bits);
        }

        double Total(SiteArray<float> sums) => Sites(lesion.Signals.Shape).Sum(cell => (double)BitConverter.SingleToInt32Bits(sums[cell])) / CellSums.Unit;
    }

    private static SiteArray<float> Random(SignalLattice lattice)
    {
        var random = new Random(1);
        var values = new SiteArray<float>(lattice.Shape.Length);
        foreach (int cell in Sites(lattice.Shape))
        {
            values[cell] = random.NextSingle();
        }

        lattice.CloseRows(values);
        return values;
    }

    private static IEnumerable<(int Site, float Weight)> Shares(SignalLattice lattice, int site) =>
        Enumerable.Range(0, lattice.SharedPlanes).Select(plane => lattice.Shares(site, plane))
            .SelectMany(shares => Enumerable.Range(0, SignalShares.Count).Select(k => (shares.Site(k), shares.Weights[k])));

    private static IEnumerable<int> Sites(LatticeShape shape) =>
        Enumerable.Range(0, shape.Rows).SelectMany(row => Enumerable.Range(shape.RowStart(row), shape.Nx));
}

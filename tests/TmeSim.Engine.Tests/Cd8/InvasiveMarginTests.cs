using TmeSim.Engine.Cd8;
using TmeSim.Engine.Immune;
using TmeSim.Engine.Lattice;
using TmeSim.Engine.Numerics;
using TmeSim.Engine.Plan;
using TmeSim.Engine.State;

namespace TmeSim.Engine.Tests.Cd8;

/// <summary>Which liver vessels admit CD8 T cells, and how many enter there.</summary>
public sealed class InvasiveMarginTests
{
    /// <summary>Against the distances of all pairs of sites, near walls and with thin axes too.</summary>
    [Theory]
    [InlineData(40, 37, 1, 100)]
    [InlineData(40, 37, 1, 30)]
    [InlineData(18, 17, 16, 64)]
    [InlineData(60, 1, 1, 100)]
    [InlineData(1, 1, 60, 100)]
    [InlineData(40, 37, 1, 0)]
    public void Holds_LiverWithinTheWidthOfTheBed(int nx, int ny, int nz, double width)
    {
        var shape = new LatticeShape(nx, ny, nz, 20);
        using var lesion = new LesionState(shape, new CloneTable(TestPlans.Lesion()));
        (int X, int Y, int Z)[] bed = [(nx / 4, ny / 3, nz / 3), (nx - 1, ny - 1, nz - 1)];
        foreach ((int x, int y, int z) in bed)
        {
            lesion.ParenchymaCodes[shape.Site(x, y, z)] = x == nx - 1 ? Parenchyma.Empty : Parenchyma.Tumor;
        }

        var margin = new InvasiveMargin(lesion, width);
        for (int z = 0; z < nz; z++)
        {
            for (int y = 0; y < ny; y++)
            {
                for (int x = 0; x < nx; x++)
                {
                    double nearest = bed.Min(b => Math.Sqrt(Square(b.X - x) + Square(b.Y - y) + Square(b.Z - z)));
                    if (nearest > 0)
                    {
                        Assert.Equal(20 * nearest <= width + 1e-6, margin.Holds(shape.Site(x, y, z)));
                    }
                }
            }
        }

        static double Square(int d) => (double)d * d;
    }

    /// <summary>The margin is that of the bed, whatever the lattice: else more liver would mean more T cells.</summary>
    [Fact]
    public void Sites_OfTheMargin_AreAsManyOnEveryLattice()
    {
        int[] counts = [.. ((int[])[41, 61, 101]).Select(Count)];
        Assert.Equal([counts[0], counts[0], counts[0]], counts);
        Assert.True(counts[0] > 100);

        static int Count(int size)
        {
            var shape = new LatticeShape(size, size, 1, 20);
            using LesionState lesion = Nodule(shape);
            var margin = new InvasiveMargin(lesion, 100);
            return Enumerable.Range(0, shape.Rows).Sum(row => Enumerable.Range(shape.RowStart(row), shape.Nx)
                .Count(site => lesion.ParenchymaCodes[site] == Parenchyma.Hepatocyte && margin.Holds(site)));
        }
    }

    /// <summary>A nodule without a vessel of its own is reached through its margin, at the share of a bed vessel; without the switch by nobody.</summary>
    [Theory]
    [InlineData(true, 1)]
    [InlineData(true, 0.4)]
    [InlineData(false, 1)]
    public void Entry_ThroughTheMargin_IsItsShare(bool on, double share)
    {
        var shape = new LatticeShape(61, 61, 1, 20);
        using LesionState lesion = Nodule(shape);
        using var runner = new RowRunner();
        using var workspace = new LesionWorkspace(shape, runner);
        ParameterSet parameters = TestPlans.Parameters.With(Parameter.Cd8MarginShare, share).With(Parameter.Cd8EntryRate, 6)
            .With(Parameter.CxclEntryFloor, 1).With(Parameter.Cd8AdhesionBase, 1);
        MechanismSet mechanisms = MechanismSet.Default.With(Mechanism.Cd8MarginEntry, on).With(Mechanism.StromaEntry, false);
        int near = 0;
        for (int y = 1; y < 60; y += 2)
        {
            for (int x = 1; x < 60; x += 2)
            {
                double apart = Math.Sqrt(((x - 30) * (x - 30)) + ((y - 30) * (y - 30)));
                if (lesion.ParenchymaCodes[shape.Site(x, y, 0)] == Parenchyma.Hepatocyte)
                {
                    lesion.Vessels.Add(shape.Site(x, y, 0), 1, 1, 1);
                    near += new InvasiveMargin(lesion, 100).Holds(shape.Site(x, y, 0)) ? 1 : 0;
                    Assert.True(apart > 8);
                }
            }
        }

        var entry = new Cd8Entry(new ProcessSetup(lesion, TestPlans.Lesion(), parameters, mechanisms, runner, workspace));
        const int Steps = 40;
        for (uint step = 0; step < Steps; step++)
        {
            entry.Step(new StepContext(RandomKey.Create(5, 0, 0), step, 1, default, 1, 1));
        }

        long arrived = lesion.Ledger[Booking.Cd8Entries] + lesion.Ledger[Booking.Cd8EntriesBlocked];
        double expected = on ? near * share * 6 / 24 * Steps * lesion.Multipliers[Multiplier.Cd8Entry] : 0;
        Assert.InRange(arrived, expected - (4 * Math.Sqrt(expected)), expected + (4 * Math.Sqrt(expected)));

        // They stand beside a vessel of the margin: nowhere deeper in liver.
        var wider = new InvasiveMargin(lesion, 100 + (20 * Math.Sqrt(2)));
        Assert.All(lesion.Cd8.Site.Span.ToArray(), site => Assert.True(lesion.ParenchymaCodes[site] != Parenchyma.Hepatocyte || wider.Holds(site)));
    }

    /// <summary>q to the power: 1 as ever, 0 as the switch off, one half between them.</summary>
    [Fact]
    public void ContactExponent_WeightsTheShare()
    {
        var shape = new LatticeShape(20, 20, 1, 20);
        using LesionState lesion = Nodule(shape);
        using var runner = new RowRunner();
        using var workspace = new LesionWorkspace(shape, runner);
        int site = shape.Site(10, 10, 0), target = shape.Site(11, 10, 0);
        lesion.ParenchymaCodes.Writable.Clear();
        (lesion.ParenchymaCodes[target], lesion.Mhc1[target]) = (Parenchyma.Tumor, 1);
        lesion.ParenchymaCodes[shape.Site(9, 9, 0)] = Parenchyma.Tumor;
        Occupancy.AddCd8(lesion, 1, site, 0, 0, Cd8Store.TumorReactive);
        workspace.Levels(lesion, FieldId.Suppressive, runner);
        float none = Hazard(1, share: false);
        Assert.True(none > 0);
        Assert.Equal(none * 2 / 9, Hazard(1), 1e-7f);
        Assert.Equal(none, Hazard(0), 1e-7f);
        Assert.Equal(none * MathF.Sqrt(2f / 9), Hazard(0.5), 1e-7f);

        float Hazard(double exponent, bool share = true) => new KillHazard(new ProcessSetup(
            lesion, TestPlans.Lesion(), TestPlans.Parameters.With(Parameter.Cd8ContactExponent, exponent),
            MechanismSet.Default.With(Mechanism.Cd8ContactShare, share), runner, workspace)).PerHour(0, target, default);
    }

    private static LesionState Nodule(LatticeShape shape)
    {
        var lesion = new LesionState(shape, new CloneTable(TestPlans.Lesion()));
        for (int y = 0; y < shape.Ny; y++)
        {
            for (int x = 0; x < shape.Nx; x++)
            {
                int dx = x - (shape.Nx / 2), dy = y - (shape.Ny / 2);
                lesion.ParenchymaCodes[shape.Site(x, y, 0)] = (dx * dx) + (dy * dy) <= 64 ? Parenchyma.Tumor : Parenchyma.Hepatocyte;
            }
        }

        return lesion;
    }
}

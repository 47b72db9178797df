using TmeSim.Engine.Lattice;
using TmeSim.Engine.Numerics;
using TmeSim.Engine.Plan;
using TmeSim.Engine.State;
using TmeSim.Engine.Tumor;

namespace TmeSim.Engine.Tests.Tumor;

/// <summary>Free sites close as the tissue around moves in: how fast, what moves, and that nothing is lost.</summary>
public sealed class CollapseTests
{
    private const double RatePerDay = 0.24;

    /// <summary>Ground without cells shrinks exponentially, wherever it lies: in the plane and in space.</summary>
    [Theory]
    [InlineData(81, 81, 1)]
    [InlineData(31, 31, 31)]
    [InlineData(1, 81, 81)]
    public void ClearedGround_ShrinksExponentially(int nx, int ny, int nz)
    {
        using var tissue = new Tissue(new LatticeShape(nx, ny, nz, 20), r => r < 12 ? Parenchyma.Empty : Parenchyma.Hepatocyte);
        int before = tissue.Count(Parenchyma.Empty);
        tissue.Run(48);
        double kept = Math.Exp(-RatePerDay * 2), expected = before * kept;
        double spread = 4 * Math.Sqrt(before * kept * (1 - kept));

        // A site that an earlier line of the step moved does not close in it: at most a per cent.
        Assert.InRange(tissue.Count(Parenchyma.Empty), expected - spread, (expected * 1.02) + spread);
        tissue.AgreesWithBooks();
    }

    /// <summary>A shell of tumour cells around a hole falls in: the same cells, a smaller outline, no hole.</summary>
    [Fact]
    public void HollowTumor_FallsIn_WithAllItsCells()
    {
        var shape = new LatticeShape(61, 61, 1, 20);
        using var tissue = new Tissue(shape, r => r < 12 ? Parenchyma.Empty : r < 16 ? Parenchyma.Tumor : Parenchyma.Hepatocyte);
        float[] traits = tissue.Traits();
        int cells = tissue.Count(Parenchyma.Tumor);
        double outline = tissue.Reach();
        tissue.Run(24 * 40);

        Assert.Equal(0, tissue.Count(Parenchyma.Empty));
        Assert.Equal(cells, tissue.Count(Parenchyma.Tumor));
        Assert.Equal(traits, tissue.Traits());
        
        // As many cells as before fill a disc of 11 sites' radius: a tenth of them would lie farther than 10 if
        // each were met by as many lines as the mean.
        Assert.InRange(outline, 15, 16);
        Assert.InRange(tissue.Reach(), 9, 13.5);
        tissue.AgreesWithBooks();
    }

    /// <summary>Without the switch, without a rate and without liver to follow nothing moves.</summary>
    [Theory]
    [InlineData(false, RatePerDay, true)]
    [InlineData(true, 0, true)]
    [InlineData(true, RatePerDay, false)]
    public void NothingToFollow_NothingMoves(bool on, double rate, bool liver)
    {
        var shape = new LatticeShape(40, 40, 1, 20);
        byte around = liver ? Parenchyma.Hepatocyte : Parenchyma.Tumor;
        using var tissue = new Tissue(shape, r => r < 8 ? Parenchyma.Empty : around, on, rate);
        byte[] before = tissue.Lesion.ParenchymaCodes.Span.ToArray();
        tissue.Run(200);
        Assert.Equal(before, tissue.Lesion.ParenchymaCodes.Span.ToArray());
    }

    /// <summary>On a line of six, free at its left wall: the cells move one place in, with their traits, and liver comes up behind.</summary>
    [Fact]
    public void OneLine_MovesOnePlaceInward()
    {
        var shape = new LatticeShape(6, 1, 1, 20);
        using var tissue = new Tissue(shape, _ => Parenchyma.Hepatocyte);
        LesionState lesion = tissue.Lesion;
        lesion.ParenchymaCodes[shape.Site(0, 0, 0)] = Parenchyma.Empty;
        lesion.ParenchymaCodes[shape.Site(1, 0, 0)] = Parenchyma.Tumor;
        lesion.ParenchymaCodes[shape.Site(2, 0, 0)] = Parenchyma.Dying;
        (lesion.Mhc1[shape.Site(1, 0, 0)], lesion.Pdl1[shape.Site(1, 0, 0)]) = (0.7f, 55);
        lesion.Hepatocytes = 3;
        tissue.Run(24 * 40);

        Assert.Equal(
            [Parenchyma.Tumor, Parenchyma.Dying, Parenchyma.Hepatocyte, Parenchyma.Hepatocyte, Parenchyma.Hepatocyte, Parenchyma.Hepatocyte],
            lesion.ParenchymaCodes.Span.Slice(shape.Site(0, 0, 0), 6).ToArray());
        Assert.Equal((0.7f, 55f), (lesion.Mhc1[shape.Site(0, 0, 0)], lesion.Pdl1[shape.Site(0, 0, 0)]));
        Assert.Equal(4, lesion.Hepatocytes);
    }

    /// <summary>A gap beside a tumour draws it in from all sides alike: nothing drifts, whichever way axes are written.</summary>
    [Fact]
    public void Flow_IntoAGap_HasNoDirection()
    {
        var shape = new LatticeShape(81, 81, 1, 20);
        using var tissue = new Tissue(shape, r => r < 14 ? Parenchyma.Empty : r < 24 ? Parenchyma.Tumor : Parenchyma.Hepatocyte);
        tissue.Run(24 * 40);
        (double x, double y, double xx, double yy) = tissue.Moments();
        Assert.InRange(Math.Max(Math.Abs(x), Math.Abs(y)), 0, 1);
        Assert.InRange(xx / yy, 0.85, 1.18);
    }

    /// <summary>Round tissue made by distance from the centre [sites], and the process alone.</summary>
    private sealed class Tissue : IDisposable
    {
        private readonly RowRunner _runner = new(2);
        private readonly LesionWorkspace _workspace;
        private readonly Collapse _collapse;
        private readonly int _free;
        private uint _step;

        public Tissue(LatticeShape shape, Func<double, byte> code, bool on = true, double rate = RatePerDay)
        {
            Lesion = new LesionState(shape, new CloneTable(TestPlans.Lesion()));
            for (int row = 0; row < shape.Rows; row++)
            {
                for (int site = shape.RowStart(row); site < shape.RowStart(row) + shape.Nx; site++)
                {
                    (int x, int y, int z) = shape.Coordinates(site);
                    byte here = code(Math.Sqrt(Square(x, shape.Nx) + Square(y, shape.Ny) + Square(z, shape.Nz)));
                    Lesion.ParenchymaCodes[site] = here;
                    Lesion.Mhc1[site] = here == Parenchyma.Tumor ? site : 0;
                    Lesion.Hepatocytes += here == Parenchyma.Hepatocyte ? 1 : 0;
                }
            }

            _workspace = new LesionWorkspace(shape, _runner);
            _collapse = new Collapse(new ProcessSetup(
                Lesion, TestPlans.Lesion(), TestPlans.Parameters.With(Parameter.RegressionCollapseRate, rate),
                MechanismSet.Default.With(Mechanism.RegressionCollapse, on), _runner, _workspace));
            _free = Count(Parenchyma.Empty);
        }

        public LesionState Lesion { get; }

        public void Run(int steps)
        {
            for (int i = 0; i < steps; i++)
            {
                _collapse.Step(new StepContext(RandomKey.Create(3, 0, 0), _step++, 1, default, 1, 1));
            }
        }

        public int Count(byte code) => Lesion.ParenchymaCodes.Span.Count(code);

        /// <summary>Traits of all tumour cells, sorted.</summary>
        public float[] Traits() => [.. Sites(Parenchyma.Tumor).Select(site => Lesion.Mhc1[site]).Order()];

        /// <summary>Distance from the centre [sites] within which nine in ten tumour cells lie.</summary>
        public double Reach()
        {
            double[] apart = [.. Sites(Parenchyma.Tumor).Select(site =>
            {
                (int x, int y, int z) = Lesion.Shape.Coordinates(site);
                return Math.Sqrt(Square(x, Lesion.Shape.Nx) + Square(y, Lesion.Shape.Ny) + Square(z, Lesion.Shape.Nz));
            }).Order()];
            return apart[apart.Length * 9 / 10];
        }

        /// <summary>Centre of the tumour cells [sites] and their mean squared distance from it along x and y.</summary>
        public (double X, double Y, double Xx, double Yy) Moments()
        {
            (int X, int Y, int Z)[] at = [.. Sites(Parenchyma.Tumor).Select(Lesion.Shape.Coordinates)];
            double middle = (Lesion.Shape.Nx - 1) / 2.0, x = at.Average(p => p.X - middle), y = at.Average(p => p.Y - middle);
            return (x, y, at.Average(p => (p.X - middle - x) * (p.X - middle - x)), at.Average(p => (p.Y - middle - y) * (p.Y - middle - y)));
        }

        public void AgreesWithBooks()
        {
            Assert.Equal(Count(Parenchyma.Hepatocyte), Lesion.Hepatocytes);
            Assert.Equal(_free - Count(Parenchyma.Empty), Lesion.Ledger[Booking.HepatocytesRegrown]);
            Assert.Equal(0, _workspace.EventBits.Sum(word => word));
        }

        public void Dispose()
        {
            _workspace.Dispose();
            Lesion.Dispose();
            _runner.Dispose();
        }

        private IEnumerable<int> Sites(byte code) => Enumerable.Range(0, Lesion.ParenchymaCodes.Length).Where(site => Lesion.ParenchymaCodes[site] == code);

        private static double Square(int x, int n) => (x - ((n - 1) / 2.0)) * (x - ((n - 1) / 2.0));
    }
}

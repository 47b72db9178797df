using TmeSim.Engine.Lattice;

namespace TmeSim.Benchmarks.Tests.Bounds;

public class ExplicitStencilTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(37, 5, 1)]
    [InlineData(64, 33, 1)]
    [InlineData(19, 7, 6)]
    public void VectorsAndPlainLoop_AgreeInEveryBit(int nx, int ny, int nz)
    {
        var shape = new LatticeShape(nx, ny, nz, 20);
        using SiteBuffer<float> from = new(shape.Length), plain = new(shape.Length), wide = new(shape.Length);
        for (int i = 0; i < from.Length; i++)
        {
            from.Values[i] = i * 0.37f % 1;
        }

        new ExplicitStencil(shape, from, plain, 0.1f, vectors: false).Run(0, shape.Rows);
        new ExplicitStencil(shape, from, wide, 0.1f, vectors: true).Run(0, shape.Rows);
        for (int row = 0; row < shape.Rows; row++)
        {
            Assert.True(plain.Span.Slice(shape.RowStart(row), nx).SequenceEqual(wide.Span.Slice(shape.RowStart(row), nx)));
        }
    }
}

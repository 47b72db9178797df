using System.Numerics.Tensors;
using TmeSim.Engine.Lattice;

namespace TmeSim.Engine.Tests.Lattice;

public class LatticeShapeTests
{
    [Theory]
    [InlineData(5, 4, 3)]
    [InlineData(40, 1, 1)]
    [InlineData(1, 7, 1)]
    [InlineData(1, 1, 6)]
    [InlineData(17, 1, 4)]
    [InlineData(16, 9, 1)]
    [InlineData(1, 1, 1)]
    public void View_IsTheArrayByCoordinates(int nx, int ny, int nz)
    {
        var shape = new LatticeShape(nx, ny, nz, 20);
        using var sites = new SiteArray<int>(shape.Length);
        for (int i = 0; i < sites.Length; i++)
        {
            sites[i] = i;
        }

        ReadOnlyTensorSpan<int> view = shape.View(sites);
        Assert.Equal([nz, ny, nx], view.Lengths.ToArray());
        for (int z = 0; z < nz; z++)
        {
            for (int y = 0; y < ny; y++)
            {
                for (int x = 0; x < nx; x++)
                {
                    Assert.Equal(shape.Site(x, y, z), view[z, y, x]);
                }
            }
        }

        int[] flat = new int[shape.SiteCount];
        view.FlattenTo(flat);
        Assert.Equal(Enumerable.Range(0, shape.Rows).SelectMany(row => sites.Span.Slice(shape.RowStart(row), nx).ToArray()), flat);
    }
}

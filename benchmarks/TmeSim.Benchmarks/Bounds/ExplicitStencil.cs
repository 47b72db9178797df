using System.Runtime.Intrinsics;
using TmeSim.Engine.Lattice;

namespace TmeSim.Benchmarks;

/// <summary>
/// One explicit diffusion step, to = c + k (Σ neighbours − n·c), zero flux at the walls, written by hand for the widest
/// registers: the least arithmetic that any sweep over a field does. Five points with one layer, seven with more.
/// </summary>
/// <remarks>Rows are padded (<see cref="LatticeShape"/>), so whole vectors may run over the end of a row into its padding.</remarks>
internal readonly unsafe struct ExplicitStencil(LatticeShape shape, SiteArray<float> from, SiteArray<float> to, float k, bool vectors) : IRowKernel
{
    public void Run(int first, int end)
    {
        int nx = shape.Nx, stride = shape.Stride, plane = shape.PlaneStride;
        for (int row = first; row < end; row++)
        {
            int start = shape.RowStart(row), y = row % shape.Ny, z = row / shape.Ny;
            float* c = from.Pointer + start;
            (c[-1], c[nx]) = (c[0], c[nx - 1]);
            float* up = y > 0 ? c - stride : c, down = y + 1 < shape.Ny ? c + stride : c;
            float* below = z > 0 ? c - plane : c, above = z + 1 < shape.Nz ? c + plane : c;
            float* target = to.Pointer + start;
            if (shape.Nz == 1)
            {
                Row<Planar>(c, up, down, below, above, target, nx);
            }
            else
            {
                Row<Spatial>(c, up, down, below, above, target, nx);
            }
        }
    }

    private void Row<TDepth>(float* c, float* up, float* down, float* below, float* above, float* target, int nx)
    {
        float points = typeof(TDepth) == typeof(Spatial) ? 6 : 4;
        if (!vectors)
        {
            for (int x = 0; x < nx; x++)
            {
                float sum = c[x - 1] + c[x + 1] + (up[x] + down[x]);
                if (typeof(TDepth) == typeof(Spatial))
                {
                    sum += below[x] + above[x];
                }

                target[x] = c[x] + k * (sum - points * c[x]);
            }
        }
        else if (Vector512.IsHardwareAccelerated)
        {
            Vector512<float> factor = Vector512.Create(k), count = Vector512.Create(points);
            for (int x = 0; x < nx; x += 16)
            {
                Vector512<float> centre = Vector512.Load(c + x);
                Vector512<float> sum = Vector512.Load(c + x - 1) + Vector512.Load(c + x + 1) + (Vector512.Load(up + x) + Vector512.Load(down + x));
                if (typeof(TDepth) == typeof(Spatial))
                {
                    sum += Vector512.Load(below + x) + Vector512.Load(above + x);
                }

                (centre + (factor * (sum - (count * centre)))).Store(target + x);
            }
        }
        else
        {
            Vector256<float> factor = Vector256.Create(k), count = Vector256.Create(points);
            for (int x = 0; x < nx; x += 8)
            {
                Vector256<float> centre = Vector256.Load(c + x);
                Vector256<float> sum = Vector256.Load(c + x - 1) + Vector256.Load(c + x + 1) + (Vector256.Load(up + x) + Vector256.Load(down + x));
                if (typeof(TDepth) == typeof(Spatial))
                {
                    sum += Vector256.Load(below + x) + Vector256.Load(above + x);
                }

                (centre + (factor * (sum - (count * centre)))).Store(target + x);
            }
        }
    }

    private readonly struct Planar;

    private readonly struct Spatial;
}

using TmeSim.Analysis.Sensitivity;
using TmeSim.Engine.Numerics;

namespace TmeSim.Analysis.Tests;

public class SymmetricEigenTests
{
    [Fact]
    public void Vectors_AreOrthonormal_AndRebuildTheMatrix()
    {
        const int n = 12;
        var stream = new PhiloxStream(RandomKey.Create(5, 0, 0), 0, 0, 0);
        var matrix = new double[n, n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                matrix[i, j] = matrix[j, i] = stream.NextNormal();
            }
        }

        (double[] values, double[,] vectors) = SymmetricEigen.Of(matrix);
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                Assert.Equal(matrix[i, j], Enumerable.Range(0, n).Sum(e => vectors[i, e] * values[e] * vectors[j, e]), 1e-13 * n);
                Assert.Equal(i == j ? 1 : 0, Enumerable.Range(0, n).Sum(r => vectors[r, i] * vectors[r, j]), 1e-14 * n);
            }
        }
    }

    [Fact]
    public void SingularMatrix_HasItsZero()
    {
        (double[] values, _) = SymmetricEigen.Of(new double[,] { { 1, -1, 0 }, { -1, 1, 0 }, { 0, 0, 1 } });
        Assert.Equal([0, 1, 2], values.Order().Select(v => Math.Round(v, 14)));
        Assert.Equal([7.0], SymmetricEigen.Of(new double[,] { { 7 } }).Values);
    }
}

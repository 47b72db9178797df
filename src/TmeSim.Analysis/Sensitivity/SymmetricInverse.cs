namespace TmeSim.Analysis.Sensitivity;

/// <summary>The Moore-Penrose inverse of a symmetric matrix without negative eigenvalues, such as a covariance.</summary>
/// <param name="Inverse">The inverse; on what the matrix does not reach it is 0.</param>
/// <param name="Rank">Number of eigenvalues above the tolerance.</param>
internal sealed record SymmetricInverse(double[,] Inverse, int Rank)
{
    /// <param name="matrix">Symmetric, n × n; left unchanged.</param>
    /// <param name="tolerance">Eigenvalues up to this share of the largest count as 0.</param>
    public static SymmetricInverse Of(double[,] matrix, double tolerance)
    {
        int n = matrix.GetLength(0), rank = 0;
        (double[] values, double[,] vectors) = SymmetricEigen.Of(matrix);
        double least = tolerance * values.DefaultIfEmpty(0).Max();
        var inverse = new double[n, n];
        for (int e = 0; e < n; e++)
        {
            if (!(values[e] > least))
            {
                continue;
            }

            rank++;
            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j < n; j++)
                {
                    inverse[i, j] += vectors[i, e] * vectors[j, e] / values[e];
                }
            }
        }

        return new SymmetricInverse(inverse, rank);
    }

    /// <summary>
    /// The inverse of an information matrix, whose columns may have very different scales: it is brought to a diagonal of 1 first, so
    /// that the rank does not depend on units.
    /// </summary>
    /// <inheritdoc cref="Of"/>
    public static SymmetricInverse Scaled(double[,] matrix, double tolerance)
    {
        int n = matrix.GetLength(0);
        double[] scale = [.. Enumerable.Range(0, n).Select(i => matrix[i, i] > 0 ? 1 / Math.Sqrt(matrix[i, i]) : 0)];
        SymmetricInverse inverse = Of(Times(matrix, scale), tolerance);
        return inverse with { Inverse = Times(inverse.Inverse, scale) };
    }

    /// <summary>The inverse times a vector.</summary>
    public double[] Times(double[] vector)
    {
        var product = new double[vector.Length];
        for (int i = 0; i < vector.Length; i++)
        {
            for (int j = 0; j < vector.Length; j++)
            {
                product[i] += Inverse[i, j] * vector[j];
            }
        }

        return product;
    }

    /// <summary>vᵀ (inverse) v.</summary>
    public double Quadratic(double[] vector) => Times(vector).Zip(vector, (a, b) => a * b).Sum();

    private static double[,] Times(double[,] matrix, double[] scale)
    {
        var product = (double[,])matrix.Clone();
        for (int i = 0; i < scale.Length; i++)
        {
            for (int j = 0; j < scale.Length; j++)
            {
                product[i, j] *= scale[i] * scale[j];
            }
        }

        return product;
    }
}

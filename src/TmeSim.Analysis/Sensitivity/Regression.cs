namespace TmeSim.Analysis.Sensitivity;

/// <summary>
/// Least squares of one column of length 1 on others, all centred, told by their correlations; combinations among the others are allowed.
/// </summary>
/// <param name="Slopes">Coefficient of each column (the shortest solution where several fit alike).</param>
/// <param name="Precisions">Diagonal of the inverse of the correlations: 1 over the share of a column that the others do not
/// explain.</param>
/// <param name="IsIndependent">False for a column that is a combination of others.</param>
/// <param name="Left">Share of the explained column that is left, 0 to 1.</param>
/// <param name="Rank">Number of columns that are not combinations of others.</param>
internal sealed record Regression(double[] Slopes, double[] Precisions, bool[] IsIndependent, double Left, int Rank)
{
    /// <param name="columns">Centred columns of length 1.</param>
    /// <param name="y">The centred column to be explained, of length 1.</param>
    /// <param name="rounding">Eigenvalues of the correlations below this count as 0.</param>
    public static Regression Of(double[][] columns, double[] y, double rounding)
    {
        int k = columns.Length;
        var correlations = new double[k, k];
        var withY = new double[k];
        for (int i = 0; i < k; i++)
        {
            correlations[i, i] = 1;
            withY[i] = Dot(columns[i], y);
            for (int j = 0; j < i; j++)
            {
                correlations[i, j] = correlations[j, i] = Dot(columns[i], columns[j]);
            }
        }

        (double[] values, double[,] vectors) = SymmetricEigen.Of(correlations);
        (double[] slopes, double[] precisions, double[] inNull) = (new double[k], new double[k], new double[k]);
        double explained = 0;
        int rank = 0;
        for (int e = 0; e < k; e++)
        {
            if (values[e] <= rounding)
            {
                for (int i = 0; i < k; i++)
                {
                    inNull[i] += vectors[i, e] * vectors[i, e];
                }

                continue;
            }

            rank++;
            double along = 0;
            for (int i = 0; i < k; i++)
            {
                along += vectors[i, e] * withY[i];
            }

            explained += along * along / values[e];
            for (int i = 0; i < k; i++)
            {
                slopes[i] += vectors[i, e] * along / values[e];
                precisions[i] += vectors[i, e] * vectors[i, e] / values[e];
            }
        }

        return new Regression(slopes, precisions, [.. inNull.Select(v => v <= rounding)], Math.Max(0, 1 - explained), rank);
    }

    private static double Dot(double[] a, double[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }
}

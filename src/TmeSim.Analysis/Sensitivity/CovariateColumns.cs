namespace TmeSim.Analysis.Sensitivity;

/// <summary>Covariates of a model, each brought to mean 0 and spread 1, so that tolerances do not depend on units.</summary>
/// <param name="Rows">A row for each patient.</param>
/// <param name="Means">Mean of each column.</param>
/// <param name="Spreads">Standard deviation of each (divisor n).</param>
internal sealed record CovariateColumns(double[][] Rows, double[] Means, double[] Spreads)
{
    // Correlations whose smallest eigenvalue is below: columns are a combination of others.
    private const double Collinear = 1e-10;

    /// <exception cref="ArgumentException">Lengths differ, there is no covariate, one is not finite (patient and name are said),
    /// constant, or a combination of others.</exception>
    public static CovariateColumns Of(IReadOnlyList<IReadOnlyList<double>> rows, IReadOnlyList<string> names)
    {
        int n = rows.Count, p = names.Count;
        if (p == 0 || n < 2)
        {
            throw new ArgumentException($"a model needs a covariate and two patients, not {p} and {n}", nameof(rows));
        }

        var scaled = new double[n][];
        for (int i = 0; i < n; i++)
        {
            if (rows[i].Count != p)
            {
                throw new ArgumentException($"patient {i} (counted from 0) has {rows[i].Count} covariates for {p} names", nameof(rows));
            }

            scaled[i] = [.. rows[i]];
            int wrong = Array.FindIndex(scaled[i], v => !double.IsFinite(v));
            if (wrong >= 0)
            {
                throw new ArgumentException($"covariate {names[wrong]} of patient {i} (counted from 0) is {scaled[i][wrong]}: "
                    + "leave the patient out or fill it in", nameof(rows));
            }
        }

        (double[] means, double[] spreads) = (new double[p], new double[p]);
        for (int c = 0; c < p; c++)
        {
            double mean = scaled.Average(r => r[c]), spread = Math.Sqrt(scaled.Average(r => (r[c] - mean) * (r[c] - mean)));
            if (!(spread > 1e-12 * Math.Abs(mean)))
            {
                throw new ArgumentException($"covariate {names[c]} is {scaled[0][c]} for every patient: it has nothing to tell",
                    nameof(rows));
            }

            (means[c], spreads[c]) = (mean, spread);
            foreach (double[] row in scaled)
            {
                row[c] = (row[c] - mean) / spread;
            }
        }

        CheckIndependence(scaled, names);
        return new CovariateColumns(scaled, means, spreads);
    }

    /// <summary>Coefficients and covariance of the standardised columns in the units of the covariates.</summary>
    public (double[] Coefficients, double[,] Covariance) Unscaled(double[] coefficients, double[,] covariance)
    {
        int p = Spreads.Length;
        var result = new double[p, p];
        for (int a = 0; a < p; a++)
        {
            for (int b = 0; b < p; b++)
            {
                result[a, b] = covariance[a, b] / (Spreads[a] * Spreads[b]);
            }
        }

        return ([.. coefficients.Zip(Spreads, (c, s) => c / s)], result);
    }

    private static void CheckIndependence(double[][] rows, IReadOnlyList<string> names)
    {
        int p = names.Count;
        var correlations = new double[p, p];
        for (int a = 0; a < p; a++)
        {
            for (int b = 0; b < p; b++)
            {
                correlations[a, b] = rows.Average(r => r[a] * r[b]);
            }
        }

        (double[] values, double[,] vectors) = SymmetricEigen.Of(correlations);
        int least = Array.IndexOf(values, values.Min());
        if (values[least] < Collinear)
        {
            string[] bound = [.. names.Where((_, c) => Math.Abs(vectors[c, least]) > 1e-4)];
            throw new ArgumentException($"one of the covariates {string.Join(", ", bound)} is a combination of the others: leave one out",
                nameof(rows));
        }
    }
}

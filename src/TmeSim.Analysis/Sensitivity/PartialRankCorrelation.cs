namespace TmeSim.Analysis.Sensitivity;

/// <summary>
/// Partial rank correlation coefficients: how an output follows each factor once what the other factors explain is taken from both, by
/// ranks.
/// </summary>
/// <remarks>
/// Marino, Hogue, Ray, Kirschner 2008, J. Theor. Biol. 254, 178, doi:10.1016/j.jtbi.2008.04.011. It measures monotone effects only: a
/// factor that raises the output at both ends of its range may score 0.
/// </remarks>
public static class PartialRankCorrelation
{
    /// <summary>
    /// Shares of variance below this are rounding: a column is then a combination of others, or nothing is left of the output to explain.
    /// </summary>
    private const double Rounding = 1e-10;

    /// <summary>One coefficient per factor.</summary>
    /// <param name="columns">Values of each factor, one a row; at least one factor. Infinities have ranks like other numbers.</param>
    /// <param name="output">The output of each row. Rows with NaN in it or in a column are left out.</param>
    /// <returns>
    /// In the order of the columns, with ties at their mean rank. NaN for a constant column, which the other factors then do without;
    /// for columns whose ranks are exact combinations of each other (duplicates, mirrored ones), whose effects cannot be told apart, while
    /// the other factors are still corrected for them; for a constant output; where the other factors already explain the ranks of the
    /// output exactly; and with fewer than two rows more than factors that vary.
    /// </returns>
    /// <exception cref="ArgumentException">There is no column, or one is not as long as the output.</exception>
    public static RankCorrelation[] Of(IReadOnlyList<double[]> columns, ReadOnlySpan<double> output)
    {
        ArgumentNullException.ThrowIfNull(columns);
        if (columns.Count == 0)
        {
            throw new ArgumentException("a partial rank correlation needs at least one factor", nameof(columns));
        }

        for (int i = 0; i < columns.Count; i++)
        {
            if (columns[i].Length != output.Length)
            {
                throw new ArgumentException($"factor {i} has {columns[i].Length} values where the output has {output.Length}",
                    nameof(columns));
            }
        }

        int[] rows = Complete(columns, output);
        var result = new RankCorrelation[columns.Count];
        Array.Fill(result, RankCorrelation.Undefined(rows.Length));
        double[]? y = Ranks(output, rows);
        (int Column, double[] Ranks)[] varying =
            [.. columns.Select((c, i) => (Column: i, Ranks: Ranks(c, rows))).Where(c => c.Ranks != null).Select(c => (c.Column, c.Ranks!))];
        if (y is null || varying.Length == 0)
        {
            return result;
        }

        Regression r = Regression.Of([.. varying.Select(v => v.Ranks)], y, Rounding);
        for (int i = 0; i < varying.Length; i++)
        {
            // Of the output, what the others leave is what all leave plus what this one takes.
            double own = r.Slopes[i] * r.Slopes[i] / r.Precisions[i];
            bool defined = r.IsIndependent[i] && r.Left + own > Rounding;
            double value = defined ? Math.CopySign(Math.Sqrt(own / (r.Left + own)), r.Slopes[i]) : double.NaN;
            result[varying[i].Column] = RankCorrelation.From(value, rows.Length, r.Rank - 1);
        }

        return result;
    }

    private static int[] Complete(IReadOnlyList<double[]> columns, ReadOnlySpan<double> output)
    {
        var rows = new List<int>(output.Length);
        for (int row = 0; row < output.Length; row++)
        {
            bool complete = !double.IsNaN(output[row]);
            for (int i = 0; i < columns.Count && complete; i++)
            {
                complete = !double.IsNaN(columns[i][row]);
            }

            if (complete)
            {
                rows.Add(row);
            }
        }

        return [.. rows];
    }

    /// <summary>Centred ranks of length 1; null for a constant.</summary>
    private static double[]? Ranks(ReadOnlySpan<double> values, int[] rows)
    {
        var kept = new double[rows.Length];
        for (int i = 0; i < kept.Length; i++)
        {
            kept[i] = values[rows[i]];
        }

        double[] ranks = MidRanks.Centred(kept);
        double squares = ranks.Sum(r => r * r);
        if (squares == 0)
        {
            return null;
        }

        double length = Math.Sqrt(squares);
        return [.. ranks.Select(r => r / length)];
    }
}

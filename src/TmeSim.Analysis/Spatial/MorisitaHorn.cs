namespace TmeSim.Analysis.Spatial;

/// <summary>
/// Morisita-Horn index of two types: how alike they are spread over quadrats. 0 where they never share one, 1 for equal shares in every
/// quadrat.
/// </summary>
/// <remarks>
/// 2·Σ a_i b_i / ((Σ a_i² / A² + Σ b_i² / B²) · A · B) (Horn 1966, Am. Nat. 100, 419, doi:10.1086/282436); vegan's vegdist "horn" is one
/// minus it. It depends on the side of the quadrats, so name the side with the value.
/// </remarks>
public static class MorisitaHorn
{
    /// <summary>The index, 0 to 1; NaN when a type is missing.</summary>
    /// <param name="a">Counts of one type by quadrat, not negative; see <see cref="QuadratCounts"/>.</param>
    /// <param name="b">Counts of the other type in the same quadrats.</param>
    /// <exception cref="ArgumentException">The lists differ in length.</exception>
    public static double Of(ReadOnlySpan<int> a, ReadOnlySpan<int> b)
    {
        if (a.Length != b.Length)
        {
            throw new ArgumentException($"there are {a.Length} and {b.Length} quadrats", nameof(b));
        }

        double totalA = 0, totalB = 0, squaresA = 0, squaresB = 0, products = 0;
        for (int i = 0; i < a.Length; i++)
        {
            totalA += a[i];
            totalB += b[i];
            squaresA += (double)a[i] * a[i];
            squaresB += (double)b[i] * b[i];
            products += (double)a[i] * b[i];
        }

        return 2 * products / (squaresA * totalB / totalA + squaresB * totalA / totalB);
    }
}

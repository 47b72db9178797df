using TmeSim.Engine.Numerics;

namespace TmeSim.Analysis.Cohorts;

/// <summary>
/// Dependence between variables of any distribution: normal scores with a given correlation, whose shares are read in each distribution
/// (Nelsen 2006, An
/// Introduction to Copulas, 2nd ed., doi:10.1007/0-387-28678-0). The rank correlation of two continuous variables is (6/π) asin(r/2).
/// </summary>
public sealed class GaussianCopula
{
    // A pivot of the factorisation below this is one of dependent variables.
    private const double SmallestPivot = 1e-10;
    private readonly double[] _factor;

    /// <param name="correlations">Symmetric matrix of normal-score correlations, row by row, with 1 on the diagonal.</param>
    /// <param name="size">Number of variables, at least 0.</param>
    /// <exception cref="ArgumentException">The matrix has another size, is not symmetric with ones on its diagonal, or is not positive
    /// definite; the message
    /// says from which variable on.</exception>
    public GaussianCopula(IReadOnlyList<double> correlations, int size)
    {
        if (correlations.Count != size * size)
        {
            throw new ArgumentException($"{size} variables need {size * size} correlations, not {correlations.Count}",
                nameof(correlations));
        }

        Size = size;
        _factor = new double[size * size];
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double value = correlations[(i * size) + j];
                if (value != correlations[(j * size) + i] || (i == j ? value != 1 : !(Math.Abs(value) < 1)))
                {
                    throw new ArgumentException($"correlation {value} of variables {j} and {i}: a matrix of correlations is symmetric, 1 on its diagonal and between -1 and 1 "
                        + "elsewhere", nameof(correlations));
                }

                double rest = value;
                for (int k = 0; k < j; k++)
                {
                    rest -= _factor[(i * size) + k] * _factor[(j * size) + k];
                }

                if (i == j && !(rest > SmallestPivot))
                {
                    throw new NotPositiveDefiniteException(i, rest);
                }

                _factor[(i * size) + j] = i == j ? DetMath.Sqrt(rest) : rest / _factor[(j * size) + j];
            }
        }
    }

    /// <summary>Number of variables.</summary>
    public int Size { get; }

    /// <summary>Turns independent shares into dependent ones.</summary>
    /// <param name="shares">Independent shares between 0 and 1, one per variable; replaced.</param>
    public void Apply(Span<double> shares)
    {
        for (int i = 0; i < Size; i++)
        {
            shares[i] = Draws.NormalQuantile(Math.Clamp(shares[i], 1e-16, 1 - 1e-16));
        }

        // From the last on, as a score needs those before it.
        for (int i = Size - 1; i >= 0; i--)
        {
            double score = 0;
            for (int k = 0; k <= i; k++)
            {
                score += _factor[(i * Size) + k] * shares[k];
            }

            shares[i] = score;
        }

        for (int i = 0; i < Size; i++)
        {
            shares[i] = DetMath.NormalCdf(shares[i]);
        }
    }
}

/// <summary>Correlations contradict each other: no patients can have them together.</summary>
/// <param name="variable">First variable whose correlations do not fit those of the variables before it.</param>
/// <param name="pivot">What is left of its variance, which must be above 0.</param>
public sealed class NotPositiveDefiniteException(int variable, double pivot)
    : ArgumentException($"the correlations are not positive definite from variable {variable} on ({pivot:g3} of its variance is left)")
{
    /// <summary>First variable whose correlations do not fit those of the variables before it.</summary>
    public int Variable { get; } = variable;
}

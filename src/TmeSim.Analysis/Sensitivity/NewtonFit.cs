namespace TmeSim.Analysis.Sensitivity;

/// <summary>Maximum of a concave log-likelihood of standardised covariates by Newton's method with halved steps.</summary>
/// <param name="Coefficients">Where it is.</param>
/// <param name="Value">The logarithm there.</param>
/// <param name="Covariance">Inverse of the information there.</param>
/// <param name="IsInfinite">Coefficients along which it still grows where its value no longer does.</param>
/// <param name="Iterations">Newton steps made.</param>
/// <param name="IsConverged">False where steps did not become small in <see cref="MaximumSteps"/>.</param>
internal sealed record NewtonFit(
    double[] Coefficients, double Value, double[,] Covariance, bool[] IsInfinite, int Iterations, bool IsConverged)
{
    /// <summary>Most Newton steps; a regular likelihood takes five to ten.</summary>
    public const int MaximumSteps = 60;

    // Steps in units of the logarithm of a ratio per standard deviation. Towards infinity each is about 1, whatever the likelihood does.
    private const double Small = 1e-10, StillGrowing = 0.05, Flat = 1e-9, Singular = 1e-13;

    /// <param name="start">Where to start.</param>
    /// <param name="evaluate">Value, slopes and information at a place; the arrays may be used again.</param>
    public static NewtonFit Maximise(double[] start, Func<double[], (double Value, double[] Score, double[,] Information)> evaluate)
    {
        double[] at = start;
        (double value, double[] score, double[,] information) = evaluate(at);
        for (int iteration = 1; iteration <= MaximumSteps; iteration++)
        {
            SymmetricInverse inverse = SymmetricInverse.Scaled(information, Singular);
            double[] step = inverse.Times(score);
            double largest = step.Max(Math.Abs);
            if (largest <= Small)
            {
                return new NewtonFit(at, value, inverse.Inverse, new bool[at.Length], iteration - 1, true);
            }

            double before = value;
            double[] from = at;
            for (double part = 1; part > 1e-6; part *= 0.5)
            {
                at = [.. from.Zip(step, (a, s) => a + (part * s))];
                (value, score, information) = evaluate(at);
                if (value >= before - (1e-12 * Math.Abs(before)))
                {
                    break;
                }
            }

            if (value - before <= Flat * (Math.Abs(value) + 1e-3) && largest > StillGrowing)
            {
                bool[] grows = [.. step.Select(s => Math.Abs(s) > StillGrowing)];
                return new NewtonFit(at, value, SymmetricInverse.Scaled(information, Singular).Inverse, grows, iteration, true);
            }
        }

        return new NewtonFit(at, value, SymmetricInverse.Scaled(information, Singular).Inverse, new bool[at.Length], MaximumSteps, false);
    }
}

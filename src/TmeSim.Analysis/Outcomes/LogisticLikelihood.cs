using TmeSim.Analysis.Contrasts;
using TmeSim.Engine.Numerics;

namespace TmeSim.Analysis.Outcomes;

/// <summary>Log-likelihood of a logistic model with its slopes.</summary>
/// <param name="outcomes">Outcomes.</param>
/// <param name="rows">Covariates with what stands for the intercept.</param>
/// <param name="offsets">Log odds that are given; null for none.</param>
internal sealed class LogisticLikelihood(bool[] outcomes, double[][] rows, double[]? offsets)
{
    /// <summary>Value, slopes and information at a place.</summary>
    public (double Value, double[] Score, double[,] Information) At(double[] coefficients)
    {
        int k = coefficients.Length;
        double value = 0;
        var score = new double[k];
        var information = new double[k, k];
        for (int i = 0; i < rows.Length; i++)
        {
            double line = Line(i, coefficients), towards = outcomes[i] ? line : -line;
            value -= towards > 0 ? Tail.LogOnePlus(DetMath.Exp(-towards)) : Tail.LogOnePlus(DetMath.Exp(towards)) - towards;
            double risk = Logistic(line), weight = Logistic(line) * Logistic(-line), left = outcomes[i] ? Logistic(-line) : -risk;
            for (int a = 0; a < k; a++)
            {
                score[a] += rows[i][a] * left;
                for (int b = 0; b < k; b++)
                {
                    information[a, b] += rows[i][a] * rows[i][b] * weight;
                }
            }
        }

        return (value, score, information);
    }

    /// <summary>Probability of each patient.</summary>
    public double[] Risks(double[] coefficients) => [.. rows.Select((_, i) => Logistic(Line(i, coefficients)))];

    private static double Logistic(double x) => x >= 0 ? 1 / (1 + DetMath.Exp(-x)) : DetMath.Exp(x) / (1 + DetMath.Exp(x));

    private double Line(int i, double[] coefficients)
    {
        double sum = offsets?[i] ?? 0;
        for (int c = 0; c < coefficients.Length; c++)
        {
            sum += rows[i][c] * coefficients[c];
        }

        return sum;
    }
}

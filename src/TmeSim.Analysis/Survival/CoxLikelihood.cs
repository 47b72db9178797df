using TmeSim.Engine.Numerics;

namespace TmeSim.Analysis.Survival;

/// <summary>
/// Partial likelihood of the Cox model with Efron's form for ties (Efron 1977, doi:10.1080/01621459.1977.10480613), with its slopes.
/// </summary>
internal sealed class CoxLikelihood
{
    private readonly FollowUp[] _patients;
    private readonly double[][] _rows;
    private readonly int[][] _strata;
    private readonly int _columns;

    /// <param name="patients">The patients.</param>
    /// <param name="rows">Their covariates.</param>
    /// <param name="strata">Stratum of each; null for none.</param>
    public CoxLikelihood(FollowUp[] patients, double[][] rows, IReadOnlyList<int>? strata)
    {
        (_patients, _rows, _columns) = (patients, rows, rows[0].Length);

        // Backwards in time, so that the sums over those at risk only grow.
        _strata =
        [
            .. Enumerable.Range(0, patients.Length).GroupBy(i => strata?[i] ?? 0).OrderBy(s => s.Key)
                .Select(s => s.OrderByDescending(i => patients[i].Time).ToArray()),
        ];
        (Score, Information) = (new double[_columns], new double[_columns, _columns]);
    }

    /// <summary>First derivatives of the logarithm.</summary>
    public double[] Score { get; }

    /// <summary>Second derivatives with the other sign.</summary>
    public double[,] Information { get; }

    /// <summary>Logarithm of the likelihood; fills <see cref="Score"/> and <see cref="Information"/>.</summary>
    public double At(double[] coefficients)
    {
        Array.Clear(Score);
        Array.Clear(Information);
        double[] risk = [.. _rows.Select(r => Dot(r, coefficients))];
        return _strata.Sum(order => Add(order, risk));
    }

    /// <summary>Score residuals: what each patient adds to <see cref="Score"/> at these coefficients (Therneau and Grambsch 2000, section 4.6, with
    /// the form of ties of this likelihood); as residuals(type = "score") of R.</summary>
    public double[][] Residuals(double[] coefficients)
    {
        double[][] residuals = [.. _rows.Select(_ => new double[_columns])];
        double[] risk = [.. _rows.Select(r => Dot(r, coefficients))];
        foreach (int[] order in _strata)
        {
            Residuals(order, risk, residuals);
        }

        return residuals;
    }

    /// <summary>Sum of products.</summary>
    public static double Dot(double[] a, double[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    private double Add(int[] order, double[] risk)
    {
        double likelihood = 0, highest = order.Max(i => risk[i]);
        Sums atRisk = new(_columns), gone = new(_columns);
        for (int from = 0, to; from < order.Length; from = to)
        {
            gone.Clear();
            int events = 0;
            for (to = from; to < order.Length && _patients[order[to]].Time == _patients[order[from]].Time; to++)
            {
                int i = order[to];
                double weight = DetMath.Exp(risk[i] - highest);
                atRisk.Add(_rows[i], weight);
                if (_patients[i].Event)
                {
                    gone.Add(_rows[i], weight);
                    events++;
                    likelihood += risk[i] - highest;
                    for (int c = 0; c < _columns; c++)
                    {
                        Score[c] += _rows[i][c];
                    }
                }
            }

            for (int e = 0; e < events; e++)
            {
                likelihood -= Leave(atRisk, gone, (double)e / events);
            }
        }

        return likelihood;
    }

    private void Residuals(int[] order, double[] risk, double[][] residuals)
    {
        double highest = order.Max(i => risk[i]);
        Sums atRisk = new(_columns), gone = new(_columns);
        List<int> left = [];
        for (int from = 0, to; from < order.Length; from = to)
        {
            gone.Clear();
            List<int> now = [];
            for (to = from; to < order.Length && _patients[order[to]].Time == _patients[order[from]].Time; to++)
            {
                int i = order[to];
                atRisk.Add(_rows[i], DetMath.Exp(risk[i] - highest));
                left.Add(i);
                if (_patients[i].Event)
                {
                    gone.Add(_rows[i], DetMath.Exp(risk[i] - highest));
                    now.Add(i);
                }
            }

            for (int e = 0; e < now.Count; e++)
            {
                double share = (double)e / now.Count, weight = atRisk.Weight - (share * gone.Weight);
                double[] mean = [.. atRisk.First.Zip(gone.First, (a, g) => (a - (share * g)) / weight)];
                foreach (int i in left)
                {
                    Add(i, mean, -DetMath.Exp(risk[i] - highest) / weight);
                }

                foreach (int i in now)
                {
                    Add(i, mean, (1.0 / now.Count) + (share * DetMath.Exp(risk[i] - highest) / weight));
                }
            }
        }

        void Add(int patient, double[] mean, double factor)
        {
            for (int c = 0; c < _columns; c++)
            {
                residuals[patient][c] += factor * (_rows[patient][c] - mean[c]);
            }
        }
    }

    // One event of a tie: those of the tie count as far as they have not gone yet.
    private double Leave(Sums atRisk, Sums gone, double share)
    {
        double weight = atRisk.Weight - (share * gone.Weight);
        var mean = new double[_columns];
        for (int a = 0; a < _columns; a++)
        {
            mean[a] = (atRisk.First[a] - (share * gone.First[a])) / weight;
            Score[a] -= mean[a];
            for (int b = 0; b <= a; b++)
            {
                double second = ((atRisk.Second[a, b] - (share * gone.Second[a, b])) / weight) - (mean[a] * mean[b]);
                Information[a, b] += second;
                if (a != b)
                {
                    Information[b, a] += second;
                }
            }
        }

        return DetMath.Log(weight);
    }

    private sealed class Sums(int columns)
    {
        public double Weight { get; private set; }

        public double[] First { get; } = new double[columns];

        public double[,] Second { get; } = new double[columns, columns];

        public void Add(double[] row, double weight)
        {
            Weight += weight;
            for (int a = 0; a < row.Length; a++)
            {
                First[a] += weight * row[a];
                for (int b = 0; b <= a; b++)
                {
                    Second[a, b] += weight * row[a] * row[b];
                }
            }
        }

        public void Clear()
        {
            Weight = 0;
            Array.Clear(First);
            Array.Clear(Second);
        }
    }
}

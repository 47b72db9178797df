using System.Globalization;
using TmeSim.Analysis.Contrasts;

namespace TmeSim.Science.Tests.Patients;

/// <summary>Statistics of a cohort in their textbook forms, as text with 95 % intervals.</summary>
internal static class PatientStatistics
{
    private const double Z = 1.959964;

    /// <summary>Share with the interval of Wilson.</summary>
    public static string Share(int k, int n)
    {
        double p = (double)k / n, centre = (p + (Z * Z / 2 / n)) / (1 + (Z * Z / n));
        double half = Z * Math.Sqrt((p * (1 - p) / n) + (Z * Z / 4 / n / n)) / (1 + (Z * Z / n));
        return Text($"{k}/{n} = {p:0.00} [{centre - half:0.00}, {centre + half:0.00}]");
    }

    /// <summary>Median and quartiles.</summary>
    public static string Spread(IEnumerable<double> values)
    {
        double[] known = [.. values.Where(double.IsFinite).Order()];
        return known.Length == 0 ? "none" : Text($"{At(known, 0.5):G3} ({At(known, 0.25):G3}–{At(known, 0.75):G3}), n {known.Length}");
    }

    /// <summary>Mean and standard deviation.</summary>
    public static string MeanSd(IEnumerable<double> values)
    {
        double[] known = [.. values.Where(double.IsFinite)];
        double mean = known.DefaultIfEmpty().Average();
        return Text($"{mean:0.00} ± {Math.Sqrt(known.DefaultIfEmpty().Average(v => (v - mean) * (v - mean))):0.00}");
    }

    /// <summary>Rank correlation with Fisher's interval.</summary>
    public static string Rho(IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        (double X, double Y)[] pairs = [.. x.Zip(y).Where(p => double.IsFinite(p.First) && double.IsFinite(p.Second))];
        double r = Correlation(Ranks([.. pairs.Select(p => p.X)]), Ranks([.. pairs.Select(p => p.Y)]));
        double half = Z / Math.Sqrt(Math.Max(0.1, pairs.Length - 3)), z = Math.Atanh(r);
        return Text($"{r:0.00} [{Math.Tanh(z - half):0.00}, {Math.Tanh(z + half):0.00}]");
    }

    /// <summary>Odds ratio of an outcome for a feature, with Woolf's interval and half a patient added to each cell.</summary>
    public static string OddsRatio(IReadOnlyList<bool> feature, IReadOnlyList<bool> outcome)
    {
        double Cell(bool f, bool o) => feature.Zip(outcome).Count(p => p.First == f && p.Second == o) + 0.5;
        double a = Cell(true, true), b = Cell(true, false), c = Cell(false, true), d = Cell(false, false);
        double log = Math.Log(a * d / b / c), se = Math.Sqrt((1 / a) + (1 / b) + (1 / c) + (1 / d));
        return Text($"{Math.Exp(log):0.00} [{Math.Exp(log - (Z * se)):0.00}, {Math.Exp(log + (Z * se)):0.00}]");
    }

    /// <summary>Area under the ROC curve with the interval of Hanley and McNeil.</summary>
    public static string Auc(IReadOnlyList<double> score, IReadOnlyList<bool> outcome)
    {
        double[] yes = [.. score.Where((s, i) => outcome[i] && double.IsFinite(s))], no = [.. score.Where((s, i) => !outcome[i] && double.IsFinite(s))];
        if (yes.Length == 0 || no.Length == 0)
        {
            return "one group is empty";
        }

        double a = yes.Average(y => no.Average(n => y > n ? 1 : y == n ? 0.5 : 0));
        double q1 = a / (2 - a), q2 = 2 * a * a / (1 + a);
        double se = Math.Sqrt(((a * (1 - a)) + ((yes.Length - 1) * (q1 - (a * a))) + ((no.Length - 1) * (q2 - (a * a)))) / (yes.Length * no.Length));
        return Text($"{a:0.00} [{a - (Z * se):0.00}, {a + (Z * se):0.00}]");
    }

    /// <summary>Ratio of means of two groups with the bootstrap interval of 2,000 samples.</summary>
    public static string RatioOfMeans(IReadOnlyList<double> values, IReadOnlyList<bool> group)
    {
        double[] yes = [.. values.Where((v, i) => group[i] && double.IsFinite(v))], no = [.. values.Where((v, i) => !group[i] && double.IsFinite(v))];
        if (yes.Length == 0 || no.Length == 0)
        {
            return "one group is empty";
        }

        var random = new Random(1);
        double Sample(double[] of) => Enumerable.Range(0, of.Length).Average(_ => of[random.Next(of.Length)]);
        double[] ratios = [.. Enumerable.Range(0, 2000).Select(_ => Sample(yes) / Sample(no)).Order()];
        return Text($"{yes.Average() / no.Average():0.00} [{At(ratios, 0.025):0.00}, {At(ratios, 0.975):0.00}]");
    }

    /// <summary>Median time to an event by Kaplan and Meier, with the interval of Brookmeyer and Crowley on log(−log S).</summary>
    public static string MedianTime(IReadOnlyList<(double Time, bool IsEvent)> courses)
    {
        double survival = 1, variance = 0;
        double? low = null, median = null, high = null;
        foreach (IGrouping<double, (double Time, bool IsEvent)> at in courses.Where(c => c.IsEvent).GroupBy(c => c.Time).OrderBy(g => g.Key))
        {
            int risk = courses.Count(c => c.Time >= at.Key), events = at.Count();
            survival *= 1 - ((double)events / risk);
            variance += risk == events ? 0 : (double)events / risk / (risk - events);
            double se = survival is > 0 and < 1 ? Math.Sqrt(variance) / Math.Abs(Math.Log(survival)) : 0;
            double lower = Math.Pow(survival, Math.Exp(Z * se)), upper = Math.Pow(survival, Math.Exp(-Z * se));
            low ??= lower <= 0.5 ? at.Key : null;
            median ??= survival <= 0.5 ? at.Key : null;
            high ??= upper <= 0.5 ? at.Key : null;
        }

        string Months(double? days) => days is { } d ? (d / 30.44).ToString("0.0", CultureInfo.InvariantCulture) : "not reached";
        return $"{Months(median)} [{Months(low)}, {Months(high)}] months";
    }

    /// <summary>Hazard ratio of the first group against the second (Cox, Efron's ties, Newton's steps; Wald's interval).</summary>
    public static string HazardRatio(IReadOnlyList<(double Time, bool IsEvent)> first, IReadOnlyList<(double Time, bool IsEvent)> second)
    {
        (double Time, bool IsEvent, int X)[] all = [.. first.Select(c => (c.Time, c.IsEvent, 1)), .. second.Select(c => (c.Time, c.IsEvent, 0))];
        double[] times = [.. all.Where(c => c.IsEvent).Select(c => c.Time).Distinct().Order()];
        double beta = 0, information = 0;
        for (int step = 0; step < 30; step++)
        {
            double score = 0;
            information = 0;
            foreach (double time in times)
            {
                (double Time, bool IsEvent, int X)[] risk = [.. all.Where(c => c.Time >= time)], died = [.. risk.Where(c => c.IsEvent && c.Time == time)];
                double r1 = Math.Exp(beta) * risk.Count(c => c.X == 1), r0 = risk.Count(c => c.X == 0);
                double d1 = Math.Exp(beta) * died.Count(c => c.X == 1), d0 = died.Count(c => c.X == 0);
                score += died.Count(c => c.X == 1);
                for (int l = 0; l < died.Length; l++)
                {
                    double part = (double)l / died.Length, treated = r1 - (part * d1), p = treated / (treated + r0 - (part * d0));
                    score -= p;
                    information += p * (1 - p);
                }
            }

            beta += information > 0 ? score / information : 0;
        }

        if (information == 0)
        {
            return "no events";
        }

        double se = 1 / Math.Sqrt(information);
        return Text($"{Math.Exp(beta):0.00} [{Math.Exp(beta - (Z * se)):0.00}, {Math.Exp(beta + (Z * se)):0.00}]");
    }

    /// <summary>Logistic regression per standard deviation of each feature: coefficients with standard errors (Newton's steps, a ridge of 10⁻³).</summary>
    public static IEnumerable<(string Name, double Beta, double Error)> Logistic(
        IReadOnlyList<string> names, IReadOnlyList<IReadOnlyList<double>> features, IReadOnlyList<bool> outcome)
    {
        int n = outcome.Count, k = names.Count + 1;
        double[][] x = [.. Enumerable.Range(0, n).Select(i => (double[])[1, .. features.Select(f => Standard(f, i))])];
        double[] beta = new double[k];
        double[,] inverse = new double[k, k];
        for (int step = 0; step < 50; step++)
        {
            double[] gradient = new double[k];
            double[,] hessian = new double[k, k];
            for (int i = 0; i < n; i++)
            {
                double p = 1 / (1 + Math.Exp(-Enumerable.Range(0, k).Sum(a => beta[a] * x[i][a])));
                for (int a = 0; a < k; a++)
                {
                    gradient[a] += ((outcome[i] ? 1 : 0) - p) * x[i][a];
                    for (int b = 0; b < k; b++)
                    {
                        hessian[a, b] += p * (1 - p) * x[i][a] * x[i][b];
                    }
                }
            }

            for (int a = 1; a < k; a++)
            {
                gradient[a] -= 1e-3 * beta[a];
                hessian[a, a] += 1e-3;
            }

            inverse = Inverse(hessian);
            for (int a = 0; a < k; a++)
            {
                beta[a] += Enumerable.Range(0, k).Sum(b => inverse[a, b] * gradient[b]);
            }
        }

        return names.Select((name, i) => (name, beta[i + 1], Math.Sqrt(inverse[i + 1, i + 1])));
    }

    /// <summary>
    /// A conditional inference tree of at most two levels: at each node the feature whose ranks go most surely with the outcome (2,000 permutations,
    /// Bonferroni), cut where the groups differ most; a node ends where no feature is sure at 0.05.
    /// </summary>
    public static IEnumerable<string> Tree(
        IReadOnlyList<string> names, IReadOnlyList<IReadOnlyList<double>> features, IReadOnlyList<bool> outcome, int[]? of = null, int depth = 0, string where = "all")
    {
        int[] node = of ?? [.. Enumerable.Range(0, outcome.Count)];
        double[] y = [.. node.Select(i => outcome[i] ? 1.0 : 0)];
        string head = new string(' ', 2 * depth) + Text($"{where}: {y.Average():0.00} of {node.Length}");
        if (depth == 2 || node.Length < 20 || y.All(v => v == y[0]))
        {
            yield return head;
            yield break;
        }

        var random = new Random(1);
        (int Feature, double P) best = (-1, 1);
        for (int f = 0; f < names.Count; f++)
        {
            double[] ranks = Ranks([.. node.Select(i => features[f][i])]);
            double seen = Math.Abs(Correlation(ranks, y));
            double[] shuffled = [.. y];
            int more = 0;
            for (int draw = 0; draw < 2000; draw++)
            {
                random.Shuffle(shuffled);
                more += Math.Abs(Correlation(ranks, shuffled)) >= seen ? 1 : 0;
            }

            double p = Math.Min(1, names.Count * (more + 1.0) / 2001);
            best = p < best.P || (p == best.P && best.Feature >= 0
                && seen > Math.Abs(Correlation(Ranks([.. node.Select(i => features[best.Feature][i])]), y))) ? (f, p) : best;
        }

        if (best.P > 0.05)
        {
            yield return head + ", no further split";
            yield break;
        }

        double[] values = [.. node.Select(i => features[best.Feature][i])];
        double cut = values.Order().Skip(7).SkipLast(7).Distinct().MaxBy(c => Separation(values, y, c));
        yield return head + Text($", split by {names[best.Feature]} (p {best.P:0.0000})");
        foreach (bool low in (bool[])[true, false])
        {
            int[] side = [.. node.Where(i => (features[best.Feature][i] <= cut) == low)];
            foreach (string line in Tree(names, features, outcome, side, depth + 1, Text($"{names[best.Feature]} {(low ? "≤" : ">")} {cut:G3}")))
            {
                yield return line;
            }
        }
    }

    private static double Separation(double[] values, double[] y, double cut)
    {
        double[] low = [.. y.Where((_, i) => values[i] <= cut)], high = [.. y.Where((_, i) => values[i] > cut)];
        if (low.Length == 0 || high.Length == 0)
        {
            return 0;
        }

        double mean = y.Average(), difference = low.Average() - high.Average();
        return difference * difference / (mean * (1 - mean) * ((1.0 / low.Length) + (1.0 / high.Length)));
    }

    private static double Standard(IReadOnlyList<double> values, int i)
    {
        double mean = values.Average();
        return (values[i] - mean) / Math.Sqrt(values.Average(v => (v - mean) * (v - mean)));
    }

    private static double Correlation(IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        double mx = x.Average(), my = y.Average(), xy = 0, xx = 0, yy = 0;
        for (int i = 0; i < x.Count; i++)
        {
            xy += (x[i] - mx) * (y[i] - my);
            xx += (x[i] - mx) * (x[i] - mx);
            yy += (y[i] - my) * (y[i] - my);
        }

        return xx * yy == 0 ? 0 : xy / Math.Sqrt(xx * yy);
    }

    private static double[] Ranks(double[] values) =>
        [.. values.Select(v => values.Count(w => w < v) + ((values.Count(w => w == v) + 1) / 2.0))];

    private static double At(double[] sorted, double share) => Quantiles.OfSorted(sorted, share);

    private static double[,] Inverse(double[,] matrix)
    {
        int n = matrix.GetLength(0);
        double[,] a = (double[,])matrix.Clone(), inverse = new double[n, n];
        for (int i = 0; i < n; i++)
        {
            inverse[i, i] = 1;
        }

        for (int c = 0; c < n; c++)
        {
            double pivot = a[c, c];
            for (int j = 0; j < n; j++)
            {
                a[c, j] /= pivot;
                inverse[c, j] /= pivot;
            }

            for (int i = 0; i < n; i++)
            {
                double factor = i == c ? 0 : a[i, c];
                for (int j = 0; j < n; j++)
                {
                    a[i, j] -= factor * a[c, j];
                    inverse[i, j] -= factor * inverse[c, j];
                }
            }
        }

        return inverse;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

using System.Globalization;
using System.Text;
using TmeSim.Analysis.Contrasts;
using TmeSim.Analysis.Outcomes;
using TmeSim.Analysis.Sensitivity;
using TmeSim.Analysis.Spatial;
using TmeSim.Engine.Numerics;
using TmeSim.Experiments.Folders;

namespace TmeSim.Experiments.Trials;

/// <summary>What a biopsy shows of lesions against the whole of them: a pure function of a table of patients whose covariates hold both.</summary>
public sealed class BiopsyNumbers
{
    private const string ClassOfBiopsy = "biopsy_phenotype", ClassOfWhole = "cd8_phenotype";
    private const int Fewest = 3, Bootstraps = 1000;
    private const ulong Salt = 0x62696F707379;

    private static readonly (string Biopsy, string Whole)[] Known =
    [
        ("biopsy_cd8_per_mm2", "cd8_bed_per_mm2"), ("biopsy_cd8_per_mm2", "cd8_core_per_mm2"), ("biopsy_macrophages_per_mm2", "macrophages_bed_per_mm2"),
        ("biopsy_cd163_fraction", "cd163_fraction"),
    ];

    private static readonly ImmunePhenotype[] ClassesInOrder = Enum.GetValues<ImmunePhenotype>();

    private BiopsyNumbers(IReadOnlyList<BiopsyPair> pairs, IReadOnlyList<BiopsyArea> areas, int[][] classes) => (Pairs, Areas, Classes) = (pairs, areas, classes);

    /// <summary>Numbers, over all patients.</summary>
    public IReadOnlyList<BiopsyPair> Pairs { get; }

    /// <summary>What they say of refractoriness, by arm.</summary>
    public IReadOnlyList<BiopsyArea> Areas { get; }

    /// <summary>
    /// Patients by their class in the whole (rows, in the order of <see cref="ImmunePhenotype"/>) and in the biopsy (columns in that order, then those without a class in the biopsy); empty
    /// where the table lacks either.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<int>> Classes { get; }

    /// <summary>Nothing was read of a biopsy.</summary>
    public bool IsEmpty => Pairs.Count == 0 && Classes.Count == 0;

    /// <summary>Patients with a class in the biopsy and in the whole.</summary>
    public int Classed => Classes.Sum(row => row.Take(ClassesInOrder.Length).Sum());

    /// <summary>Patients with a class in the whole and none in the biopsy.</summary>
    public int Unclassed => Classes.Sum(row => row[^1]);

    /// <summary>Share of the classed patients whose class in the biopsy is another one than in the whole, with Wilson's interval; NaN without any.</summary>
    public Estimate OtherClass => Proportion.Wilson(Classed - Classes.Select((row, i) => row[i]).Sum(), Classed);

    /// <summary>Name of a class.</summary>
    /// <param name="row">Its number.</param>
    public static string NameOf(int row) => ClassesInOrder[row].ToString().ToLowerInvariant();

    /// <summary>Works out what the table allows.</summary>
    /// <param name="table">Patients.</param>
    /// <param name="refractoryDays">Time of primary refractoriness [d], above 0.</param>
    /// <param name="key">Key of the bootstrap.</param>
    public static BiopsyNumbers Of(TrialTable table, double refractoryDays, ulong key)
    {
        ArgumentNullException.ThrowIfNull(table);
        TrialPatient[] patients = [.. table.Patients.Where(p => p.Outcome.Error.Length == 0).DistinctBy(p => p.Patient)];
        (string Biopsy, string Whole)[] known = [.. Known.Where(k => table.Find(k.Biopsy) >= 0 && table.Find(k.Whole) >= 0)];
        return new BiopsyNumbers(
            [.. known.Select(k => Pair(table, patients, k.Biopsy, k.Whole)).OfType<BiopsyPair>()],
            [.. known.SelectMany(k => table.Arms.Select(arm => Area(table, arm, k.Biopsy, k.Whole, refractoryDays, key))).OfType<BiopsyArea>()],
            Confusion(table, patients));
    }

    /// <summary>biopsy.csv: a quantity in each row. Ends of intervals that are not there are empty.</summary>
    public string Csv()
    {
        var text = new StringBuilder("biopsy,whole,arm,quantity,value,low,high,n\n");
        void Add(string biopsy, string whole, string arm, string quantity, Estimate value, int count) => text.AppendJoin(',', (string[])[biopsy, whole, Folders.Csv.Text(arm), quantity,
            Folders.Csv.Measured(value.Value), Folders.Csv.Measured(value.Low), Folders.Csv.Measured(value.High), count.ToString(CultureInfo.InvariantCulture)]).Append('\n');
        foreach (BiopsyPair p in Pairs)
        {
            Add(p.Biopsy, p.Whole, "", "spearman", p.Rank.Coefficient, p.Count);
            Add(p.Biopsy, p.Whole, "", "ratio_median_and_quartiles", p.Ratio, p.Count);
            Add(p.Biopsy, p.Whole, "", "other_side_of_median", p.OtherSide, p.Count);
            Add(p.Biopsy, p.Whole, "", "patients_without_reading", Estimate.Without(p.Missing), p.Count + p.Missing);
        }

        foreach (BiopsyArea a in Areas)
        {
            string side = a.OfLow ? "low" : "high";
            Add(a.Biopsy, a.Whole, a.Arm, $"auc_{side}_value_whole", a.AreaOfWhole, a.Count);
            Add(a.Biopsy, a.Whole, a.Arm, $"auc_{side}_value_biopsy", a.AreaOfBiopsy, a.Count);
            Add(a.Biopsy, a.Whole, a.Arm, "auc_lost", a.Lost, a.Count);
        }

        if (Classes.Count > 0)
        {
            Add(ClassOfBiopsy, ClassOfWhole, "", "other_class", OtherClass, Classed);
            Add(ClassOfBiopsy, ClassOfWhole, "", "patients_without_reading", Estimate.Without(Unclassed), Classed + Unclassed);
        }

        foreach ((int whole, IReadOnlyList<int> row) in Classes.Index())
        {
            foreach ((int biopsy, int count) in row.Index())
            {
                Add(ClassOfBiopsy, ClassOfWhole, "", biopsy == row.Count - 1 ? $"{NameOf(whole)}_without_reading" : $"{NameOf(whole)}_read_as_{NameOf(biopsy)}", Estimate.Without(count), row.Sum());
            }
        }

        return text.ToString();
    }

    private static BiopsyPair? Pair(TrialTable table, TrialPatient[] patients, string biopsy, string whole)
    {
        (int b, int w) = (table.Find(biopsy), table.Find(whole));
        TrialPatient[] read = [.. patients.Where(p => double.IsFinite(p.Values[w].Number))], both = [.. read.Where(p => double.IsFinite(p.Values[b].Number))];
        if (both.Length < Fewest)
        {
            return null;
        }

        double[] x = [.. both.Select(p => p.Values[b].Number)], y = [.. both.Select(p => p.Values[w].Number)], ratios = [.. x.Zip(y, (a, c) => a / c).Where(double.IsFinite)];
        double middleX = Quantiles.Median(x), middleY = Quantiles.Median(y);
        int other = x.Zip(y).Count(v => v.First > middleX != v.Second > middleY);
        return new BiopsyPair(biopsy, whole, both.Length, read.Length - both.Length, Spearman.Of(x, y),
            ratios.Length == 0 ? Estimate.None : new Estimate(Quantiles.Median(ratios), Quantiles.Of(ratios, 0.25), Quantiles.Of(ratios, 0.75)), Proportion.Wilson(other, both.Length));
    }

    private static BiopsyArea? Area(TrialTable table, string arm, string biopsy, string whole, double refractoryDays, ulong key)
    {
        (int b, int w) = (table.Find(biopsy), table.Find(whole));
        (double Biopsy, double Whole, bool Hit)[] read = [.. table.Of(arm).Select(p => (p.Values[b].Number, p.Values[w].Number, p.Outcome.IsRefractory(refractoryDays)))
            .Where(p => p.Item3 is not null && double.IsFinite(p.Item1) && double.IsFinite(p.Item2)).Select(p => (p.Item1, p.Item2, p.Item3!.Value))];
        int hits = read.Count(r => r.Hit);
        if (hits < 2 || read.Length - hits < 2)
        {
            return null;
        }

        bool low = Curve(read, r => -r.Whole).Area.Value >= 0.5;
        int sign = low ? -1 : 1;
        RocCurve ofWhole = Curve(read, r => sign * r.Whole), ofBiopsy = Curve(read, r => sign * r.Biopsy);
        List<double> samples = [];
        for (int s = 0; s < Bootstraps; s++)
        {
            var draws = new PhiloxStream(RandomKey.Create(key ^ Salt, 0, 0), (uint)s, 0, 0);
            var drawn = new (double Biopsy, double Whole, bool Hit)[read.Length];
            for (int i = 0; i < drawn.Length; i++)
            {
                drawn[i] = read[draws.NextInt(read.Length)];
            }

            if (drawn.Any(d => d.Hit) && drawn.Any(d => !d.Hit))
            {
                samples.Add(Curve(drawn, r => sign * r.Whole).Area.Value - Curve(drawn, r => sign * r.Biopsy).Area.Value);
            }
        }

        double[] ends = Quantiles.Of([.. samples], 0.025, 0.975);
        return new BiopsyArea(arm, biopsy, whole, low, ofWhole.Area, ofBiopsy.Area, new Estimate(ofWhole.Area.Value - ofBiopsy.Area.Value, ends[0], ends[1]), read.Length, hits);
    }

    private static RocCurve Curve((double Biopsy, double Whole, bool Hit)[] read, Func<(double Biopsy, double Whole, bool Hit), double> score) =>
        RocCurve.Of([.. read.Select(score)], [.. read.Select(r => r.Hit)]);

    private static int[][] Confusion(TrialTable table, TrialPatient[] patients)
    {
        (int b, int w) = (table.Find(ClassOfBiopsy), table.Find(ClassOfWhole));
        int n = ClassesInOrder.Length;
        if (b < 0 || w < 0)
        {
            return [];
        }

        int Class(double value) => Enumerable.Range(0, n).Contains((int)value) && value == (int)value ? (int)value : n;
        int[][] counts = [.. Enumerable.Range(0, n).Select(_ => new int[n + 1])];
        foreach (TrialPatient p in patients.Where(p => Class(p.Values[w].Number) < n))
        {
            counts[Class(p.Values[w].Number)][Class(p.Values[b].Number)]++;
        }

        return counts.Any(row => row.Any(c => c > 0)) ? counts : [];
    }
}

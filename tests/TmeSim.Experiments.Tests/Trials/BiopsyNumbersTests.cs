using TmeSim.Analysis.Contrasts;
using TmeSim.Analysis.Outcomes;
using TmeSim.Experiments.Reporting;
using TmeSim.Experiments.Trials;
using TmeSim.Reports.Html;

namespace TmeSim.Experiments.Tests.Trials;

/// <summary>Readings of a biopsy against those of the whole, on patients made by hand.</summary>
public sealed class BiopsyNumbersTests
{
    private static readonly string[] Columns = ["cd8_bed_per_mm2", "biopsy_cd8_per_mm2", "cd8_phenotype", "biopsy_phenotype", "cd163_fraction", "biopsy_cd163_fraction"];

    [Fact]
    public void ABiopsyThatIsTheWhole_LosesNothing()
    {
        BiopsyNumbers numbers = BiopsyNumbers.Of(Table(40, i => [i, i, i % 4, i % 4, i, i]), 182, 1);
        Assert.Equal(2, numbers.Pairs.Count);
        Assert.All(numbers.Pairs, p => Assert.Equal((40, 0, 1.0, 0.0), (p.Count, p.Missing, p.Rank.Coefficient.Value, p.OtherSide.Value)));
        Assert.All(numbers.Pairs, p => Assert.Equal(new Estimate(1, 1, 1), p.Ratio));
        Assert.All(numbers.Areas, a => Assert.Equal(new Estimate(0, 0, 0), a.Lost));
        Assert.Equal((40, 0, 0.0), (numbers.Classed, numbers.Unclassed, numbers.OtherClass.Value));
        Assert.All(Enumerable.Range(0, 4), c => Assert.Equal(10, numbers.Classes[c][c]));
    }

    /// <summary>Low values are refractory; the biopsy swaps patients in pairs across the median, misses some, and takes deserts for excluded.</summary>
    [Fact]
    public void Readings_AreComparedPatientByPatient()
    {
        // Patients 18 and 19 change places with 20 and 21; the first two give nothing.
        double Swapped(int i) => i is 18 or 19 ? i + 2 : i is 20 or 21 ? i - 2 : i < 2 ? double.NaN : i;
        TrialTable table = Table(40, i => [i + 1, 2 * (Swapped(i) + 1), i % 4, i < 2 ? double.NaN : i % 4 == 0 ? 1 : i % 4, 40 - i, 40 - i]);
        BiopsyNumbers numbers = BiopsyNumbers.Of(table, 182, 1);
        BiopsyPair cd8 = numbers.Pairs[0];

        // Of 38 readings the median lies between patients 20 and 21.
        Assert.Equal((38, 2), (cd8.Count, cd8.Missing));
        Assert.Equal(Proportion.Wilson(2, 38), cd8.OtherSide);
        Assert.Equal(1 - (6.0 * 16 / (38 * ((38 * 38) - 1))), cd8.Rank.Coefficient.Value, 1e-12);
        Assert.Equal(2, cd8.Ratio.Value);
        Assert.Equal((38, 2), (numbers.Classed, numbers.Unclassed));
        Assert.Equal(Proportion.Wilson(9, 38), numbers.OtherClass);
        Assert.Equal([0, 9, 0, 0, 1], numbers.Classes[0]);
        Assert.Equal([0, 9, 0, 0, 1], numbers.Classes[1]);
        Assert.Equal([0, 0, 10, 0, 0], numbers.Classes[2]);
        BiopsyArea area = numbers.Areas[0], high = numbers.Areas[1];
        (double[] whole, double[] biopsy, bool[] hit) = ([.. Enumerable.Range(2, 38).Select(i => -(double)i)], [.. Enumerable.Range(2, 38).Select(i => -Swapped(i))], [.. Enumerable.Range(2, 38).Select(i => i < 20)]);
        Assert.Equal(RocCurve.Of(whole, hit).Area, area.AreaOfWhole);
        Assert.Equal(RocCurve.Of(biopsy, hit).Area, area.AreaOfBiopsy);
        Assert.Equal(area.AreaOfWhole.Value - area.AreaOfBiopsy.Value, area.Lost.Value);
        Assert.True(area is { OfLow: true, Arm: "A", Count: 38, Hits: 18 } && area.Lost.Low >= 0 && area.Lost.High > area.Lost.Value);
        Assert.True(high is { OfLow: false, Count: 40, Hits: 20 } && high.AreaOfWhole.Value == 1 && high.Lost.Value == 0);
        Assert.Equal(numbers.Csv(), BiopsyNumbers.Of(table, 182, 1).Csv());
    }

    [Fact]
    public void ReportAndFile_NameClassesAndQuantities()
    {
        BiopsyNumbers numbers = BiopsyNumbers.Of(Table(40, i => [i, i, i % 4, 3, i, i]), 182, 1);
        ReportTable[] tables = [.. TrialBiopsies.Tables(numbers)];
        Assert.Equal(["A biopsy against the whole lesion", "Class by a biopsy, by class of the whole lesion", "Primary refractoriness told from a biopsy and from the whole lesion"], tables.Select(t => t.Heading));
        Assert.Equal(["biopsy_cd8_per_mm2", "biopsy_cd163_fraction", "biopsy_phenotype"], tables[0].Rows.Select(r => r[0].Text));
        Assert.Equal("75 % (59.8–85.8)", tables[0].Rows[2][6].Text);
        Assert.Equal(["Class of the whole", "desert", "excluded", "intermediate", "infiltrated", "nothing to read"], tables[1].Columns);
        Assert.Equal(["desert", "0", "0", "0", "10", "0"], tables[1].Rows[0].Select(c => c.Text));
        Assert.All(tables, t => Assert.All(t.Rows, r => Assert.Equal(t.Columns.Count, r.Count)));
        string[] lines = numbers.Csv().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("biopsy,whole,arm,quantity,value,low,high,n", lines[0]);
        Assert.Contains("biopsy_phenotype,cd8_phenotype,,excluded_read_as_infiltrated,10,,,10", lines);
        Assert.Contains("biopsy_cd8_per_mm2,cd8_bed_per_mm2,A,auc_lost,0,0,0,40", lines);
        Assert.All(lines, l => Assert.Equal(8, l.Split(',').Length));
    }

    [Fact]
    public void ATableWithoutBiopsies_HasNone()
    {
        TrialTable table = Table(40, i => [i, i, i % 4, 3, i, i]);
        TrialTable without = new([.. table.Covariates.Select(c => c with { Name = c.Name.Replace("biopsy_", "other_", StringComparison.Ordinal) })], table.Patients);
        BiopsyNumbers numbers = BiopsyNumbers.Of(without, 182, 1);
        Assert.True(numbers.IsEmpty);
        Assert.Empty(TrialBiopsies.Tables(numbers));
    }

    // The first half is refractory.
    private static TrialTable Table(int patients, Func<int, double[]> values) => new([.. Columns.Select(c => new Covariate(c, "1", false))],
    [
        .. Enumerable.Range(0, patients).Select(i => new TrialPatient($"P{i}", "A", "", [.. values(i).Select(v => new CovariateValue(v, ""))],
            i < patients / 2 ? new TrialOutcome { PfsDay = 84, PfsEvent = true, PfsReason = "growth", OsDay = 400 } : new TrialOutcome { PfsDay = 300, OsDay = 400 })),
    ]);
}

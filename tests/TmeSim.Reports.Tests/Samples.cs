using TmeSim.Reports.Domain;
using TmeSim.Reports.Figures;

namespace TmeSim.Reports.Tests;

/// <summary>Made-up data with every oddity that figures must survive.</summary>
internal static class Samples
{
    public const string Hostile = "<script>alert(\"1\")</script> & 'x' \u0000\u0007\uFFFF\u202E\n\t]]> -->";

    public static string LongName(int arm) =>
        $"Arm {arm}: SBRT 3 × 8 Gy to the primary lesion, then atezolizumab 1200 mg every 3 weeks & bevacizumab 15 mg/kg <late start>";

    public static MeasureSeries Measure(string label, IReadOnlyList<string> arms, int replicates = 3, int days = 182, Func<int, double, double>? value = null) => new(
        label,
        label,
        "%",
        [
            .. arms.Select((arm, a) => new ArmSeries(
                arm,
                [.. Enumerable.Range(0, replicates).Select(_ => Days(days))],
                [.. Enumerable.Range(0, replicates).Select(r => Days(days).Select(t => (value ?? Default)(a, t) * (1 + (0.1 * r))).ToArray())])),
        ],
        [new ObservedPoints("Observed " + arms[0], arms[0], [0, 10], [1, 2])]);

    public static IReadOnlyList<DoseMark> Doses(IReadOnlyList<string> arms) =>
        [.. arms.SelectMany((arm, a) => Enumerable.Range(0, 4).SelectMany(k => new[] { new DoseMark(arm, "atezolizumab", k * 21), new DoseMark(arm, LongName(0), (k * 14) + a) }))];

    public static TissueFrame Tissue(string arm, double time, int width = 30, int height = 20)
    {
        byte[] parenchyma = new byte[width * height];
        byte[] immune = new byte[width * height];
        float[] vessels = [.. Enumerable.Repeat(float.NaN, width * height)];
        for (int i = 0; i < parenchyma.Length; i++)
        {
            double x = (i % width) - (width / 2.0);
            double y = (i / width) - (height / 2.0);
            parenchyma[i] = (byte)((x * x) + (y * y) < 49 ? 2 : 1);
            immune[i] = (byte)(i % 17 == 0 ? 1 + (i / 17 % 4) : 0);
            vessels[i] = i % 29 == 0 ? i % 5 / 4f : 0;
        }

        return new TissueFrame(arm, time, width, height, 20, parenchyma, immune, vessels);
    }

    public static FieldFrame Field(string arm, double time, int width = 30, int height = 20)
    {
        TissueFrame tissue = Tissue(arm, time, width, height);
        return new FieldFrame(arm, time, width, height, 20, [.. Enumerable.Range(0, width * height).Select(i => i == 7 ? float.NaN : i * 0.1f)], tissue.Parenchyma);
    }

    public static IEnumerable<(string Name, Figure Figure)> Figures()
    {
        string[] arms = ["Control", Hostile, LongName(3)];
        var looks = new ArmLooks(arms);
        yield return ("time course", TimeCourseFigure.Create([Measure("Volume " + Hostile, arms), Measure("CD8", arms)], Doses(arms), looks, new FigureOptions(Hostile)));
        yield return ("tissue", TissueFigure.Create([.. arms.SelectMany(arm => new[] { Tissue(arm, 0), Tissue(arm, 42) }).Skip(1)], true, looks, new FigureOptions(Hostile)));
        yield return ("field", FieldFigure.Create([.. arms.Select(arm => Field(arm, 10))], "TGF-β/IL-10 " + Hostile, "half-max", looks, new FigureOptions(Hostile)));
        yield return ("bars", Bars(arms));
        foreach ((string kind, Figure figure) in new SampleMatrix(arms, Oddity.None, new FigureOptions(Hostile)).Figures())
        {
            yield return (kind + " of any arms", figure);
        }
    }

    /// <summary>
    /// Every kind of figure over 1–12 arms, with short and long names, and with data that are odd: one replicate, zeros,
    /// missing values, an arm without data.
    /// </summary>
    public static IEnumerable<(string Name, Figure Figure)> Matrix()
    {
        var cases = new List<(int Arms, bool Long, Oddity Odd)>();
        cases.AddRange(Enumerable.Range(1, 12).Select(arms => (arms, arms is 2 or 3 or 5 or 8, Oddity.None)));
        cases.AddRange([(1, true, Oddity.None), (4, true, Oddity.None), (12, true, Oddity.None)]);
        cases.AddRange([(1, false, Oddity.SingleReplicate), (1, false, Oddity.EmptyArm), (3, false, Oddity.Zeros), (4, true, Oddity.Missing), (4, false, Oddity.EmptyArm)]);
        foreach ((int arms, bool longNames, Oddity odd) in cases)
        {
            string[] names = [.. Enumerable.Range(1, arms).Select(i => longNames ? LongName(i) : i == 1 ? "Control" : $"Arm {i}")];
            foreach ((string kind, Figure figure) in new SampleMatrix(names, odd, new FigureOptions()).Figures())
            {
                yield return ($"{kind}-{arms}-{(longNames ? "long" : "short")}-{odd}", figure);
            }
        }
    }

    public static Figure Bars(IReadOnlyList<string> arms) => new()
    {
        Title = "Bars",
        Columns = 2,
        Panels =
        [
            new Panel { X = new Axis { Categories = arms }, Y = new Axis { Label = "value" }, Elements = [new BarElement([0, 1, 2], [1, double.NaN, -3], 0.7, ArmPalette.Color(1))] },
            new Panel { Y = new Axis { Categories = arms }, X = new Axis { Label = "value", Scale = AxisScale.Log10 }, Elements = [new BarElement([0, 1], [1e-7, 3], 0.7, ArmPalette.Color(1)) { Horizontal = true }] },
            new Panel { X = new Axis { Label = LongName(1) }, Y = new Axis { Label = LongName(2), Unit = "/mm²" }, Elements = [new StepElement([0, 1e300], [-1e300, 1e300], ArmPalette.Line(0)), new TextElement(0, 0, LongName(3), TextAnchor.End, Rgb.Black)] },
        ],
    };

    private static double Default(int arm, double day) => (10 * arm) - 20 + (day * (arm - 3) * 0.4);

    private static double[] Days(int days) => [.. Enumerable.Range(0, days + 1).Select(day => (double)day)];
}

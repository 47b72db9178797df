using System.Globalization;
using System.Text;

namespace TmeSim.Science.Tests.Patients;

/// <summary>
/// Virtual patients for <c>baseline: reference</c>: latent traits of patient and tumour are drawn, what a pathologist or a blood count reads comes out of
/// the simulation. Patient i is the same whatever their number is.
/// </summary>
/// <remarks>
/// Distributions. Doubling time: log-normal, median 140 d (pooled 4.6 months, Nathani et al. 2021, doi:10.1136/gutjnl-2020-321040), standard deviation of the
/// logarithm 1.06 (interquartile range 72 to 302 d, Tu et al. 2024, doi:10.4254/wjh.v16.i5.800), within 25 to 1000 d. NLR: log-normal, median 2.7, 0.5, as in
/// the cohorts before; it is inflammation (0.4) over lymphocyte supply (0.3). All other distributions, and the correlation 0.3 of inflammation with the tumour's
/// CCL2 and CSF1, are assumptions: supply of monocytes 0.3, CCL2 0.5, CSF1 0.4, CXCL9/10 0.6, VEGF 0.25 (standard deviations of logarithms), antigenicity
/// 0.6 ± 0.15, stroma 0.2 with 0.4. A quarter are laid out as excluded, with 0.6 of the CXCL9/10 of others: the share of tumours with CTNNB1 mutations, whose
/// class is cold (Montironi et al. 2023, doi:10.1136/gutjnl-2021-325918); the factor is an assumption. Lesion: 60 mm with 0.45.
/// </remarks>
internal sealed class VirtualPatients
{
    private const double ExcludedShare = 0.25, ExcludedCxcl = 0.6, Correlation = 0.3;
    private readonly List<(string Path, List<string> Values)> _columns = [];

    /// <param name="count">Number of patients, at least 1.</param>
    /// <param name="seed">Seed of their traits.</param>
    public VirtualPatients(int count, int seed)
    {
        Count = count;
        for (int i = 0; i < count; i++)
        {
            Draw(seed, i);
        }
    }

    public int Count { get; }

    /// <summary>The block <c>sweep</c> that runs them.</summary>
    /// <param name="outputs">Measures at times.</param>
    /// <param name="series">Measures over time.</param>
    public string Sweep(IEnumerable<string> outputs, IEnumerable<string> series)
    {
        StringBuilder text = new("sweep:\n  method: list\n  vary:\n");
        foreach ((string path, List<string> values) in _columns)
        {
            text.Append(CultureInfo.InvariantCulture, $"    \"{path}\": [{string.Join(", ", values)}]\n");
        }

        return text.Append(CultureInfo.InvariantCulture, $"  outputs: [{string.Join(", ", outputs)}]\n  series: [{string.Join(", ", series)}]\n").ToString();
    }

    private void Draw(int seed, int patient)
    {
        var random = new Random((seed * 100_003) + patient);
        double inflammation = Normal(random), supply = 0.3 * Normal(random), monocytes = 0.3 * Normal(random);
        double ccl2 = 0.5 * Beside(inflammation, random), csf1 = 0.4 * Beside(inflammation, random);
        double cxcl = 0.6 * Normal(random), vegf = 0.25 * Normal(random);
        bool excluded = random.NextDouble() < ExcludedShare;
        double doubling;
        do
        {
            doubling = 140 * Math.Exp(1.06 * Normal(random));
        }
        while (doubling is < 25 or > 1000);

        Add("seed", 1, seed * 1000 + patient, "0", "");
        Add("patient.nlr", 0.5, 2.7 * Math.Exp((0.4 * inflammation) - supply), "0.###", "");
        Add("patient.lymphocyte_supply", 0.1, Math.Exp(supply), "0.###", "");
        Add("patient.monocyte_supply", 0.1, Math.Exp(monocytes), "0.###", "");
        Add("lesions[primary].tumor.ccl2", 0, Math.Exp(ccl2), "0.###", "");
        Add("lesions[primary].tumor.csf1", 0, Math.Exp(csf1), "0.###", "");
        Add("lesions[primary].tumor.cxcl", 0, Math.Exp(cxcl) * (excluded ? ExcludedCxcl : 1), "0.###", "");
        Add("lesions[primary].tumor.vegf", 0, Math.Exp(vegf), "0.###", "");
        Add("lesions[primary].tumor.doubling_time", 25, doubling, "0.#", " d");
        Add("lesions[primary].tumor.antigenicity", 0.1, Math.Min(1, 0.6 + (0.15 * Normal(random))), "0.###", "");
        Add("lesions[primary].diameter", 20, Math.Min(150, 60 * Math.Exp(0.45 * Normal(random))), "0.#", " mm");
        Add("lesions[primary].stroma.density", 0.05, Math.Min(0.6, 0.2 * Math.Exp(0.4 * Normal(random))), "0.###", "");
        Word("lesions[primary].immune.pattern", excluded ? "excluded" : "inflamed");
    }

    private void Add(string path, double least, double value, string format, string unit) =>
        Word(path, Math.Max(least, value).ToString(format, CultureInfo.InvariantCulture) + unit);

    private void Word(string path, string value)
    {
        int at = _columns.FindIndex(c => c.Path == path);
        if (at < 0)
        {
            _columns.Add((path, []));
            at = _columns.Count - 1;
        }

        _columns[at].Values.Add(value);
    }

    private static double Beside(double inflammation, Random random) =>
        (Correlation * inflammation) + (Math.Sqrt(1 - (Correlation * Correlation)) * Normal(random));

    // Box and Muller; two uniforms for each, so that the order of traits is that of draws.
    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}

using System.Globalization;
using System.Text;

namespace TmeSim.Science.Tests.Patients;

/// <summary>The rows of a cohort as Markdown: before therapy, what was fitted, what is predicted.</summary>
internal sealed class PatientTable(PatientCohort cohort)
{
    private readonly StringBuilder _text = new();

    private IReadOnlyList<int> Patients => cohort.Patients;

    public string Write()
    {
        _text.Append(CultureInfo.InvariantCulture, $"# {Patients.Count} virtual patients, arms {string.Join(", ", cohort.Arms)}, {cohort.Weeks:0} weeks\n");
        BeforeTherapy();
        Responses();
        Determinants();
        OverTime();
        return _text.ToString();
    }

    private double[] Baseline(string measure) => [.. Patients.Select(p => cohort.Feature(p, measure + "@0 d"))];

    private double[] Key(string key) => [.. Patients.Select(p => cohort.Feature(p, key))];

    private void BeforeTherapy()
    {
        Head("Before therapy (nothing was fitted to these)", "reading", "median (quartiles)", "published");
        (string Measure, string Name, string Published)[] rows =
        [
            ("nlr", "NLR", "drawn: median 2.7"), ("lymphocyte_level", "lymphocytes, × reference", ""), ("effector_level", "circulating effectors, × reference", ""),
            ("cd8_core_per_mm2", "CD8 of the core /mm²", "93 separates prognosis (Sun et al. 2015)"), ("cd8_margin_per_mm2", "CD8 of the margin /mm²", ""),
            ("cd8_bed_per_mm2", "CD8 of the bed /mm²", ""), ("macrophages_bed_per_mm2", "macrophages /mm²", ""), ("cd163_fraction", "CD163+ share", ""),
            ("vessels_per_mm2", "vessels /mm²", ""), ("maturity_mean", "maturity of vessels", ""), ("hypoxic_fraction", "tumour below 10 mmHg", ""),
            ("ifng_score", "IFN-γ score", ""), ("pdl1_mean", "PD-L1 /µm²", ""), ("cd8_exhausted_fraction", "exhausted share", ""),
        ];
        foreach ((string measure, string name, string published) in rows)
        {
            Row(name, PatientStatistics.Spread(Baseline(measure)), published);
        }

        Row("tumour around a CD8 (FunCN), mean ± sd", PatientStatistics.MeanSd(Baseline("funcn_cd8_tumor")), "0.36 ± 0.17");
        Row("macrophages around a CD8 (FunCN), mean ± sd", PatientStatistics.MeanSd(Baseline("funcn_cd8_macrophage")), "0.07 ± 0.06");
        Row("CD8 of stroma : parenchyma", PatientStatistics.Spread(Baseline("cd8_stroma_parenchyma_ratio")), "about 2");

        Head("Rank correlations before therapy", "pair", "rho", "expected");
        foreach ((string x, string y, string expected) in ((string, string, string)[])
        [
            ("nlr", "cd163_fraction", "positive"), ("nlr", "macrophages_bed_per_mm2", "positive (Lombardi: myeloid)"), ("nlr", "cd8_core_per_mm2", "negative"),
            ("nlr", "ifng_score", "negative"), ("cd163_fraction", "cd8_core_per_mm2", "negative"), ("cd8_core_per_mm2", "ifng_score", "positive"),
            ("cd8_core_per_mm2", "pdl1_mean", "positive (Gabrielson et al. 2016)"),
        ])
        {
            Row($"{x}, {y}", PatientStatistics.Rho(Baseline(x), Baseline(y)), expected);
        }

        Head("Laid out and read", "laid out", "desert", "excluded", "intermediate", "infiltrated");
        foreach (IGrouping<string, int> laid in Patients.GroupBy(p => cohort.Word(p, "pattern")))
        {
            Row([laid.Key, .. Enumerable.Range(0, 4).Select(c => laid.Count(p => cohort.Feature(p, "cd8_phenotype@0 d") == c).ToString(CultureInfo.InvariantCulture))]);
        }
    }

    private void Responses()
    {
        Head("By arm (RECIST 1.1, visits every 6 weeks)", ["", .. cohort.Arms, "published"]);
        int n = Patients.Count;
        void Arms(string name, Func<string, string> of, string published) => Row([name, .. cohort.Arms.Select(of), published]);
        int Count(string arm, Func<PatientCourse, bool> what) => Patients.Count(p => what(cohort.Of(p, arm)));
        Arms("response (CR + PR)", a => PatientStatistics.Share(Count(a, c => c.Responds), n), "A+B 0.27–0.30, A 0.12–0.22, S 0.11–0.12");
        Arms("complete", a => PatientStatistics.Share(Count(a, c => c.Best == Engine.Patient.RecistResponse.Complete), n), "A+B 0.055–0.06");
        Arms("progression as best", a => PatientStatistics.Share(Count(a, c => c.Best == Engine.Patient.RecistResponse.Progression), n), "A+B 0.20 (0.15–0.25)");
        Arms("disease control", a => PatientStatistics.Share(Count(a, c => c.Best != Engine.Patient.RecistResponse.Progression), n), "A+B 0.74 (0.68–0.80)");
        Arms("refractory (progression within 6 months)", a => PatientStatistics.Share(Count(a, c => c.IsRefractory), n), "A+B 0.40 ± 0.05");
        Arms("progression-free, median", a => PatientStatistics.MedianTime(Courses(a)), "A+B 6.9 (5.7–8.6), S 4.3 (4.0–5.6) months");
        Arms("first response, median day", a => PatientStatistics.Spread(Patients.Select(p => cohort.Of(p, a).ResponseDay).OfType<double>()), "A+B about 85");
        Arms("responders that progressed", a => PatientStatistics.Share(
            Count(a, c => c.Responds && c.ProgressionDay is not null), Math.Max(1, Count(a, c => c.Responds))), "");
        if (cohort.Arms.Contains("A+B"))
        {
            foreach ((string other, string published) in ((string, string)[])[("A", "0.55"), ("S", "0.65 (0.53–0.81)")])
            {
                if (cohort.Arms.Contains(other))
                {
                    _text.Append(CultureInfo.InvariantCulture,
                        $"\nProgression, A+B against {other}: hazard ratio {PatientStatistics.HazardRatio(Courses("A+B"), Courses(other))} (published {published}).\n");
                }
            }
        }
    }

    private (double Time, bool IsEvent)[] Courses(string arm) => [.. Patients.Select(p =>
    {
        PatientCourse c = cohort.Of(p, arm);
        return (c.ProgressionDay ?? c.LastDay, c.ProgressionDay is not null);
    })];

    private void Determinants()
    {
        const string arm = "A+B";
        if (!cohort.Arms.Contains(arm))
        {
            return;
        }

        bool[] refractory = [.. Patients.Select(p => cohort.Of(p, arm).IsRefractory)];
        Head("Who is refractory to A+B (predictions)", "id", "claim", "observed");
        double[] cd163 = [.. Baseline("cd163_fraction").Zip(Baseline("macrophages_bed_per_mm2"), (a, b) => a * b)];
        Row("S0-05", "CD163 density, refractory/rest > 1.3", PatientStatistics.RatioOfMeans(cd163, refractory));
        Row("S0-05", "CD163 share, refractory/rest", PatientStatistics.RatioOfMeans(Baseline("cd163_fraction"), refractory));
        Row("S0-06", "CD8 of the core, refractory/rest < 0.7", PatientStatistics.RatioOfMeans(Baseline("cd8_core_per_mm2"), refractory));
        Row("S0-07", "AUC of a low IFN-γ score ≥ 0.65", PatientStatistics.Auc([.. Baseline("ifng_score").Select(v => -v)], refractory));
        Row("S0-08", "NLR ≥ 3, odds ratio > 1.5", PatientStatistics.OddsRatio([.. Baseline("nlr").Select(v => v >= 3)], refractory));
        Row("", "AUC of a short doubling time", PatientStatistics.Auc([.. Key("doubling_time").Select(v => -v)], refractory));
        string[] names = ["nlr", "lymphocyte_supply", "monocyte_supply", "ccl2", "csf1", "cxcl", "vegf", "antigenicity", "ln doubling_time"];
        double[][] features = [.. names.Select(k => k.StartsWith("ln ", StringComparison.Ordinal)
            ? [.. Key(k[3..]).Select(v => Math.Log(v))] : k == "antigenicity" ? Key(k) : (double[])[.. Key(k).Select(v => Math.Log(v))])];
        Head("Logistic regression of refractoriness on traits, per standard deviation", "trait", "coefficient ± standard error");
        bool both = refractory.Contains(true) && refractory.Contains(false);
        foreach ((string name, double beta, double error) in both && Patients.Count > 40 ? PatientStatistics.Logistic(names, features, refractory) : [])
        {
            Row(name, string.Create(CultureInfo.InvariantCulture, $"{beta:0.00} ± {error:0.00}"));
        }

        _text.Append("\nTree of readings (S0-09: IFN-γ, then NLR):\n\n");
        string[] readings = ["nlr", "cd163_fraction", "cd8_core_per_mm2", "ifng_score", "pdl1_mean", "hypoxic_fraction", "maturity_mean"];
        foreach (string line in PatientStatistics.Tree(readings, [.. readings.Select(Baseline)], refractory))
        {
            _text.Append("    ").Append(line).Append('\n');
        }
    }

    private void OverTime()
    {
        double[] days = [.. ((double[])[0, 42, 84, 168, 252, 336]).Where(d => d <= cohort.Weeks * 7)];
        foreach (string arm in cohort.Arms)
        {
            Head($"Over time, {arm}: median (quartiles)", ["", .. days.Select(d => $"day {d:0}")]);
            foreach (string measure in (string[])["tumor_volume_change", "cd8_bed_per_mm2", "cd8_exhausted_fraction", "cd8_precursor_fraction", "ifng_mean", "cd163_fraction", "tile_volume_change_sd"])
            {
                Row([measure, .. days.Select(d => PatientStatistics.Spread(Patients.Select(p => cohort.At(p, arm, measure, d))))]);
            }
        }
    }

    private void Head(string title, params string[] columns)
    {
        _text.Append(CultureInfo.InvariantCulture, $"\n## {title}\n\n");
        Row(columns);
        Row([.. columns.Select(_ => "---")]);
    }

    private void Row(params string[] cells) => _text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
}

using static TmeSim.Scenarios.Keys.KeyRows;

namespace TmeSim.Scenarios.Keys;

/// <summary>The keys of <c>cohort:</c> and <c>trial:</c>.</summary>
internal static class TrialKeys
{
    /// <summary>Measures of the tissue before treatment that a trial reports when the scenario names none.</summary>
    public static readonly string[] Biomarkers =
        ["nlr", "cd8_core_per_mm2", "cd8_bed_per_mm2", "cd8_phenotype", "macrophages_bed_per_mm2", "cd163_fraction", "ifng_score",
            "pdl1_mean", "vessels_per_mm2"];

    private const string Assumption = "TmeSim assumption (MODEL.md 12)";
    private const string Imbrave = "IMbrave150: Finn et al. 2020, doi:10.1056/NEJMoa1915745";

    public static IEnumerable<ScenarioKey> Cohort() =>
    [
        Block("cohort",
            "Virtual patients, for `tmesim trial`. With it `baseline` is reference unless written.") with { MayBeAbsent = true },
        Whole("cohort.patients", "Patients that are enrolled; absent with a table: all of it.", 1, 100_000),
        Seed("cohort.seed", "Seed of the patients: what they are, their luck in the trial, and the seed of their simulations."),
        OneOf("cohort.sampling",
            "Points that traits are drawn at: a scrambled Sobol sequence, which covers distributions evenly, or random ones.", "sobol",
            "sobol", "random"),
        Word("cohort.table",
            "CSV file with a patient in each row, in place of traits: columns are paths of keys, with a unit in brackets or in each cell; `patient` names them, `stratum` their stratum."),
        .. Traits("cohort.", "What differs between patients, by the path of its key: a distribution, or a list of words."),
        Members("cohort.correlations", "Correlations of traits."),
        Words("cohort.correlations[].between", "The two traits, by their paths.") with { MinItems = 2, MaxItems = 2, Required = true },
        Amount("cohort.correlations[].r", "1", -1, 1, null,
            "Correlation of their normal scores (Gaussian copula); of log-normal traits that of their logarithms.") with { Required = true },
        Members("cohort.strata", "Kinds of patients, each a share of them, with traits that differ from those of the cohort.", "name",
            max: 50),
        Word("cohort.strata[].name", "Name, unique in the cohort.", required: true),
        Positive("cohort.strata[].share", "1", 1e6, null, "Share of the patients; shares need not add up to 1.") with { Required = true },
        .. Traits("cohort.strata[].", "Traits of this stratum, in place of those of the cohort."),
        Words("cohort.include",
            "Who is enrolled: rules over traits such as `patient.nlr < 5`; all have to hold. The share that is screened out is reported.") with { MaxItems = 50 },
    ];

    public static IEnumerable<ScenarioKey> Trial() =>
    [
        Block("trial", "A clinical trial of the cohort, for `tmesim trial`; may be empty.") with { MayBeAbsent = true },
        OneOf("trial.design", "Each patient in each arm with the same luck, or each in one arm.", "counterfactual", "counterfactual",
            "randomised"),
        new() { Path = "trial.allocation", Kind = KeyKind.QuantityList, Units = ["1"], Min = 1, Max = 100, MinItems = 1, MaxItems = 100,
        Text = "Whole weights of the arms of a randomised trial, in their order; absent: equal." },
        Words("trial.stratify",
            "Rules over traits, such as `patient.nlr >= 3`, whose sides are balanced over the arms, as are strata of the cohort.") with { MaxItems = 10 },
        Word("trial.control", "Arm that others are compared with; absent: the one called Control, else the last."),
        OneOf("trial.primary",
            "Primary endpoint: overall survival, progression-free survival, objective response, primary refractoriness.", "pfs", "os",
            "pfs", "orr", "refractory"),
        OneOf("trial.criteria", "Diameters that decide: all of a lesion (RECIST 1.1) or its living part (mRECIST).", "recist", "recist",
            "mrecist"),
        Block("trial.imaging", "Days of assessments."),
        Positive("trial.imaging.every", "d", 3650, "6 weeks", "Interval of assessments.", Imbrave),
        Amount("trial.imaging.until", "d", 0, 36500, "54 weeks", "Last assessment at that interval.", Imbrave),
        Positive("trial.imaging.then", "d", 3650, "9 weeks", "Interval after it.", Imbrave),
        Amount("trial.measurement_error", "1", 0, 1, "0.06", "Standard deviation of the logarithm of a measured diameter.",
            "Yoon et al. 2016, doi:10.1016/j.ejca.2015.10.014: 95 % limits of two readings by one observer -17.8 to 16.1 %, that is 8.6 % over the root of 2"),
        Amount("trial.detection", "mm", 0, 50, "5 mm", "Diameter below which a lesion is not seen.",
            "RECIST 1.1 measures lesions too small to measure as 5 mm; TmeSim assumption"),
        Amount("trial.missed_visits", "1", 0, 0.9, "0", "Share of assessments that are missed.", Assumption),
        Amount("trial.accrual", "d", 0, 36500, "0 d", "Time over which patients enter evenly."),
        Positive("trial.cut_off", "d", 36500, null,
            "Time from the first entry to the analysis; absent: the duration of the run after the last entry."),
        Amount("trial.drop_out", "1", 0, 10, "0", "Patients lost per year of follow-up.", Assumption),
        new() { Path = "trial.treatment_beyond_progression", Kind = KeyKind.Switch, Default = "off",
        Text = "Treatment goes on after progression; off: no dose after an assessment of the simulated lesions (endpoints.assessment_interval) has shown it." },
        Amount("trial.refractory", "d", 0, 3650, "182 d", "Progression within this time is primary refractoriness.",
            "Lombardi et al. (SITC): progression within six months"),
        Block("trial.new_lesions", "Lesions that become visible."),
        Amount("trial.new_lesions.rate", "1", 0, 100, "0.65",
            "New lesions per year in a patient with lesions of 60 mm in sum and a volume that doubles in 140 d.",
            "Fitted to new lesions under sorafenib, 19 % (SORAMIC, Schütte et al. 2020, doi:10.1159/000510798); MODEL.md 12"),
        Amount("trial.new_lesions.power", "1", 0, 6, "1", "Power of the sum of diameters in that rate.", Assumption),
        Positive("trial.new_lesions.diameter", "mm", 100, "10 mm", "Diameter of a new lesion when it is seen.",
            "RECIST 1.1: smallest measurable lesion"),
        Block("trial.survival", "Liver function and death."),
        Amount("trial.survival.albi", "1", -5, 1, "-2.66", "ALBI score before treatment, mean.",
            "Kudo et al. 2023, doi:10.1159/000529996: 278 of 500 patients of IMbrave150 had grade 1, up to -2.6"),
        Amount("trial.survival.albi_sd", "1", 0, 3, "0.45", "Its standard deviation.",
            "Kondo et al. 2022, doi:10.1371/journal.pone.0261619: 0.49 in all stages; TmeSim assumption for Child-Pugh A"),
        Amount("trial.survival.albi_rate", "1", 0, 10, "0.4",
            "Rise of the score per year with lesions of 60 mm in sum; in proportion to that sum.",
            "Kudo et al. 2023: 0.5 points or death after a median of 8.6 months under sorafenib; TmeSim assumption"),
        Amount("trial.survival.liver_disease", "1", 0, 5, "1.2", "Rise of the score after radiation-induced liver disease.",
            "Width of ALBI grade 2 (Johnson et al. 2015, doi:10.1200/JCO.2014.57.9151); TmeSim assumption"),
        Amount("trial.survival.background", "1", 0, 5, "0.02", "Deaths per year from other causes.", Assumption),
        Amount("trial.survival.hazard", "1", 0, 50, "0.25",
            "Deaths per year of a patient with lesions of 60 mm in sum that do not grow and an ALBI score of -2.6.",
            "Fitted to overall survival under sorafenib (MODEL.md 12)"),
        Amount("trial.survival.burden_power", "1", 0, 5, "0.53", "Power of the sum of diameters in that hazard.",
            "Wu et al. 2018, doi:10.2147/CMAR.S177663: hazard ratios 1, 1.66, 2.92, 3.67 for up to 2, 5, 10, 20 cm"),
        Amount("trial.survival.albi_hazard", "1", 0, 5, "0.9", "Logarithm of the hazard ratio per point of the score.",
            "Pinato et al. 2020, doi:10.3390/cancers12071862: median survival 22.5, 9.6, 4.6 months by grade"),
        Amount("trial.survival.growth_hazard", "1", 0, 10, "1", "Logarithm of the hazard ratio per doubling of the volume in a month.",
            Assumption),
        Words("trial.biomarkers",
            "Measures before treatment that become covariates; absent: NLR, CD8, macrophages, CD163, IFN-γ score, PD-L1, vessels, phenotype.") with { MaxItems = 60 },
        Words("trial.subgroups",
            "Rules over traits and biomarkers, such as `patient.nlr >= 3`, `ifng_score > median`, whose two sides are compared.") with { MaxItems = 40 },
        Words("trial.tree",
            "Traits and biomarkers offered to the decision tree of refractoriness; absent: all biomarkers.") with { MaxItems = 60 },
        Words("trial.series", "Measures whose weekly course is kept for each patient; absent: none.") with { MaxItems = 60 },
    ];

    private static IEnumerable<ScenarioKey> Traits(string block, string text) =>
    [
        Block(block + "traits", text) with { DottedKeys = true, MayBeAbsent = true },
        Block(block + "traits.*", "One trait. A single value or a list here stands for `values`.") with { Shorthand = "values" },
        .. Distribution(block + "traits.*."),
        Word(block + "traits.*.label", "Name in tables and figures; absent: the end of the path."),
        Members(block + "traits.*.components", "Distributions of a mixture.", max: 20),
        Positive(block + "traits.*.components[].weight", "1", 1e6, null, "Weight of the component.") with { Required = true },
        .. Distribution(block + "traits.*.components[]."),
    ];

    private static IEnumerable<ScenarioKey> Distribution(string block) =>
    [
        OneOf(block + "distribution", "Family; absent with `values`: these.", null, "normal", "lognormal", "logit_normal", "beta",
            "uniform", "loguniform", "triangular",
        "mixture") with { Required = false },
        Words(block + "values", "Values or words that patients have, in place of a distribution.") with { MinItems = 1, MaxItems = 1000 },
        new() { Path = block + "weights", Kind = KeyKind.QuantityList, Units = ["1"], Min = 0, Max = 1e9, MinItems = 1, MaxItems = 1000,
        Text = "Weights of the values; absent: equal." },
        Word(block + "mean", "Mean of normal, lognormal or beta, of the value itself."),
        Word(block + "sd", "Standard deviation of normal, lognormal or beta, of the value itself."),
        Word(block + "median", "Median of lognormal or logit_normal."),
        Amount(block + "sd_log", "1", 0, 100, null, "Standard deviation of the logarithm, of lognormal with a median."),
        Amount(block + "sd_logit", "1", 0, 100, null, "Standard deviation of the log odds, of logit_normal."),
        Word(block + "mode", "Most likely value of triangular."),
        Word(block + "min", "Smallest value; absent: the smallest that the key allows. The distribution is cut there."),
        Word(block + "max", "Largest value; absent: the largest that the key allows."),
    ];
}

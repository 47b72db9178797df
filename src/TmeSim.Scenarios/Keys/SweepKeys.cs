using static TmeSim.Scenarios.Keys.KeyRows;

namespace TmeSim.Scenarios.Keys;

/// <summary>The keys of <c>sweep:</c> and <c>calibrate:</c>.</summary>
internal static class SweepKeys
{
    public static IEnumerable<ScenarioKey> Sweep() =>
    [
        Block("sweep", "Keys varied over many runs, for `tmesim sweep`.") with { MayBeAbsent = true },
        OneOf("sweep.method",
        "How points are chosen: all combinations (grid), values side by side (list), random strata, a Sobol sequence, Morris trajectories, "
        + "or the design of Saltelli for Sobol indices.", "grid", [.. SweepMethods.Names]),
        Whole("sweep.runs", "Points of latin_hypercube and sobol; of sobol a power of two.", 2, 1 << 20),
        Whole("sweep.trajectories", "Trajectories of morris, each of one point more than keys are varied.", 2, 100_000),
        Whole("sweep.levels", "Levels of each key in morris, even; absent: 4.", 2, 64),
        Whole("sweep.base_samples",
        "Base samples of saltelli, a power of two; the points are this times the varied keys and two.", 2, 1 << 20),
        Seed("sweep.seed", "Seed of random points; that of the simulations is `seed`, the same at every point."),
        .. Vary("sweep.", "Keys to vary, by path: a list of values, a range, or a distribution."),
        Words("sweep.outputs",
        "What is kept of each run in sweep.csv: measure@time, or @end, @min, @max, @mean; absent: tumour volume, CD8 T cells of the tumour "
        + "bed and hypoxia at the end.") with { MinItems = 1, MaxItems = 200 },
        Words("sweep.series",
        "Measures whose time series is kept: names, `all` or `none`; absent: those of the outputs.") with { MinItems = 1, MaxItems = 200 },
    ];

    public static IEnumerable<ScenarioKey> Calibration() =>
    [
        Block("calibrate", "Targets that the scenario is fitted to, for `tmesim calibrate`.") with { MayBeAbsent = true },
        OneOf("calibrate.method", "Approximate Bayesian computation by sequential Monte Carlo.", "abc_smc",
        "abc_smc") with { Source = "Toni et al. 2009, doi 10.1098/rsif.2008.0172" },
        Whole("calibrate.particles", "Parameter vectors of a generation.", 4, 100_000, "100"),
        Whole("calibrate.generations", "Most generations.", 1, 100, "6"),
        Amount("calibrate.quantile", "1", 0.01, 0.99, "0.5", "The next tolerance is this quantile of the distances of a generation."),
        Amount("calibrate.epsilon", "1", 0, 1e9, null,
        "Tolerance at which to stop [standard deviations of the targets]; absent: generations decide."),
        Amount("calibrate.min_acceptance", "1", 0, 1, "0.01", "Stop when a smaller share of vectors is accepted."),
        new() { Path = "calibrate.noise", Kind = KeyKind.Switch, Default = "on",
        Text = "Draw an error of measurement for each simulated target; off: compare the model itself with the targets." },
        Seed("calibrate.seed", "Seed of proposals and errors; that of the simulations is `seed`."),
        .. Vary("calibrate.", "Keys to fit, by path, with their prior: a range or a distribution."),
        Members("calibrate.targets", "What the simulation should give: values, or a series of `data:`.", min: 1, max: 200),
        Word("calibrate.targets[].measure", "Measure of a value; of a series it is the one in `data:`."),
        Word("calibrate.targets[].arm", "Arm; absent: that of the series, else the first arm."),
        Word("calibrate.targets[].lesion", "Lesion; absent: the first."),
        Word("calibrate.targets[].time", "Time of a value after t = 0, or end, min, max, mean over the run."),
        Word("calibrate.targets[].value", "Observed value in the unit of the measure."),
        Word("calibrate.targets[].data", "Label of a series of `data:`, in place of measure, time and value."),
        OneOf("calibrate.targets[].error",
        "Error of the observation: normal with `sd` in the unit of the measure, or relative with `sd` as a share of the value.", "normal",
        "normal", "relative"),
        Word("calibrate.targets[].sd", "Standard deviation of the error; absent for a series with error bars: half of their length."),
    ];

    private static IEnumerable<ScenarioKey> Vary(string block, string text) =>
    [
        Block(block + "vary", text, required: true) with { DottedKeys = true, Required = true },
        Block(block + "vary.*",
        "Values of one key, by its path; `[*]` in a path stands for all members that have what follows. Or a variable of any name with its "
        + "`keys`. A list here stands for `values`.") with { Shorthand = "values" },
        Words(block + "vary.*.keys",
        "Paths of the keys that take the value of this variable together; absent: the entry is called by its path.") with { MinItems = 1,
        MaxItems = 1000 },
        Words(block + "vary.*.values", "The values themselves.") with { MinItems = 1, MaxItems = 10_000 },
        Word(block + "vary.*.from", "Lower end of a range."),
        Word(block + "vary.*.to", "Upper end of a range."),
        OneOf(block + "vary.*.scale", "Levels and samples are even on this scale; absent: linear.", null, "linear",
        "log") with { Required = false },
        Whole(block + "vary.*.levels", "Levels of a range in a grid; absent: 5.", 2, 10_000),
        OneOf(block + "vary.*.distribution", "Distribution to sample; a range alone is uniform.", null, "uniform", "normal", "lognormal",
        "beta", "triangular") with { Required = false },
        Word(block + "vary.*.mean", "Mean of normal, lognormal or beta, of the value itself."),
        Word(block + "vary.*.sd", "Standard deviation of normal, lognormal or beta, of the value itself."),
        Word(block + "vary.*.mode", "Most likely value of triangular."),
        Word(block + "vary.*.min", "Smallest value of a distribution; absent: the smallest that the key allows."),
        Word(block + "vary.*.max", "Largest value of a distribution; absent: the largest that the key allows."),
        Word(block + "vary.*.label", "Name in figures; absent: the end of the path, or the name of the variable."),
    ];
}

namespace TmeSim.Scenarios;

/// <summary>How the points of a sweep are chosen.</summary>
public enum SweepMethod
{
    /// <summary>All combinations of the levels of all keys.</summary>
    Grid,

    /// <summary>The n-th value of every key together.</summary>
    List,

    /// <summary>Every key in as many strata as points, each met once.</summary>
    LatinHypercube,

    /// <summary>A scrambled Sobol sequence.</summary>
    Sobol,

    /// <summary>Trajectories that move one key at a time (Morris 1991), for screening.</summary>
    Morris,

    /// <summary>Two Sobol samples and their crossings (Saltelli 2010), for Sobol indices.</summary>
    Saltelli,
}

/// <summary>Names of the methods as written in a scenario.</summary>
public static class SweepMethods
{
    /// <summary>By <see cref="SweepMethod"/>.</summary>
    public static IReadOnlyList<string> Names { get; } = ["grid", "list", "latin_hypercube", "sobol", "morris", "saltelli"];

    /// <summary>The name of a method.</summary>
    public static string Name(this SweepMethod method) => Names[(int)method];
}

/// <summary>The <c>sweep:</c> block after every check.</summary>
public sealed record SweepPlan
{
    public required SweepMethod Method { get; init; }

    /// <summary>Keys that are varied, in file order, at least one.</summary>
    public required IReadOnlyList<SweepFactor> Factors { get; init; }

    /// <summary>
    /// Points of a Latin hypercube or Sobol sample, trajectories of morris, base samples of saltelli; 0 for grid and list.
    /// </summary>
    public required int Samples { get; init; }

    /// <summary>Levels of each key in morris, even.</summary>
    public required int MorrisLevels { get; init; }

    /// <summary>Seed of random points.</summary>
    public required ulong Seed { get; init; }

    /// <summary>What is kept of each run, at least one.</summary>
    public required IReadOnlyList<SweepOutput> Outputs { get; init; }

    /// <summary>Measures whose time series is kept; null for all, empty for none.</summary>
    public required IReadOnlyList<string>? Series { get; init; }

    /// <summary>Number of points of the design.</summary>
    public required int Points { get; init; }

    /// <summary>Keys by which arms can be compared; empty for a single arm.</summary>
    public IReadOnlyList<ArmKey> ArmKeys { get; init; } = [];

    /// <summary>Arm that a point has, by point; null where each has all.</summary>
    public IReadOnlyList<int>? ArmOfPoint { get; init; }

    /// <summary>Canonical text of what decides where points can lie: method, seed and ranges, not how many points there are.</summary>
    public required string Space { get; init; }
}

/// <summary>A key of arms: of a course that several of them have, a parameter or switch in which they differ, or what is varied.</summary>
/// <param name="Path">Path below the arm, <c>therapy[bevacizumab].dose</c>.</param>
/// <param name="Values">Value of the file by arm, with its unit; null for an arm that does not have the course.</param>
/// <param name="Factors">Label of what varies it by arm; null where it stays.</param>
public sealed record ArmKey(string Path, IReadOnlyList<string?> Values, IReadOnlyList<string?> Factors);

/// <summary>One value of a varied key.</summary>
/// <param name="Text">As <c>--set</c> takes it, with its unit.</param>
/// <param name="Number">The number in the unit of the factor; NaN for a word.</param>
public sealed record FactorLevel(string Text, double Number);

/// <summary>One end to another.</summary>
/// <param name="From">Lower end.</param>
/// <param name="To">Upper end, above the lower one.</param>
/// <param name="IsLog">Even on the logarithm; both ends are above zero.</param>
/// <param name="Levels">Levels in a grid, at least 2.</param>
public sealed record FactorRange(double From, double To, bool IsLog, int Levels);

/// <summary>Families of distributions of a varied key.</summary>
public enum FactorDistributionKind
{
    Normal,
    Lognormal,
    Beta,
    Triangular,
}

/// <summary>A distribution, cut at <paramref name="Min"/> and <paramref name="Max"/>.</summary>
/// <param name="Kind">Family.</param>
/// <param name="Mean">Mean of the value itself before the cut; mode of triangular.</param>
/// <param name="Sd">Standard deviation of the value itself before the cut; 0 for triangular.</param>
/// <param name="Min">Smallest value.</param>
/// <param name="Max">Largest value, above the smallest.</param>
public sealed record FactorDistribution(FactorDistributionKind Kind, double Mean, double Sd, double Min, double Max);

/// <summary>What is varied: a key, or several that take the same value at each point. It has levels, a range or a distribution.</summary>
public sealed record SweepFactor
{
    /// <summary>What it is called in <c>vary:</c>: a path as written, or the name of a variable.</summary>
    public required string Entry { get; init; }

    /// <summary>Path with members by name and stars as written; of keys that a variable lists, all of them.</summary>
    public required string Path { get; init; }

    /// <summary>Paths of the keys that are set, at least one, each once.</summary>
    public required IReadOnlyList<string> Keys { get; init; }

    /// <summary>Members (<c>arms[Control]</c>) that a star passed over, since they do not have the key.</summary>
    public IReadOnlyList<string> Without { get; init; } = [];

    /// <summary>Name in figures, unique in the sweep.</summary>
    public required string Label { get; init; }

    /// <summary>Unit of the numbers; "1" for pure numbers, empty for words.</summary>
    public required string Unit { get; init; }

    /// <summary>Only whole numbers.</summary>
    public bool IsWhole { get; init; }

    /// <summary>Values as written; empty for a range or distribution.</summary>
    public IReadOnlyList<FactorLevel> Levels { get; init; } = [];

    public FactorRange? Range { get; init; }

    public FactorDistribution? Distribution { get; init; }

    /// <summary>The values are words.</summary>
    public bool IsWord => Unit.Length == 0;

    /// <summary>A number as <c>--set</c> takes it: the shortest text that reads back to the same bits, with its unit.</summary>
    public FactorLevel Level(double number)
    {
        double value = IsWhole ? Math.Round(number, MidpointRounding.ToEven) : number;
        return new FactorLevel(Units.Quantity.Format(value, Units.Unit.Of(Unit)), value);
    }
}

/// <summary>Which value of a time series an output is.</summary>
public enum OutputTime
{
    /// <summary>At a time after t = 0.</summary>
    At,

    /// <summary>The last row, also of a run that ended early.</summary>
    End,

    /// <summary>The smallest of all rows.</summary>
    Min,

    /// <summary>The largest of all rows.</summary>
    Max,

    /// <summary>The mean of all rows.</summary>
    Mean,
}

/// <summary>A number that is kept of a run.</summary>
/// <param name="Name">As written, <c>tumor_volume_change@26 weeks</c>; unique in the sweep.</param>
/// <param name="Measure">Column of the time series.</param>
/// <param name="Time">Which row.</param>
/// <param name="Hours">Time after t = 0 [h]; 0 unless <see cref="OutputTime.At"/>.</param>
public sealed record SweepOutput(string Name, string Measure, OutputTime Time, double Hours);

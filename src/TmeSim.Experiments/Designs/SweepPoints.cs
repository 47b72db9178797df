using System.Collections.Concurrent;
using System.Globalization;
using TmeSim.Experiments.Journal;
using TmeSim.Experiments.Results;
using TmeSim.Experiments.Running;
using TmeSim.Scenarios;
using TmeSim.Scenarios.Diagnostics;

namespace TmeSim.Experiments.Designs;

/// <summary>The points of a sweep with the identities of their arms.</summary>
internal sealed class SweepPoints
{
    /// <summary>
    /// Definitions that are kept from the check of the points, some 20 kB each. Those of further points are made again when they run.
    /// </summary>
    private const int MaxKept = 1000;

    private readonly SweepSpace _space;
    private readonly ScenarioDefinition?[] _kept;
    private readonly SweepDesign _design;
    private readonly UInt128[][] _armIdentities;
    private readonly UInt128[] _plans;
    private readonly (long BurnIn, long Arm)[] _steps;
    private readonly int _largest;

    private SweepPoints(SweepSpace space, SweepDesign design, ScenarioDefinition?[] kept, UInt128[][] arms, UInt128[] plans,
        (long BurnIn, long Arm)[] steps, int largest)
    {
        (_space, _design, _kept, _armIdentities, _plans, _steps, _largest) = (space, design, kept, arms, plans, steps, largest);
    }

    /// <summary>Number of points.</summary>
    public int Count => _plans.Length;

    public SweepDesign Design => _design;

    /// <summary>Checks every point.</summary>
    /// <exception cref="ScenarioRefusedException">A point is no valid scenario; nothing was run.</exception>
    public static SweepPoints Of(SweepSpace space, SweepDesign design, CancellationToken cancellation)
    {
        var kept = new ScenarioDefinition?[Math.Min(MaxKept, design.Count)];
        var arms = new UInt128[design.Count][];
        var plans = new UInt128[design.Count];
        var steps = new (long BurnIn, long Arm)[design.Count];
        var bytes = new long[design.Count];
        var wrong = new ConcurrentBag<(int Point, IReadOnlyList<Diagnostic> Errors)>();
        Parallel.For(0, design.Count, new ParallelOptions { CancellationToken = cancellation }, point =>
        {
            ScenarioResult result = space.At([.. design.Levels(point).Select(l => l.Text)], $"point {point}");
            if (result.Definition is not { } scenario)
            {
                wrong.Add((point, [.. result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error)]));
                return;
            }

            if (point < kept.Length)
            {
                kept[point] = scenario;
            }

            arms[point] = [.. Enumerable.Range(0, scenario.Arms.Count).Select(a => Short(scenario.ArmIdentity(a)))];
            plans[point] = Short(scenario.PlanIdentity());
            var schedule = new RunSchedule(scenario);
            steps[point] = (schedule.BurnInSteps, schedule.Steps);
            bytes[point] = MemoryFit.ReplicateBytes(scenario.Plan, 1, true);
        });
        if (wrong.IsEmpty)
        {
            return new SweepPoints(space, design, kept, arms, plans, steps, Array.IndexOf(bytes, bytes.Max()));
        }

        const int shown = 5;
        string text = string.Join('\n', wrong.OrderBy(w => w.Point).Take(shown)
            .Select(w => $"point {w.Point} ({design.Describe(w.Point)}):\n{Diagnostic.FormatAll(w.Errors, 4).TrimEnd()}"));
        throw new ScenarioRefusedException(
            $"error: {wrong.Count} of {design.Count} points of the sweep are no valid scenario; choose ranges that "
            + $"fit\n{text}{(wrong.Count > shown ? "\n…" : "")}");
    }

    /// <summary>The scenario of a point.</summary>
    public ScenarioDefinition At(int point) => (point < _kept.Length ? _kept[point] : null)
        ?? _space.At([.. _design.Levels(point).Select(l => l.Text)], $"point {point}").Definition!;

    /// <summary>The scenario of the point that takes most memory.</summary>
    public ScenarioDefinition Largest() => At(_largest);

    /// <summary>Points with the same one can share a burn-in.</summary>
    public UInt128 Plan(int point) => _plans[point];

    /// <summary>Steps of the burn-in and of an arm at a point.</summary>
    public (long BurnIn, long Arm) Steps(int point) => _steps[point];

    public int Arms => _armIdentities.Length == 0 ? 0 : _armIdentities[0].Length;

    /// <summary>The simulation of an arm at a point.</summary>
    public RunId Run(int point, int arm, int replicate) => RunId.Of(_armIdentities[point][arm], replicate);

    /// <summary>First 128 bits of an identity.</summary>
    internal static UInt128 Short(string sha256) =>
        UInt128.Parse(sha256.AsSpan(0, 32), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}

using System.Collections.Concurrent;
using System.Globalization;
using TmeSim.Scenarios.Keys;
using TmeSim.Scenarios.Parameters;

namespace TmeSim.Experiments.Tests;

/// <summary>
/// No key is dead: changed alone, each changes the state or an output of a small run, or stands below with the reason why it does not.
/// </summary>
public sealed class LiveKeyTests
{
    private static readonly Lazy<string[]> Unchanged = new(() => [.. LiveRun.Unchanged.Gives()]);

    // The same run from the start that the first one left: like is compared with like.
    private static readonly Lazy<string[]> FromStart = new(() => Unchanged.Value.Length > 0 ? [.. LiveRun.With()!.Gives()] : []);

    [Fact]
    public void NoChange_ChangesNothing()
    {
        _ = Unchanged.Value;
        Assert.False(Changes("", []));
        Assert.All(LiveKeys.Beside, b => Assert.False(Changes(b.Prefix, [])));
    }

    [Fact]
    public void EachParameter_ChangedAlone_ChangesTheRun()
    {
        var dead = new ConcurrentBag<string>();
        _ = Unchanged.Value;
        Parallel.ForEach(ParameterLibrary.All, entry =>
        {
            // Most act within the arm, from a start that is there already; set-points and what they steer act in the burn-in.
            string key = $"parameters.{entry.Key}";
            if (!Perturbed(entry).Any(value =>
                Changes(entry.Key, [$"arms[Everything].{key}={value}"]) || Changes(entry.Key, [$"{key}={value}"])))
            {
                dead.Add(entry.Key);
            }
        });
        Assert.True(dead.IsEmpty, string.Join(", ", dead.Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void EachKey_ChangedAlone_ChangesTheRun()
    {
        _ = Unchanged.Value;
        var dead = new ConcurrentBag<string>();
        Parallel.ForEach(LiveKeys.Changes, change =>
        {
            if (!Changes(change.Key, change.Changes))
            {
                dead.Add(change.Key);
            }
        });
        Assert.True(dead.IsEmpty, string.Join(", ", dead.Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void EveryKey_HasAChangeOrAReason()
    {
        IEnumerable<string> keys = from key in ScenarioKeys.All
                                   where key.Kind is not (KeyKind.Mapping or KeyKind.List)
                                   where !LiveKeys.Groups.Any(g => key.Path.StartsWith(g.Prefix, StringComparison.Ordinal))
                                   select key.Path;
        IEnumerable<string> told = LiveKeys.Changes.Select(c => c.Key).Concat(LiveKeys.WithoutEffect.Select(c => c.Key));
        Assert.Equal(keys.Order(StringComparer.Ordinal), told.Order(StringComparer.Ordinal));
        Assert.All(LiveKeys.WithoutEffect, k => Assert.True(k.Reason.Length > 10));
    }

    // Like is compared with like: a run that goes on from a start gives nothing of its burn-in.
    private static bool Changes(string key, IEnumerable<string> changes)
    {
        string[] beside = [.. LiveKeys.Beside.Where(b => key.StartsWith(b.Prefix, StringComparison.Ordinal)).SelectMany(b => b.Sets)];
        if (LiveRun.With([.. beside, .. changes]) is not { } run)
        {
            return false;
        }

        if (beside.Length == 0)
        {
            return !run.Gives().SequenceEqual(run.SharesStart ? FromStart.Value : Unchanged.Value);
        }

        LiveRun like = LiveRun.With(beside)!;
        return run.SharesStart == like.SharesStart && !run.Gives().SequenceEqual(like.Gives());
    }

    // Values within the range, as a scenario would write them.
    private static IEnumerable<string> Perturbed(ParameterEntry entry)
    {
        double now = LiveRun.Unchanged.Parameters[entry.Parameter];
        return from value in (double[])[now * 1.5, now / 1.5, now * 4, now + 1, (now + entry.Max) / 2, entry.Min, entry.Max]
               where value >= entry.Min && value <= entry.Max && value != now
               select value.ToString("R", CultureInfo.InvariantCulture) + (entry.Unit == "1" ? "" : " " + entry.Unit);
    }
}

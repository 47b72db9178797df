using System.Text.Json.Nodes;
using TmeSim.Engine.Plan;
using TmeSim.Experiments.Evidence;
using TmeSim.Scenarios.Parameters;

namespace TmeSim.Experiments.Tests.Evidence;

/// <summary>Every parameter has a source, a grade and a reader, and one that has not is named.</summary>
public sealed class ParameterAuditTests
{
    [Fact]
    public void EveryParameter_IsRead()
    {
        IReadOnlySet<Parameter> read = ParameterReads.OfEveryMechanism();
        ParameterAudit audit = ParameterAudit.Of(ParameterLibrary.All, read);
        Assert.Empty(audit.Faults);
        Assert.Contains("each has a source and is read", audit.Answer, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatNoSimulationReads_IsAFault()
    {
        var read = ParameterTable.All.Select(p => p.Id).Where(p => p != Parameter.Cd8KillRate).ToHashSet();
        Assert.Equal(["cd8.kill_rate is read by nothing"], ParameterAudit.Of(ParameterLibrary.All, read).Faults);
    }

    [Fact]
    public void ParameterWithoutSourceOrGrade_IsAFault()
    {
        ParameterEntry[] entries = [.. ParameterLibrary.All];
        entries[0] = entries[0] with { Source = " " };
        entries[1] = entries[1] with { Grade = (Grade)9 };
        Assert.Equal([entries[0].Key + " has no source", entries[1].Key + " has no grade"],
            ParameterAudit.Of(entries, ParameterTable.All.Select(p => p.Id).ToHashSet()).Faults);
    }

    [Fact]
    public void Tables_HoldAllParametersAndTheirSpread()
    {
        ParameterAudit audit = ParameterAudit.Of(ParameterLibrary.All, ParameterTable.All.Select(p => p.Id).ToHashSet());
        Assert.Equal(ParameterTable.Count + 1, audit.Csv().TrimEnd().Split('\n').Length);
        JsonNode alpha = audit.Json()["parameters"]!.AsArray().Single(p => (string?)p!["key"] == "radiation.alpha")!;
        Assert.Equal(("assumption", 0.1, 0.4), ((string?)alpha["grade"], (double)alpha["spread"]![0]!, (double)alpha["spread"]![1]!));
        Assert.Contains("radiation.alpha", audit.Text(), StringComparison.Ordinal);
    }

    /// <summary>A scenario without radiation reads its numbers, as every lesion could be irradiated; one that is watched and not asked is
    /// not told of.</summary>
    [Fact]
    public void WatchedSet_TellsWhatIsRead()
    {
        List<Parameter> read = [];
        ParameterSet set = ParameterLibrary.Defaults("clinical").Watched(read.Add);
        _ = set[Parameter.Cd8KillRate] + set.Rate(Parameter.Cd8DeathRate);
        _ = set.With(Parameter.StromaHill, 4)[Parameter.StromaHill];
        Assert.Equal([Parameter.Cd8KillRate, Parameter.Cd8DeathRate, Parameter.StromaHill], read);
    }
}

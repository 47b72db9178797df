using TmeSim.Analysis.Contrasts;
using TmeSim.Experiments.Evidence;
using TmeSim.Experiments.Running;
using TmeSim.Experiments.Work;
using TmeSim.Scenarios.Parameters;

namespace TmeSim.Science.Tests;

/// <summary>Tests of claims can fail: without the mechanism that carries a claim it is not reproduced.</summary>
public sealed class EvidenceTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tmesim-evidence-").FullName;

    /// <summary>Claims with a test that names what breaks it.</summary>
    public static TheoryData<string> Breakable => [.. EvidenceLibrary.All.Where(c => c.Tests.OfType<RunTest>().Any(t => t.BrokenBy.Count > 0)).Select(c => c.Id)];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Small: radiotherapy raises MHC-I, and does not where that is switched off.</summary>
    [Fact]
    public void Claim_IsReproduced_AndNotWithoutItsMechanism() => BreaksWithout("S4-21");

    [Theory]
    [MemberData(nameof(Breakable))]
    [Trait("Category", "FullSize")]
    public void EachClaim_IsNotReproducedWithoutWhatCarriesIt(string id) => BreaksWithout(id);

    private void BreaksWithout(string id)
    {
        EvidenceEntry claim = EvidenceLibrary.Find(id)!;
        foreach (RunTest test in claim.Tests.OfType<RunTest>().Where(t => t.BrokenBy.Count > 0))
        {
            Verdict whole = Of(claim, test, []), broken = Of(claim, test, test.BrokenBy);
            TestContext.Current.TestOutputHelper?.WriteLine($"{id}, {test.What}: {whole}, broken {broken}");
            Assert.NotEqual(Verdict.Reproduced, broken);
        }
    }

    private Verdict Of(EvidenceEntry claim, RunTest test, IReadOnlyList<string> sets) => EvidenceSession.Execute(
        new EvidenceRequest([claim with { Tests = [test] }]) { OutDirectory = Path.Combine(_folder, sets.Count == 0 ? "whole" : "broken"), Sets = sets },
        new RunProgress(), TestContext.Current.CancellationToken).Single().Tests.Single().Verdict;
}

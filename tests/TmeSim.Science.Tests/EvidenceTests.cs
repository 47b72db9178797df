using TmeSim.Analysis.Contrasts;
using TmeSim.Experiments.Evidence;
using TmeSim.Experiments.Running;
using TmeSim.Experiments.Work;
using TmeSim.Scenarios.Parameters;

namespace TmeSim.Science.Tests;

/// <summary>Tests of claims can fail: without the mechanism that carries a claim it is not reproduced.</summary>
public sealed class EvidenceTests(EvidenceTests.Store store) : IClassFixture<EvidenceTests.Store>
{
    /// <summary>Claims with a test that names what breaks it.</summary>
    public static TheoryData<string> Breakable => [.. EvidenceLibrary.All.Where(c => c.Tests.OfType<RunTest>().Any(t =>
        t.BrokenBy.Count > 0)).Select(c => c.Id)];

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
        List<string> unbroken = [];
        foreach (RunTest test in claim.Tests.OfType<RunTest>().Where(t => t.BrokenBy.Count > 0))
        {
            TestOutcome whole = Of(claim, test, []), broken = Of(claim, test, test.BrokenBy);
            string line = $"{id}, {test.What}: {whole.Verdict} {EvidenceFiles.Observed(whole)}, broken {broken.Verdict} {EvidenceFiles.Observed(broken)}";
            TestContext.Current.TestOutputHelper?.WriteLine(line);
            unbroken.AddRange(broken.Verdict == Verdict.Reproduced ? [line] : []);
        }

        Assert.True(unbroken.Count == 0, string.Join('\n', unbroken));
    }

    private TestOutcome Of(EvidenceEntry claim, RunTest test, IReadOnlyList<string> sets) => EvidenceSession.Execute(
        new EvidenceRequest([claim with { Tests = [test] }]) { OutDirectory = Path.Combine(store.Path, sets.Count == 0 ? "whole"
            : "broken"), Sets = sets },
        new RunProgress(), TestContext.Current.CancellationToken).Single().Tests.Single();

    /// <summary>Folder of the runs, which claims share: of TMESIM_EVIDENCE, where it stays and is gone on with, or one that is
    /// deleted.</summary>
    public sealed class Store : IDisposable
    {
        private readonly string? _kept = Environment.GetEnvironmentVariable("TMESIM_EVIDENCE");

        public Store() => Path = _kept ?? Directory.CreateTempSubdirectory("tmesim-evidence-").FullName;

        public string Path { get; }

        public void Dispose()
        {
            if (_kept is null)
            {
                Directory.Delete(Path, recursive: true);
            }
        }
    }
}

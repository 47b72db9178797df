namespace TmeSim.Science.Tests.Trials;

/// <summary>
/// The trials of scenarios/trials against what the literature says (FINDINGS.md 2.9). At full size they run for two hours on two cores and go on where they were stopped:
/// TMESIM_TRIALS=DIR dotnet test tests/TmeSim.Science.Tests -c Release --filter "FullyQualifiedName~Claims_OfTheTrials".
/// </summary>
public sealed class TrialClaimTests
{
    // Small tiles and a few weeks: what is tested is that the claims can be read.
    private static readonly string[] Small =
    [
        "cohort.patients=10", "time.burn_in=4 d", "time.duration=12 weeks", "tissue.size=[1 mm, 1 mm]", "lesions[primary].tumor.radius=0.2 mm",
    ];

    [Fact]
    public void Claims_OfAFewPatients_AreRead()
    {
        string directory = Directory.CreateTempSubdirectory("tmesim-trials-").FullName;
        TrialRun run = TrialRun.Of("imbrave150", directory, Small);
        TrialClaims claims = new();
        claims.Imbrave(run);
        Contrast.Write($"{claims}");
        string table = claims.ToString();
        Assert.Equal(21, table.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("S4-04 progression-free survival, hazard ratio", table, StringComparison.Ordinal);
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    [Trait("Category", "FullSize")]
    public void Claims_OfTheTrials_AreReadAndWritten()
    {
        string directory = Environment.GetEnvironmentVariable("TMESIM_TRIALS") ?? Path.Combine(AppContext.BaseDirectory, "runs");
        Directory.CreateDirectory(directory);
        TrialClaims claims = new();
        foreach ((string name, Action<TrialRun> read) in ((string, Action<TrialRun>)[])
        [
            ("imbrave150", claims.Imbrave), ("refractoriness", claims.Refractoriness), ("go30140-f", claims.Single), ("checkmate-459", claims.Checkmate), ("csf1r", claims.Myeloid), ("nek9", claims.Nek9),
            ("sbrt", claims.Radiotherapy), ("resistance", claims.Resistance),
        ])
        {
            read(TrialRun.Of(name, directory));
            File.WriteAllText(Path.Combine(directory, "claims.md"), claims.ToString());
        }

        Contrast.Write($"{claims}");
    }
}

using System.Text.Json;
using TmeSim.Scenarios.Explaining;

namespace TmeSim.Scenarios.Tests;

/// <summary>Seeds have 64 bits; a double would round them beyond 2^53.</summary>
public class SeedTests
{
    private static string With(string seed) => Examples.Minimal + $"seed: {seed}\n";

    [Theory]
    [InlineData("18446744073709551615", ulong.MaxValue)]
    [InlineData("18446744073709551614", ulong.MaxValue - 1)]
    [InlineData("9007199254740993", 9007199254740993)]
    [InlineData("42", 42)]
    [InlineData("1e3", 1000)]
    [InlineData("1e15", 1000000000000000)]
    [InlineData("7.0", 7)]
    [InlineData("0", 0)]
    public void Seed_OfAScenario_IsExactAlsoAfterWriting(string text, ulong seed)
    {
        ScenarioDefinition d = Examples.Valid(With(text));

        Assert.Equal(seed, d.Plan.Seed);
        Assert.Contains($"\nseed: {seed}\n", d.ResolvedYaml);
        Assert.Equal(seed, Examples.Valid(d.ResolvedYaml).Plan.Seed);
    }

    [Fact]
    public void Seed_NotWritten_Is1()
    {
        ScenarioDefinition d = Examples.Valid(Examples.Minimal + "sweep: {vary: {patient.nlr: [1, 2]}}\n");

        Assert.Equal((1ul, 1ul), (d.Plan.Seed, d.Sweep!.Seed));
    }

    [Theory]
    [InlineData(ulong.MaxValue)]
    [InlineData(9007199254740993)]
    [InlineData(3)]
    public void Seed_OfTheCommandLine_IsExact(ulong seed) =>
        Assert.Equal(seed, Examples.Valid(Examples.Minimal, new ScenarioOverrides { Seed = seed }).Plan.Seed);

    [Fact]
    public void Seeds_ThatDifferInTheLastBit_AreDifferentQuestions() =>
        Assert.NotEqual(Examples.Valid(With("18446744073709551615")).IdentityHash, Examples.Valid(With("18446744073709551614")).IdentityHash);

    [Theory]
    [InlineData("18446744073709551616")]
    [InlineData("1e20")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("9007199254740993.5")]
    [InlineData("many")]
    [InlineData("3 d")]
    public void Seed_OutOfRange_IsAnError(string text) => Assert.Equal("seed", Assert.Single(Examples.Errors(With(text))).Path);

    [Fact]
    public void Seed_OutOfRange_SaysTheRange() => Assert.Contains("0 to 18446744073709551615", Assert.Single(Examples.Errors(With("1e20"))).Message);

    [Fact]
    public void Seeds_OfSweepAndCalibration_AreExactToo()
    {
        const string blocks = """
            sweep: {method: sobol, runs: 4, seed: 18446744073709551615, vary: {patient.nlr: {from: 1, to: 2}, seed: [9007199254740992, 9007199254740993]}}
            calibrate: {seed: 9007199254740993, vary: {patient.nlr: {from: 1, to: 2}}, targets: [{measure: nlr, time: end, value: 2, sd: 1}]}

            """;
        ScenarioDefinition d = Examples.Valid(Examples.Minimal + blocks);

        Assert.Equal(ulong.MaxValue, d.Sweep!.Seed);
        Assert.Equal(9007199254740993ul, d.Calibration!.Seed);
        Assert.Equal(["9007199254740992", "9007199254740993"], d.Sweep.Factors[1].Levels.Select(l => l.Text));
    }

    [Fact]
    public void Schema_OfASeed_NamesTheWholeRange()
    {
        using var schema = JsonDocument.Parse(ScenarioSchema.Json());

        Assert.Equal(ulong.MaxValue, schema.RootElement.GetProperty("properties").GetProperty("seed").GetProperty("maximum").GetUInt64());
        Assert.Contains("0 to 18446744073709551615", Explain.Show("seed"));
    }
}

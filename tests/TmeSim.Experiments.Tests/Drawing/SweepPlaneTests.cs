using TmeSim.Experiments.Drawing;

namespace TmeSim.Experiments.Tests.Drawing;

public sealed class SweepPlaneTests
{
    [Theory]
    [InlineData("[60 /mm2, 60 /mm2, 80 /mm2, 80 /mm2, 90 /mm2, 90 /mm2]", "CD8 with NLR")]
    [InlineData("[60 /mm2, 80 /mm2, 60 /mm2, 80 /mm2, 60 /mm2, 80 /mm2]", "CD8 with atezolizumab dose")]
    [InlineData("[60 /mm2, 60 /mm2, 60 /mm2, 60 /mm2, 60 /mm2, 60 /mm2]", "")]
    [InlineData("[60 /mm2, 61 /mm2, 62 /mm2, 63 /mm2, 64 /mm2, 65 /mm2]", null)]
    public void List_OfAFactorialWithKeysThatGoAlong_IsAGrid(string cd8, string? along)
    {
        using var sweep = new SyntheticSweep(
            $$"""
            method: list
            vary:
              patient.nlr: [1, 1, 2, 2, 3, 3]
              "arms[Atezo + Bev].therapy[atezolizumab].dose": [100 mg, 200 mg, 100 mg, 200 mg, 100 mg, 200 mg]
              "lesions[primary].immune.cd8": {{cd8}}
            """,
            at => at.X[0] + at.Arm);

        SweepPlane? plane = SweepPlane.Of(sweep.Data);

        Assert.Equal(along, plane?.Along);
        sweep.Merge();
        Assert.Equal(plane is not null, sweep.Figures().Any(f => f.Contains("-heatmap-", StringComparison.Ordinal)));
        Assert.Equal(along is { Length: > 0 }, sweep.Text("report.html").Contains($"other keys go along: {along}", StringComparison.Ordinal) && along is { Length: > 0 });
    }

    [Fact]
    public void List_WithACombinationMissing_IsNoGrid()
    {
        using var sweep = new SyntheticSweep("method: list\nvary:\n  patient.nlr: [1, 1, 2]\n  patient.weight: [60 kg, 70 kg, 60 kg]", at => at.X[0]);

        Assert.Null(SweepPlane.Of(sweep.Data));
    }
}

namespace TmeSim.Experiments.Tests;

/// <summary>Best response of a replicate.</summary>
public sealed class ResponsesTests
{
    [Fact]
    public void Best_EndsAtProgression()
    {
        // 49 mm is more than 20 % and 5 mm over the smallest 40 mm; what comes later no longer counts.
        Assert.Equal((40.0 / 45) - 1, Responses.Best([0, 7, 14, 21], [45, 40, 49, 20]), 1e-12);
    }

    [Fact]
    public void Best_OfASmallRise_GoesOn()
    {
        // 25 % over the smallest, but not 5 mm.
        Assert.Equal((3.0 / 10) - 1, Responses.Best([0, 7, 14, 21], [10, 8, 10, 3]), 1e-12);
    }

    [Fact]
    public void Best_WithoutAssessment_IsMissing() => Assert.True(double.IsNaN(Responses.Best([0], [45])));
}

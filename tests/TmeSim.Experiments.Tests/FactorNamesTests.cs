using TmeSim.Experiments.Drawing;
using TmeSim.Scenarios;

namespace TmeSim.Experiments.Tests;

public class FactorNamesTests
{
    [Theory]
    [InlineData("parameters.cd8.kill_rate", "kill_rate", "CD8 kill rate")]
    [InlineData("patient.nlr", "nlr", "NLR")]
    [InlineData("lesions[primary].immune.cd163_fraction", "cd163_fraction", "CD163 fraction")]
    [InlineData("arms[Atezolizumab + bevacizumab].therapy[bevacizumab].dose", "dose", "bevacizumab dose")]
    [InlineData("drugs[bevacizumab].effects[vegf].kd", "bevacizumab KD", "bevacizumab KD")]
    public void Of_Path_IsSaidInWords(string path, string label, string name) => Assert.Equal([name], FactorNames.Of([Factor(path, label)]));

    [Fact]
    public void Of_SameWords_FallBackToTheLabels() => Assert.Equal(
        ["arms[A].therapy[x].dose", "arms[B].therapy[x].dose"],
        FactorNames.Of([Factor("arms[A].therapy[x].dose", "arms[A].therapy[x].dose"), Factor("arms[B].therapy[x].dose", "arms[B].therapy[x].dose")]));

    private static SweepFactor Factor(string path, string label) => new() { Entry = path, Path = path, Keys = [path], Label = label, Unit = "1" };
}

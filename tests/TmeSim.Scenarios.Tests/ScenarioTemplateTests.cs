namespace TmeSim.Scenarios.Tests;

public class ScenarioTemplateTests
{
    [Theory]
    [InlineData("My study")]
    [InlineData("null")]
    [InlineData("A: \"b\" #c \\ {d}")]
    public void Template_Read_IsValidWithoutWarningsAndKeepsTheName(string name)
    {
        ScenarioResult result = ScenarioReader.ReadText(ScenarioTemplate.Create(name));

        Assert.Empty(result.Diagnostics);
        Assert.Equal(name, result.Definition!.Name);
        Assert.Equal(["Control", "Atezolizumab", "Atezo + Bev"], result.Definition.Arms.Select(a => a.Name));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\nb")]
    public void WrongName_Create_Throws(string name) => Assert.Throws<ArgumentException>(() => ScenarioTemplate.Create(name));
}

using TmeSim.Scenarios.Parameters;

namespace TmeSim.Scenarios.Tests;

/// <summary>What a user says for an assessment of credibility.</summary>
public sealed class CredibilityAnswersTests
{
    [Fact]
    public void Answers_AreRead()
    {
        CredibilityAnswers said = CredibilityAnswers.Read("a.yaml",
            "question_of_interest: \"A or B?\"\nmodel_influence: {level: medium, why: beside a trial}\ndecision_consequence: {level: high, why: patients}\n");
        Assert.Equal(("A or B?", null, CredibilityLevel.High), (said.Question, said.Context, said.Risk!.Value));
        Assert.Null(CredibilityAnswers.None.Risk);
    }

    [Theory]
    [InlineData(CredibilityLevel.Low, CredibilityLevel.Low, CredibilityLevel.Low)]
    [InlineData(CredibilityLevel.Low, CredibilityLevel.High, CredibilityLevel.Medium)]
    [InlineData(CredibilityLevel.Medium, CredibilityLevel.Medium, CredibilityLevel.Medium)]
    [InlineData(CredibilityLevel.High, CredibilityLevel.Medium, CredibilityLevel.High)]
    public void Risk_AddsUp(CredibilityLevel influence, CredibilityLevel consequence, CredibilityLevel risk) =>
        Assert.Equal(risk, (CredibilityAnswers.None with { Influence = (influence, ""), Consequence = (consequence, "") }).Risk);

    [Theory]
    [InlineData("- a", "answers are a block of keys")]
    [InlineData("question: x", "unknown key 'question'")]
    [InlineData("context_of_use: \" \"", "'context_of_use' is empty")]
    [InlineData("model_influence: {level: some, why: x}", "low, medium or high")]
    [InlineData("model_influence: {level: low}", "'why' is missing")]
    [InlineData("model_influence: low", "'model_influence' is a block")]
    [InlineData("model_influence: {level: \"low, high\", why: x}", "low, medium or high")]
    [InlineData("model_influence: {level: 2, why: x}", "low, medium or high")]
    [InlineData("model_influence: {level: low, why: \"\"}", "'why' of 'model_influence' is empty")]
    [InlineData("model_influence: {level: low, why: x, who: me}", "unknown key 'who'")]
    [InlineData("context_of_use: [a]", "'context_of_use' is a list; a text is wanted")]
    [InlineData("context_of_use:", "'context_of_use' is empty")]
    public void AnswersThatAreNotOfTheForm_AreRefused(string text, string message)
    {
        string refused = Assert.Throws<InvalidOperationException>(() => CredibilityAnswers.Read("a.yaml", text)).Message;
        Assert.Contains(message, refused, StringComparison.Ordinal);
        Assert.StartsWith("a.yaml:1", refused, StringComparison.Ordinal);
    }
}

using TmeSim.Scenarios.Parameters;

namespace TmeSim.Experiments.Evidence;

/// <summary>The headings that only the user of a model can fill.</summary>
public static class CredibilityStatements
{
    private const string How = "say it in a file of answers (--answers)";

    /// <summary>Question of interest, context of use, influence, consequence, risk and what had been agreed on.</summary>
    public static IReadOnlyList<CredibilitySection> OfUser(CredibilityAnswers answers) =>
    [
        new("Question of interest", [Of("Question", answers.Question, "what is to be decided or understood")]),
        new("Context of use", [Of("Context", answers.Context,
            "what the model is used for in answering it, and what other evidence there is")]),
        new("Model influence", [Of("Influence", answers.Influence, "how much of the answer rests on the model")]),
        new("Decision consequence", [Of("Consequence", answers.Consequence, "what a wrong answer would cost")]),
        new("Model risk",
        [
            answers.Risk is { } risk ? new CredibilityItem("Risk", CredibilityStatus.Stated,
                $"{risk.ToString().ToLowerInvariant()}, from influence and consequence: low, medium or high as their levels add up (a "
                    + "rule of this project)")
                : new CredibilityItem("Risk", CredibilityStatus.NotStated, "follows from model influence and decision consequence"),
            Of("Acceptance", answers.Acceptance, "what had been agreed on as good enough, before results were seen"),
        ]),
    ];

    private static CredibilityItem Of(string topic, string? said, string asked) => said is null
        ? new CredibilityItem(topic, CredibilityStatus.NotStated, $"{asked}; {How}")
            : new CredibilityItem(topic, CredibilityStatus.Stated, said);

    private static CredibilityItem Of(string topic, (CredibilityLevel Level, string Why)? said, string asked) =>
        Of(topic, said is { } s ? $"{s.Level.ToString().ToLowerInvariant()}: {s.Why}" : null, asked);
}

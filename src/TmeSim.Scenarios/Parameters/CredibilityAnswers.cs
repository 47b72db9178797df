using TmeSim.Scenarios.Yaml;

namespace TmeSim.Scenarios.Parameters;

/// <summary>How much a decision rests on a model, or what hangs on it.</summary>
public enum CredibilityLevel : byte
{
    /// <summary>Low.</summary>
    Low,

    /// <summary>Medium.</summary>
    Medium,

    /// <summary>High.</summary>
    High,
}

/// <summary>What only the user of a model can say for an assessment of its credibility; what is not said is null.</summary>
/// <param name="Question">Question of interest.</param>
/// <param name="Context">Context of use: what the model is used for in answering it, and what else is there.</param>
/// <param name="Influence">Model influence, with its reason.</param>
/// <param name="Consequence">Decision consequence, with its reason.</param>
/// <param name="Applicability">Why the validation speaks for this context.</param>
/// <param name="Acceptance">What had been agreed on as good enough, before.</param>
public sealed record CredibilityAnswers(string? Question, string? Context, (CredibilityLevel Level, string Why)? Influence,
    (CredibilityLevel Level, string Why)? Consequence, string? Applicability, string? Acceptance)
{
    private static readonly string[] Keys = ["question_of_interest", "context_of_use", "model_influence", "decision_consequence",
        "applicability", "acceptance"];

    /// <summary>Nothing is said.</summary>
    public static CredibilityAnswers None { get; } = new(null, null, null, null, null, null);

    /// <summary>Risk of the model: low where influence and consequence are low or one of them is medium, medium where both are medium or
    /// one is low and one high, high
    /// else. Null where one is not stated. A proposal of this project: the standards leave the scale to the user.</summary>
    public CredibilityLevel? Risk => Influence is not { } i || Consequence is not { } c ? null
        : ((int)i.Level + (int)c.Level) switch { <= 1 => CredibilityLevel.Low, 2 => CredibilityLevel.Medium, _ => CredibilityLevel.High };

    /// <summary>Reads answers.</summary>
    /// <param name="name">Name of the text, for messages.</param>
    /// <param name="text">YAML: a block of the keys question_of_interest, context_of_use, model_influence, decision_consequence,
    /// applicability, acceptance.</param>
    /// <exception cref="InvalidOperationException">It is not of that form; the message says where.</exception>
    public static CredibilityAnswers Read(string name, string text)
    {
        YamlNode root = SeedFiles.Parse(name, text);
        if (root is not YamlMapping block)
        {
            throw SeedFiles.Fault(root, "answers are a block of keys: " + string.Join(", ", Keys));
        }

        if (block.Entries.FirstOrDefault(e => !Keys.Contains(e.Key)) is { Key: { } unknown })
        {
            throw SeedFiles.Fault(root, $"unknown key '{unknown}'; keys: {string.Join(", ", Keys)}");
        }

        string? Said(string key) => block[key] is null ? null : SeedFiles.Text(block, key).Trim() is { Length: > 0 } said ? said
            : throw SeedFiles.Fault(block, $"'{key}' is empty; leave it out");
        (CredibilityLevel, string)? Level(string key) => block[key] is not { } node ? null
            : Enum.TryParse(SeedFiles.Text(node, "level"), ignoreCase: true, out CredibilityLevel level) && Enum.IsDefined(level)
                ? (level, SeedFiles.Text(node, "why"))
            : throw SeedFiles.Fault(node, $"'level' of '{key}' is low, medium or high");
        return new CredibilityAnswers(Said(Keys[0]), Said(Keys[1]), Level(Keys[2]), Level(Keys[3]), Said(Keys[4]), Said(Keys[5]));
    }
}

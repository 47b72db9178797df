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
    public static CredibilityAnswers Read(string name, string text) => Of(SeedFiles.Parse(name, text));

    /// <summary>Reads answers from a file, as scenarios are read.</summary>
    /// <param name="path">Path.</param>
    /// <exception cref="InvalidOperationException">It cannot be read, or is not of that form; the message says where.</exception>
    public static CredibilityAnswers ReadFile(string path) => Of(SeedFiles.ParseFile(path));

    private static CredibilityAnswers Of(YamlNode root)
    {
        if (root is not YamlMapping block)
        {
            throw SeedFiles.Fault(root, "answers are a block of keys: " + string.Join(", ", Keys));
        }

        if (block.Entries.FirstOrDefault(e => !Keys.Contains(e.Key)) is { Key: { } unknown })
        {
            throw SeedFiles.Fault(root, $"unknown key '{unknown}'; keys: {string.Join(", ", Keys)}");
        }

        string? Said(string key) => block[key] is null ? null : Words(block, key);
        return new CredibilityAnswers(Said(Keys[0]), Said(Keys[1]), Level(block, Keys[2]), Level(block, Keys[3]), Said(Keys[4]),
            Said(Keys[5]));
    }

    private static string Words(YamlMapping block, string key) =>
        block[key] is not YamlScalar { IsNull: true } && SeedFiles.Text(block, key).Trim() is { Length: > 0 } said ? said
            : throw SeedFiles.Fault(block[key]!, $"'{key}' is empty; leave it out");

    private static (CredibilityLevel Level, string Why)? Level(YamlMapping answers, string key)
    {
        if (answers[key] is not { } node)
        {
            return null;
        }

        if (node is not YamlMapping block)
        {
            throw SeedFiles.Fault(node, $"'{key}' is a block: {{level: low, why: \"…\"}}");
        }

        if (block.Entries.FirstOrDefault(e => e.Key is not ("level" or "why")) is { Key: { } unknown })
        {
            throw SeedFiles.Fault(block, $"unknown key '{unknown}' in '{key}'; keys: level, why");
        }

        CredibilityLevel level = SeedFiles.Named<CredibilityLevel>(SeedFiles.Text(block, "level"))
            ?? throw SeedFiles.Fault(block, $"'level' of '{key}' is low, medium or high");
        return SeedFiles.Text(block, "why").Trim() is { Length: > 0 } why ? (level, why)
            : throw SeedFiles.Fault(block, $"'why' of '{key}' is empty; a level needs its reason");
    }
}

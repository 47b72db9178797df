using System.Text.Json.Nodes;

namespace TmeSim.Cli.Progress;

/// <summary>What a command came to. It says so itself, as text and as JSON, and knows the exit code.</summary>
internal interface IOutcome
{
    /// <summary>Writes the results as text.</summary>
    void Write(TextWriter writer);

    /// <summary>The results as an event.</summary>
    JsonObject Json();

    /// <summary>Says on the error stream what went wrong or missed its mark.</summary>
    /// <returns>The exit code.</returns>
    int Report(TextWriter error);
}

/// <summary>Parts of events.</summary>
internal static class JsonParts
{
    /// <summary>A number; null where it is not defined.</summary>
    public static JsonNode? Finite(double value) => double.IsFinite(value) ? value : null;

    public static JsonArray Array<T>(IEnumerable<T> items, Func<T, JsonNode?> part) => new([.. items.Select(part)]);

    public static JsonArray Texts(IEnumerable<string> texts) => Array(texts, t => t);
}

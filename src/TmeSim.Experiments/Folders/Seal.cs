namespace TmeSim.Experiments.Folders;

/// <summary>
/// A JSON object that knows when it was changed: its last member, <c>"seal"</c>, is the SHA-256 of all text before it. Made for accidents,
/// not against someone who makes a new seal.
/// </summary>
internal static class Seal
{
    private const string Before = ",\n  \"seal\": \"", After = "\"\n}\n";
    private const int Digits = 64;

    /// <summary>The text with its seal.</summary>
    /// <param name="json">An object of at least one member, written with indentation.</param>
    public static string Put(string json)
    {
        string body = json.TrimEnd()[..^1].TrimEnd();
        return body + Before + TextHash.Hex(body) + After;
    }

    /// <summary>The text has a seal, whether or not it fits.</summary>
    public static bool IsOn(string text) => text.Contains("\"seal\":", StringComparison.Ordinal);

    /// <summary>The text is as it was sealed, to the last byte.</summary>
    public static bool Holds(string text)
    {
        int body = text.Length - After.Length - Digits - Before.Length;
        return body > 0 && text.EndsWith(After, StringComparison.Ordinal) && text.AsSpan(body, Before.Length).SequenceEqual(Before)
            && text.AsSpan(body + Before.Length, Digits).SequenceEqual(TextHash.Hex(text[..body]));
    }
}

namespace TmeSim.Scenarios.Diagnostics;

/// <summary>Text of a user inside a message.</summary>
internal static class Excerpt
{
    private const int MaxLength = 60;

    /// <summary>The text, cut where it is long.</summary>
    public static string Of(string text) => text.Length <= MaxLength ? text : text[..MaxLength] + "…";
}

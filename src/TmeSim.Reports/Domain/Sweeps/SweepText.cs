namespace TmeSim.Reports.Domain.Sweeps;

/// <summary>Texts that figures of sweeps share.</summary>
internal static class SweepText
{
    /// <summary>Sentences in one note, without the empty ones.</summary>
    public static string Note(params IEnumerable<string> sentences) => string.Join(' ', sentences.Where(text => text.Length > 0));
}

namespace TmeSim.Scenarios.Keys;

/// <summary>Short forms for writing rows of the key table.</summary>
internal static class KeyRows
{
    public static ScenarioKey Block(string path, string text, bool required = false) =>
        new() { Path = path, Kind = KeyKind.Mapping, Text = text, Required = required };

    public static ScenarioKey Members(string path, string text, string? identity = null, int min = 0, int max = 1000, bool unique = true) =>
        new() { Path = path, Kind = KeyKind.List, Text = text, Identity = identity, MinItems = min, MaxItems = max, Unique = unique,
            Required = min > 0 };

    public static ScenarioKey Word(string path, string text, string? fallback = null, bool required = false) =>
        new() { Path = path, Kind = KeyKind.Text, Text = text, Default = fallback, Required = required };

    public static ScenarioKey Words(string path, string text, params string[] choices) =>
        new() { Path = path, Kind = KeyKind.TextList, Text = text, Choices = choices };

    public static ScenarioKey Whole(string path, string text, double min, double max, string? fallback = null) =>
        new() { Path = path, Kind = KeyKind.Integer, Text = text, Units = ["1"], Min = min, Max = max, Default = fallback };

    public static ScenarioKey Seed(string path, string text) =>
        Whole(path, text, ulong.MinValue, ulong.MaxValue, "1") with { Kind = KeyKind.Seed };

    public static ScenarioKey OneOf(string path, string text, string? fallback, params string[] choices) =>
        new() { Path = path, Kind = KeyKind.Choice, Text = text, Choices = choices, Default = fallback, Required = fallback is null };

    /// <summary>A quantity from <paramref name="min"/> to <paramref name="max"/>, both in <paramref name="unit"/>.</summary>
    public static ScenarioKey Amount(string path, string unit, double min, double max, string? fallback, string text,
        string? source = null) =>
        new()
        {
            Path = path, Kind = KeyKind.Quantity, Units = [unit], Min = min, Max = max, Default = fallback, Text = text,
            Source = source ?? "TmeSim scenario format",
        };

    /// <summary>A quantity that must be above zero.</summary>
    public static ScenarioKey Positive(string path, string unit, double max, string? fallback, string text, string? source = null) =>
        Amount(path, unit, 0, max, fallback, text, source) with { MinExclusive = true };
}

using TmeSim.Scenarios.Units;

namespace TmeSim.Scenarios;

/// <summary>Where an arm of a finished run branches.</summary>
/// <param name="Arm">Name of the arm.</param>
/// <param name="At">Time after t = 0, with its unit: <c>6 weeks</c>.</param>
/// <param name="Name">Name of the new arm; null for one made of the old one's and the time.</param>
public sealed record ScenarioBranch(string Arm, string At, string? Name)
{
    /// <summary>Time [h].</summary>
    public double AtHours { get; } = Hours(At) ?? throw new ArgumentException($"'{At}' is no time", nameof(At));

    /// <summary>Name of the new arm.</summary>
    public string NewName => Name ?? $"{Arm} from {At}";

    /// <summary>Reads a time with its unit [h], zero or more; null for another text.</summary>
    public static double? Hours(string text) =>
        Quantity.TryRead(text, Unit.Of("h"), out double hours, out _) && hours >= 0 && double.IsFinite(hours) ? hours : null;
}

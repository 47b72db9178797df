using TmeSim.Engine.State;

namespace TmeSim.Reports.Domain;

/// <summary>What a movie shows all the time.</summary>
public sealed record MovieScene
{
    /// <summary>Arms at most: more would be too small to see.</summary>
    public const int MostArms = 12;

    /// <summary>Names of the arms, in the order of their places.</summary>
    public required IReadOnlyList<string> Arms { get; init; }

    /// <summary>Sites along x, positive.</summary>
    public required int Width { get; init; }

    /// <summary>Sites along y, positive.</summary>
    public required int Height { get; init; }

    /// <summary>Site spacing [µm], positive.</summary>
    public required double SpacingUm { get; init; }

    /// <summary>First time [d].</summary>
    public required double FirstDay { get; init; }

    /// <summary>Last time [d].</summary>
    public required double LastDay { get; init; }

    /// <summary>A remark beside the progress bar (lesion, replicate); empty for none.</summary>
    public string Note { get; init; } = "";

    /// <summary>What the codes of immune cells mean, from 1 on.</summary>
    public IReadOnlyList<CellCode> Codes { get; init; } = ImmuneKinds.Codes;

    /// <summary>The field shown; null for cells.</summary>
    public MovieField? Field { get; init; }
}

/// <summary>A field as a movie shows it.</summary>
/// <param name="Label">Name.</param>
/// <param name="Unit">Unit; empty or "1" for a plain number.</param>
/// <param name="Lowest">Lowest value of the movie.</param>
/// <param name="Highest">Highest value of the movie.</param>
public sealed record MovieField(string Label, string Unit, double Lowest, double Highest);

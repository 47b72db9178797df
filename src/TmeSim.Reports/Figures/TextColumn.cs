namespace TmeSim.Reports.Figures;

/// <summary>A column of texts beside the plot area, one at each row of y, as a forest plot has them.</summary>
/// <param name="Heading">Heading above the first row; empty for none.</param>
/// <param name="Texts">Texts from the top row, whose place is the number of rows less one, down to that at 0.</param>
public sealed record TextColumn(string Heading, IReadOnlyList<string> Texts)
{
    /// <summary>Left of the plot area; else right of it.</summary>
    public bool IsLeft { get; init; }

    /// <summary>Rows written in bold, as many as texts or none.</summary>
    public IReadOnlyList<bool> Bold { get; init; } = [];

    /// <summary>Distances by which texts are moved in [px], as many as texts or none.</summary>
    public IReadOnlyList<double> Indents { get; init; } = [];
}

namespace TmeSim.Reports.Html.Viewer;

/// <summary>How closely fields are kept in a page.</summary>
/// <param name="Steps">Steps between the lowest and the highest value of a frame: a value is off by half a step at most.</param>
/// <param name="Every">Every n-th site along x and y is kept.</param>
internal readonly record struct FieldPrecision(int Steps, int Every)
{
    /// <summary>
    /// From the finest down; the first that fits the room is taken. Steps are given up before sites: half of 62 steps is
    /// less than a map shows, while a site left out has no value to point at.
    /// </summary>
    public static IReadOnlyList<FieldPrecision> Ladder { get; } = [new(65_534, 1), new(254, 1), new(126, 1), new(62, 1), new(40, 1), new(126, 2), new(62, 3), new(40, 5)];

    /// <summary>Code of a missing value.</summary>
    public int Missing => Steps + 1;

    /// <summary>A code takes two bytes.</summary>
    public bool Wide => Steps > 254;

    /// <summary>Sites kept along an edge of a size.</summary>
    public int Length(int size) => (size + Every - 1) / Every;
}

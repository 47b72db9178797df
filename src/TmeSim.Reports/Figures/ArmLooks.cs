namespace TmeSim.Reports.Figures;

/// <summary>
/// Looks of the arms of a run by their place in the scenario, so that an arm looks the same in every figure, whichever
/// arms that shows. Arms the run does not know take the looks after the known ones.
/// </summary>
public sealed class ArmLooks
{
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);

    /// <summary>Looks of the arms of a run.</summary>
    /// <param name="arms">Names in the order of the scenario; a name counts at its first place.</param>
    public ArmLooks(IReadOnlyList<string> arms)
    {
        Arms = [.. arms.Distinct(StringComparer.Ordinal)];
        foreach ((int place, string arm) in Arms.Index())
        {
            _places[arm] = place;
        }
    }

    /// <summary>Known arms in order.</summary>
    public IReadOnlyList<string> Arms { get; }

    /// <summary>Place of an arm, 0 or more; the place after the last one for an arm that is not known.</summary>
    public int Index(string arm) => _places.GetValueOrDefault(arm, Arms.Count);

    public Rgb Color(string arm) => ArmPalette.Color(Index(arm));

    /// <summary>Line in colour and dash pattern of an arm.</summary>
    public Stroke Line(string arm, double width = 1.8) => ArmPalette.Line(Index(arm), width);

    /// <summary>Point in colour and shape of an arm.</summary>
    public PointStyle Marker(string arm, double size = 7) => ArmPalette.Marker(Index(arm), size);

    /// <summary>These looks with unknown arms put behind the known ones, in order of first mention.</summary>
    public ArmLooks With(IEnumerable<string> arms) => new([.. Arms, .. arms]);

    /// <summary>Arms without repetition, known ones first and in their order.</summary>
    public IReadOnlyList<string> Sort(IEnumerable<string> arms) => [.. arms.Distinct(StringComparer.Ordinal).OrderBy(Index)];
}

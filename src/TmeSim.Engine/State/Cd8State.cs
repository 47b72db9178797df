namespace TmeSim.Engine.State;

/// <summary>
/// Differentiation of a tumour-reactive CD8 T cell (<see cref="Cd8Store.State"/>, MODEL.md 7.6). Cells of a run without
/// <c>cd8.differentiation</c>, and bystanders, stay <see cref="Effector"/>.
/// </summary>
public static class Cd8State
{
    /// <summary>Effector (transitory): kills, divides a few times, becomes terminally exhausted or resident.</summary>
    public const byte Effector = 0;

    /// <summary>Precursor-exhausted (TCF1+): renews itself, makes effectors and is what checkpoint blockade acts on.</summary>
    public const byte Precursor = 1;

    /// <summary>Terminally exhausted: kills little, does not divide, and no blockade brings it back.</summary>
    public const byte Terminal = 2;

    /// <summary>Tissue-resident memory: stays where its targets were, divides slowly, answers antigen.</summary>
    public const byte Resident = 3;

    /// <summary>Number of states.</summary>
    public const int Count = 4;
}

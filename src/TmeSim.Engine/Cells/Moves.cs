namespace TmeSim.Engine.Cells;

/// <summary>Where each cell of a store wants to go in a motility sub-step: a site above 0, or one of the constants.</summary>
internal sealed class Moves
{
    /// <summary>The cell stays.</summary>
    public const int Stays = 0;

    /// <summary>The cell leaves through the wall.</summary>
    public const int Leaves = -1;

    /// <summary>Cells that a thread should have to decide for: below, waking it costs more than it saves.</summary>
    public const int CellsPerBlock = 512;

    /// <summary>One place per cell.</summary>
    public int[] To { get; private set; } = [];

    /// <summary>Makes room for so many cells.</summary>
    public void Reserve(int cells)
    {
        if (To.Length < cells)
        {
            To = new int[cells];
        }
    }
}

namespace TmeSim.Experiments.Folders;

/// <summary>A table of cells and the tissue that was laid out from it.</summary>
/// <param name="Lesion">Lesion.</param>
/// <param name="Cells">Cells of the table that were to be placed.</param>
/// <param name="Placed">Cells that stand on the lattice.</param>
/// <param name="Conflicts">Cells whose own site was taken, those lost among them.</param>
/// <param name="Outside">Cells beyond the edges of the lattice; they are lost.</param>
/// <param name="MeanShiftUm">Mean way from the place of a cell to the centre of its site [um].</param>
public sealed record ImportEntry(string Lesion, int Cells, int Placed, int Conflicts, int Outside, double MeanShiftUm)
{
    /// <summary>Numbers by type.</summary>
    public IReadOnlyList<ImportCount> Types { get; init; } = [];

    /// <summary>Statistics of the places in the table and of the sites, over the cells that were placed.</summary>
    public IReadOnlyList<ImportStatistic> Statistics { get; init; } = [];

    /// <summary>Lost cells, at most the first thousand.</summary>
    public IReadOnlyList<LostCell> Lost { get; init; } = [];
}

/// <summary>Cells of a type in the table and on the lattice.</summary>
public sealed record ImportCount(string Type, int Table, int Tissue);

/// <summary>A statistic in the table and on the lattice; null where it is not defined.</summary>
public sealed record ImportStatistic(string Name, string Unit, double? Table, double? Tissue);

/// <summary>A cell without a site, by its place [um] on the lattice or beyond it.</summary>
public sealed record LostCell(string Type, double XUm, double YUm, double ZUm);

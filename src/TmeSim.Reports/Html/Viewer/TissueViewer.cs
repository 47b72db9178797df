using TmeSim.Engine.State;
using TmeSim.Reports.Domain;
using TmeSim.Reports.Figures;

namespace TmeSim.Reports.Html.Viewer;

/// <summary>Tissue of all arms over time, for the interactive part of a report.</summary>
public sealed record TissueViewer
{
    /// <summary>Names of the arms in the order of the page.</summary>
    public required IReadOnlyList<string> Arms { get; init; }

    /// <summary>Names of the lesions in the order of the page.</summary>
    public required IReadOnlyList<string> Lesions { get; init; }

    /// <summary>The fields, in the order of <see cref="ViewerFrame.Fields"/>.</summary>
    public required IReadOnlyList<ViewerField> Fields { get; init; }

    /// <summary>What the codes of immune cells mean, from 1 on.</summary>
    public IReadOnlyList<CellCode> Codes { get; init; } = ImmuneKinds.Codes;

    /// <summary>Traits of single cells, in the order of <see cref="ViewerFrame.Marks"/>.</summary>
    public IReadOnlyList<ViewerMark> Marks { get; init; } = [];

    /// <summary>Numbers of the replicates in the order of the page; the first is shown at first.</summary>
    public IReadOnlyList<int> Replicates { get; init; } = [0];

    /// <summary>The clones by index, 0 the founder; those beyond the list are called by their index.</summary>
    public IReadOnlyList<ViewerClone> Clones { get; init; } = [];

    /// <summary>How many frames of the first replicate to expect, so that precisions far off the room are not tried to the end; 0 when not known.</summary>
    public int ExpectedFrames { get; init; }

    /// <summary>
    /// The frames, those of the first replicate first, read once and one at a time, and no further than replicates have room. Arms may differ in the
    /// lattice of a lesion. A second frame of the same arm, lesion, replicate and time is ignored.
    /// </summary>
    public required IEnumerable<ViewerFrame> Frames { get; init; }
}

/// <summary>A clone of tumour cells.</summary>
/// <param name="Name">Name.</param>
/// <param name="Color">Colour of its cells.</param>
public sealed record ViewerClone(string Name, Rgb Color);

/// <summary>A field of the viewer.</summary>
/// <param name="Key">Short name.</param>
/// <param name="Label">Name for readers.</param>
/// <param name="Unit">Unit; empty or "1" for a plain number.</param>
public sealed record ViewerField(string Key, string Label, string Unit)
{
    /// <summary>Heading under which it is listed.</summary>
    public string Group { get; init; } = "Fields";

    /// <summary>What a site without a value is called.</summary>
    public string Absent { get; init; } = "missing";
}

/// <summary>A trait of some cells, from one fixed number to another: each cell is a disc in the colour of its value.</summary>
/// <param name="Key">Short name.</param>
/// <param name="Label">Name for readers.</param>
/// <param name="Cell">Name of the cells that have it.</param>
/// <param name="Low">Lowest value.</param>
/// <param name="High">Highest value, above the lowest.</param>
public sealed record ViewerMark(string Key, string Label, string Cell, double Low, double High)
{
    /// <summary>Heading under which it is listed.</summary>
    public string Group { get; init; } = "Traits";
}

/// <summary>
/// The tissue of one arm and lesion at one time, or some layers of it. Arrays are row-major, x fastest, then y, then z,
/// <see cref="Nx"/> · <see cref="Ny"/> · <see cref="Nz"/> long.
/// </summary>
public sealed record ViewerFrame
{
    public required string Arm { get; init; }

    public required string Lesion { get; init; }

    /// <summary>Number of the replicate.</summary>
    public int Replicate { get; init; }

    /// <summary>Time since start of therapy [d].</summary>
    public required double TimeDays { get; init; }

    public required int Nx { get; init; }

    public required int Ny { get; init; }

    /// <summary>Layers that are here.</summary>
    public int Nz { get; init; } = 1;

    /// <summary>Every n-th site of the lattice along x and y is here; 1 = all.</summary>
    public int Every { get; init; } = 1;

    /// <summary>Spacing of the sites that are here [µm].</summary>
    public required double SpacingUm { get; init; }

    /// <summary>Layer of the lattice that each layer here is, <see cref="Nz"/> of them.</summary>
    public IReadOnlyList<int> Layers { get; init; } = [0];

    /// <summary>0 empty, 1 hepatocyte, 2 tumour cell, 3 dying, 4 necrotic, 5 septum or sinusoidal track.</summary>
    public required byte[] Parenchyma { get; init; }

    /// <summary>0 none, 1 CD8 T cell, 2 exhausted CD8 T cell, 3 M1-like macrophage (CD163−), 4 CD163+ macrophage.</summary>
    public required byte[] Immune { get; init; }

    /// <summary>Clone of the tumour cell at a site, 0 the founder; 0 elsewhere too.</summary>
    public required ushort[] CloneIndex { get; init; }

    /// <summary>Perfusion of the vessel at a site, zero or more; NaN for none.</summary>
    public required float[] Perfusion { get; init; }

    /// <summary>Fields by <see cref="TissueViewer.Fields"/>; values that are not finite count as missing.</summary>
    public required IReadOnlyList<float[]> Fields { get; init; }

    /// <summary>Traits of the cell at a site by <see cref="TissueViewer.Marks"/>; NaN where there is no such cell.</summary>
    public IReadOnlyList<float[]> Marks { get; init; } = [];

    /// <summary>Throws when an array does not fit the size.</summary>
    /// <exception cref="ArgumentException">A size or spacing is not positive, or an array has another length.</exception>
    internal void Check(int fields, int marks)
    {
        Montage.Check(Nx, Ny * Math.Max(Nz, 0), SpacingUm, [
            ("Parenchyma", Parenchyma.Length), ("Immune", Immune.Length), ("CloneIndex", CloneIndex.Length), ("Perfusion", Perfusion.Length),
            .. Fields.Select((field, i) => ($"field {i}", field.Length)), .. Marks.Select((mark, i) => ($"mark {i}", mark.Length))]);
        if (Layers.Count != Nz || Every < 1 || Fields.Count != fields || Marks.Count != marks)
        {
            throw new ArgumentException($"a frame of {Nz} layers, {fields} fields and {marks} marks names {Layers.Count} layers and holds {Fields.Count} fields and {Marks.Count} marks, every {Every}th site");
        }
    }
}

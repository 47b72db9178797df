namespace TmeSim.Experiments.Cells;

/// <summary>A cell of a snapshot. −1 and NaN stand for what it does not have.</summary>
internal sealed class CellRow(int variables)
{
    /// <summary>Name of the cell within its snapshot, the same in later ones as long as it lives or stays.</summary>
    public string Id { get; set; } = "";

    /// <summary>Centre of its site [um], along the axes of the lattice.</summary>
    public (double X, double Y, double Z) Place { get; set; }

    /// <summary>Number in <see cref="CellVocabulary.Types"/>.</summary>
    public int Type { get; set; }

    /// <summary>Number in <see cref="CellVocabulary.States"/>.</summary>
    public int State { get; set; }

    /// <summary>Index of the clone in its lesion.</summary>
    public int CloneIndex { get; set; }

    /// <summary>Number in <see cref="CellVocabulary.Clones"/>.</summary>
    public int Clone { get; set; }

    /// <summary>1 engages a tumour cell, 0 does not.</summary>
    public int Engaged { get; set; }

    /// <summary>1 knows the tumour, 0 does not.</summary>
    public int Reactive { get; set; }

    /// <summary>Number in <see cref="CellVocabulary.Differentiations"/>.</summary>
    public int Differentiation { get; set; }

    /// <summary>Values of <see cref="CellVocabulary.Variables"/>.</summary>
    public float[] Values { get; } = new float[variables];

    /// <summary>Forgets the traits and markers of the cell before; place and fields stay.</summary>
    public void Clear()
    {
        CloneIndex = Clone = Engaged = Reactive = Differentiation = -1;
        Values.AsSpan(0, CellVocabulary.FirstField).Fill(float.NaN);
    }
}

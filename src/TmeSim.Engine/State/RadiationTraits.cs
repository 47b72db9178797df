using TmeSim.Engine.Lattice;

namespace TmeSim.Engine.State;

/// <summary>
/// What radiation left in the tumour cells of a lesion. Exists only in arms that irradiate the lesion, from t = 0 on, so that others pay
/// nothing for it.
/// </summary>
public sealed class RadiationTraits : IDisposable
{
    /// <summary>Divisions that a doomed cell may have left, at most.</summary>
    public const int MaxDivisions = 6;

    internal RadiationTraits(int length)
    {
        Damage = new SiteArray<byte>(length);
        Stress = new SiteArray<float>(length);
        Signal = new SiteArray<float>(length);
    }

    /// <summary>0 for a cell that will live on; 1 + divisions left for a doomed one.</summary>
    public SiteArray<byte> Damage { get; }

    /// <summary>Stress response (0–1) of a living tumour cell, which raises MHC-I and PD-L1; decays.</summary>
    public SiteArray<float> Stress { get; }

    /// <summary>Capacity to put out IFN-I (cGAS/STING), 1 = that of a dying cell; stays with the dead cell until it is cleared.</summary>
    public SiteArray<float> Signal { get; }

    /// <summary>Nominal dose given so far [Gy].</summary>
    public double DoseGy { get; internal set; }

    /// <summary>Doomed tumour cells now.</summary>
    public int DoomedCells { get; internal set; }

    public void Dispose() => Visit(new StateDisposal());

    internal void Visit(StateVisitor visitor)
    {
        visitor.Sites(Damage);
        visitor.Sites(Stress);
        visitor.Sites(Signal);
        DoseGy = visitor.Number(DoseGy);
        DoomedCells = (int)visitor.Number((double)DoomedCells);
    }

    /// <summary>A cell moves to, or has its like put at, another site.</summary>
    internal void Copy(int from, int to)
    {
        Damage[to] = Damage[from];
        Stress[to] = Stress[from];
        Signal[to] = Signal[from];
    }

    /// <summary>A site that takes up a cell holds nothing of what lay there before.</summary>
    internal void Clear(int site)
    {
        Damage[site] = 0;
        Stress[site] = 0;
        Signal[site] = 0;
    }

    /// <summary>The cell of a site died; what it puts out stays until clearance.</summary>
    internal void Die(int site)
    {
        DoomedCells -= Damage[site] > 0 ? 1 : 0;
        Damage[site] = 0;
        Stress[site] = 0;
    }

    /// <summary>A cell has divided into two sites that hold its like; doomed ones have one division less.</summary>
    internal void Divide(int first, int second)
    {
        if (Damage[first] > 0)
        {
            DoomedCells++;
            Damage[first]--;
            Damage[second]--;
        }
    }
}

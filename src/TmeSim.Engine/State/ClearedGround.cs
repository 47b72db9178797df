namespace TmeSim.Engine.State;

/// <summary>Ground that a tumour has left: a free site without a living tumour cell in its Moore neighbourhood (MODEL.md 7.8a).</summary>
internal static class ClearedGround
{
    public static bool Holds(LesionState lesion, int site)
    {
        if (lesion.ParenchymaCodes[site] != Parenchyma.Empty)
        {
            return false;
        }

        foreach (int offset in lesion.Shape.MooreOffsets)
        {
            if (lesion.ParenchymaCodes[site + offset] == Parenchyma.Tumor)
            {
                return false;
            }
        }

        return true;
    }
}
